"""What becomes of errors that nothing else has answered."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.api.logs import logs_to_stderr
from assistant.api.records import Records
from assistant.api.request_ids import RequestIds
from assistant.settings import load_settings
from tests.api.problem_documents import problem

SECRET = "what somebody asked"


async def fails_first(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError(SECRET)


async def fails_later(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"half", "more_body": True})
    raise RuntimeError(SECRET)


def test_an_error_outside_of_the_framework_is_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    with logs_to_stderr(load_settings(log_format="json")):
        response = TestClient(RequestIds(Records(fails_first))).get("/nowhere")
    found = problem(response, 500, "internal_error")
    error, access = map(json.loads, capsys.readouterr().err.splitlines())
    assert error["level"] == "ERROR"
    assert "RuntimeError" in error["traceback"]
    assert (access["status"], access["bytes"]) == (500, len(response.content))
    assert error["request_id"] == access["request_id"] == found["request_id"]
    assert SECRET not in json.dumps([error, access])


def test_an_error_after_the_response_has_begun_is_logged_and_the_response_cut_off(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logs_to_stderr(load_settings(log_format="json")):
        response = TestClient(RequestIds(Records(fails_later))).get("/nowhere")
    assert response.content == b"half"
    error, access = map(json.loads, capsys.readouterr().err.splitlines())
    assert "RuntimeError" in error["traceback"]
    assert (access["status"], access["bytes"]) == (200, 4)
    assert SECRET not in json.dumps([error, access])


def test_where_questions_may_be_logged_the_words_of_an_error_are(capsys: pytest.CaptureFixture[str]) -> None:
    with logs_to_stderr(load_settings(log_format="json", log_questions=True)):
        TestClient(RequestIds(Records(fails_first))).get("/nowhere")
    assert SECRET in capsys.readouterr().err
