"""The commands about conversations, and the options by which a question joins one."""

# Typer reads annotations when the module is imported, so they are not postponed here.

import re
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from assistant.cli.exit_codes import NOT_FOUND
from assistant.cli.opening import open_assistant

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.answer import Answer, Conversation, ConversationSummary, Turn
    from assistant.service import Assistant

conversations_app = typer.Typer(
    name="conversations", help="List, search, read, rename and delete conversations."
)

NEW = "new"
"""What opens a conversation where an id goes on with one."""

ConversationOption = Annotated[
    str | None,
    typer.Option(
        "--conversation", help=f"Go on with this conversation and keep the answer; {NEW} opens one."
    ),
]
ContinueOption = Annotated[
    bool, typer.Option("--continue", help="Go on with the latest conversation and keep the answer.")
]
Id = Annotated[str, typer.Argument(help="The conversation's id.")]

_RELATIVE_LINK = re.compile(r"(?<=\])\(/[^)]*\)")


def chosen(assistant: "Assistant", conversation: str | None, go_on: bool) -> tuple[str | None, bool]:
    """The conversation that options name, and whether the answer is kept at all."""
    refuse_both(conversation, go_on)
    if go_on:
        return assistant.latest_conversation(), True
    return (None if conversation == NEW else conversation), conversation is not None


def refuse_both(conversation: str | None, go_on: bool) -> None:
    """Raise that the usage is wrong where options name two conversations."""
    if conversation is not None and go_on:
        raise typer.BadParameter("names a conversation; leave out --continue.", param_hint="--conversation")


def tell(answer: "Answer", known: str | None) -> None:
    """Say on stderr which conversation was opened, or that the answer is in none."""
    if answer.conversation_id is None:
        typer.echo("pilcrow: The answer is not kept, since the data folder cannot be written.", err=True)
    elif known is None:
        typer.echo(f"conversation {answer.conversation_id}", err=True)


@conversations_app.callback(invoke_without_command=True)
def list_conversations(
    context: typer.Context,
    search: Annotated[
        str | None, typer.Option("--search", help="Only those in which all these words were said.")
    ] = None,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, max=1000, help="How many at most.")] = 20,
    as_json: options.Json = False,
) -> None:
    """List the conversations, the latest first; those that a search finds, the best first."""
    if context.invoked_subcommand is not None:
        return
    from assistant.cli.printing import as_data, print_json

    assistant = open_assistant()
    page = assistant.conversations(limit) if search is None else assistant.search_conversations(search, limit)
    if as_json:
        print_json([as_data(summary) for summary in page.conversations])
    elif page.conversations:
        typer.echo("\n".join(map(_line, page.conversations)))
    else:
        typer.echo("No conversations are held." if search is None else "Nothing found.")
    if page.next is not None:
        typer.echo("There are more; --limit shows them.", err=True)
    if search is not None and not page.conversations:
        raise typer.Exit(NOT_FOUND)


@conversations_app.command()
def show(conversation: Id, as_json: options.Json = False) -> None:
    """Print a conversation as Markdown."""
    from assistant.cli.printing import as_data, print_json

    held = open_assistant().conversation(conversation)
    if as_json:
        print_json(as_data(held))
    else:
        typer.echo(conversation_markdown(held))


@conversations_app.command()
def rename(conversation: Id, title: Annotated[str, typer.Argument(help="The title it gets.")]) -> None:
    """Give a conversation another title."""
    renamed = open_assistant().rename_conversation(conversation, title)
    typer.echo(f"renamed    {renamed.id}  {renamed.title}")


@conversations_app.command()
def delete(conversation: Id) -> None:
    """Delete a conversation with all its turns."""
    deleted = open_assistant().delete_conversation(conversation)
    typer.echo(f"deleted    {deleted.id}  {deleted.title}")


def conversation_markdown(held: "Conversation") -> str:
    """A conversation to be read or filed: its links lead to the documents where the UN publishes them."""
    from assistant.markdown import escaped

    facts = f"{held.id} · {_turns(held.turn_count)} · {_time(held.created)} – {_time(held.updated)}"
    return "\n\n".join([f"# {escaped(held.title)}", facts, *map(_turn_markdown, held.turns)])


def _turn_markdown(turn: "Turn") -> str:
    from assistant.markdown import escaped

    answer, text = turn.answer, turn.answer.text
    for citation in answer.citations:
        text = text.replace(f"]({citation.href})", f"]({citation.url})")
    parts = [f"## {turn.number}. {escaped(answer.question)}"]
    if answer.searched_for not in ("", answer.question):
        parts.append(f"Searched for: {escaped(answer.searched_for)}")
    return "\n\n".join([*parts, _RELATIVE_LINK.sub("", text)])


def _line(summary: "ConversationSummary") -> str:
    turns = _turns(summary.turn_count).rjust(9)
    return f"{summary.id}  {_time(summary.updated)}  {turns}  {summary.title}"


def _turns(count: int) -> str:
    return "1 turn" if count == 1 else f"{count} turns"


def _time(moment: "datetime") -> str:
    """On the clock of whoever reads it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
