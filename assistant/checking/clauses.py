"""What a sentence says of the one reference that it carries, in the text or in the note that it calls."""

from __future__ import annotations

import re

from assistant.checking.cited_parts import CitedPart, Found
from assistant.checking.note_calls import NoteCalls

_SEE_TOO = re.compile(r"\b(?:cf|compare|contrast|see\salso|see,?\se\.g)\b", re.IGNORECASE)
_SILENT = ("article", "own", "link")  # what is no citation of its own
_LOOKED_AT = 8  # citations on either side of one that may share its clause
_LONGEST = 600  # characters of a clause that are read
_LEADS_IN = re.compile(r"\b[Ii]n\s$")
_BODY_FOLLOWS = re.compile(r",?\s(?:the\s)?(?:UN\s)?(?:[A-Z]{2,6}\s)?(?:Committee|it)\b")
# Where a clause may have gone on to another document.
_GOES_ON = re.compile(
    r";|\b(?:but|yet|although|though|while|when|whereas|until|never|later|subsequent(?:ly)?|next|now|elsewhere"
    r"|[Gg]eneral\s(?:[Cc]omment|[Rr]ecommendation)s?)\b"
)
_SHORT = 14  # of a clause that says nothing: "In its", "See"


def clause_of(read: CitedPart, at: int, calls: NoteCalls, *, is_first: bool) -> str:
    """The words that can speak of no other document than that of a reference; empty where there are none.

    `is_first` is whether nothing is cited before it in its part.
    """
    if read.part.note is None:
        return _in_text(read, at)
    if not is_first or _is_one_of_several(read):
        return ""
    before = read.text[: read.found[at].start]
    if len(before.strip()) > _SHORT:
        return _in_text(read, at)
    return "" if _SEE_TOO.search(before) else _at_the_call(read, calls)


def _is_one_of_several(read: CitedPart) -> bool:
    found = [each for each in read.found if each.kind not in ("article", "link")]
    return any(each.shown != found[0].shown or each.is_other for each in found)


def _at_the_call(read: CitedPart, calls: NoteCalls) -> str:
    """What the sentence says that calls the note, from the call or citation before."""
    caller = calls.of(read.part.note)
    if caller is None:
        return ""
    position = caller.position
    before = [each for each in caller.read.found_before(position, _LOOKED_AT) if each.kind not in _SILENT]
    before = _without_edition(caller.read.text, before, position)
    start = max([caller.sentence[0], calls.before(caller), *(each.end for each in before)])
    return caller.read.text[max(start, position - _LONGEST) : position]


def _in_text(read: CitedPart, at: int) -> str:
    found = read.found[at]
    start, end = read.sentence(found.start)
    others = [each for each in read.found[max(0, at - _LOOKED_AT) : at] if each.kind not in _SILENT]
    others = _without_edition(read.text, others, found.start)
    start = max([start, *(each.end for each in others)])
    behind = (
        each for each in read.found[at + 1 : at + 1 + _LOOKED_AT] if each.kind not in ("article", "link")
    )
    after = next(behind, None)
    if after and after.start < end and _are_together(read.text, found, after):
        return ""
    before = read.text[max(start, found.start - _LONGEST) : found.start]
    if len(before.strip()) <= _SHORT and not others:
        until = min(end, after.start) if after else end
        return read.text[found.end : min(until, found.end + _LONGEST)]
    return before


def _without_edition(text: str, before: list[Found], position: int) -> list[Found]:
    """The citations before a position, but for the document that the clause there is plainly of.

    It is named without a place: “In its concluding observations of 2016 the Committee …”.
    """
    if not before or before[-1].kind != "named" or before[-1].pin or position - before[-1].end > _LONGEST:
        return before
    last = before[-1]
    leads_in = _LEADS_IN.search(text, max(0, last.start - 8), last.start)
    is_of_body = leads_in and _BODY_FOLLOWS.match(text, last.end)
    return before[:-1] if is_of_body and not _GOES_ON.search(text, last.end, position) else before


def _are_together(text: str, found: Found, after: Found) -> bool:
    """Whether two documents are cited together, so that a clause speaks of both."""
    return after.shown != found.shown and ")" not in text[found.end : after.start]
