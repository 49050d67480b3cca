"""The command that exports what an answer, a conversation or a draft cites."""

# Typer reads annotations when the module is imported, so they are not postponed here.

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import conversing, options
from assistant.cli.exit_codes import NOT_FOUND
from assistant.cli.opening import open_assistant

if TYPE_CHECKING:
    from assistant.citations.cited_sources import CitedSources
    from assistant.citations.export import ExportFormat
    from assistant.service import Assistant
    from corpus.parse import SourceFile


def export(
    source: Annotated[
        str | None,
        typer.Argument(help="A draft, or an answer or conversation as --json prints it; - is stdin."),
    ] = None,
    conversation: Annotated[
        str | None, typer.Option("--conversation", help="All that this conversation cites.")
    ] = None,
    go_on: Annotated[
        bool, typer.Option("--continue", help="All that the latest conversation cites.")
    ] = False,
    form: Annotated[
        str | None,
        typer.Option("--format", help="csl-json, bibtex, ris or text; else what FILE ends in, or csl-json."),
    ] = None,
    style: options.CitationStyle = "un",
    notes: Annotated[
        bool, typer.Option("--notes", help="As text: every reference in turn, later ones in short.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it to FILE.json, .bib, .ris or .txt.")
    ] = None,
) -> None:
    """Export citations to reference managers, or as formatted references."""
    from assistant.citations.export import citations_text, write_citations

    chosen_style = options.style_named(style)
    chosen = _format(form, output)
    _require_one(source, conversation, go_on)
    cited = _cited(open_assistant(), source, conversation)
    _tell(cited)
    if not cited.sources:
        raise typer.Exit(NOT_FOUND)
    text = citations_text(cited, chosen, chosen_style, notes=notes)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_citations(text, output)


def _format(form: str | None, output: Path | None) -> "ExportFormat":
    """The format that options name; raises that the usage is wrong where two differ or none is known."""
    from assistant.citations.export import FORMATS, format_of

    by_name = format_of(output) if output is not None else None
    if form is None:
        return by_name or "csl-json"
    chosen = next((known for known in FORMATS if known == form.lower()), None)
    if chosen is None:
        raise typer.BadParameter(f"is one of {', '.join(FORMATS)}.", param_hint="--format")
    if by_name not in (None, chosen):
        raise typer.BadParameter(f"is {chosen}, and {output} is named for {by_name}.", param_hint="--format")
    return chosen


def _require_one(source: str | None, conversation: str | None, go_on: bool) -> None:
    conversing.refuse_both(conversation, go_on)
    named = conversation is not None or go_on
    if source is not None and named:
        raise typer.BadParameter("names what is exported; leave out the conversation.", param_hint="SOURCE")
    if source is None and not named:
        raise typer.BadParameter(
            "is missing: give a file, - for stdin, --conversation ID or --continue.", param_hint="SOURCE"
        )


def _cited(assistant: "Assistant", source: str | None, conversation: str | None) -> "CitedSources":
    from assistant.citations.told_answers import holds_json, read_answers
    from assistant.errors import ConversationNotHeld, UsageError
    from corpus.parse import load_source

    if source is None:
        known = conversation or assistant.latest_conversation()
        if known is None:
            raise ConversationNotHeld("No conversation is held.", "Ask with --conversation new.")
        return assistant.sources([turn.answer for turn in assistant.conversation(known).turns])
    file = _from_stdin() if source == "-" else load_source(Path(source))
    answers = read_answers(file.data)
    if answers is not None:
        return assistant.sources(answers)
    if holds_json(file.data):
        raise UsageError(
            "The JSON is no answer or conversation.", "Give what pilcrow ask --json or an export printed."
        )
    return assistant.sources_of_draft(assistant.read_draft(file))


def _from_stdin() -> "SourceFile":
    """What is piped in; more than a file may have is refused when it is read."""
    from corpus.parse import MAX_SOURCE_BYTES, SourceFile

    return SourceFile("stdin", sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1))


def _tell(cited: "CitedSources") -> None:
    """On stderr, what those who cite must know."""
    from assistant.one_line import one_line

    if cited.left_out:
        left = f"{cited.left_out:,} " + ("reference" if cited.left_out == 1 else "references")
        typer.echo(f"pilcrow: {left} left out that lead to nothing that is held.", err=True)
    if not cited.sources:
        typer.echo("pilcrow: Nothing that is held is cited there.", err=True)
    for source in cited.sources:
        if not source.held:
            edition = f"The edition of {one_line(source.symbol)} that was cited"
            typer.echo(f"pilcrow: {edition} is held no more, so its dates are missing.", err=True)
