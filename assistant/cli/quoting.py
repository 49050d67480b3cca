"""The command that finds where a quotation comes from."""

# Typer reads annotations when the module is imported, so they are not postponed here.

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from assistant.cli.exit_codes import FINDINGS, NOT_FOUND
from assistant.cli.opening import open_assistant

if TYPE_CHECKING:
    from assistant.citations.quotation import QuoteMatch


def quote(
    text: Annotated[str, typer.Argument(help="The words that are quoted; - reads them from stdin.")],
    cited: Annotated[
        str | None, typer.Option("--cited", help="The reference given with it: do the words stand there?")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Find where a quotation comes from, and how it differs from the text."""
    from assistant.cli.printing import as_data, print_json
    from assistant.cli.quote_text import match_text
    from assistant.one_line import one_line

    match = open_assistant().quote(sys.stdin.read() if text == "-" else text, cited)
    if as_json:
        print_json(as_data(match))
    else:
        if printed := match_text(match, in_colour=sys.stdout.isatty()):
            typer.echo(printed)
        narration = f"{match.verdict}: {match.reason}" if match.reason else match.verdict
        typer.echo(f"pilcrow: {one_line(narration)}", err=True)
    if (code := _exit_code(match)) is not None:
        raise typer.Exit(code)


def _exit_code(match: "QuoteMatch") -> int | None:
    """How the command ends; None where the words stand somewhere as they are quoted."""
    if match.is_found:
        return None
    return FINDINGS if match.places else NOT_FOUND
