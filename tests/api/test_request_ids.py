from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from assistant.service import Assistant
from tests.api.problem_documents import problem


@pytest.mark.parametrize("given", ["a", "trace-1.2_3", "A" * 128])
def test_an_id_that_a_client_gives_comes_back(client: TestClient, given: str) -> None:
    response = client.get("/livez", headers={"X-Request-ID": given})
    assert response.headers["x-request-id"] == given


@pytest.mark.parametrize(
    "given", ["", " ", "A" * 129, "two words", "a\tb", "é".encode().decode("latin-1"), "a;b", "٣"]
)
def test_an_id_that_could_break_a_log_is_replaced(client: TestClient, given: str) -> None:
    response = client.get("/livez", headers={b"X-Request-ID": given.encode()})
    (made,) = response.headers.get_list("x-request-id")
    assert made.isalnum()
    assert made != given


def test_no_two_requests_get_the_same_id(client: TestClient) -> None:
    assert len({client.get("/livez").headers["x-request-id"] for _ in range(20)}) == 20


def test_a_problem_names_the_request(client: TestClient) -> None:
    headers = {"X-Request-ID": "mine"}
    for response, status, code in (
        (client.get("/nothing", headers=headers), 404, "no_such_route"),
        (client.put("/livez", headers=headers), 405, "method_not_allowed"),
        (client.post("/v1/ask", json={}, headers=headers), 422, "request_invalid"),
        (client.post("/v1/ask", json={"question": ""}, headers=headers), 422, "question_empty"),
        (client.post("/v1/ask", content=b"a" * 300_000, headers=headers), 413, "body_too_large"),
    ):
        assert problem(response, status, code)["request_id"] == "mine"


def test_so_does_the_problem_of_an_unexpected_error(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(assistant, "ask", fail)
    headers = {"X-Request-ID": "mine"}
    response = client.post("/v1/ask", json={"question": "extradition"}, headers=headers)
    assert problem(response, 500, "internal_error")["request_id"] == "mine"


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/v1/info", "/openapi.json", "/nothing"])
def test_head_is_answered_as_get_is_without_the_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == got.status_code
    assert head.headers["content-type"] == got.headers["content-type"]
