from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import load_settings
from corpus import __version__
from index.collection import Collection, Progress
from index.embedded import EmbeddedEngine
from index.embedding import Encoder, EncoderIdentity, Vectors
from tests.api.conftest import serving
from tests.api.problem_documents import problem

PLACE = "/v1/documents/crc-c-opsc-lao-co-1/paragraphs/34"
QUESTION = {"question": "extradition"}


def assistant_with(home: Path, encoder: Callable[[], Encoder]) -> Assistant:
    return Assistant(Collection(home, EmbeddedEngine(home / "index"), lambda _: encoder()))


def reasons(client: TestClient) -> list[str]:
    """Why a server is not ready; none where it is."""
    response = client.get("/readyz")
    if response.status_code == 200:
        return []
    found: list[str] = problem(response, 503, "not_ready")["reasons"]
    assert found
    return found


def wait_for(state: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not state():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def test_a_warm_server_is_alive_and_ready(client: TestClient) -> None:
    wait_for(lambda: not reasons(client))
    assert client.get("/readyz").json() == {"status": "ok", "store": "writable"}
    assert client.get("/livez").json() == {"status": "ok"}


def test_while_the_model_loads_the_server_listens_and_says_that_it_is_not_ready(
    home: Path, assistant: Assistant
) -> None:
    loaded = threading.Event()

    def load() -> Encoder:
        assert loaded.wait(60)
        return assistant.collection.encoder

    with serving(assistant_with(home, load)) as client, ThreadPoolExecutor(1) as thread:
        try:
            wait_for(lambda: "The model is not loaded yet." in reasons(client))
            assert "The index is not built yet." in reasons(client)
            asking = thread.submit(client.post, "/v1/ask", json=QUESTION)
            assert client.get("/livez").status_code == 200
            assert client.get(PLACE).status_code == 200
            assert not asking.done()
        finally:
            loaded.set()
        assert not asking.result(60).json()["refused"]
        wait_for(lambda: not reasons(client))


def test_with_a_broken_model_places_are_shown_and_questions_fail(home: Path, tmp_path: Path) -> None:
    broken = Assistant.open(load_settings(home=home, model=str(tmp_path / "nothing")))
    with serving(broken) as client:
        wait_for(lambda: any("PILCROW_MODEL" in reason for reason in reasons(client)))
        assert client.get("/livez").status_code == 200
        problem(client.post("/v1/ask", json=QUESTION), 503, "model_missing")
        problem(client.post("/v1/search", json={"query": "extradition"}), 503, "model_missing")
        assert client.get(PLACE).status_code == 200
        assert not client.post("/v1/ask", json={"question": "paragraph 34"}).json()["refused"]


def test_an_index_of_another_model_makes_a_server_unready(home: Path, assistant: Assistant) -> None:
    assistant_with(home, lambda: assistant.collection.encoder).warm_up()
    renamed = Renamed(assistant.collection.encoder)
    with serving(assistant_with(home, lambda: renamed)) as client:
        wait_for(lambda: any("pilcrow engine rebuild" in reason for reason in reasons(client)))
        problem(client.post("/v1/ask", json=QUESTION), 503, "engine_mismatch")


def test_a_damaged_catalog_makes_a_server_unready(home: Path, assistant: Assistant) -> None:
    damaged = assistant_with(home, lambda: assistant.collection.encoder)
    with serving(damaged) as client:
        wait_for(lambda: not reasons(client))
        damaged.collection.catalog.close()  # so that no connection remembers what it has read
        for path in home.glob("catalog.db*"):
            path.write_bytes(b"no database " * 1000)
        assert any("is not a catalog" in reason for reason in reasons(client))
        problem(client.get(PLACE), 500, "catalog_damaged")


def test_a_server_without_documents_is_ready_without_the_model(home: Path) -> None:
    def never() -> Encoder:
        raise AssertionError("the model is not needed")

    empty = assistant_with(home, never)
    empty.remove("CRC/C/OPSC/LAO/CO/1")
    with serving(empty) as client:
        wait_for(lambda: not reasons(client))
        answer = client.post("/v1/ask", json=QUESTION).json()
        assert (answer["refused"], answer["refusal_reason"]) == (True, "not_held")


def test_an_unexpected_failure_to_warm_up_is_a_reason_without_its_inside(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Progress) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(assistant, "warm_up", fail)
    with serving(assistant) as client:
        wait_for(lambda: reasons(client))
        assert reasons(client) == ["The warm-up failed; the server's log says how."]


class Renamed:
    """An encoder that goes by another name."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def identity(self) -> EncoderIdentity:
        return replace(self._encoder.identity, model="another")

    def encode_passages(self, texts: Any, progress: Any = None) -> Vectors:
        return self._encoder.encode_passages(texts, progress)

    def encode_queries(self, texts: Any) -> Vectors:
        return self._encoder.encode_queries(texts)


def test_a_server_tells_what_it_answers_from(client: TestClient, assistant: Assistant) -> None:
    told = client.get("/v1/info").json()
    limits = told.pop("limits")
    assert told == assistant.info().model_dump(mode="json")
    assert (told["documents"], told["paragraphs"], told["version"]) == (1, 43, __version__)
    assert told["index"]["model"] == "all-MiniLM-L6-v2"
    assert told["index"]["fingerprint"] == assistant.collection.encoder.identity.fingerprint
    question = "x" * (limits["question"] + 1)
    problem(client.post("/v1/ask", json={"question": question}), 422, "question_too_long")
    problem(client.post("/v1/ask", content=b" " * (limits["body"] + 1)), 413, "body_too_large")
    text = {"text": "x" * (limits["text"] + 1)}
    problem(client.post("/v1/citations/resolve", json=text), 422, "text_too_long")
    assert client.post("/v1/citations/resolve", json={"text": ""}).json()["limit"] == limits["citations"]
