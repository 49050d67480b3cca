"""An answer in the making whose client has gone."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading

import pytest
from anyio import to_thread
from starlette.requests import Request

from assistant.answer import Answer
from assistant.api.streams import AnswerStream
from assistant.streaming import Delta, Emit

PATIENCE = 30.0  # seconds


def test_what_fails_when_nobody_listens_any_more_is_logged_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    may_fail = threading.Event()

    def work(emit: Emit) -> Answer:
        emit(Delta(text="first"))
        assert may_fail.wait(PATIENCE)
        raise RuntimeError("what somebody asked")

    async def run() -> None:
        stream = AnswerStream(to_thread.run_sync, work)
        await stream.begin(Request({"type": "http", "headers": []}))
        stream.stop()
        may_fail.set()
        while await stream._told.get() is not None:
            pass
        del stream

    with caplog.at_level(logging.DEBUG):
        asyncio.run(run())
        gc.collect()
    (told,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert told.name == "assistant.api.logs"
    assert told.getMessage() == "The answer broke off: RuntimeError"
