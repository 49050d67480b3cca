from __future__ import annotations

import threading
import time

import pytest

from assistant.api.warm_up import WarmUp
from assistant.errors import WriterBusy
from index.collection import Progress


def threads() -> int:
    """How many warm-ups are under way."""
    return sum(thread.name == "warm-up" for thread in threading.enumerate())


def test_a_failed_warm_up_is_tried_again_until_it_succeeds() -> None:
    done = threading.Event()
    attempts = []

    def work(_: Progress) -> None:
        attempts.append(warm_up.failure)
        if len(attempts) < 3:
            raise WriterBusy("Another process writes.", "Wait.")
        done.set()

    warm_up = WarmUp(work, retry_after=0.001)
    warm_up.start()
    assert done.wait(10)
    warm_up.stop()
    assert attempts == [None, "Another process writes. Wait.", "Another process writes. Wait."]
    assert warm_up.failure is None


def test_stopping_ends_the_wait_for_the_next_attempt() -> None:
    before = threads()
    failed = threading.Event()

    def work(_: Progress) -> None:
        failed.set()
        raise WriterBusy("Another process writes.")

    warm_up = WarmUp(work, retry_after=3600)
    warm_up.start()
    assert failed.wait(10)
    warm_up.stop()
    assert warm_up.failure == "Another process writes."
    assert threads() == before


def test_who_asks_does_not_wait_for_the_next_attempt(caplog: pytest.LogCaptureFixture) -> None:
    attempts = []

    def work(_: Progress) -> None:
        attempts.append(warm_up.failure)
        if len(attempts) < 4:
            raise WriterBusy("Another process writes.")

    warm_up = WarmUp(work, retry_after=3600)
    warm_up.start()
    end = time.monotonic() + 10
    while len(attempts) < 4:
        assert time.monotonic() < end
        warm_up.again()
        time.sleep(0.001)
    warm_up.stop()
    assert warm_up.failure is None
    told = [record.message for record in caplog.records if "failed" in record.message]
    assert told == ["The warm-up failed: Another process writes."]


def test_stopping_gives_up_work_that_reports_its_progress() -> None:
    before = threads()
    under_way = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            progress("encoding", 1, 1_000_000)
            under_way.set()

    warm_up = WarmUp(work)
    warm_up.start()
    assert under_way.wait(10)
    warm_up.stop()
    assert threads() == before
    assert warm_up.failure is None
