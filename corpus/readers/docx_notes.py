"""The marks of a Word file's footnotes and endnotes, counted as Word counts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.readers.counters import printed
from corpus.readers.docx_styles import W, child_value, number_or

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

NoteId = tuple[str, str]
"""A note by its kind, `footnote` or `endnote`, and its id in the file."""

_DEFAULT_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}
# What stands between text and notes, which is no note itself.
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")


class Notes:
    """Gives each called note its mark, in the order of the calls."""

    def __init__(
        self, roots: dict[str, Element | None], settings: Element | None, sections: Sequence[Element]
    ) -> None:
        self._notes: dict[NoteId, Element] = {
            (kind, note.get(f"{W}id", "")): note
            for kind, root in roots.items()
            for note in ([] if root is None else root.findall(f"{W}{kind}"))
            if note.get(f"{W}type") not in _NO_NOTES
        }
        self._settings = settings
        self._sections = sections
        self._section = 0
        self._counts: dict[str, int] = {}
        self._called: dict[NoteId, str] = {}

    def call(self, note: NoteId) -> str:
        """Count a call and give its mark; empty where there is no such note."""
        if note not in self._notes:
            return ""
        if note not in self._called:
            kind = note[0]
            count = self._counts.get(kind, number_or(self._option(kind, "numStart"), 1))
            self._counts[kind] = count + 1
            self._called[note] = printed(count, self._option(kind, "numFmt") or _DEFAULT_FORMATS[kind])
        return self._called[note]

    def call_custom(self, note: NoteId) -> None:
        """Take a call whose mark is typed; such notes are not counted."""
        if note in self._notes:
            self._called.setdefault(note, "")

    def name(self, note: NoteId, mark: str) -> None:
        """Tell the typed mark of a note."""
        if note in self._called:
            self._called[note] = mark

    def mark_of(self, note: NoteId | None) -> str:
        """The mark of a note that was called."""
        return self._called.get(note, "") if note else ""

    def next_section(self) -> None:
        """Go on to the next section, which may have its own way of counting."""
        self._section = min(self._section + 1, max(len(self._sections) - 1, 0))
        for kind in _DEFAULT_FORMATS:
            if self._option(kind, "numRestart") == "eachSect":
                self._counts.pop(kind, None)

    def next_page(self) -> None:
        """Go on to the next page."""
        for kind in _DEFAULT_FORMATS:
            if self._option(kind, "numRestart") == "eachPage":
                self._counts.pop(kind, None)

    def counts_by_page(self) -> bool:
        """Whether the marks depend on where pages end."""
        return any(self._option(kind, "numRestart") == "eachPage" for kind in _DEFAULT_FORMATS)

    def called(self, kind: str) -> Iterator[tuple[NoteId, str, Element]]:
        """The notes of a kind with their marks, in the order they were called in."""
        for note, mark in list(self._called.items()):
            if note[0] == kind:
                yield note, mark, self._notes[note]

    def _option(self, kind: str, name: str) -> str | None:
        """How notes are counted: as the section says, or else the whole document."""
        section = self._sections[self._section] if self._sections else None
        for place in (section, self._settings):
            found = None if place is None else place.find(f"{W}{kind}Pr")
            if (value := child_value(found, name)) is not None:
                return value
        return None
