"""What a reference with a symbol says of its document and that is not so.

Only what is known on both sides is compared: a date that may be the unknown one of issue is let stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.citations.resolution import Mismatch
from assistant.citations.said import Said, same_states
from corpus.holdings import Holdings
from corpus.model import DocumentHeader
from corpus.organs import committee_of
from corpus.places import code_of_symbol, find_states, in_a_sentence, state_code, state_name, whole_of
from corpus.symbol import Symbol


def mismatches_of(
    said: Said,
    symbol: Symbol,
    header: DocumentHeader | None,
    holdings: Holdings,
    speaker: str = "The reference",
) -> tuple[Mismatch, ...]:
    """What `speaker` says and is not so of a document, held or known by its symbol only."""
    return (
        *_of_author(said, symbol, header, speaker),
        *_of_state(said, symbol, header, holdings, speaker),
        *_of_date(said, header, speaker),
    )


def _of_author(said: Said, symbol: Symbol, header: DocumentHeader | None, speaker: str) -> Iterator[Mismatch]:
    organ = committee_of(symbol)
    if organ is None:
        return
    title = header.title.casefold() if header else ""
    # other treaties may stand in a title
    named = [each for each in said.organs if " ".join(each.printed.casefold().split()) not in title]
    if named and all(organ.name not in each.committees for each in named):
        printed = " ".join(named[0].printed.split())
        if "comm" in printed.casefold():  # an abbreviation takes no article
            printed = f"the {re.sub('^the ', '', printed, flags=re.IGNORECASE)}"
        yield Mismatch(
            code="author_symbol_mismatch",
            message=f"{speaker} names {printed}, but {symbol} is of the {organ.name}.",
        )


def _of_state(
    said: Said, symbol: Symbol, header: DocumentHeader | None, holdings: Holdings, speaker: str
) -> Iterator[Mismatch]:
    code = code_of_symbol(symbol.country or "")
    own = header.states if header else ((state_name(code) or "",) if code else ())
    if not said.states or not any(state_code(name) for name in own):
        return
    titled = tuple(name for name, _, _ in find_states(header.title)) if header else ()
    # a territory is named in the documents of its State, unless it has its own
    wholes = tuple(_whole(name) for name in said.states if holdings.is_part(name))
    if same_states((*said.states, *wholes), (*own, *titled)):
        return
    yield Mismatch(
        code="state_mismatch",
        message=f"{speaker} names {_in_a_sentence(said.states)}, but {symbol} is on {_in_a_sentence(own)}.",
    )


def _in_a_sentence(states: Sequence[str]) -> str:
    return " and ".join(map(in_a_sentence, states))


def _whole(territory: str) -> str:
    return state_name(whole_of(state_code(territory) or "") or "") or territory


def _of_date(said: Said, header: DocumentHeader | None, speaker: str) -> Iterator[Mismatch]:
    if header is None or header.adopted is None:
        return
    adopted = header.adopted
    known = {day for day in (adopted, header.issued) if day}
    years = {day.year for day in known}
    # of a session a title may tell the days
    told = [day for day in said.days if _printed(day) not in header.title]
    wrong = [_printed(day) for day in told if day not in known and not _may_be_issue(day, header)]
    if not wrong:
        wrong = [
            str(year)
            for year in said.years
            if year not in years
            and str(year) not in header.title
            and not (header.issued is None and year == adopted.year + 1)
        ]
    if wrong:
        issued = f" and issued on {_printed(header.issued)}" if header.issued else ""
        yield Mismatch(
            code="date_mismatch",
            message=f"{speaker} says {wrong[0]}, but {header.symbol} was adopted on {_printed(adopted)}"
            f"{issued}.",
        )


def _may_be_issue(day: date, header: DocumentHeader) -> bool:
    adopted = header.adopted
    return header.issued is None and adopted is not None and 0 <= (day - adopted).days <= 366


def _printed(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
