"""Every reference of a draft, found and resolved to the text it cites or to an honest verdict.

What `ibid.`, `supra note 3`, a short name or a bare number stands for is followed only where the draft
leaves no doubt, and never over a citation that is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.checking.antecedents import Antecedents
from assistant.checking.cited_parts import CitedPart, Found, read_part
from assistant.checking.context import contradicted
from assistant.checking.draft import Draft, Part
from assistant.checking.earlier import Earlier
from assistant.citations.resolution import Mismatch, Resolution
from assistant.citations.resolve import Resolver
from assistant.citations.said import read_said

MOST_REFERENCES = 5000
"""How many references of a draft are looked up; those beyond are found and not checked."""

_BEYOND = f"Only the first {MOST_REFERENCES:,} references of a draft are looked up."
_DIRECT = ("symbol", "comment", "named")


@dataclass(frozen=True)
class FoundReference:
    """A reference of a draft, resolved; offsets count code points of the draft's text."""

    part: Part
    start: int
    end: int
    text: str
    """As it is printed, lines joined."""
    symbol: tuple[int, int] | None
    """Where its symbol stands, or what is built like one."""
    pinpoint: tuple[int, int] | None
    titles: tuple[tuple[int, int], ...]
    """Stretches in quotation marks that quote nothing: its title, and the name it is given."""
    stands_for: int | None
    """The index of the reference whose document it means, of those that name none themselves."""
    resolution: Resolution


@dataclass(frozen=True)
class OtherCitation:
    """A citation of a case, a book, a page of the web or the like, which is not looked up."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True)
class FoundCitations:
    """All that a draft cites, each in the order of the text, the notes where they are called."""

    references: tuple[FoundReference, ...]
    others: tuple[OtherCitation, ...]


def find_references(draft: Draft, resolver: Resolver) -> list[FoundReference]:
    """Every reference of a draft to documents of the UN, resolved, in the order of the text."""
    return list(find_citations(draft, resolver).references)


def find_citations(draft: Draft, resolver: Resolver) -> FoundCitations:
    """Every reference of a draft, resolved, and where it cites what is not looked up."""
    return _Finder(draft, resolver).run()


class _Finder:
    def __init__(self, draft: Draft, resolver: Resolver) -> None:
        self._draft, self._resolver = draft, resolver
        self._before = Antecedents(draft)
        self._found: list[FoundReference] = []
        self._others: list[OtherCitation] = []
        self._resolved: dict[str, Resolution] = {}

    def run(self) -> FoundCitations:
        for part in self._draft.parts:
            read = read_part(self._draft, part, self._resolver, self._before.terms)
            self._before.enter(read)
            for at, found in enumerate(read.found):
                self._take(read, at, found)
            self._before.leave(read)
        return FoundCitations(tuple(self._found), tuple(self._others))

    def _take(self, read: CitedPart, at: int, found: Found) -> None:
        if found.is_other:
            self._before.add_unknown(read, found)
            if found.is_citation:
                start, end = read.span(found.start, found.end)
                self._others.append(OtherCitation(read.part, start, end))
            return
        earlier, resolution = self._resolve(read, found)
        if resolution is None:
            self._before.add(read, found, earlier)
            return
        known = replace(earlier, pin=found.pin or earlier.pin) if earlier else self._known(found, resolution)
        if resolution.symbol and len(self._found) < MOST_REFERENCES:
            resolution = self._with_context(read, at, found, resolution)
        self._before.add(read, found, known)
        start, end = read.span(found.start, found.end)
        self._found.append(
            FoundReference(
                read.part,
                start,
                end,
                read.text[found.start : found.end],
                read.span(*found.symbol) if found.symbol else None,
                read.span(*found.pinpoint) if found.pinpoint else None,
                tuple(read.span(*title) for title in found.titles),
                earlier.index if earlier else None,
                resolution,
            )
        )

    def _known(self, found: Found, resolution: Resolution) -> Earlier:
        """The document of a reference that names it itself, for those that stand for it."""
        return Earlier(resolution.symbol, len(self._found), found.pin, found.said)

    # -- what becomes of it

    def _resolve(self, read: CitedPart, found: Found) -> tuple[Earlier | None, Resolution | None]:
        """What it stands for, if it names no document itself, and its resolution; neither for a mere name."""
        text = read.text[found.start : found.end]
        if len(self._found) >= MOST_REFERENCES:
            return None, self._resolver.not_checked(text, _BEYOND)
        if found.kind == "named":
            return self._of_names(read, found, text)
        if found.kind in _DIRECT:
            shown = self._looked_up(found.shown, found.pin, text)
            return None, self._with_mismatches(found, shown)
        earlier, reason = self._before.of(read, found)
        if found.kind == "defined" and not found.pin:
            return earlier, None
        if earlier is None or earlier.symbol is None:
            return None, self._resolver.not_checked(text, reason)
        pin = found.pin or (earlier.pin if found.kind == "again" else "")
        return earlier, self._looked_up(earlier.symbol, pin, text)

    def _of_names(self, read: CitedPart, found: Found, text: str) -> tuple[Earlier | None, Resolution | None]:
        resolution = self._looked_up(found.shown, found.pin, text)
        if resolution.symbol and resolution.verdict not in ("ambiguous", "malformed"):
            return None, resolution
        if earlier := self._before.fitting(found.said, self._resolver):
            return earlier, self._looked_up(earlier.symbol or "", found.pin, text)
        if not found.pin:
            return None, None
        if resolution.verdict == "malformed" or not found.said.states:
            return None, self._resolver.not_checked(text, "It does not say which document it means.")
        return None, resolution

    def _looked_up(self, shown: str, pin: str, text: str) -> Resolution:
        asked = f"{shown}, {pin}" if pin else shown
        if not shown:
            return self._resolver.not_checked(text, "It does not say whose general comment it is.")
        if asked not in self._resolved:
            self._resolved[asked] = self._resolver.resolve(asked)
        return self._resolved[asked].model_copy(update={"input": text, "start": 0, "end": len(text)})

    # -- what is said of it

    def _with_mismatches(self, found: Found, resolution: Resolution) -> Resolution:
        """What author, title and date of the reference itself say that is not so."""
        if resolution.symbol is None or not found.frame or resolution.verdict == "malformed":
            return resolution
        said = read_said(found.frame)
        told = self._resolver.contradictions(said, resolution.symbol, "The reference")
        return _told(resolution, told)

    def _with_context(self, read: CitedPart, at: int, found: Found, resolution: Resolution) -> Resolution:
        clause = self._before.clause_of(read, at)
        if not clause or resolution.symbol is None or resolution.verdict == "malformed":
            return resolution
        told = contradicted(clause, resolution.symbol, self._resolver)
        known = {mismatch.code for mismatch in resolution.mismatches}
        return _told(resolution, [mismatch for mismatch in told if mismatch.code not in known])


def _told(resolution: Resolution, mismatches: Sequence[Mismatch]) -> Resolution:
    if not mismatches:
        return resolution
    return resolution.model_copy(update={"mismatches": (*resolution.mismatches, *mismatches)})
