"""How many questions are in work and how many wait: the gate alone, in an app, and in a real server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.requests import ClientDisconnect

from assistant.api.gate import Gate
from assistant.api.problems import ApiError
from assistant.errors import ConversationBusy
from assistant.service import Assistant
from tests.answers import answer_to
from tests.api.conftest import serving
from tests.api.problem_documents import problem
from tests.api.server_processes import running_server, wait_for


class Script:
    """Work that stays in its thread until it is let go, and keeps in mind how it went."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.in_work = 0
        self.most_in_work = 0
        self._lock = threading.Lock()
        self._go = threading.Event()

    def __call__(self, name: str) -> str:
        with self._lock:
            self.begun.append(name)
            self.in_work += 1
            self.most_in_work = max(self.most_in_work, self.in_work)
        assert self._go.wait(30)
        with self._lock:
            self.in_work -= 1
        return f"did {name}"

    def let_go(self) -> None:
        """Let all work end, that to come included."""
        self._go.set()


@pytest.fixture
async def script() -> AsyncIterator[Script]:
    made = Script()
    yield made
    made.let_go()


async def until(state: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not state():
            await asyncio.sleep(0.001)


async def settled(gate: Gate, script: Script, in_work: int, waiting: int) -> None:
    """Wait until so many are at work in threads and so many wait."""
    await until(lambda: (script.in_work, gate.in_work, gate.waiting) == (in_work, in_work, waiting))


def begin(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    return asyncio.get_running_loop().create_task(work)


async def test_no_more_are_in_work_than_there_are_places(script: Script) -> None:
    gate = Gate(3, 100)
    tasks = [begin(gate.run(partial(script, str(number)))) for number in range(40)]
    await settled(gate, script, 3, 37)
    script.let_go()
    assert await asyncio.gather(*tasks) == [f"did {number}" for number in range(40)]
    assert script.most_in_work == 3
    assert (gate.in_work, gate.waiting, gate.turned_away.total()) == (0, 0, 0)


async def test_the_first_to_come_goes_in_first(script: Script) -> None:
    gate = Gate(1, 100)
    tasks = [begin(gate.run(partial(script, str(number)))) for number in range(40)]
    await settled(gate, script, 1, 39)
    script.let_go()
    await asyncio.gather(*tasks)
    assert script.begun == [str(number) for number in range(40)]


async def test_one_more_than_may_wait_is_turned_away_at_once(script: Script) -> None:
    gate = Gate(1, 2)
    tasks = [begin(gate.run(partial(script, str(number)))) for number in range(3)]
    await settled(gate, script, 1, 2)
    with pytest.raises(ApiError) as refused:
        await gate.run(partial(script, "one more"))
    assert refused.value.code == "server_busy"
    assert gate.turned_away == {"server_busy": 1}
    script.let_go()
    await asyncio.gather(*tasks)
    assert "one more" not in script.begun


async def test_who_waits_too_long_is_turned_away_and_leaves_the_queue(script: Script) -> None:
    gate = Gate(1, 10, patience=0.05)
    task = begin(gate.run(partial(script, "slow")))
    await settled(gate, script, 1, 0)
    with pytest.raises(ApiError) as refused:
        await gate.run(partial(script, "late"))
    assert refused.value.code == "server_busy"
    assert gate.waiting == 0
    script.let_go()
    assert await task == "did slow"
    assert await gate.run(partial(script, "after")) == "did after"


async def test_questions_of_one_conversation_go_one_by_one_and_let_others_pass(script: Script) -> None:
    gate = Gate(3, 100)
    tasks = [begin(gate.run(partial(script, f"a{number}"), "a")) for number in range(4)]
    tasks.append(begin(gate.run(partial(script, "b0"), "b")))
    tasks.append(begin(gate.run(partial(script, "alone"))))
    await settled(gate, script, 3, 3)
    assert sorted(script.begun) == ["a0", "alone", "b0"]
    script.let_go()
    await asyncio.gather(*tasks)
    assert [name for name in script.begun if name in ("a0", "a1", "a2", "a3")] == ["a0", "a1", "a2", "a3"]


async def test_a_conversation_with_a_long_queue_takes_no_more_and_others_are_not_affected(
    script: Script,
) -> None:
    gate = Gate(2, 100, in_conversation=3)
    tasks = [begin(gate.run(partial(script, str(number)), "a")) for number in range(4)]
    await settled(gate, script, 1, 3)
    with pytest.raises(ApiError) as refused:
        await gate.run(partial(script, "one more"), "a")
    assert refused.value.code == "conversation_full"
    other = begin(gate.run(partial(script, "other"), "b"))
    await settled(gate, script, 2, 3)
    script.let_go()
    await asyncio.gather(other, *tasks)


async def test_who_waits_too_long_for_a_conversation_is_told_that_it_is_busy(script: Script) -> None:
    gate = Gate(2, 10, patience=0.05)
    task = begin(gate.run(partial(script, "first"), "a"))
    await settled(gate, script, 1, 0)
    with pytest.raises(ConversationBusy):
        await gate.run(partial(script, "second"), "a")
    assert gate.turned_away == {"conversation_busy": 1}
    script.let_go()
    await task


async def test_a_client_that_hangs_up_leaves_the_queue(script: Script) -> None:
    gate = Gate(1, 1)
    hung_up = asyncio.Event()

    async def gone() -> None:
        await hung_up.wait()

    first = begin(gate.run(partial(script, "first")))
    second = begin(gate.run(partial(script, "second"), gone=gone))
    await settled(gate, script, 1, 1)
    hung_up.set()
    with pytest.raises(ClientDisconnect):
        await second
    assert gate.turned_away == {"client_gone": 1}
    third = begin(gate.run(partial(script, "third")))  # there is room for it again
    await settled(gate, script, 1, 1)
    script.let_go()
    await asyncio.gather(first, third)
    assert script.begun == ["first", "third"]


async def test_who_is_cancelled_while_waiting_leaves_the_queue(script: Script) -> None:
    gate = Gate(1, 10)
    tasks = [begin(gate.run(partial(script, str(number)), "a")) for number in range(3)]
    await settled(gate, script, 1, 2)
    tasks[1].cancel()
    await settled(gate, script, 1, 1)
    script.let_go()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[1], asyncio.CancelledError)
    assert script.begun == ["0", "2"]
    assert (gate.in_work, gate.waiting) == (0, 0)


async def test_who_is_cancelled_in_the_moment_of_being_let_in_gives_the_place_on() -> None:
    gate = Gate(1, 10)
    async with gate.place("a"):
        waiting = begin(gate.run(lambda: "never", "a"))
        after = begin(gate.run(lambda: "did", "a"))
        await until(lambda: gate.waiting == 2)
    waiting.cancel()  # it has been let in, and has not run since
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await after == "did"
    assert (gate.in_work, gate.waiting) == (0, 0)


async def test_failed_work_gives_its_place_back() -> None:
    def fail() -> None:
        raise RuntimeError("failed")

    gate = Gate(1, 0)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="failed"):
            await gate.run(fail, "a")
    assert await gate.run(lambda: "did", "a") == "did"


async def test_a_place_is_held_for_work_of_several_steps(script: Script) -> None:
    gate = Gate(1, 10)
    async with gate.place("a") as place:
        assert await place.run(lambda: 1) == 1
        other = begin(gate.run(partial(script, "other")))
        await until(lambda: gate.waiting == 1)
        assert await place.run(lambda: 2) == 2
        assert script.begun == []
    script.let_go()
    assert await other == "did other"


async def test_the_event_loop_goes_on_while_all_places_are_taken(script: Script) -> None:
    gate = Gate(2, 100)
    tasks = [begin(gate.run(partial(script, str(number)))) for number in range(50)]
    await settled(gate, script, 2, 48)
    for _ in range(100):
        await asyncio.sleep(0)
    assert script.in_work == 2  # the loop went round, and nothing but the two was begun
    script.let_go()
    await asyncio.gather(*tasks)


def test_more_questions_than_may_wait_are_told_when_to_try_again(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script()
    monkeypatch.setattr(assistant, "ask", lambda request, **_: answer_to(script(request.question), "Yes."))
    with (
        serving(assistant, max_concurrent=1, max_waiting=1) as client,
        ThreadPoolExecutor(2) as threads,
    ):
        gate = client.app_state["gate"]
        try:
            asked = [threads.submit(client.post, "/v1/ask", json={"question": "first"})]
            wait_for(lambda: script.in_work == 1)
            asked.append(threads.submit(client.post, "/v1/ask", json={"question": "second"}))
            wait_for(lambda: gate.waiting == 1)
            for path, name in (("ask", "question"), ("ask/stream", "question"), ("search", "query")):
                response = client.post(f"/v1/{path}", json={name: "third"})
                problem(response, 503, "server_busy")
                assert int(response.headers["retry-after"]) > 0
            assert client.get("/livez").status_code == 200
        finally:
            script.let_go()
        assert [one.result(30).status_code for one in asked] == [200, 200]
    assert script.begun == ["first", "second"]


async def test_a_real_server_answers_128_clients_that_come_at_once(home: Path) -> None:
    with running_server(home) as server:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
        async with httpx2.AsyncClient(base_url=server.url, timeout=60, limits=limits) as client:

            async def ask(question: str, conversation: str | None = None) -> dict[str, Any]:
                asked = {"question": question, "conversation_id": conversation}
                response = await client.post("/v1/ask", json=asked)
                assert response.status_code == 200, response.text
                found: dict[str, Any] = response.json()
                return found

            opened = await asyncio.gather(*(ask(f"paragraph {number}") for number in range(1, 17)))
            ids = [one["conversation_id"] for one in opened]
            asked = [
                (f"paragraph {number}", conversation) for number in range(20, 28) for conversation in ids
            ]
            assert len(asked) == 128
            answers = await asyncio.gather(*(ask(*one) for one in asked))
            assert [(one["question"], one["conversation_id"]) for one in answers] == asked
            assert [one["citations"][0]["pinpoint"] for one in answers] == [
                question.removeprefix("paragraph ") for question, _ in asked
            ]
            for conversation in ids:
                kept = (await client.get(f"/v1/conversations/{conversation}")).json()
                assert [turn["number"] for turn in kept["turns"]] == list(range(1, 10))
                assert {turn["answer"]["question"] for turn in kept["turns"][1:]} == {
                    f"paragraph {number}" for number in range(20, 28)
                }
