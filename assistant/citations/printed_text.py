"""What a document prints, as one text that quotations are compared with.

Paragraphs, items and closing text follow one another as printed, each on a line with its number; headings
and footnotes come after them, since nobody quotes across them. Numbers of paragraphs and letters of items
are printed here and are no part of the words, as quotations leave them out.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.citations.tokens import key_of, tokens
from corpus.model import Document, Footnote, Item, Paragraph, Section, parts_of

Numbers = npt.NDArray[np.int64]
StretchKind = Literal["body", "heading", "note"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words of one place: `start` is where its number stands, `words` where its words begin."""

    kind: StretchKind
    start: int
    words: int
    end: int
    unit: Paragraph | Item | Section | Footnote
    paragraph: Paragraph | None = None

    @property
    def eid(self) -> str:
        """The machine id of its place."""
        return self.unit.eid


class Printed(NamedTuple):
    """A token of what is printed; `is_label` for those of a number of a paragraph or letter of an item."""

    start: int
    end: int
    form: str
    is_word: bool
    is_label: bool


class PrintedText:
    """The text of some paragraphs in order, of headings and of footnotes."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        sections: Sequence[Section] = (),
        notes: Sequence[Footnote] = (),
    ) -> None:
        lines: list[str] = []
        self.stretches: list[Stretch] = []
        position = 0

        def add(
            kind: StretchKind,
            unit: Paragraph | Item | Section | Footnote,
            paragraph: Paragraph | None,
            label: str,
            text: str,
        ) -> None:
            nonlocal position
            line = f"{label} {text}" if label else text
            words = position + len(line) - len(text)
            self.stretches.append(Stretch(kind, position, words, position + len(line), unit, paragraph))
            lines.append(line)
            position += len(line) + 1

        for paragraph in paragraphs:
            for unit, label, text in _runs_of(paragraph):
                add("body", unit, paragraph, label, text)
        for section in sections:
            add("heading", section, None, section.number or "", section.title)
        for note in notes:
            add("note", note, None, note.mark, note.text)
        self.text = "\n".join(lines)
        self._starts = [stretch.start for stretch in self.stretches]
        self._tokens: dict[int, list[Printed]] = {}
        self._lock = threading.Lock()

    @classmethod
    def of(cls, document: Document) -> PrintedText:
        """The whole of a document."""
        return cls(document.paragraphs, document.sections, document.footnotes)

    def index_at(self, position: int) -> int:
        """Which stretch a position stands in."""
        return max(bisect_right(self._starts, position) - 1, 0)

    @cached_property
    def key(self) -> str:
        """Letters and digits of all words, without those of numbers and letters before them."""
        return key_of(self._unlabelled)

    @cached_property
    def _unlabelled(self) -> str:
        pieces: list[str] = []
        position = 0
        for stretch in self.stretches:
            if stretch.words > stretch.start:
                pieces += [self.text[position : stretch.start], " " * (stretch.words - stretch.start)]
                position = stretch.words
        return "".join([*pieces, self.text[position:]])

    @cached_property
    def _key_positions(self) -> Numbers:
        """Where in the text each character of the key stands."""
        text = self._unlabelled
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        lengths = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.int8)
        for sign in set(text):
            lengths[ord(sign)] = len(key_of(sign))
        return np.repeat(np.arange(len(text), dtype=np.int64), lengths[codes])

    @cached_property
    def groups(self) -> list[tuple[int, int, str]]:
        """The stretches of each paragraph, heading and note, from which to which, and their key."""
        found: list[tuple[int, int, str]] = []
        starts = [0]
        for index in range(1, len(self.stretches)):
            before, stretch = self.stretches[index - 1], self.stretches[index]
            if stretch.paragraph is None or stretch.paragraph is not before.paragraph:
                starts.append(index)
        ends = np.searchsorted(self._key_positions, [self.stretches[i - 1].end for i in starts[1:]])
        keys = pairwise([0, *ends.tolist(), len(self.key)])
        for (first, end), (start, stop) in zip(pairwise([*starts, len(self.stretches)]), keys, strict=True):
            if end > first:
                found.append((first, end - 1, self.key[start:stop]))
        return found

    def occurrences(self, key: str, limit: int) -> list[int]:
        """Where in the key another key stands, from the beginning, so many at most."""
        found: list[int] = []
        at = self.key.find(key) if key else -1
        while at >= 0 and len(found) < limit:
            found.append(at)
            at = self.key.find(key, at + 1)
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that a non-empty stretch of the key comes from."""
        return int(self._key_positions[start]), int(self._key_positions[end - 1]) + 1

    def tokens_of(self, index: int) -> list[Printed]:
        """The tokens of one stretch."""
        with self._lock:
            if index not in self._tokens:
                stretch = self.stretches[index]
                words = stretch.words
                self._tokens[index] = [
                    Printed(*token, token.start < words)
                    for token in tokens(self.text, stretch.start, stretch.end)
                ]
            return self._tokens[index]

    def tokens_between(self, first: int, last: int) -> list[Printed]:
        """The tokens of stretches by their indexes, the last included."""
        return [token for index in range(first, last + 1) for token in self.tokens_of(index)]


def _runs_of(place: Paragraph | Item) -> Iterator[tuple[Paragraph | Item, str, str]]:
    """The places within a place as they are printed in turn, each with its number and a run of its words."""
    label: str = place.label_printed
    for part in parts_of(place):
        if isinstance(part, Item):
            if label:
                yield place, label, ""
                label = ""
            yield from _runs_of(part)
        else:
            yield place, label, part
            label = ""
    if label:
        yield place, label, ""
