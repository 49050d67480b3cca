"""The chat as a process: its start, and every way it can end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant.answer import AskRequest
from assistant.service import Assistant
from tests.homes import assistant_like
from tests.tui.terminals import CHAT, Terminal

EXTRADITION = "what did the Committee say about extradition?"


def chat_of(opening: str, before: str = "") -> tuple[str, ...]:
    """The command `pilcrow chat` over an assistant that some words open, after some others."""
    code = f"""
import time
import assistant.cli
from assistant.cli import chatting
from tui.app import ChatApp

class Fake:
    def __getattr__(self, name):
        return lambda *given, **named: print("it is closed") if name == "close" else []

{before}
chatting.open_assistant = lambda: {opening}
assistant.cli.main()
"""
    return (sys.executable, "-c", code, "chat")


QUICK = chat_of("Fake()")
QUIET = chat_of("Fake()", "print = lambda *_: None")
# an orderly exit waits for the threads of a pool, as it would for those of a model
SLOW = chat_of("pool.submit(time.sleep, 600).result()", "from concurrent.futures import ThreadPoolExecutor\n"
               "pool = ThreadPoolExecutor()")  # fmt: skip
BROKEN = chat_of("None", "ChatApp.on_ready = lambda app: 1 / 0")
STUCK = chat_of("None", "ChatApp.on_ready = lambda app: time.sleep(600)")


# -- leaving


def test_leaving_does_not_wait_for_the_model() -> None:
    with Terminal(SLOW) as terminal:
        terminal.wait_for("Loading the model")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.is_given_back


def test_leaving_closes_the_assistant() -> None:
    with Terminal(QUICK) as terminal:
        terminal.wait_for("ready")
        assert not terminal.is_given_back
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert b"it is closed" in terminal.written


def test_a_crash_is_not_taken_for_success() -> None:
    with Terminal(BROKEN) as terminal:
        assert terminal.wait(60) == 1
        assert "ZeroDivisionError" in terminal.text
        assert terminal.is_given_back


# -- signals, and a terminal that goes


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
@pytest.mark.parametrize(
    ("command", "shown"), [(QUICK, "ready"), (SLOW, "Loading")], ids=["ready", "loading"]
)
def test_a_signal_gives_the_terminal_back(command: Sequence[str], shown: str, number: signal.Signals) -> None:
    with Terminal(command) as terminal:
        terminal.wait_for(shown)
        terminal.signal(number)
        assert terminal.wait() == 128 + number
        assert terminal.is_given_back


def test_a_window_that_is_stuck_can_be_ended() -> None:
    with Terminal(STUCK) as terminal:
        terminal.wait_for("Pilcrow")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM


@pytest.mark.parametrize("hears", [True, False], ids=["told", "not told"])
def test_a_chat_ends_with_its_terminal(hears: bool) -> None:
    ignoring = ("sh", "-c", "trap '' HUP; exec \"$@\"", "sh")
    with Terminal(QUIET if hears else (*ignoring, *QUIET)) as terminal:
        terminal.wait_for("ready")
        terminal.take_away()
        assert terminal.process.wait(30) == 128 + signal.SIGHUP


# -- where there is no terminal


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_without_a_terminal_it_says_what_to_do(stream: str) -> None:
    end, inside = os.openpty()
    try:
        streams = {"stdin": inside, "stdout": inside, "stderr": inside, stream: subprocess.PIPE}
        with subprocess.Popen(CHAT, **streams) as chat:  # type: ignore[call-overload]
            written, errors = chat.communicate(b"x\n" if stream == "stdin" else None, timeout=60)
        told = errors if stream == "stderr" else os.read(end, 65536)
        assert chat.returncode == 2
        assert b"The chat needs a terminal" in told
        assert b"pilcrow ask QUESTION" in told
        assert b"\x1b" not in told + (written or b"")
    finally:
        os.close(end)
        os.close(inside)


def test_a_terminal_that_cannot_be_painted_on_is_none() -> None:
    with Terminal(CHAT, environment={"TERM": "dumb"}) as terminal:
        assert terminal.wait() == 2
        assert "TERM is dumb" in terminal.text


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "xterm"},
        {"TERM": None},
        {"TERM": "linux", "COLORTERM": None},
        {"NO_COLOR": "1"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=str,
)
def test_it_opens_in_plain_terminals(environment: dict[str, str | None]) -> None:
    with Terminal(QUICK, environment=environment) as terminal:
        terminal.wait_for("ready")
        terminal.enter("what is said")
        terminal.wait_for("what is said")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert terminal.is_given_back


@pytest.mark.parametrize("size", [(20, 5), (200, 50)], ids=str)
def test_it_opens_in_small_and_large_terminals_and_follows_their_size(size: tuple[int, int]) -> None:
    with Terminal(QUICK, *size) as terminal:
        terminal.wait_for("Ask about")  # a very small window has no room for the name
        terminal.resize(100, 30)
        terminal.wait_for("ready")
        terminal.enter("typed")
        terminal.wait_for("typed")
        terminal.resize(*size)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


# -- what is kept


def test_what_was_answered_survives_a_chat_that_is_killed(assistant: Assistant, home: Path) -> None:
    with closing(assistant_like(assistant, home)) as made:
        made.documents()  # the folder is made with the vectors that are there already
    with Terminal(CHAT, 120, 50) as terminal:
        terminal.wait_for("Pilcrow")
        terminal.enter(f"{EXTRADITION}\r")
        terminal.wait_for("lacks a specific law on extradition", 120)
        terminal.enter("and what did it recommend?\r")
        terminal.wait_for("and what did it recommend?")
        terminal.signal(signal.SIGKILL)
        assert terminal.wait() == -signal.SIGKILL
    with closing(assistant_like(assistant, home)) as opened:
        latest = opened.latest_conversation()
        assert latest is not None
        questions = [turn.answer.question for turn in opened.conversation(latest).turns]
        assert questions[0] == EXTRADITION
        assert questions[1:] in ([], ["and what did it recommend?"])
        answer = opened.ask(AskRequest(question="and what did it recommend?", conversation_id=latest))
        assert not answer.refused
        assert len(opened.conversation(latest).turns) == len(questions) + 1
