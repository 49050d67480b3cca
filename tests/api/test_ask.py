from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer, AskRequest
from assistant.service import Assistant
from tests.api.conftest import LAOS, UTOPIA
from tests.api.posting import posted
from tests.api.problem_documents import problem

EXTRADITION = "What did the Committee say about extradition?"


def ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    return posted(client, "/v1/ask", question=question, **more)


def what_is_said(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what differs each time."""
    return {name: value for name, value in answer.items() if name not in ("timings_ms", "conversation_id")}


def test_an_answer_cites_its_paragraphs_with_all_checks_passed(client: TestClient) -> None:
    answer = ask(client, EXTRADITION)
    assert not answer["refused"]
    assert [citation["pinpoint"] for citation in answer["citations"]] == ["33", "34"]
    for citation in answer["citations"]:
        assert citation["checks"] == {"exists": True, "verbatim": True, "supported": True}
        assert citation["symbol"] == LAOS


def test_an_answer_is_the_assistants_own(client: TestClient, assistant: Assistant) -> None:
    said = assistant.ask(AskRequest(question=EXTRADITION, store=False))
    heard = Answer.model_validate(ask(client, EXTRADITION, store=False))
    assert heard.model_copy(update={"timings_ms": said.timings_ms}) == said


def test_a_refusal_is_no_error(client: TestClient) -> None:
    answer = ask(client, "What is the boiling point of tungsten?")
    assert answer["refused"]
    assert answer["refusal_reason"] == "not_answered"
    assert answer["citations"] == []


def test_a_place_that_does_not_exist_is_a_refusal(client: TestClient) -> None:
    answer = ask(client, "paragraph 99")
    assert (answer["refused"], answer["refusal_reason"]) == (True, "no_such_paragraph")


def test_the_symbol_filter_binds(client_of_two: TestClient) -> None:
    for symbol in (LAOS, UTOPIA):
        answer = ask(client_of_two, EXTRADITION, filters={"symbols": [symbol]})
        assert {citation["symbol"] for citation in answer["citations"]} == {symbol}
        assert {passage["symbol"] for passage in answer["passages"]} == {symbol}
        assert answer["filters"] == [{"kind": "symbol", "value": symbol, "origin": "given", "dropped": False}]


@pytest.mark.parametrize("symbols", [["CRC/C/OPSC/KEN/CO/1"], ["no symbol at all"], ["' OR 1=1 --"]])
def test_a_symbol_that_is_not_held_leaves_nothing(client: TestClient, symbols: list[str]) -> None:
    answer = ask(client, EXTRADITION, filters={"symbols": symbols})
    assert (answer["refused"], answer["refusal_reason"]) == (True, "not_held")
    assert answer["passages"] == answer["citations"] == []


def test_filters_that_nothing_meets_leave_nothing(client: TestClient) -> None:
    answer = ask(client, EXTRADITION, filters={"states": ["Atlantis"], "symbols": [LAOS]})
    assert answer["refusal_reason"] == "nothing_matches_filters"
    assert answer["passages"] == []


def test_the_role_filter_binds(client: TestClient) -> None:
    answer = ask(client, EXTRADITION, filters={"roles": ["recommendation"]}, k=5)
    hits = [passage for passage in answer["passages"] if passage["relation"] == "hit"]
    assert hits
    assert all("recommendation" in passage["roles"] for passage in hits)


def test_many_at_once_get_the_answers_they_get_alone(client: TestClient) -> None:
    questions = [EXTRADITION, "paragraph 22 (c)", "birth registration", "What about the moon landing?"]
    alone = {question: what_is_said(ask(client, question)) for question in questions}
    with ThreadPoolExecutor(24) as threads:
        together = list(threads.map(lambda question: (question, ask(client, question)), questions * 12))
    assert len(together) == 48
    for question, answer in together:
        assert what_is_said(answer) == alone[question]


def test_an_unknown_conversation_is_an_error(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": EXTRADITION, "conversation_id": "nowhere"})
    assert "nowhere" in problem(response, 404, "conversation_not_held")["detail"]


@pytest.mark.parametrize("k", [True, "8", 8.5, 0, 101, None])
def test_what_is_no_whole_number_is_no_k(client: TestClient, k: object) -> None:
    sent = {"question": "extradition", "k": k}
    assert problem(client.post("/v1/ask", json=sent), 422, "request_invalid")["fields"][0]["field"] == "k"


def test_a_whole_number_may_be_written_with_a_point(client: TestClient) -> None:
    assert posted(client, "/v1/ask", question="extradition", k=8.0, store=False)["refused"] is False
