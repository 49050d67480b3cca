"""What the references of a draft that name no document stand for.

`ibid.` stands for the citation right before it, in notes for that of the note before; `supra note 3` for
the document of that note; a bare number for the document named last in its sentence, bracket or note, or
else for one that the draft has given a name and not left since. Over a citation that is not known, or
over several, none of them reaches.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.checking.cited_parts import CitedPart, Found
from assistant.checking.draft import Draft
from assistant.citations.resolve import Resolver
from assistant.citations.said import Said
from corpus.organs import committee_of
from corpus.places import code_of_symbol, state_code
from corpus.symbol import Symbol

_UNKNOWN = "What is cited last before it is not known."
# What is left of a note beside its references, and may be another citation.
_MORE = re.compile(r"[0-9]|\bv\.?\s[A-Z]")
_REMARK = re.compile(
    r"\W*(?:emphasis|italics|footnotes?|notes?|citations?|internal)\W+(?:\w+\W+){0,4}(?:added|omitted|original)\W*",
    re.IGNORECASE,
)
_ONLY_ONCE = re.compile(r"\b(?:see|cf|compare)\b|\b(?:see\s)?also\b", re.IGNORECASE)
_CLAUSE = 600  # characters before a citation that are read for what the sentence says of it
_SHORT = 14  # of a clause that says nothing: "In its", "See"


@dataclass(frozen=True)
class Earlier:
    """A document that was cited before; `symbol` is None for a citation that is not known."""

    symbol: str | None
    index: int = -1
    pin: str = ""
    said: Said = field(default_factory=lambda: Said((), (), (), (), ()))


_NOT_KNOWN = Earlier(None)


@dataclass
class _Note:
    """What a note cites, in order."""

    cited: list[Earlier] = field(default_factory=list)
    has_more: bool = False
    """Whether it may cite something besides."""

    @property
    def documents(self) -> dict[str, Earlier]:
        """Each known document once, as it is cited last."""
        return {each.symbol: each for each in self.cited if each.symbol}

    @property
    def has_unknown(self) -> bool:
        """Whether something it cites is not known, or it cites nothing at all."""
        return self.has_more or not self.cited or any(each.symbol is None for each in self.cited)


@dataclass(frozen=True)
class _Event:
    """A citation in the part that is being read; `end` is a position in its printed text."""

    end: int
    cited: Earlier
    is_article: bool = False


class Antecedents:
    """What was cited so far, told part by part in the order of the text."""

    def __init__(self, draft: Draft) -> None:
        self._calls = sorted((call.position, call.mark) for call in draft.calls)
        self._positions = [position for position, _ in self._calls]
        self._defined: dict[str, Earlier] = {}
        self._documents: dict[str, Earlier] = {}
        self._notes: dict[str, _Note] = {}
        self._note: str | None = None
        self._note_before: str | None = None
        self._active: tuple[Earlier, int] | None = None
        self._last: tuple[Earlier, int] | None = None
        self._events: list[_Event] = []
        self._callers: dict[str, tuple[CitedPart, int, list[_Event]]] = {}

    @property
    def terms(self) -> Iterable[str]:
        """The names that documents were given so far."""
        return self._defined.keys()

    # -- what was cited

    def enter(self, read: CitedPart) -> None:
        """Begin with a part."""
        self._events = []
        mark = read.part.note
        if mark is not None and mark != self._note:
            self._note_before, self._note = self._note, mark
            self._notes.setdefault(mark, _Note())

    def leave(self, read: CitedPart) -> None:
        """End with a part."""
        mark = read.part.note
        if mark is not None:
            self._notes[mark].has_more |= bool(_MORE.search(_left(read)))
            return
        first = bisect_left(self._positions, read.part.start)
        last = bisect_right(self._positions, read.part.end)
        for position, called in self._calls[first:last]:
            self._callers.setdefault(called, (read, read.position(position), self._events))

    def add(self, read: CitedPart, found: Found, earlier: Earlier | None) -> None:
        """A document that was cited; one that is not known where there is none or it has no symbol."""
        cited = earlier or _NOT_KNOWN
        start, end = read.span(found.start, found.end)
        if cited.symbol:
            self._documents.setdefault(cited.symbol, cited)
        for term in found.defines:
            self._defined[term] = cited
        if found.kind is None and cited.symbol is None:
            return  # a number that belongs to nothing cites nothing
        self._follow(cited, start)
        self._enter_event(read, _Event(found.end, cited), end)

    def add_unknown(self, read: CitedPart, found: Found) -> None:
        """Something that is no document, or none that is known."""
        if found.is_citation:
            self._active = None
            self._enter_event(read, _Event(found.end, _NOT_KNOWN), read.span(found.start, found.end)[1])
        elif found.kind == "article":
            self._events.append(_Event(found.end, _NOT_KNOWN, is_article=True))

    def _follow(self, cited: Earlier, position: int) -> None:
        """A bare number may follow a document that has a name, until another one is cited."""
        named = any(each.symbol == cited.symbol for each in self._defined.values()) and cited.symbol
        self._active = (cited, position) if named else None

    def _enter_event(self, read: CitedPart, event: _Event, end: int) -> None:
        self._events.append(event)
        if read.part.note is None:
            self._last = (event.cited, end)
        else:
            self._notes[read.part.note].cited.append(event.cited)

    # -- what stands for it

    def of(self, read: CitedPart, found: Found) -> tuple[Earlier | None, str]:
        """What a reference stands for; else why that is not known."""
        if found.kind == "defined":
            return self._defined.get(found.shown), _UNKNOWN
        if found.kind == "note":
            return self._of_note(found)
        if found.kind == "again":
            in_note = read.part.note is not None
            return self._again_in_note(read, found) if in_note else self._again_in_text(read, found)
        return self._bare(read, found)

    def fitting(self, said: Said, resolver: Resolver) -> Earlier | None:
        """The one document cited before that is all that is said; None for none or several."""
        if not (said.organs or said.states or said.years or said.days):
            return None
        fitting = [each for each in self._documents.values() if _fits(said, each, resolver)]
        return fitting[0] if len(fitting) == 1 else None

    def _of_note(self, found: Found) -> tuple[Earlier | None, str]:
        note = self._notes.get(found.mark or "")
        if note is None:
            return None, f"There is no note {found.mark} before it." if found.mark else _UNKNOWN
        documents = list(note.documents.values())
        said = found.said
        if said.organs or said.states:
            documents = [each for each in documents if _fits(said, each, None)]
        elif note.has_unknown:
            return None, f"Not all that note {found.mark} cites is known."
        if len(documents) == 1:
            return documents[0], ""
        many = "several documents" if documents else "no document that fits"
        return None, f"Note {found.mark} cites {many}."

    def _again_in_note(self, read: CitedPart, found: Found) -> tuple[Earlier | None, str]:
        events = [event for event in self._events if not event.is_article]
        between = read.text[events[-1].end if events else 0 : found.start]
        if _MORE.search(between):
            return None, _UNKNOWN
        here = self._notes[read.part.note or ""]
        if here.cited:
            return here.cited[-1], _UNKNOWN
        before = self._notes.get(self._note_before or "")
        if before is None:
            return None, "There is no note before it."
        if before.has_unknown:
            return None, "Not all that the note before it cites is known."
        if len(before.documents) > 1:
            return None, "The note before it cites several documents."
        return before.cited[-1], ""

    def _again_in_text(self, read: CitedPart, found: Found) -> tuple[Earlier | None, str]:
        if self._last is None:
            return None, "Nothing is cited before it."
        cited, end = self._last
        start, _ = read.span(found.start, found.end)
        if bisect_left(self._positions, start) > bisect_left(self._positions, end):
            return None, "A note is called between it and what is cited before it."
        return cited, _UNKNOWN

    def _bare(self, read: CitedPart, found: Found) -> tuple[Earlier | None, str]:
        sentence = 0 if read.part.note else read.sentence(found.start)[0]
        in_bracket = read.text[max(0, found.start - 1) : found.start] in ("(", "[")
        for event in reversed(self._events):
            if event.end <= sentence:
                break
            if not (event.is_article and in_bracket):
                return event.cited, _UNKNOWN
        note = read.part.note
        if note and self._notes[note].cited:
            return self._notes[note].cited[-1], _UNKNOWN
        position = read.part.start
        if note and note in self._callers:
            caller, called, events = self._callers[note]
            within = caller.sentence(max(0, called - 1))[0]
            cited = {e.cited.symbol: e.cited for e in events if within < e.end <= called and not e.is_article}
            if len(cited) == 1:
                return next(iter(cited.values())), _UNKNOWN
            position = caller.span(max(0, called - 1), called)[1] if called else caller.part.start
        if self._active and (note is None or self._active[1] < position):
            return self._active[0], _UNKNOWN
        return None, "It does not say of which document, and none is named right before it."

    # -- what the sentence says of it

    def clause_of(self, read: CitedPart, at: int) -> str:
        """What the sentence says that carries a reference, where it is the only one that it can speak of."""
        if read.part.note is None:
            return self._clause_in_text(read, at)
        found = [each for each in read.found if each.kind != "article"]
        if any(each.shown != found[0].shown or each.is_other for each in found) or self._events:
            return ""
        before = read.text[: read.found[at].start]
        if len(before.strip()) > _SHORT:
            return self._clause_in_text(read, at)
        if (
            _ONLY_ONCE.search(before.replace("See ", "").replace("see ", ""))
            or read.part.note not in self._callers
        ):
            return ""
        caller, called, _ = self._callers[read.part.note]
        start, _ = caller.sentence(max(0, called - 1))
        start = max(start, self._call_before(caller, called))
        cited = [
            each.end for each in caller.found if each.end <= called and each.kind not in ("article", "own")
        ]
        start = max([start, *cited[-1:]])
        return caller.text[max(start, called - _CLAUSE) : called]

    def _call_before(self, caller: CitedPart, called: int) -> int:
        """Where the note before one is called in the same part."""
        position = caller.span(max(0, called - 1), called)[1] if called else caller.part.start
        at = bisect_left(self._positions, position) - 1
        return (
            caller.position(self._positions[at]) if at >= 0 and self._positions[at] > caller.part.start else 0
        )

    def _clause_in_text(self, read: CitedPart, at: int) -> str:
        found = read.found[at]
        start, end = read.sentence(found.start)
        others = [each for each in read.found[max(0, at - 3) : at] if each.kind not in ("article", "own")]
        start = max([start, *(each.end for each in others)])
        after = next((each for each in read.found[at + 1 : at + 4] if each.kind != "article"), None)
        until = min(end, after.start) if after else end
        if (
            after
            and after.start < end
            and after.shown != found.shown
            and ")" not in read.text[found.end : after.start]
        ):
            return ""
        before = read.text[max(start, found.start - _CLAUSE) : found.start]
        if len(before.strip()) <= _SHORT and not others:
            return read.text[found.end : min(until, found.end + _CLAUSE)]
        return before


def _left(read: CitedPart) -> str:
    """What a part has besides its references."""
    pieces, position = [], 0
    for found in read.found:
        if not found.is_citation:
            pieces.append(read.text[position : found.start])
            position = max(position, found.end)
    left = " ".join([*pieces, read.text[position:]])
    return "" if _REMARK.fullmatch(left) else left


def _fits(said: Said, earlier: Earlier, resolver: Resolver | None) -> bool:
    """Whether a document that was cited can be the one of which something is said."""
    symbol = Symbol.parse(earlier.symbol or "")
    organ = committee_of(symbol)
    if said.organs and organ is None:
        return False
    for named in said.organs:
        treaty = organ.instrument_of(symbol) if organ else None
        if organ and (organ.name not in named.committees or not {organ.name, treaty} & set(named.names)):
            return False
    country = code_of_symbol(symbol.country or "")
    if said.states and country not in {state_code(state) for state in said.states}:
        return False
    header = resolver.header(str(symbol)) if resolver else None
    years = (
        {day.year for day in (header.adopted, header.issued) if day} if header else set(earlier.said.years)
    )
    asked = {*said.years, *(day.year for day in said.days)}
    return not years or asked <= years
