"""What one part of a draft cites: documents, pinpoints, and what is no document, each with its extent."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.checking.anchors import Anchor, AnchorKind, apart, find_anchors
from assistant.checking.definitions import Definition, find_definitions, find_terms
from assistant.checking.draft import Draft, Part
from assistant.checking.extent import author_before, dates_behind, frame_before
from assistant.checking.named import Named, find_named
from assistant.checking.pins import Cited, attached
from assistant.citations.resolve import Resolver
from assistant.citations.said import NOTHING_SAID, Said, read_said
from corpus.sentences import sentence_spans
from corpus.source_text import SourceText

_AUTHOR = re.compile(r"(?P<name>[A-Z][\w’'.-]*)[,:]?\s?[“‘\"(]?$")
_SIGNALS = frozenset("See Cf Compare Contrast In And Also But Supra Infra Note The At As For Ibid Id".split())
_BACK = 140  # characters before `(n 3)` in which its author stands
_SEGMENT = re.compile(
    r"[;(\[]\s?|[.:?!]\s(?=[A-Z])|\b(?:[Ss]ee|[Cc]f\.)(?:\salso)?(?:,\s(?:for\sexample|e\.g\.|inter\salia))?,?\s"
)


@dataclass(frozen=True)
class Found:
    """A reference in a part, before it is resolved; all offsets are those of the printed text."""

    kind: AnchorKind | None
    """None of a pinpoint that stands alone."""
    start: int
    end: int
    shown: str
    pin: str
    said: Said = NOTHING_SAID
    frame: str = ""
    symbol: tuple[int, int] | None = None
    pinpoint: tuple[int, int] | None = None
    titles: tuple[tuple[int, int], ...] = ()
    mark: str | None = None
    defines: tuple[str, ...] = ()
    is_other: bool = False
    is_citation: bool = False
    """Whether it cites something else; articles of treaties and the draft itself do not."""


class CitedPart:
    """A part as it is printed, with what it cites in order."""

    def __init__(self, part: Part, source: SourceText, found: Iterable[Found]) -> None:
        self.part, self._source, self.text = part, source, source.text
        self.found = list(found)
        self._starts = [each.start for each in self.found]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the draft that a stretch of the printed text comes from."""
        return self._source.span(start, end)

    def position(self, offset: int) -> int:
        """Where in the printed text an offset of the draft is, or what comes first behind it."""
        return bisect_left(range(len(self.text)), offset, key=self._source.offset)

    def found_before(self, position: int, most: int) -> list[Found]:
        """The references that end before a position, the last `most` of them."""
        last = bisect_right(self._starts, position)
        return [each for each in self.found[max(0, last - most) : last] if each.end <= position]

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence that a position is in."""
        at = max(0, bisect_right(self._sentence_starts, position) - 1)
        return self._sentences[at] if self._sentences else (0, len(self.text))

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return sentence_spans(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self._sentences]


def read_part(draft: Draft, part: Part, resolver: Resolver, terms: Iterable[str]) -> CitedPart:
    """All that a part cites; `terms` are the names of documents that the draft has defined before it."""
    source = draft.printed(part)
    text = source.text
    anchors = find_anchors(text, resolver)
    named = {each.start: each for each in find_named(text) if each.says_something}
    symbols = [anchor for anchor in anchors if anchor.kind == "symbol"]
    anchors = apart(
        anchors,
        (
            Anchor("named", n.start, n.end, text[n.start : n.end])
            for n in named.values()
            if not _is_of_symbol(text, n, symbols)
        ),
    )
    definitions = list(find_definitions(text, anchors))
    first = {definition.term: definition.end for definition in reversed(definitions)}
    known = set(terms)
    used = [
        each
        for each in find_terms(text, {*known, *first})
        if each.shown in known or each.start >= first[each.shown]
    ]
    reader = _Reader(text, resolver, named, definitions)
    return CitedPart(part, source, reader.read(attached(text, apart(anchors, used))))


def _is_of_symbol(text: str, named: Named, symbols: list[Anchor]) -> bool:
    """Whether the symbol of what is named follows it."""
    at = bisect_right([anchor.start for anchor in symbols], named.start)
    if at == len(symbols):
        return False
    gap = text[named.end : symbols[at].start]
    return (
        len(gap) < 300
        and not re.search(r"[.;]\s(?=[A-Z])|\)\s(?!U|[Dd]oc)|;", gap)
        and (len(gap) < 60 or "(" not in gap)
    )


class _Reader:
    def __init__(
        self, text: str, resolver: Resolver, named: Mapping[int, Named], definitions: list[Definition]
    ) -> None:
        self._text, self._resolver, self._named = text, resolver, named
        self._defined: dict[Anchor, list[Definition]] = {}
        for definition in definitions:
            self._defined.setdefault(definition.anchor, []).append(definition)

    def read(self, cited: list[Cited]) -> list[Found]:
        found: list[Found] = []
        limit = 0
        for each in cited:
            read = self._found(each, limit)
            if read.kind == "note" and found and self._names_the_same(found[-1], read):
                read = replace(read, start=found.pop().start)
            while (
                found
                and found[-1].start >= read.start
                and found[-1].kind in ("named", "defined", "article", "other", None)
            ):
                found.pop()  # what was taken for another one is of its title
            found.append(self._closed(read))
            # a name without a number may be the title of what follows
            if read.pin or (each.anchor and each.anchor.kind not in ("article", "named", "defined")):
                limit = max(limit, read.end)
        return found

    def _closed(self, read: Found) -> Found:
        """With the bracket that closes the last one that it opens."""
        opened, closed = (self._text.count(sign, read.start, read.end) for sign in "()")
        follows = self._text.startswith(")", read.end)
        return replace(read, end=read.end + 1) if opened > closed and follows else read

    def _names_the_same(self, before: Found, note: Found) -> bool:
        """Whether a short name stands right before the note that it is explained in."""
        gap = self._text[before.end : note.start]
        return before.kind == "defined" and not before.pin and len(gap) < 3 and not gap.strip(" ,")

    def _found(self, cited: Cited, limit: int) -> Found:
        anchor = cited.anchor
        pins = cited.pins
        pinpoint = (pins[0].start, pins[-1].end) if pins else None
        pin = cited.pin_text(self._text)
        pin = f"{cited.part}, {pin}" if cited.part else pin
        if anchor is None:
            return self._alone(cited, pin, pinpoint, limit)
        if cited.is_other:
            is_citation = anchor.kind == "other"
            return Found(anchor.kind, cited.start, cited.end, "", pin, is_other=True, is_citation=is_citation)
        if anchor.kind in ("symbol", "comment"):
            return self._with_frame(cited, anchor, pin, pinpoint, limit)
        if anchor.kind == "note":
            return self._of_note(cited, anchor, pin, pinpoint, limit)
        titles, said = self._defining(anchor), NOTHING_SAID
        if anchor.kind == "named":
            named = self._named[anchor.start]
            said = named.said
            titles = (*((named.quoted,) if named.quoted else ()), *titles)
        end = max(cited.end, dates_behind(self._text, cited.end)) if anchor.kind == "named" else cited.end
        return Found(
            anchor.kind,
            cited.start,
            end,
            anchor.shown,
            pin,
            said,
            pinpoint=pinpoint,
            titles=titles,
            defines=self._terms(anchor),
        )

    def _with_frame(
        self, cited: Cited, anchor: Anchor, pin: str, pinpoint: tuple[int, int] | None, limit: int
    ) -> Found:
        text = self._text
        first = anchor.start
        if pinpoint and pinpoint[0] < anchor.start and "of" not in text[pinpoint[1] : anchor.start].split():
            first = pinpoint[0]  # the Bluebook's place is before the symbol
        header = self._resolver.header(anchor.shown) if anchor.kind == "symbol" else None
        titles = frozenset([" ".join(header.title.casefold().split())]) if header else frozenset()
        frame = frame_before(text, first, limit, titles)
        dated = dates_behind(text, anchor.end)
        end = dates_behind(text, max(dated, cited.end))
        begins = min(frame.start, cited.start)
        if begins and text[begins - 1] == "(" and text.count(")", begins, end) > text.count("(", begins, end):
            begins = self._name_before(begins - 1, limit)
        frame_text = " ".join(
            (frame.said, text[anchor.end : dated], text[max(dated, cited.end) : end])
        ).strip()
        quoted = (frame.title,) if frame.title else ()
        return Found(
            anchor.kind,
            begins,
            end,
            anchor.shown,
            pin,
            read_said(frame_text) if frame_text else NOTHING_SAID,
            frame_text,
            (anchor.start, anchor.end) if anchor.kind == "symbol" else None,
            pinpoint,
            (*quoted, *self._defining(anchor)),
            None,
            self._terms(anchor),
        )

    def _name_before(self, bracket: int, limit: int) -> int:
        """Where the name begins that stands right before a bracket, which is part of the reference then."""
        named = (
            each for each in self._named.values() if 0 <= bracket - each.end <= 1 and each.start >= limit
        )
        return next((each.start for each in named), bracket)

    def _of_note(
        self, cited: Cited, anchor: Anchor, pin: str, pinpoint: tuple[int, int] | None, limit: int
    ) -> Found:
        """`Committee on the Rights of the Child (n 3)`: with what is said before it of the document."""
        before = self._segment(cited.start, limit)
        words = before.strip(' ,:(“‘"')
        said = read_said(words) if words else NOTHING_SAID
        author = _AUTHOR.search(words)
        others = bool(author and author["name"] not in _SIGNALS and not (said.organs or said.states))
        start = author_before(self._text, max(limit, cited.start - len(before)), cited.start)
        return Found(
            "note", start, cited.end, "", pin, said, "", None, pinpoint, (), anchor.mark,
            is_other=others, is_citation=others,
        )  # fmt: skip

    def _alone(self, cited: Cited, pin: str, pinpoint: tuple[int, int] | None, limit: int) -> Found:
        """A pinpoint by itself, with the names right before it in its bracket, if there are any."""
        before = self._segment(cited.start, limit)
        words = before.strip(" ,:")
        if words and len(words) < _BACK and not cited.pins[0].described:
            said = read_said(words)
            if (said.organs or said.states) and all(word.lower() in _KINDS for word in said.words):
                start = cited.start - len(before) + len(before) - len(before.lstrip(" ,:"))
                return Found("named", start, cited.end, words, pin, said, "", None, pinpoint)
        return Found(None, cited.start, cited.end, "", pin, pinpoint=pinpoint)

    def _segment(self, start: int, limit: int) -> str:
        """What stands before a position, back to the bracket, sentence or citation that it follows."""
        low = max(limit, start - _BACK)
        for match in reversed(list(_SEGMENT.finditer(self._text, low, start))):
            # a bracket that is closed again begins nothing
            opened, closed = (self._text.count(sign, match.end(), start) for sign in "()")
            if match[0][0] not in "([" or closed <= opened:
                return self._text[match.end() : start]
        return self._text[low:start]

    def _defining(self, anchor: Anchor) -> tuple[tuple[int, int], ...]:
        return tuple((each.start, each.end) for each in self._defined.get(anchor, ()))

    def _terms(self, anchor: Anchor) -> tuple[str, ...]:
        return tuple(each.term for each in self._defined.get(anchor, ()))


_KINDS = frozenset({"concluding", "observations", "comments", "committee", "see", "also"})
