"""How far the ellipses of a quotation reach: within a paragraph, into the next one, or too far.

An ellipsis says that words are left out. One that leads past what is cited, over a heading or over other
paragraphs joins what the text keeps apart, such as a concern and the recommendation on something else.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.citations.cited_documents import CitedPlaces
from assistant.citations.compared import Compared, Found
from assistant.citations.comparing import Comparison
from assistant.citations.printed_text import Stretch
from assistant.citations.quotation_text import QuotationText


def reaches_too_far(found: Found, where: CitedPlaces | None) -> bool:
    """Whether an ellipsis leads on to words that do not go with those before it.

    They go together within one paragraph, or where all are cited; where none is, also from one paragraph
    into the next under the same heading.
    """
    runs = _runs(found.comparison)
    if len(runs) < 2 or len({stretch.eid.split("__")[0] for run in runs for stretch in run}) == 1:
        return False
    if where is not None and where.eids is not None:
        cited = [where.have([stretch.eid for stretch in run]) for run in runs]
        if any(cited):
            return not all(cited)
    return any(not _leads_on(one[-1], other[0]) for one, other in pairwise(runs))


def pieces_apart(compared: Compared, found: Found, where: CitedPlaces | None) -> list[Found]:
    """What stands between the ellipses, each piece by itself, in the places that are cited if it is there."""
    pieces: list[Found] = []
    for text in _texts(compared.quotation):
        eids = where.eids if where is not None else None
        standing = Compared(QuotationText(text)).standing(found.held, eids)
        here = [each for each in standing if eids and where is not None and where.have(each.eids)]
        own = [each for each in standing if set(each.eids) <= set(found.eids)]
        if not standing:
            return [found]
        pieces.append((here or own or standing)[0])
    return pieces


def _leads_on(one: Stretch, other: Stretch) -> bool:
    """Whether an ellipsis may lead from one to the other: to the next paragraph, over no heading."""
    if one.paragraph is None or other.paragraph is None:
        return False
    return other.paragraph.ordinal - one.paragraph.ordinal <= 1 and (
        one.paragraph.section == other.paragraph.section
    )


def _runs(comparison: Comparison) -> list[list[Stretch]]:
    """The places of the words between ellipses."""
    runs: list[list[Stretch]] = [[]]
    for step in comparison.steps:
        if step.parts and step.parts[0].kind == "ellipsis":
            runs.append([])
        elif any(part.is_word for part in step.parts):
            at = dict.fromkeys(comparison.printed.index_at(token.start) for token in step.tokens)
            runs[-1] += [comparison.printed.stretches[index] for index in at]
    return [run for run in runs if run]


def _texts(quotation: QuotationText) -> list[str]:
    """The quotation cut before each of its pieces, so that all of them joined are all of it."""
    bounds = [0, *(segment[0].start for segment in quotation.segments[1:]), len(quotation.text)]
    return [quotation.text[start:end] for start, end in pairwise(bounds)]
