"""Options that several commands share, declared once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.answer import Filters
    from assistant.service import Assistant
    from corpus.model import Metadata

Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
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
SourcePath = Annotated[Path, typer.Argument(help="A file.")]


def open_assistant() -> Assistant:
    """The assistant of the settings in force."""
    from assistant.service import Assistant
    from assistant.settings import load_settings

    return Assistant.open(load_settings())


def filters_of(
    states: list[str] | None,
    committees: list[str] | None,
    symbols: list[str] | None,
    instruments: list[str] | None,
    years: list[int] | None,
    roles: list[str] | None,
) -> Filters:
    """The filters that options give; raises `FilterInvalid`."""
    from assistant.answer import Filters
    from assistant.errors import FilterInvalid
    from corpus.model import Role

    known = [role.value for role in Role]
    for role in roles or ():
        if role not in known:
            raise FilterInvalid(f"There is no role {role}.", f"Roles are {', '.join(known)}.")
    return Filters(
        states=tuple(states or ()),
        committees=tuple(committees or ()),
        symbols=tuple(symbols or ()),
        instruments=tuple(instruments or ()),
        years=tuple(years or ()),
        roles=tuple(Role(role) for role in roles or ()),
    )


def metadata_of(symbol: str | None, states: list[str] | None, date: datetime | None) -> Metadata:
    """What options give about a file; raises `SymbolInvalid`."""
    from corpus.model import Metadata
    from corpus.symbol import Symbol

    return Metadata(
        symbol=str(Symbol.parse(symbol)) if symbol else None,
        states=tuple(states or ()),
        adopted=date.date() if date else None,
    )
