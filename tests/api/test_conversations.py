"""Conversations over HTTP: begun and continued by asking, listed, searched, read and deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import load_settings
from tests.api.conftest import serving
from tests.api.posting import posted
from tests.api.problem_documents import problem

NOWHERE = "0123456789abcdef"


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("conversations")


@pytest.fixture(scope="module")
def own_client(own_home: Path) -> Iterator[TestClient]:
    """A client of a server with conversations of its own."""
    own = Assistant.open(load_settings(home=own_home))
    # places are looked up without a model, so that none need be loaded
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own, "warm_up", lambda _: None)
        with serving(own) as opened:
            yield opened


@pytest.fixture(autouse=True)
def _nothing_held(own_client: TestClient) -> None:
    for summary in listed(own_client, limit=100)["conversations"]:
        assert own_client.delete(f"/v1/conversations/{summary['id']}").status_code == 204


def ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    return posted(client, "/v1/ask", question=question, **more)


def listed(client: TestClient, **parameters: Any) -> dict[str, Any]:
    response = client.get("/v1/conversations", params=parameters)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def titles(page: dict[str, Any]) -> list[str]:
    return [summary["title"] for summary in page["conversations"]]


def test_a_conversation_is_begun_continued_read_and_deleted(own_client: TestClient) -> None:
    first = ask(own_client, "para 33")
    known = first["conversation_id"]
    second = ask(own_client, "para 34", conversation_id=known)
    assert second["conversation_id"] == known
    held = own_client.get(f"/v1/conversations/{known}").json()
    assert [turn["answer"] for turn in held["turns"]] == [first, second]
    assert (held["title"], held["turn_count"]) == ("para 33", 2)
    assert held["updated"].endswith("Z")

    deleted = own_client.delete(f"/v1/conversations/{known}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    for again in (own_client.get, own_client.delete):
        problem(again(f"/v1/conversations/{known}"), 404, "conversation_not_held")
    response = own_client.post("/v1/ask", json={"question": "para 1", "conversation_id": known})
    problem(response, 404, "conversation_not_held")
    assert listed(own_client) == {"conversations": [], "next": None}


def test_what_is_not_stored_is_in_no_conversation(own_client: TestClient) -> None:
    known = ask(own_client, "para 33")["conversation_id"]
    assert ask(own_client, "para 34", store=False)["conversation_id"] is None
    assert ask(own_client, "para 34", store=False, conversation_id=known)["conversation_id"] is None
    assert own_client.get(f"/v1/conversations/{known}").json()["turn_count"] == 1
    for store in (True, False):
        body = {"question": "para 1", "conversation_id": NOWHERE, "store": store}
        problem(own_client.post("/v1/ask", json=body), 404, "conversation_not_held")
    assert titles(listed(own_client)) == ["para 33"]


def test_conversations_are_listed_page_by_page_and_searched(own_client: TestClient) -> None:
    for number in (30, 31, 32, 33, 34):
        ask(own_client, f"para {number}")
    first = listed(own_client, limit=2)
    second = listed(own_client, limit=2, cursor=first["next"])
    third = listed(own_client, limit=2, cursor=second["next"])
    assert titles(first) + titles(second) + titles(third) == [f"para {n}" for n in (34, 33, 32, 31, 30)]
    assert third["next"] is None
    assert set(titles(listed(own_client, q="law extradition"))) == {"para 33"}
    assert titles(listed(own_client, q="34"))[0] == "para 34"
    assert titles(listed(own_client, q=" ")) == titles(listed(own_client))
    for nothing in ('"', "para* NOT 33 OR (", "NEAR("):
        assert listed(own_client, q=nothing)["next"] is None


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"cursor": -1}, "cursor"),
        ({"cursor": 2**63}, "cursor"),
        ({"cursor": "next"}, "cursor"),
        ({"q": "a" * 1001}, "q"),
    ],
)
def test_a_page_that_cannot_be_is_refused(
    own_client: TestClient, parameters: dict[str, Any], field: str
) -> None:
    found = problem(own_client.get("/v1/conversations", params=parameters), 422, "request_invalid")
    assert [one["field"] for one in found["fields"]] == [field]
    assert listed(own_client, cursor=2**63 - 1)["conversations"] == []


def test_an_id_that_cannot_be_one_is_not_held(own_client: TestClient) -> None:
    for unknown in ("nowhere", "..catalog", NOWHERE, "%00", "é"):
        problem(own_client.get(f"/v1/conversations/{unknown}"), 404, "conversation_not_held")


def test_questions_of_one_conversation_at_once_are_all_kept(own_client: TestClient) -> None:
    known = ask(own_client, "para 1")["conversation_id"]
    questions = [f"para {number}" for number in range(2, 14)]
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda q: ask(own_client, q, conversation_id=known), questions))
    assert {answer["conversation_id"] for answer in answers} == {known}
    turns = own_client.get(f"/v1/conversations/{known}").json()["turns"]
    assert [turn["number"] for turn in turns] == list(range(1, 14))
    assert sorted(turn["answer"]["question"] for turn in turns[1:]) == sorted(questions)


def test_damaged_conversations_are_a_problem_and_questions_go_on(
    own_client: TestClient, own_home: Path
) -> None:
    known = ask(own_client, "para 33")["conversation_id"]
    with closing(sqlite3.connect(own_home / "conversations.sqlite")) as connection, connection:
        connection.execute("UPDATE turns SET answer = json_remove(answer, '$.statements')")
    response = own_client.get(f"/v1/conversations/{known}")
    assert "Move it away" in problem(response, 500, "conversations_damaged")["mend"]
    response = own_client.post("/v1/ask", json={"question": "para 1", "conversation_id": known})
    problem(response, 500, "conversations_damaged")
    assert not ask(own_client, "para 33", store=False)["refused"]
