"""The command that checks a draft."""

# Typer reads annotations when the module is imported, so they are not postponed here.

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from assistant.cli.exit_codes import FINDINGS
from assistant.cli.opening import open_assistant

if TYPE_CHECKING:
    from corpus.parse import SourceFile

_PAGE_ENDINGS = (".html", ".htm")


def check(
    draft: Annotated[
        str,
        typer.Argument(
            help="Markdown, text, DOCX, HTML or PDF; an answer, a conversation or citations as JSON; "
            "- reads it from stdin.",
        ),
    ],
    citations: Annotated[
        Path | None,
        typer.Option("--citations", help="What it cites as exported when it was made: CSL-JSON or answers."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the report as a page too: FILE.html.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Check a draft: resolve its references, compare its quotations, and say what is wrong."""
    from assistant.checking.report_text import report_text
    from assistant.cli.printing import as_data, print_json, terminal_width
    from assistant.files import check_target, write_whole
    from corpus.parse import load_source

    if html is not None:
        check_target(html, _PAGE_ENDINGS)
    source = _from_stdin() if draft == "-" else load_source(Path(draft))
    pinned = load_source(citations).data if citations is not None else None
    assistant = open_assistant()
    read = assistant.read_draft(source)
    report = assistant.check(read, pinned)
    if html is not None:
        from assistant.checking.html_report import html_report

        write_whole(html, html_report(report, read).encode())
        typer.echo(f"pilcrow: {html} has the report.", err=True)
    if as_json:
        print_json(as_data(report))
    else:
        typer.echo(report_text(report, terminal_width()))
    if report.has_findings:
        raise typer.Exit(FINDINGS)


def _from_stdin() -> "SourceFile":
    """What is piped in; more than a file may have is refused when it is read."""
    from corpus.parse import MAX_SOURCE_BYTES, SourceFile

    return SourceFile("stdin", sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1))
