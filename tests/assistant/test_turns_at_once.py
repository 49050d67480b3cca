"""Turns of one conversation wait for each other, in threads and processes; nobody else does."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from assistant import store as store_module
from assistant.store import ConversationStore
from corpus.errors import ConversationBusy
from tests.answers import answer_to
from tests.processes import Processes, mark, stay
from tests.threads import together

HERE = "tests.assistant.test_turns_at_once"
PATIENCE = 30.0  # seconds


def begin(store: ConversationStore) -> str:
    return str(store.begin(answer_to("after 0", "Nothing.")).conversation_id)


def take_turns(store: ConversationStore, conversation_id: str, times: int) -> None:
    """Ask how many turns came before, slowly enough for somebody else to do the same meanwhile."""
    for _ in range(times):
        with store.turn(conversation_id):
            before = len(store.recent(conversation_id, 1000))
            time.sleep(0.002)
            store.append(conversation_id, answer_to(f"after {before}", "Nothing."))


def take_turns_elsewhere(path: str, conversation_id: str, times: int) -> None:
    store = ConversationStore(Path(path))
    mark("ready")
    take_turns(store, conversation_id, times)
    store.close()


def hold(path: str, conversation_id: str) -> None:
    """Hold the place of a turn, with half of the work done, until killed."""
    store = ConversationStore(Path(path))
    with store.turn(conversation_id):
        store.recent(conversation_id)
        mark("holding")
        stay()


def each_saw_all_before(store: ConversationStore, conversation_id: str) -> int:
    turns = store.conversation(conversation_id).turns
    for number, turn in enumerate(turns):
        assert (turn.number, turn.answer.question) == (number + 1, f"after {number}")
    return len(turns)


def test_threads_take_turns(store: ConversationStore) -> None:
    conversation_id = begin(store)
    together(*(partial(take_turns, store, conversation_id, 5) for _ in range(6)))
    assert each_saw_all_before(store, conversation_id) == 31


def test_processes_take_turns(store: ConversationStore, path: Path) -> None:
    conversation_id = begin(store)
    with Processes(HERE, "alembic.command") as processes:
        started = [
            processes.start(f"{HERE}:take_turns_elsewhere", str(path), conversation_id, 6) for _ in range(4)
        ]
        assert [process.wait() for process in started] == [0] * 4
    assert each_saw_all_before(store, conversation_id) == 25


def test_processes_begin_conversations_in_a_new_folder_at_once(path: Path) -> None:
    with Processes(HERE, "alembic.command") as processes:
        started = [processes.start(f"{HERE}:begin_elsewhere", str(path), 5) for _ in range(4)]
        assert [process.wait() for process in started] == [0] * 4
    store = ConversationStore(path)
    assert store.count() == 20
    store.close()


def begin_elsewhere(path: str, times: int) -> None:
    store = ConversationStore(Path(path))
    for _ in range(times):
        begin(store)
    store.close()


def test_a_holder_that_dies_blocks_nobody(store: ConversationStore, path: Path) -> None:
    conversation_id = begin(store)
    with Processes(HERE) as processes:
        holder = processes.start(f"{HERE}:hold", str(path), conversation_id)
        assert holder.wait_for("holding")
        waiting = Thread(target=take_turns, args=(store, conversation_id, 1))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        holder.kill()
        waiting.join(PATIENCE)
        assert not waiting.is_alive()
    assert each_saw_all_before(store, conversation_id) == 2


def test_other_conversations_do_not_wait(store: ConversationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    held, other = begin(store), begin(store)
    monkeypatch.setattr(store_module, "_WAIT_FOR_TURN", 0.0)
    with store.turn(held):
        take_turns(store, other, 2)
        begin(store)
        assert [summary.id for summary in store.page(10).conversations][1:] == [other, held]
        assert each_saw_all_before(store, held) == 1  # reading does not wait either


def test_a_turn_that_waits_too_long_says_so(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation_id = begin(store)
    monkeypatch.setattr(store_module, "_WAIT_FOR_TURN", 0.1)
    with store.turn(conversation_id), pytest.raises(ConversationBusy, match=conversation_id):
        take_turns(store, conversation_id, 1)
    take_turns(store, conversation_id, 1)


def test_a_turn_that_fails_leaves_its_place(store: ConversationStore) -> None:
    conversation_id = begin(store)
    with pytest.raises(RuntimeError), store.turn(conversation_id):
        raise RuntimeError
    take_turns(store, conversation_id, 1)
    assert each_saw_all_before(store, conversation_id) == 2
