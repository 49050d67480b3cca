"""What the references of a draft that name no document stand for.

`ibid.` stands for the citation right before it, in notes for that of the note before; `supra note 3` for
the document of that note; a bare number for the document named last in its sentence, bracket or note, or
else for one that the draft has given a name and not left since. Over a citation that is not known, or
over several, none of them reaches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.checking.cited_parts import CitedPart, Found
from assistant.checking.clauses import clause_of
from assistant.checking.comments import has_number, number_in
from assistant.checking.definitions import MOST_NAMES
from assistant.checking.draft import Draft
from assistant.checking.earlier import NOT_KNOWN, CitedNote, Earlier, fits, is_of_kind, left_over
from assistant.checking.note_calls import NoteCalls
from assistant.checking.unknown_sources import is_cited_through, may_cite_in_note, may_cite_in_text
from assistant.citations.resolve import Resolver
from assistant.citations.said import Said

_UNKNOWN = "What is cited last before it is not known."
_OF_NOTHING = "It does not say of which document, and none is named right before it."
_MANY = 100  # documents among which none is looked for that fits what is said
# A number right behind a name or number that is no document: Report on the Visit to Ukraine, ¶ 41.
_OF_ANOTHER = re.compile(r"(?:[A-Z]\w+|[0-9])[”’\"']?,?\s$")
_RECALLED = re.compile(
    r"\b(?:recall(?:s|ed|ing)?|refer(?:s|red|ring)?\sto|cit(?:es|ed|ing)|pursuant\sto|in\s(?:line|accordance|conformity)\swith"
    r"|(?:with|in)\s(?:the\s)?(?:light\sof|reference\sto|regard\sto)|based\son|drew\sattention\sto|whose)\s"
    r"(?:the\s|its\s|Committee[’']s\s|joint\s|paras?\.\s|paragraphs?\s){0,3}$"
)
_NO_NAMES = re.compile(r"(?:[Ss]ee|Cf\.?|Also|And|At|In|Or|Compare),?\s$")

_Stands = tuple[Earlier | None, str]


@dataclass(frozen=True)
class _Event:
    """A citation in the part that is being read; start and end are positions in its printed text."""

    end: int
    cited: Earlier
    start: int = 0


class Antecedents:
    """What was cited so far, told part by part in the order of the text."""

    def __init__(self, draft: Draft) -> None:
        self._calls = NoteCalls(draft)
        self._defined: dict[str, Earlier] = {}
        self._named: set[str | None] = set()
        self._documents: dict[str, Earlier] = {}
        self._notes: dict[str, CitedNote] = {}
        self._note: str | None = None
        self._note_before: str | None = None
        self._active: tuple[Earlier, int] | None = None
        self._last: tuple[Earlier, int] | None = None
        self._events: list[_Event] = []
        self._events_of: dict[int, list[_Event]] = {}
        self._since: list[str] = []  # running text behind the last citation, of parts that were left
        self._article_end = 0
        self._cell: Earlier | None = None

    @property
    def terms(self) -> Iterable[str]:
        """The names that documents were given so far."""
        return self._defined.keys()

    # -- what was cited

    def enter(self, read: CitedPart) -> None:
        """Begin with a part."""
        self._events, self._article_end = [], 0
        mark = read.part.note
        if mark is not None and mark != self._note:
            self._note_before, self._note = self._note, mark
            self._notes.setdefault(mark, CitedNote())

    def leave(self, read: CitedPart) -> None:
        """End with a part."""
        mark = read.part.note
        if mark is not None:
            self._notes[mark].has_more |= may_cite_in_note(left_over(read))
            return
        if self._events:
            self._since = []
        self._since.append(read.text[self._events[-1].end if self._events else 0 :])
        is_one = len(self._events) == 1 and len(read.found) == 1 and _is_all_of(read, read.found[0])
        self._cell = self._events[0].cited if is_one and read.part.kind == "cell" else None
        if self._calls.add(read):
            self._events_of[read.part.start] = self._events

    def add(self, read: CitedPart, found: Found, earlier: Earlier | None) -> None:
        """A document that was cited; one that is not known where there is none or it has no symbol."""
        cited = earlier or NOT_KNOWN
        if cited.symbol:
            self._documents.setdefault(cited.symbol, cited)
        for term in found.defines:
            if term in self._defined or len(self._defined) < MOST_NAMES:
                self._defined[term] = cited
                self._named.add(cited.symbol)
        if found.kind is None and cited.symbol is None:
            return  # a number that belongs to nothing cites nothing
        if cited.symbol and self._is_cited_through(read, found):
            cited = NOT_KNOWN  # what is cited in it is what a later reference stands for
        start, end = read.span(found.start, found.end)
        # a bare number may follow a document that has a name, until another one is cited
        is_named = cited.symbol is not None and cited.symbol in self._named
        self._active = (cited, start) if is_named else None
        self._enter_event(read, _Event(found.end, cited, found.start), end)

    def add_unknown(self, read: CitedPart, found: Found) -> None:
        """Something that is no document, or none that is known."""
        if found.is_citation:
            self._active = None
            self._enter_event(read, _Event(found.end, NOT_KNOWN), read.span(found.start, found.end)[1])
        elif found.kind == "article":
            self._article_end = found.end

    def _is_cited_through(self, read: CitedPart, found: Found) -> bool:
        last = self._events[-1].end if self._events else 0
        return is_cited_through(read.text[max(last, found.start - 200) : found.start])

    def _enter_event(self, read: CitedPart, event: _Event, end: int) -> None:
        self._events.append(event)
        if read.part.note is None:
            self._last = (event.cited, end)
        else:
            self._notes[read.part.note].add(event.cited)

    # -- what stands for it

    def of(self, read: CitedPart, found: Found) -> _Stands:
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
        if not (said.organs or said.states or said.years or said.days) or len(self._documents) > _MANY:
            return None
        fitting = [
            each for each in self._documents.values() if is_of_kind(each) and fits(said, each, resolver)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def comment(self, printed: str) -> Earlier | None:
        """The one general comment cited before that has the number printed; None for none or several."""
        number = number_in(printed)
        if number is None or len(self._documents) > _MANY or "oint" in printed:
            return None
        fitting = [each for symbol, each in self._documents.items() if has_number(symbol, number)]
        return fitting[0] if len(fitting) == 1 else None

    def clause_of(self, read: CitedPart, at: int) -> str:
        """What the sentence says of a reference, where it can speak of no other document."""
        return clause_of(read, at, self._calls, is_first=not self._events)

    def _of_note(self, found: Found) -> _Stands:
        note = self._notes.get(found.mark or "")
        if note is None:
            return None, f"There is no note {found.mark} before it." if found.mark else _UNKNOWN
        if len(note.documents) > _MANY:
            return None, f"Note {found.mark} cites several documents."
        said = found.said
        documents = list(note.documents.values())
        if said.organs or said.states:
            documents = [each for each in documents if fits(said, each)]
        if found.number is not None:
            documents = [each for each in documents if has_number(each.symbol or "", found.number)]
        elif "observations" in {word.casefold() for word in said.words}:
            documents = [each for each in documents if is_of_kind(each)]
        if note.has_unknown and not (said.organs or said.states or found.number is not None):
            return None, f"Not all that note {found.mark} cites is known."
        if len(documents) == 1:
            return documents[0], ""
        many = "several documents" if documents else "no document that fits"
        return None, f"Note {found.mark} cites {many}."

    def _again_in_note(self, read: CitedPart, found: Found) -> _Stands:
        between = read.text[self._events[-1].end if self._events else 0 : found.start]
        if may_cite_in_note(between):
            return None, _UNKNOWN
        here = self._notes[read.part.note or ""]
        if here.last:
            return here.last, _UNKNOWN
        before = self._notes.get(self._note_before or "")
        if before is None:
            return None, "There is no note before it."
        if before.has_unknown:
            return None, "Not all that the note before it cites is known."
        if len(before.documents) > 1:
            return None, "The note before it cites several documents."
        return before.last, ""

    def _again_in_text(self, read: CitedPart, found: Found) -> _Stands:
        if self._last is None:
            return None, "Nothing is cited before it."
        cited, end = self._last
        if self._calls.is_any_between(end, read.span(found.start, found.end)[0]):
            return None, "A note is called between it and what is cited before it."
        end_here = self._events[-1].end if self._events else 0
        between = [*([] if self._events else self._since), read.text[end_here : found.start]]
        if may_cite_in_text("\n".join(between)):
            return None, _UNKNOWN
        return cited, _UNKNOWN

    # -- numbers that stand alone

    def _bare(self, read: CitedPart, found: Found) -> _Stands:
        before = read.text[max(0, found.start - 40) : found.start]
        in_bracket = before.endswith(("(", "["))
        if not in_bracket and _OF_ANOTHER.search(before) and not _NO_NAMES.search(before):
            return None, _UNKNOWN
        sentence = 0 if read.part.note else read.sentence(found.start)[0]
        last = self._events[-1].end if self._events else 0
        if self._article_end > max(sentence, last) and not in_bracket:
            return None, _UNKNOWN
        if self._events and last > sentence:
            event = self._events[-1]
            is_recalled = _RECALLED.search(read.text, max(sentence, event.start - 60), event.start)
            # what a committee recalls has other numbers than what recalls it
            return (None, _UNKNOWN) if is_recalled else (event.cited, _UNKNOWN)
        if read.part.note:
            return self._bare_in_note(read.part.note)
        if self._cell and read.part.kind == "cell" and _is_all_of(read, found):
            return self._cell, _UNKNOWN
        return (self._active[0], _UNKNOWN) if self._active else (None, _OF_NOTHING)

    def _bare_in_note(self, mark: str) -> _Stands:
        """In a note the document may be named before in it, or in the sentence that calls it."""
        if last := self._notes[mark].last:
            return last, _UNKNOWN
        caller = self._calls.of(mark)
        if caller is None:
            return None, _OF_NOTHING
        events = self._events_of.get(caller.read.part.start, [])
        first, until = (
            bisect_right(events, place, key=_end) for place in (caller.sentence[0], caller.position)
        )
        cited = {event.cited.symbol: event.cited for event in events[first:until]}
        if len(cited) == 1:
            return next(iter(cited.values())), _UNKNOWN
        if self._active and self._active[1] < caller.offset:
            return self._active[0], _UNKNOWN
        return None, _OF_NOTHING


def _end(event: _Event) -> int:
    return event.end


def _is_all_of(read: CitedPart, found: Found) -> bool:
    """Whether a part has nothing but this reference."""
    return not (read.text[: found.start] + read.text[found.end :]).strip(" .,;()")
