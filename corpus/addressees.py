"""The States a document is addressed to or about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.dates import beginning
from corpus.layout import Reading
from corpus.model import Warning
from corpus.places import code_of_symbol, find_states, in_a_sentence, state_code, state_name
from corpus.symbol import Symbol

_STATE = r"(?P<state>(?:the )?(?:former )?[A-Z][^,*]*?)(?= under | submitted | in the absence |,|\*|$)"
_STATE_IN_TITLE = (
    re.compile(
        rf"\breports? (?:submitted by|of) (?!States |the (?:Special|Working|Independent|Secretary)){_STATE}"
    ),
    re.compile(rf"\b(?i:concluding observations)(?: on|.*:) {_STATE}"),
)
_MARKS = re.compile(r"[*†‡]+|(?<=[a-z)])\d{1,2}\b")
_PARTY = re.compile(r"^State part(?:y|ies)(?: concerned)?\s*:\s*(?P<name>[^\n.]{2,80})", re.MULTILINE)
_FIRST_PARAGRAPH = re.compile(r"1\s?\.\s*[A-Z\"“]")


def addressed_states(reading: Reading, title: str, symbol: Symbol) -> tuple[str, ...]:
    """The States of a document as its title names them.

    Where the title names none, the code in the symbol decides, then a line of the title page that is
    nothing but the name of a State, as in reports of the universal periodic review, or the line of
    views on a communication that names the State party.
    """
    title = " ".join(_MARKS.sub("", title).split())
    if named := _in_title(title):
        return named
    code = code_of_symbol(symbol.country or "")
    if code and (name := state_name(code)):
        return (name,)
    party = _PARTY.search(beginning(reading))
    names = [party["name"].strip()] if party else _alone_on_the_title_page(reading)
    return tuple(names) if len(names) == 1 and state_code(names[0]) else ()


def state_warnings(states: tuple[str, ...], symbol: Symbol) -> Iterator[Warning]:
    """A warning where the title names States and the symbol another."""
    code = code_of_symbol(symbol.country or "")
    known = {state_code(state) for state in states} - {None}
    if code and known and code not in known:
        named, own = " and ".join(map(in_a_sentence, states)), in_a_sentence(state_name(code) or code)
        problem = f"the title names {named}, but the symbol {symbol} is that of {own}"
        yield Warning("state_mismatch", problem)


def _in_title(title: str) -> tuple[str, ...]:
    """The known names of a title; else the words that stand where it names a State."""
    match = next((found for pattern in _STATE_IN_TITLE if (found := pattern.search(title))), None)
    if known := tuple(dict.fromkeys(name for name, _, _ in find_states(title))):
        return known
    return (match["state"].removeprefix("the ").strip(),) if match else ()


def _alone_on_the_title_page(reading: Reading) -> list[str]:
    names: list[str] = []
    for line in reading.lines:
        if _FIRST_PARAGRAPH.match(line.text) or (line.page or 1) > 1:
            break
        text = _MARKS.sub("", line.text).strip()
        if len(text) < 80 and any(name == text for name, _, _ in find_states(text)):
            names.append(text)
    return list(dict.fromkeys(names))
