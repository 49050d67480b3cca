from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant import errors
from assistant.api import handlers
from assistant.api.problems import API_KINDS, KINDS, MAX_BODY, MAX_PATH
from assistant.errors import PilcrowError
from assistant.service import Assistant
from tests.api.problem_documents import problem

JSON = {"Content-Type": "application/json"}


def all_errors(base: type[PilcrowError] = PilcrowError) -> list[type[PilcrowError]]:
    """Every error class of the four rooms."""
    below = [error for child in base.__subclasses__() for error in all_errors(child)]
    rooms = ("corpus", "index", "assistant", "tui")
    return [error for error in [base, *below] if error.__module__.split(".")[0] in rooms]


def post(client: TestClient, content: bytes | Iterator[bytes]) -> Any:
    return client.post("/v1/ask", content=content, headers=JSON)


def test_every_error_has_an_entry_of_its_own() -> None:
    assert set(KINDS) == set(all_errors())


def test_no_two_errors_share_a_code() -> None:
    codes = [error.code for error in all_errors()] + list(API_KINDS)
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.code)
def test_every_error_becomes_its_problem(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch, error: type[PilcrowError]
) -> None:
    def fail(_: object, **__: object) -> None:
        raise error("This is wrong.", "Do that.")

    monkeypatch.setattr(assistant, "ask", fail)
    response = client.post("/v1/ask", json={"question": "extradition"})
    found = problem(response, KINDS[error].status, error.code)
    assert (found["title"], found["detail"]) == (KINDS[error].title, "This is wrong.")
    assert found["mend"] == "Do that."
    passes = error in (errors.WriterBusy, errors.ConversationBusy, errors.EngineUnreachable)
    assert ("retry-after" in response.headers) is passes


def test_an_error_without_an_entry_is_unexpected(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers, "KINDS", {PilcrowError: KINDS[PilcrowError]})
    problem(client.post("/v1/ask", json={"question": ""}), 500, "internal_error")


def test_an_unexpected_error_tells_nothing_of_the_inside(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object, **__: object) -> None:
        raise RuntimeError("secret in /srv/pilcrow")

    monkeypatch.setattr(assistant, "ask", fail)
    response = client.post("/v1/ask", json={"question": "extradition"})
    problem(response, 500, "internal_error")
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text


@pytest.mark.parametrize("question", ["", "   ", "?!", "\t\n"])
def test_a_question_that_asks_nothing_is_refused(client: TestClient, question: str) -> None:
    problem(client.post("/v1/ask", json={"question": question}), 422, "question_empty")


def test_a_question_of_100_000_characters_is_refused_without_repeating_it(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "ab " * 33_334})
    assert "100,002" in problem(response, 422, "question_too_long")["detail"]
    assert len(response.content) < 1000


@pytest.mark.parametrize(
    "body",
    [
        b'{"question":',
        b"extradition",
        b'{"question": "\xff"}',
        b"[" * 100_000,
        b'{"question": "x", "k": ' + b"9" * 5000 + b"}",
    ],
    ids=["cut off", "bare word", "no UTF-8", "too deep", "endless number"],
)
def test_a_body_that_is_no_json_is_malformed(client: TestClient, body: bytes) -> None:
    problem(post(client, body), 400, "malformed_json")


def test_a_form_is_told_to_send_json(client: TestClient) -> None:
    response = client.post("/v1/ask", data={"question": "extradition"})
    assert "application/json" in problem(response, 415, "unsupported_media_type")["mend"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", ""),
        (b"[]", ""),
        (b"{}", "question"),
        (b'{"question": "x", "colour": 1}', "colour"),
        (b'{"question": "x", "filters": {"state": ["Laos"]}}', "filters.state"),
        (b'{"question": "x", "k": 0}', "k"),
        (b'{"question": "x", "k": 101}', "k"),
        (b'{"question": "x", "k": NaN}', "k"),
        (b'{"question": null}', "question"),
        (b'{"question": "x", "conversation_id": "%s"}' % (b"a" * 101), "conversation_id"),
        (b'{"question": "x", "filters": {"states": ["%s"]}}' % (b"a" * 201), "filters.states.0"),
        (b'{"question": "x", "filters": {"symbols": [%s"x"]}}' % (b'"x",' * 250), "filters.symbols"),
        (b'{"question": "x", "filters": {"years": [%s1]}}' % (b"1," * 250), "filters.years"),
        (b'{"question": "x", "filters": {"years": [0]}}', "filters.years.0"),
        (b'{"question": "x", "filters": {"years": [1%s]}}' % (b"0" * 4000), "filters.years.0"),
        (b'{"question": "x", "filters": {"roles": [%s"concern"]}}' % (b'"concern",' * 250), "filters.roles"),
    ],
)
def test_a_field_that_does_not_fit_is_named(client: TestClient, body: bytes, field: str) -> None:
    found = problem(post(client, body), 422, "request_invalid")
    assert [one["field"] for one in found["fields"]] == [field]


@pytest.mark.parametrize(
    "body",
    [
        b'{"question": "\\ud800"}',
        b'{"question": "x", "conversation_id": "\\udfff"}',
        b'{"question": "x", "filters": {"states": ["\\ud800"]}}',
        b'{"question": "x", "\\ud800": 1}',
    ],
)
def test_half_a_surrogate_pair_does_not_fit_anywhere(client: TestClient, body: bytes) -> None:
    problem(post(client, body), 422, "request_invalid")


def test_thousands_of_wrong_fields_get_a_short_answer(client: TestClient) -> None:
    body = {"question": "x"} | {f"field {number} {'long ' * 40}": 1 for number in range(1000)}
    response = client.post("/v1/ask", json=body)
    assert "999 more" in problem(response, 422, "request_invalid")["detail"]
    assert len(response.content) < 8000


def test_an_unknown_path_is_not_found(client: TestClient) -> None:
    for path in ("/v1", "/v1/ask/", "/v2/ask", "/docs"):
        problem(client.get(path), 404, "no_such_route")


def test_all_methods_of_a_path_are_told(client: TestClient) -> None:
    response = client.patch("/v1/conversations/0000000000000000")
    assert problem(response, 405, "method_not_allowed")["mend"] == "It takes DELETE, GET, HEAD."
    assert response.headers["allow"] == "DELETE, GET, HEAD"


def test_a_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    for method, path, right in (("GET", "/v1/ask", "POST"), ("DELETE", "/livez", "GET, HEAD")):
        response = client.request(method, path)
        assert right in problem(response, 405, "method_not_allowed")["mend"]
        assert response.headers["allow"] == right


def test_a_body_at_the_limit_is_read(client: TestClient) -> None:
    body = b'{"question": "' + b"a" * (MAX_BODY - 16) + b'"}'
    assert len(body) == MAX_BODY
    problem(post(client, body), 422, "question_too_long")


def test_a_body_beyond_the_limit_is_refused_whether_or_not_it_says_its_length(client: TestClient) -> None:
    body = b'{"question": "' + b"a" * (MAX_BODY - 15) + b'"}'
    assert len(body) == MAX_BODY + 1
    problem(post(client, body), 413, "body_too_large")
    pieces = (body[start : start + 10_000] for start in range(0, len(body), 10_000))
    problem(post(client, pieces), 413, "body_too_large")


def test_a_path_beyond_the_limit_is_refused_without_repeating_it(client: TestClient) -> None:
    for path in ("/" + "a" * MAX_PATH, "/v1/conversations?q=" + "a" * MAX_PATH):
        response = client.get(path)
        assert response.status_code == 414
        assert response.json()["code"] == "path_too_long"
        assert len(response.content) < 1000
    problem(client.get("/" + "a" * (MAX_PATH - 1)), 404, "no_such_route")


def test_every_response_tells_browsers_not_to_guess_its_type(client: TestClient) -> None:
    for path in ("/livez", "/openapi.json", "/v1/documents/crc-c-opsc-lao-co-1/paragraphs/1"):
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["x-content-type-options"] == "nosniff"
