"""Options that several commands share, declared once."""

# Typer reads annotations when the module is imported, so they are not postponed here.

import inspect
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.answer import Filters
    from corpus.model import Metadata
    from corpus.pinpoint import Style

Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
Export = Annotated[
    Path | None, typer.Option("--export", help="Write all of it as a table too: FILE.csv or FILE.xlsx.")
]
States = Annotated[list[str] | None, typer.Option("--state", help="Only documents on this State.")]
Committees = Annotated[list[str] | None, typer.Option("--committee", help="Only by this committee.")]
Symbols = Annotated[list[str] | None, typer.Option("--symbol", help="Only this document.")]
Instruments = Annotated[list[str] | None, typer.Option("--instrument", help="Only under this treaty.")]
Years = Annotated[list[int] | None, typer.Option("--year", help="Only adopted in this year.")]
Roles = Annotated[
    list[str] | None,
    typer.Option("--role", help="Only context, positive, concern, recommendation, request or reminder."),
]
GivenSymbol = Annotated[str | None, typer.Option("--symbol", help="The document's own symbol.")]
GivenState = Annotated[list[str] | None, typer.Option("--state", help="The State it is about.")]
GivenDate = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="When it was adopted.")
]
AllEditions = Annotated[bool, typer.Option("--all-editions", help="Earlier editions too.")]
CitationStyle = Annotated[
    str, typer.Option("--style", help="How sources are cited: un, oscola, aglc, bluebook, mcgill or chicago.")
]
SourcePath = Annotated[Path, typer.Argument(help="A file.")]


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the filter options in place of its parameter `filters`."""
    own, given = inspect.signature(command), inspect.signature(_filters_of).parameters

    @wraps(command, assigned=["__name__", "__doc__"])
    def run(**values: Any) -> None:
        filters = _filters_of(**{name: values.pop(name) for name in given})
        command(**values, filters=filters)

    parameters = list(own.parameters.values())
    place = list(own.parameters).index("filters")
    parameters[place : place + 1] = given.values()
    vars(run)["__signature__"] = own.replace(parameters=parameters)  # where Typer looks for options
    return run


def _filters_of(
    state: States = None,
    committee: Committees = None,
    symbol: Symbols = None,
    instrument: Instruments = None,
    year: Years = None,
    role: Roles = None,
) -> "Filters":
    """The filters that options give; raises `FilterInvalid`."""
    from pydantic import ValidationError

    from assistant.answer import Filters
    from assistant.errors import FilterInvalid
    from corpus.model import Role

    known = [one.value for one in Role]
    for name in role or ():
        if name not in known:
            raise FilterInvalid(f"There is no role {name}.", f"Roles are {', '.join(known)}.")
    try:
        return Filters(
            states=tuple(state or ()),
            committees=tuple(committee or ()),
            symbols=tuple(symbol or ()),
            instruments=tuple(instrument or ()),
            years=tuple(year or ()),
            roles=tuple(Role(name) for name in role or ()),
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise FilterInvalid(f"The filter by {first['loc'][0]} is wrong: {first['msg'].lower()}.") from error


def style_named(name: str) -> "Style":
    """The citation style that an option names; raises that the usage is wrong."""
    from assistant.citations.styles import STYLES

    for style in STYLES:
        if style == name.lower():
            return style
    raise typer.BadParameter(f"is one of {', '.join(STYLES)}.", param_hint="--style")


def metadata_of(symbol: str | None, states: list[str] | None, date: datetime | None) -> "Metadata":
    """What options give about a file; raises `SymbolInvalid`."""
    from corpus.model import Metadata
    from corpus.symbol import Symbol

    return Metadata(
        symbol=str(Symbol.parse(symbol)) if symbol else None,
        states=tuple(states or ()),
        adopted=date.date() if date else None,
    )
