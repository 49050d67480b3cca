from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse
from prometheus_client.samples import Sample
from starlette.testclient import TestClient

from assistant.answer import AskRequest, Checks
from assistant.service import Assistant
from tests.api.conftest import serving
from tests.homes import assistant_like

OPENMETRICS = "application/openmetrics-text; version=1.0.0"


@pytest.fixture
def counted(own_assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client of a server that has counted nothing yet."""
    own_assistant.warm_up()
    # the server's own would write or read when a test writes, or damages what is read
    monkeypatch.setattr(own_assistant, "warm_up", lambda _: None)
    with serving(own_assistant) as opened:
        yield opened


def samples(client: TestClient) -> list[Sample]:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    return [sample for family in parse(response.text) for sample in family.samples]


def values(client: TestClient, name: str) -> dict[frozenset[tuple[str, str]], float]:
    return {frozenset(one.labels.items()): one.value for one in samples(client) if one.name == name}


def value(client: TestClient, name: str, **labels: str) -> float:
    return values(client, name).get(frozenset(labels.items()), 0.0)


def test_requests_are_counted_by_method_route_and_status(counted: TestClient) -> None:
    counted.get("/v1/documents/crc-c-opsc-lao-co-1/paragraphs/34")
    counted.get("/v1/documents/crc-c-opsc-lao-co-1/paragraphs/35")
    counted.get("/v1/documents/nothing/paragraphs/35")
    counted.head("/livez")
    route = "/v1/documents/{document}/paragraphs/{place}"
    requests = "pilcrow_http_requests_total"
    assert value(counted, requests, method="GET", route=route, status="200") == 2
    assert value(counted, requests, method="GET", route=route, status="404") == 1
    assert value(counted, requests, method="HEAD", route="/livez", status="200") == 1
    seconds = "pilcrow_http_request_duration_seconds"
    assert value(counted, f"{seconds}_count", method="GET", route=route, status="200") == 2
    assert 0 < value(counted, f"{seconds}_sum", method="GET", route=route, status="200") < 60
    assert value(counted, "pilcrow_http_requests_in_progress") == 1  # that for the metrics itself


def test_answers_are_counted_by_what_came_of_them_however_they_were_asked_for(counted: TestClient) -> None:
    for question in ("para 34", "para 35", "para 999"):
        counted.post("/v1/ask", json={"question": question, "store": False})
    counted.post("/v1/ask/stream", json={"question": "para 34", "store": False})
    messages = [{"role": "user", "content": "para 34"}]
    for stream in (False, True):
        chat = {"model": "pilcrow", "messages": messages, "stream": stream}
        assert counted.post("/v1/chat/completions", json=chat).status_code == 200
    counted.get("/?q=para+34")
    counted.post("/v1/ask", json={"question": ""})  # an error is no answer
    answers = values(counted, "pilcrow_answers_total")
    assert answers == {
        frozenset({("outcome", "answered")}): 6,
        frozenset({("outcome", "no_such_paragraph")}): 1,
    }


def test_citations_are_counted_by_what_became_of_them(counted: TestClient) -> None:
    text = "CRC/C/OPSC/LAO/CO/1, para. 34; CRC/C/OPSC/LAO/CO/1, para. 99; CRC/C/OPSC/LAO/CO/1, para. 7."
    for sent in ({"text": text}, {"text": text}, {"text": "none"}, {"text": text, "offset": -1}):
        counted.post("/v1/citations/resolve", json=sent)
    counted.post("/v1/citations/quote", json={"text": "It says “the moon is made of very old cheese”."})
    assert values(counted, "pilcrow_citations_total") == {
        frozenset({("kind", "quotation"), ("verdict", "not_found")}): 1,
        frozenset({("kind", "reference"), ("verdict", "resolved")}): 4,
        frozenset({("kind", "reference"), ("verdict", "no_such_paragraph")}): 2,
    }


def test_phases_are_measured(counted: TestClient) -> None:
    counted.post("/v1/ask", json={"question": "What was recommended on extradition?", "store": False})
    for phase in ("encode", "search", "compose", "verify", "total"):
        assert value(counted, "pilcrow_answer_phase_seconds_count", phase=phase) == 1
    assert 0 < value(counted, "pilcrow_answer_phase_seconds_sum", phase="total") < 60


def test_failed_checks_are_counted_by_kind_and_begin_at_zero(
    counted: TestClient, own_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = ("exists", "verbatim", "supported")
    assert {check: value(counted, "pilcrow_failed_checks_total", check=check) for check in checks} == {
        "exists": 0,
        "verbatim": 0,
        "supported": 0,
    }
    assert len(values(counted, "pilcrow_failed_checks_total")) == 3
    answer = own_assistant.ask(AskRequest(question="para 34", store=False))
    altered = answer.citations[0].model_copy(
        update={"checks": Checks(exists=True, verbatim=False, supported=None)}
    )
    told = answer.model_copy(update={"citations": (answer.citations[0], altered)})
    monkeypatch.setattr(own_assistant, "ask", lambda *_, **__: told)
    counted.post("/v1/ask", json={"question": "para 34"})
    assert {check: value(counted, "pilcrow_failed_checks_total", check=check) for check in checks} == {
        "exists": 0,
        "verbatim": 1,
        "supported": 0,
    }


def test_the_index_is_told_as_it_is_when_asked(counted: TestClient, own_assistant: Assistant) -> None:
    info = own_assistant.info()
    assert info.index
    assert value(counted, "pilcrow_index_readable") == 1
    assert value(counted, "pilcrow_index_documents") == 1
    assert value(counted, "pilcrow_index_paragraphs") == info.paragraphs == 43
    assert value(counted, "pilcrow_index_passages") == info.index.passages
    assert value(counted, "pilcrow_index_generation") == info.generation
    own_assistant.remove("CRC/C/OPSC/LAO/CO/1")
    assert value(counted, "pilcrow_index_documents") == 0
    assert value(counted, "pilcrow_index_generation") == info.generation + 1


def test_a_catalog_that_cannot_be_read_is_told_and_hides_nothing_else(
    counted: TestClient, own_assistant: Assistant, home: Path
) -> None:
    own_assistant.collection.catalog.close()
    for path in home.glob("catalog.db*"):
        path.write_bytes(b"no database " * 1000)
    assert value(counted, "pilcrow_index_readable") == 0
    assert values(counted, "pilcrow_index_documents") == {}
    assert value(counted, "pilcrow_http_requests_total", method="GET", route="/metrics", status="200") > 0


def test_the_gate_is_told(counted: TestClient) -> None:
    assert value(counted, "pilcrow_gate_in_work") == 0
    assert value(counted, "pilcrow_gate_waiting") == 0
    assert value(counted, "pilcrow_gate_turned_away_total", reason="server_busy") == 0
    gate: Any = counted.app_state["gate"]
    gate.turned_away["server_busy"] += 3
    assert value(counted, "pilcrow_gate_turned_away_total", reason="server_busy") == 3


def test_hostile_paths_and_methods_make_no_new_labels(counted: TestClient) -> None:
    def labels() -> set[frozenset[tuple[str, str]]]:
        return set(values(counted, "pilcrow_http_requests_total"))

    def attack(salt: str) -> None:
        for number in range(10):
            counted.get(f"/{salt}/{number}?q={salt}")
            counted.get(f"/v1/documents/{salt}-{number}/paragraphs/{number}")
            counted.get(f"/v1/conversations/{salt}{number}")
            counted.request(f"{salt}{number}", "/livez")
            counted.request(f"{salt}{number}", f"/{salt}")
            counted.post("/v1/ask", content=salt, headers={"Content-Type": f"{salt}/{number}"})

    attack("first")
    known = labels()
    attack("second")
    # what the second attack added is the request for the metrics between the two
    assert labels() - known <= {frozenset({("method", "GET"), ("route", "/metrics"), ("status", "200")})}
    assert len(known) < 12
    text = counted.get("/metrics").text
    assert "first" not in text
    assert 'method="other",route="none"' in text


def test_openmetrics_is_spoken_to_whoever_asks_for_it(counted: TestClient) -> None:
    response = counted.get("/metrics", headers={"Accept": OPENMETRICS})
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    families = openmetrics.text_string_to_metric_families(response.text)  # type: ignore[no-untyped-call]
    names = {family.name for family in families}
    assert {"pilcrow_http_requests", "pilcrow_index_passages", "process_resident_memory_bytes"} <= names


def test_two_servers_count_apart(assistant: Assistant, tmp_path: Path) -> None:
    first, second = (assistant_like(assistant, tmp_path / name) for name in ("first", "second"))
    with serving(first) as one, serving(second) as other:
        one.post("/v1/ask", json={"question": "para 34", "store": False})
        assert value(one, "pilcrow_answers_total", outcome="answered") == 1
        assert values(other, "pilcrow_answers_total") == {}
