"""The command that opens the chat, with all its options."""

# Typer reads annotations when the module is imported, so they are not postponed here.

from typing import Annotated

import typer

from assistant.cli.chatting import CONTINUE, WEB_PORT, open_chat, serve_chat
from assistant.cli.conversing import refuse_both


def chat(
    question: Annotated[str | None, typer.Argument(help="A question to begin with.")] = None,
    conversation: Annotated[
        str | None, typer.Option("--conversation", help="Go on with this conversation.")
    ] = None,
    go_on: Annotated[bool, typer.Option(CONTINUE, help="Go on with the latest conversation.")] = False,
    web: Annotated[bool, typer.Option("--web", help="Serve it to browsers on this machine.")] = False,
    host: Annotated[str | None, typer.Option(help="With --web: a loopback address.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help=f"With --web: {WEB_PORT}.")] = None,
) -> None:
    """Open the terminal chat."""
    refuse_both(conversation, go_on)
    if web:
        arguments = [CONTINUE] if go_on else []
        arguments += ["--conversation", conversation] if conversation is not None else []
        arguments += ["--", question] if question is not None else []
        serve_chat(host or "127.0.0.1", WEB_PORT if port is None else port, arguments)
        return
    for name, value in (("--host", host), ("--port", port)):
        if value is not None:
            raise typer.BadParameter("is for --web; give that too.", param_hint=name)
    open_chat(question, conversation, go_on)
