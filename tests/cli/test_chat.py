"""How the chat is opened: what the front end that is registered for it is called with."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest

from assistant.cli import opening
from tests.cli.conftest import Run

KNOWN = "0123456789abcdef"
CALLS: list[tuple[tuple[object, ...], dict[str, object]]] = []


def front_end(*arguments: object, **options: object) -> None:
    CALLS.append((arguments, options))


def needs_more(*_: object) -> None:
    raise ModuleNotFoundError("No module named 'textual_serve'", name="textual_serve")


def is_broken(*_: object) -> None:
    raise ModuleNotFoundError("No module named 'tui.nowhere'", name="tui.nowhere")


Register = Callable[..., None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Register functions of this module as front ends, by name."""
    CALLS.clear()

    def register(**functions: str) -> None:
        found = EntryPoints(
            EntryPoint(name.replace("_", "-"), f"{__name__}:{function}", "pilcrow.commands")
            for name, function in functions.items()
        )
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda **wanted: found.select(**wanted))

    register(chat="front_end", chat_web="front_end")
    return register


@pytest.mark.parametrize("is_plain", [True, False], ids=["at once", "with what reads options"])
@pytest.mark.parametrize(
    ("arguments", "question", "go_on"),
    [
        ((), None, False),
        (("what about adoption?",), "what about adoption?", False),
        (("",), "", False),
        (("--continue",), None, True),
        (("--continue", "and then?"), "and then?", True),
        (("and then?", "--continue"), "and then?", True),
    ],
)
def test_the_chat_is_opened_alike_however_its_arguments_are_read(
    run: Run,
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    question: str | None,
    go_on: bool,
    is_plain: bool,
) -> None:
    if is_plain:
        monkeypatch.setattr("assistant.cli.app.app", None)  # not even looked at
    else:
        monkeypatch.setattr("assistant.cli.chatting.plain_chat", lambda _: None)
    assert run("chat", *arguments).code == 0
    assert [((opening.open_assistant, question), {"conversation_id": None, "go_on": go_on})] == CALLS


def test_a_conversation_is_named_by_its_id(run: Run, register: Register) -> None:
    assert run("chat", "--conversation", KNOWN, "--", "--continue").code == 0
    assert [
        ((opening.open_assistant, "--continue"), {"conversation_id": KNOWN, "go_on": False}),
    ] == CALLS


@pytest.mark.parametrize(
    "arguments",
    [
        ("--continue", "--conversation", KNOWN),
        ("--web", "--continue", "--conversation", KNOWN),
        ("one question", "and another"),
        ("--unknown",),
        ("--port", "8012"),
        ("--host", "127.0.0.1"),
        ("--web", "--port", "0"),
        ("--web", "--port", "65536"),
    ],
)
def test_wrong_usage_opens_nothing(run: Run, register: Register, arguments: tuple[str, ...]) -> None:
    result = run("chat", *arguments)
    assert (result.code, result.out, CALLS) == (2, "", [])


@pytest.mark.parametrize(
    ("arguments", "served"),
    [
        ((), ("127.0.0.1", 8012, [])),
        (("--continue", "-a question"), None),
        (("--continue", "a question"), ("127.0.0.1", 8012, ["--continue", "--", "a question"])),
        (
            ("--host", "::1", "--port", "9000", "--conversation", KNOWN),
            ("::1", 9000, ["--conversation", KNOWN]),
        ),
    ],
)
def test_what_is_served_to_browsers_is_begun_with_the_same_arguments(
    run: Run, register: Register, arguments: tuple[str, ...], served: tuple[Any, ...] | None
) -> None:
    result = run("chat", "--web", *arguments)
    assert result.code == (2 if served is None else 0)
    assert ([] if served is None else [(served, {})]) == CALLS


def test_without_what_serves_browsers_it_says_what_to_install(run: Run, register: Register) -> None:
    register(chat_web="needs_more")
    result = run("chat", "--web")
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "pilcrow: The chat in a browser needs more than is installed: pip install 'pilcrow[web]'.\n"
    )


def test_a_missing_module_of_our_own_is_not_taken_for_that(run: Run, register: Register) -> None:
    register(chat_web="is_broken")
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        run("chat", "--web")
