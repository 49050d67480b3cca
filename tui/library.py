"""What is held, as the browser of documents lists it: found by words, and in an order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len

from tui.columns import cell

if TYPE_CHECKING:
    from assistant.service import DocumentHeader

Order = Literal["State", "date"]

_LONGEST_SYMBOL = 28  # columns; a longer one is cut in the list and whole beside it
_LONGEST_NOTE = 16
_STATE = 14  # columns that a State is given before others are; "South Africa" and most others fit


@dataclass(frozen=True)
class Entry:
    """A document of the list, with all that its row says and all that it is found by."""

    header: DocumentHeader
    states: str
    body: str
    """The committee's short name."""
    year: str
    note: str
    """What a reader must know before he counts on it: that it is not searched, or another edition."""
    found_by: str
    """Its searchable text, without case and accents."""

    @property
    def slug(self) -> str:
        """What names it."""
        return self.header.slug


def folded(text: str) -> str:
    """A text without case and accents, as words are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in text if not unicodedata.combining(sign)).replace("’", "'")
    return text.casefold()


def entry_of(header: DocumentHeader) -> Entry:
    """A document as the list has it."""
    # imported here, because it reads a table that the first frame has no use for
    from assistant.short_names import short_body

    states, body = ", ".join(header.states), short_body(header.symbol)
    year = str(header.year or "")
    note = "" if header.searched else "not searched"
    if not note and header.edition not in ("", "issued"):
        note = header.edition
    facts = (header.symbol, header.title, states, header.committee, body, year, header.instrument, note)
    return Entry(header, states, body, year, note, folded(" ".join(filter(None, facts))))


class Library:
    """The documents that are held; made in a thread, then asked as one types."""

    def __init__(self, headers: Iterable[DocumentHeader]) -> None:
        self._entries = [entry_of(header) for header in headers]
        orders: dict[Order, list[Entry]] = {
            "State": sorted(self._entries, key=_by_state),
            "date": sorted(self._entries, key=_by_date),
        }
        self._ordered = orders

    def __len__(self) -> int:
        return len(self._entries)

    def found(self, words: str, order: Order) -> list[Entry]:
        """The documents that have every word, in an order."""
        wanted = folded(words).split()
        return [entry for entry in self._ordered[order] if all(word in entry.found_by for word in wanted)]

    def entry(self, slug: str) -> Entry | None:
        """The document that a slug names."""
        return next((entry for entry in self._entries if entry.slug == slug), None)


def _by_state(entry: Entry) -> tuple[bool, str, str, str]:
    return not entry.states, folded(entry.states), entry.year, entry.header.symbol


def _by_date(entry: Entry) -> tuple[int, str, str]:
    """The latest first, those without a date last."""
    adopted = entry.header.adopted
    return -(adopted.toordinal() if adopted else 0), folded(entry.states), entry.header.symbol


@dataclass(frozen=True)
class Widths:
    """How wide the columns of a list are, so that its rows stand below each other."""

    symbol: int
    body: int
    note: int
    states: int
    """Columns that the States need, or as many as are kept for them where there is little room."""

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Widths:
        """As wide as the widest need, as far as there is room."""
        symbol = max((len(entry.header.symbol) for entry in entries), default=0)
        return cls(
            min(symbol, _LONGEST_SYMBOL),
            max((len(entry.body) for entry in entries), default=0),
            min(max((len(entry.note) for entry in entries), default=0), _LONGEST_NOTE),
            min(max((cell_len(entry.states) for entry in entries), default=0), _STATE),
        )


def row_of(entry: Entry, widths: Widths, mark: str, width: int) -> str:
    """A row of the list; where room is short, the State is shown rather than length and committee."""
    left = f"{mark}{cell(entry.header.symbol, widths.symbol)} "
    right = {
        "body": f" {cell(entry.body, widths.body)}",
        "year": f" {entry.year:>4}",
        "paragraphs": f" {f'{entry.header.paragraphs:,} ¶':>6}",
        "note": f" {cell(entry.note, widths.note)}" if widths.note else "",
    }
    for name in ("paragraphs", "body"):
        if width - len(left) - sum(map(cell_len, right.values())) < widths.states:
            del right[name]
    room = max(0, width - len(left) - sum(map(cell_len, right.values())))
    return f"{left}{cell(entry.states, room)}{''.join(right.values())}"
