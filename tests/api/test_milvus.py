"""What a server says whose passages are in a Milvus that goes away, comes back, or comes back empty."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from index import open_index
from index.collection import Collection
from index.milvus.engine import MilvusEngine
from index.milvus.server import Milvus
from tests.api.conftest import serving
from tests.api.problem_documents import problem
from tests.api.test_check_route import CHECK, LACKS
from tests.api.test_health import QUESTION, reasons, wait_for
from tests.api.test_quote_route import QUOTE
from tests.milvus_servers import BRIEF, LiteServer, Proxy


@pytest.fixture
def client(home: Path, assistant: Assistant, served: tuple[LiteServer, Proxy]) -> Iterator[TestClient]:
    """A client of a server whose index is in Milvus."""
    home.mkdir()
    kept = assistant.collection.home / "vectors.db"
    with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(home / "vectors.db")) as copy:
        source.backup(copy)
    engine = MilvusEngine(home, Milvus(served[1].uri, patience=BRIEF))
    collection = Collection(home, engine, lambda _: assistant.collection.encoder)
    with serving(Assistant(collection, cached_answers=0)) as opened:
        wait_for(lambda: not reasons(opened))
        yield opened


def test_a_server_says_that_its_index_is_away_and_recovers_by_itself(
    client: TestClient, served: tuple[LiteServer, Proxy]
) -> None:
    server, proxy = served
    expected = client.post("/v1/ask", json=QUESTION).json()["citations"]
    assert expected
    proxy.cut()
    assert any("does not answer" in reason for reason in reasons(client))
    refused = client.post("/v1/ask", json=QUESTION)
    assert "does not answer" in problem(refused, 503, "engine_unreachable")["detail"]
    assert refused.headers["Retry-After"]
    assert client.get("/v1/documents").status_code == 200
    proxy.heal()
    wait_for(lambda: not reasons(client))
    assert client.post("/v1/ask", json=QUESTION).json()["citations"] == expected
    server.stop()
    shutil.rmtree(server.folder)
    server.start()
    wait_for(lambda: any("has lost the index" in reason for reason in reasons(client)))
    wait_for(lambda: not reasons(client))  # though nobody asks it anything
    assert client.post("/v1/ask", json=QUESTION).json()["citations"] == expected


QUOTED = {"text": f"It said that “{LACKS}” and that “the moon is made of very old cheese”."}


def drop_all(server: LiteServer) -> None:
    """Drop every collection, as somebody else."""
    with closing(Milvus(f"http://127.0.0.1:{server.port}")) as another:
        for name in another.names():
            another.drop(name)


def test_what_finds_the_index_lost_is_answered_all_the_same(
    client: TestClient, served: tuple[LiteServer, Proxy]
) -> None:
    for route, body, told in (
        ("ask", QUESTION, "citations"),
        ("search", {"query": "extradition"}, "passages"),
    ):
        expected = client.post(f"/v1/{route}", json=body).json()[told]
        assert expected
        drop_all(served[0])
        assert client.post(f"/v1/{route}", json=body).json()[told] == expected


def answers(client: TestClient) -> list[Any]:
    """What is said of quotations, and of a draft that has them."""
    asked = ((QUOTE, QUOTED), (CHECK, QUOTED))
    responses = [client.post(route, json=body) for route, body in asked]
    assert [response.status_code for response in responses] == [200, 200]
    return [response.json()["quotations"] for response in responses]


def test_quotations_are_found_while_the_index_is_lost_or_away(
    client: TestClient, served: tuple[LiteServer, Proxy], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, proxy = served
    expected = answers(client)
    assert [each["status"] for each in expected[0]] == ["exact", "not_found"]
    drop_all(server)
    assert answers(client) == expected
    wait_for(lambda: not reasons(client))
    proxy.cut()
    assert answers(client) == expected
    monkeypatch.setattr(open_index, "MOST_WITHOUT", 0)  # as where there are too many to do without the server
    for route in (QUOTE, CHECK):
        problem(client.post(route, json=QUOTED), 503, "engine_unreachable")
    proxy.heal()
    wait_for(lambda: not reasons(client))
    assert answers(client) == expected
