"""The commands about conversations, and the options by which a question joins one."""

# Typer reads annotations when the module is imported, so they are not postponed here.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from assistant.cli.exit_codes import NOT_FOUND
from assistant.cli.opening import open_assistant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from assistant.answer import Answer, ListedConversation
    from assistant.service import Assistant

conversations_app = typer.Typer(
    name="conversations", help="List, search, read, export, rename and delete conversations."
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
_MOST_NAMED = 5  # turns in which something was found

Id = Annotated[str, typer.Argument(help="The conversation's id.")]


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
def show(conversation: Id, style: options.CitationStyle = "un", as_json: options.Json = False) -> None:
    """Print a conversation as Markdown, with its sources in full after each answer."""
    from assistant.cli.printing import as_data, print_json

    assistant = open_assistant()
    held = assistant.conversation(conversation)
    if as_json:
        print_json(as_data(held))
    else:
        typer.echo(assistant.transcript(held, options.style_named(style)).markdown, nl=False)


@conversations_app.command()
def export(
    conversation: Id,
    file: Annotated[Path, typer.Argument(help="Where to: a name that ends in .md or .json.")],
    style: options.CitationStyle = "un",
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Write a conversation to a file, with full references to all that it cites."""
    from assistant.transcript import check_transcript_target, write_transcript

    known_style = options.style_named(style)
    check_transcript_target(file, replace=force)
    assistant = open_assistant()
    held = assistant.conversation(conversation)
    write_transcript(assistant.transcript(held, known_style), file, replace=force)
    typer.echo(f"pilcrow: {file} has {_turns(held.turn_count)}.", err=True)


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


def _line(listed: "ListedConversation") -> str:
    turns = _turns(listed.turn_count).rjust(9)
    found = f"  (in {_named(listed.matches)})" if listed.matches else ""
    return f"{listed.id}  {_time(listed.updated)}  {turns}  {listed.title}{found}"


def _named(turns: "Sequence[int]") -> str:
    shown = ", ".join(map(str, turns[:_MOST_NAMED])) + (" …" if len(turns) > _MOST_NAMED else "")
    return f"turn {shown}" if len(turns) == 1 else f"turns {shown}"


def _turns(count: int) -> str:
    return "1 turn" if count == 1 else f"{count} turns"


def _time(moment: "datetime") -> str:
    """On the clock of whoever reads it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
