"""The command that looks a reference up."""

# Typer reads annotations when the module is imported, so they are not postponed here.

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options
from assistant.cli.exit_codes import FINDINGS, NOT_FOUND
from assistant.cli.opening import open_assistant

if TYPE_CHECKING:
    from assistant.citations.resolution import Resolution
    from corpus.pinpoint import Style


def cite(
    reference: Annotated[str, typer.Argument(help="As it is printed or typed; - reads it from stdin.")],
    style: options.CitationStyle = "un",
    after: Annotated[
        str | None, typer.Option("--after", help="The reference before it, for which ibid. stands.")
    ] = None,
    later: Annotated[bool, typer.Option("--later", help="Print it as in a later note.")] = False,
    note: Annotated[
        int | None, typer.Option("--note", min=1, help="With --later: the note of the first reference.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Look a reference up: print it in a style, and the text that it cites."""
    from assistant.cli.printing import as_data, print_json

    chosen = options.style_named(style)
    text = sys.stdin.read() if reference == "-" else reference
    resolution = open_assistant().resolve(text, after, note=note)
    if as_json:
        print_json(as_data(resolution))
    elif resolution.is_resolved:
        _print_resolved(resolution, chosen, later)
    else:
        _print_unresolved(resolution)
    if not resolution.is_resolved:
        raise typer.Exit(NOT_FOUND)
    if resolution.mismatches or resolution.verdict == "resolved_parent":
        raise typer.Exit(FINDINGS)


def _print_resolved(resolution: "Resolution", style: "Style", later: bool) -> None:
    """The reference on the first line, then the places; what is to be said of it on stderr."""
    from assistant.cli.printing import resolved_places_text

    printed = resolution.references[style]
    if later and printed.later is None:
        raise typer.BadParameter(
            f"points to the note of the first reference in this style ({style}); give its number as --note.",
            param_hint="--later",
        )
    typer.echo(printed.later if later else printed.first)
    if resolution.places:
        typer.echo("\n" + resolved_places_text(resolution.places))
    if resolution.reason:
        _narrate(resolution.verdict, resolution.reason)
    for mismatch in resolution.mismatches:
        _narrate(mismatch.code, mismatch.message)


def _print_unresolved(resolution: "Resolution") -> None:
    from assistant.cli.printing import candidate_text, resolved_places_text

    _narrate(resolution.verdict, resolution.reason)
    for mismatch in resolution.mismatches:
        _narrate(mismatch.code, mismatch.message)
    for candidate in resolution.candidates:
        typer.echo(candidate_text(candidate))
    if resolution.places:
        typer.echo("\n" + resolved_places_text(resolution.places))


def _narrate(code: str, message: str) -> None:
    """A line on stderr, without signs that a terminal would obey: a message has words of the reference."""
    from assistant.cli.ingesting import one_line

    typer.echo(f"pilcrow: {code}: {one_line(message)}", err=True)
