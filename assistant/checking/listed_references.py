"""The references of a text looked up: where they stand, what they name, and what became of each."""

from __future__ import annotations

from assistant.checking.draft import Draft
from assistant.checking.looked_up import LookedUpReference, ReferenceList
from assistant.checking.pages import coverage_of, length_of, part_from
from assistant.checking.references import FoundReference, find_references
from assistant.checking.report import Stretch
from assistant.citations.resolution import Resolution
from assistant.citations.resolve import Resolver
from corpus.pinpoint import Pinpoint, format_list


def look_up_references(draft: Draft, resolver: Resolver, offset: int, limit: int) -> ReferenceList:
    """The references of a text from an offset on, at most so many; those before it still bear on them."""
    found = find_references(draft, resolver)

    def tell(reference: FoundReference) -> LookedUpReference:
        before = None if reference.stands_for is None else found[reference.stands_for]
        return LookedUpReference(
            start=reference.start,
            end=reference.end,
            line=draft.line_of(reference.start),
            page=reference.part.page,
            note=reference.part.note,
            text=reference.text,
            symbol=_stretch(reference.symbol),
            pinpoint=_stretch(reference.pinpoint),
            stands_for=_stretch((before.start, before.end) if before else None),
            status=reference.resolution.verdict,
            normalized=_normalized(reference.resolution),
            resolution=reference.resolution,
        )

    told, next_offset = part_from(offset, limit, found, tell, lambda each: length_of(each.resolution.places))
    return ReferenceList(
        limit=limit,
        next_offset=next_offset,
        warnings=draft.warnings,
        coverage=coverage_of(resolver.holdings, (place for each in told for place in each.resolution.places)),
        references=told,
    )


def _normalized(resolution: Resolution) -> str | None:
    """The UN's form of what a reference names, where that can be read."""
    if resolution.symbol is None or resolution.verdict in ("malformed", "not_checked"):
        return None
    pinpoints = list(map(Pinpoint.parse, resolution.pinpoints))
    return f"{resolution.symbol}, {format_list(pinpoints, 'un')}" if pinpoints else resolution.symbol


def _stretch(span: tuple[int, int] | None) -> Stretch | None:
    return None if span is None else Stretch(start=span[0], end=span[1])
