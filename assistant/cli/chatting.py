"""Opening the terminal chat: in this terminal at once, or in a browser.

The window shall be there half a second after the command is typed. To load what reads options takes a
quarter of that, so a command line whose meaning is plain is read without it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from assistant.cli.exit_codes import FAILED
from assistant.cli.opening import open_assistant

CONTINUE = "--continue"
"""The option that goes on with the latest conversation."""

WEB_PORT = 8012
"""Where the chat in a browser is served, beside an HTTP API on its own port."""

_OURS = ("assistant", "corpus", "index", "tui")


def plain_chat(arguments: Sequence[str]) -> tuple[str | None, bool] | None:
    """Question and whether to go on, of `chat [QUESTION] [--continue]`; None for all other arguments."""
    command, *rest = arguments or [""]
    words = [word for word in rest if word != CONTINUE]
    if command != "chat" or len(words) > 1 or len(rest) - len(words) > 1:
        return None
    if any(word.startswith("-") for word in words):  # what another option is, its reader says
        return None
    return (words[0] if words else None), CONTINUE in rest


def open_chat(question: str | None = None, conversation_id: str | None = None, go_on: bool = False) -> None:
    """Open the chat in this terminal: a new conversation, one with an id, or the latest one."""
    run = _front_end("chat")
    run(open_assistant, question, conversation_id=conversation_id, go_on=go_on)


def serve_chat(host: str, port: int, arguments: Sequence[str]) -> None:
    """Serve the chat to browsers, each with a chat of its own, begun with these arguments.

    Where what serves it is not installed, it says how to install it and exits.
    """
    try:
        _front_end("chat-web")(host, port, arguments)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _OURS:
            raise
        print(
            "pilcrow: The chat in a browser needs more than is installed: pip install 'pilcrow[web]'.",
            file=sys.stderr,
        )
        sys.exit(FAILED)


def _front_end(name: str) -> Any:
    """What another room registers under a name; `assistant` imports none of it."""
    from importlib.metadata import entry_points

    (found,) = entry_points(group="pilcrow.commands", name=name)
    return found.load()
