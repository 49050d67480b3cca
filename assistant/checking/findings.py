"""What a resolved reference and a compared quotation mean for whoever wrote them: findings, or none.

What is not held is never a finding, and neither is what belongs to a citation that is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.report import EditionCheck, FindingCode, Severity
from assistant.citations.quotation import Difference, QuoteMatch
from assistant.citations.resolution import Resolution, Verdict
from corpus.pinpoint import Pinpoint, format_list

FEWEST_WORDS_UNTIED = 8
"""Words from which a quotation that is tied to no reference is told to be altered: shorter ones are terms."""

_MOST_DIFFERENCES = 3  # that a message tells
_LONGEST_SHOWN = 120  # characters of a stretch of text in a message
_OF_REFERENCES: dict[Verdict, tuple[FindingCode, Severity]] = {
    "no_such_paragraph": ("no_such_paragraph", "error"),
    "resolved_parent": ("resolved_parent", "error"),
    "malformed": ("malformed", "warning"),
    "ambiguous": ("ambiguous", "note"),
}
_OF_EDITIONS: dict[str, FindingCode] = {
    "changed": "edition_changed",
    "moved": "edition_moved",
    "withdrawn": "edition_withdrawn",
}


@dataclass(frozen=True)
class Remark:
    """What a finding says, before it is known where."""

    code: FindingCode
    severity: Severity
    message: str


def remarks_on_reference(resolution: Resolution, edition: EditionCheck | None) -> Iterator[Remark]:
    """What is wrong with a reference by itself; a change of edition explains a number that is not there."""
    changed = remark_on_edition(edition)
    if changed is not None:
        yield changed
    elif known := _OF_REFERENCES.get(resolution.verdict):
        yield Remark(*known, resolution.reason)
    for mismatch in resolution.mismatches:
        yield Remark(mismatch.code, "error" if resolution.is_resolved else "warning", mismatch.message)


def remark_on_edition(edition: EditionCheck | None) -> Remark | None:
    """What a change between the edition that was cited and the current one means."""
    code = _OF_EDITIONS.get(edition.state) if edition is not None else None
    return Remark(code, "warning", edition.message) if edition is not None and code is not None else None


def remark_on_quotation(match: QuoteMatch, cited: Resolution | None, *, sure: bool) -> Remark | None:
    """What is wrong with a quotation that belongs to a reference, or to none; None where nothing is.

    It is an error where the tie is `sure`, since it then contradicts the text that is held.
    """
    if cited is None:
        return _remark_on_untied(match)
    severity: Severity = "error" if sure else "warning"
    elsewhere = "" if _stands_where_cited(match, cited) else f" Cited is {_cited(cited)}."
    if match.verdict == "altered":
        return Remark("altered", severity, f"{differences_told(match)}{elsewhere}")
    if match.verdict == "stitched":
        return Remark("stitched", severity, f"{match.reason}{elsewhere}")
    if match.verdict == "elsewhere_in_document":
        return Remark("elsewhere_in_document", severity, _elsewhere(match, cited))
    if match.verdict == "elsewhere_in_corpus":
        return Remark("elsewhere_in_corpus", severity, _elsewhere(match, cited))
    if match.verdict == "not_found":
        return Remark("not_found", severity, f"{match.reason} Cited is {_cited(cited)}.")
    return None


def remark_on_misplaced(match: QuoteMatch, cited: Resolution) -> Remark | None:
    """What is to be said of words that stand in a held document and are cited from one that is not held.

    They may stand in that one too, which cannot be told; so only long ones are worth a look.
    """
    if (
        cited.verdict != "symbol_not_held"
        or not match.is_found
        or len(match.input.split()) < FEWEST_WORDS_UNTIED
    ):
        return None
    if not match.places or any(place.heading for place in match.places):
        return None
    message = (
        f"The words stand in {match.places[0].label}. They are cited from {cited.symbol}, which is not held, "
        "so whether they stand there too is not known."
    )
    return Remark("elsewhere_in_corpus", "warning", message)


def _remark_on_untied(match: QuoteMatch) -> Remark | None:
    if len(match.input.split()) < FEWEST_WORDS_UNTIED:
        return None
    if match.verdict == "altered":
        return Remark("altered", "warning", differences_told(match))
    return Remark("stitched", "warning", match.reason) if match.verdict == "stitched" else None


def differences_told(match: QuoteMatch) -> str:
    """How an altered quotation differs from what is printed, with the place."""
    told = [_difference(each) for each in match.diff if _counts(each)]
    more = len(told) - _MOST_DIFFERENCES
    sentences = told[:_MOST_DIFFERENCES] + ([f"There are {more} more differences."] if more > 0 else [])
    if not sentences:
        return match.reason
    told_of = " ".join(sentences)
    if not match.places:
        return told_of
    return f"{match.places[0].label}: {told_of[:1].lower()}{told_of[1:]}"


def _counts(difference: Difference) -> bool:
    return difference.kind != "equal" and not difference.marked and not difference.form_only


def _difference(difference: Difference) -> str:
    quoted, printed = _shown(difference.quoted), _shown(difference.printed)
    if difference.kind == "missing":
        return f"The quotation leaves out “{printed}” without a mark."
    if difference.kind == "added":
        return f"The quotation has “{quoted}”, which is not in the text."
    return f"The text has “{printed}”, the quotation “{quoted}”."


def _elsewhere(match: QuoteMatch, cited: Resolution) -> str:
    """Where the words stand instead; the cited places are named as the reference names them."""
    found = " or ".join(place.label for place in match.places[:2])
    told = f"The words stand in {found}, not in {_cited(cited)}."
    changes = [_difference(each) for each in match.diff if _counts(each)]
    return " ".join([told, *changes[:_MOST_DIFFERENCES]])


def _cited(cited: Resolution) -> str:
    """What is cited, be it there or not."""
    pinpoints = [pinpoint for text in cited.pinpoints for pinpoint in Pinpoint.parse_all(text)]
    name = cited.symbol or "the cited document"
    return f"{name}, {format_list(pinpoints)}" if pinpoints else name


def _stands_where_cited(match: QuoteMatch, cited: Resolution) -> bool:
    """Whether the words are of a cited place, of an item below it, or of what leads it in."""
    found = {eid for place in match.places for eid in place.eids}
    wanted = {place.eid for place in cited.places}
    if not cited.pinpoints:
        return True
    return any(
        f"{one}__".startswith(f"{other}__") for a in found for b in wanted for one, other in ((a, b), (b, a))
    )


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_SHOWN else f"{flat[:_LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
