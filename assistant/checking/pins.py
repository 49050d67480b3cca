"""The numbers of paragraphs that a draft cites, and the document that each of them belongs to.

A pinpoint belongs to the document named right before it, or right after it with "of" between. Those of
the draft itself ("above", "below", "of this report") and of articles of treaties are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.checking.anchors import Anchor
from assistant.checking.extent import dates_behind
from corpus.own_places import place_lists
from corpus.references import is_of_what_follows, is_within_reach

_ABOVE = re.compile(r",?\s(?:above|below|supra|infra)\b(?!,?\s(?:foot)?n(?:ote)?\b)")
_OF_OWN = re.compile(
    r"\s(?:of|in|to)\s(?:this|the\spresent|our)\s(?:report|submission|brief|paper|draft|memorandum|study|note|chapter)\b"
)
_OF_DESCRIBED = re.compile(
    r"\s(?:of|in)\s(?:the|these|those|that|its|their|said|same)\s(?:(?:same|said|above-mentioned|(?:19|20)[0-9]{2}|Committee[’']s)\s){0,2}"
    r"(?:concluding\s(?:observations|comments)|observations|document|text)\b(?!\s(?:of|on|to|by|under|from)\b)"
)
_OF = re.compile(r"\sof\s")
# With a number after "and" that counts something: in para. 34 and 200 children.
_COUNTS = re.compile(r"(?:\s?[,;]|\s(?:and|or|&))\s(?:and\s)?[0-9.]+$")
_NOUN = re.compile(
    r"\s(?!(?:of|in|on|to|above|below|and|or|that|which|is|are|was|were|also|for|where|as|the|a|an)\b)[a-z]{3,}"
)
_ONE = re.compile(r"(?:at\s)?(?:[Pp]ara(?:graph)?\b\.?|[Pp]ar\.|¶(?!¶))")
_SLASHED = re.compile(r"(?:/[0-9]{1,4}){1,4}(?![\w/])")
# What stands in the place of a number right behind a document, and is read by whoever resolves it.
_DIRECT = re.compile(
    r",?\s[(\[]?(?:at\s)?(?:(?:(?:[Pp]aras?\b\.?|[Pp]aragraphs?\b|[Pp]ars?\.|¶{1,2}|§{1,2})\s?)"
    r"(?:(?=[lIOSB]{0,4}[0-9]|[lI][lIO]|[lI]\b)[0-9lIOSB]{1,6}\b(?!’)|\([0-9a-z]{1,4}\))(?:\s?\([a-z]{1,4}\)){0,3}"
    r"|pp?\.\s?[0-9]{1,4}\b|\[[0-9][^\[\]]{0,40}\])"
)
_DIRECT_BEFORE = re.compile(
    r"¶{1,2}\s?(?=[lIOSB]{0,4}[0-9]|[lI])[0-9lIOSB]{1,6}(?:\s?\([a-z]{1,4}\)){0,3},?\s(?:UN|U\.\s?N\.)\sDoc\.?\s$"
)
_PART = re.compile(r"\b(?:annex|appendix|footnote|fn|table|box|figure|chapter)\b", re.IGNORECASE)
_DOC_BEHIND = re.compile(r",?\s(?:\(?(?:UN|U\.\s?N\.)\s)?[Dd]oc(?:\.|ument)?\s")
_SECTION = re.compile(r",?\s(?:at\s)?(?P<signs>§{1,2})\s?[0-9]")  # right behind a symbol it is a paragraph
_NOT_ITS_KIND = ("own", "other", "article", "link")
_NEAR = 160
_AGAIN = 40  # characters between two lists of the draft's own paragraphs


@dataclass(frozen=True, slots=True)
class Pin:
    """A list of places from `start` to `end`; `described` is whether "of the observations" follows it."""

    start: int
    end: int
    described: bool = False


@dataclass(slots=True)
class Cited:
    """A document that is named, with the pins that belong to it; without an anchor it is pins alone."""

    anchor: Anchor | None
    start: int
    end: int
    pins: list[Pin] = field(default_factory=list)
    reach: int = 0
    """The end of the address behind it, which numbers may follow."""
    part: str = ""
    """An annex or a note of the document, between it and the pin."""

    @property
    def is_other(self) -> bool:
        """Whether it is none of a document that could be looked up."""
        return self.anchor is not None and self.anchor.kind in _NOT_ITS_KIND

    def pin_text(self, text: str) -> str:
        """Its pinpoints, for whoever resolves them."""
        return ", ".join(text[pin.start : pin.end].strip(" ,(").replace("§", "¶") for pin in self.pins)


def attached(text: str, anchors: Sequence[Anchor]) -> list[Cited]:
    """All documents and pinpoints of a text in order, each pinpoint with the document it belongs to."""
    links = [Cited(anchor, anchor.start, anchor.end) for anchor in anchors if anchor.kind == "link"]
    cited = [Cited(anchor, anchor.start, anchor.end) for anchor in anchors if anchor.kind != "link"]
    starts = [each.start for each in cited]
    for link in links:
        cited[bisect_right(starts, link.start) - 1].reach = link.end
    text = _with_pilcrows(text, anchors)
    alone: list[Cited] = []
    for pin in _pins(text):
        at = bisect_right(starts, pin.start)
        previous = cited[at - 1] if at else None
        if previous and pin.start < previous.end:
            continue  # within what was read otherwise, such as (Smith 2010, para. 3)
        following = cited[at] if at < len(cited) else None
        if following and _is_before_document(text, pin, following):
            following.pins.append(pin)
            following.start = min(following.start, pin.start)
        elif _OF_OWN.match(text, pin.end):
            continue
        elif previous and _reaches(text, previous, pin):
            previous.pins.append(pin)
            previous.end = max(previous.end, pin.end)
        elif pin.described or not _OF.match(text, pin.end):
            alone.append(Cited(None, pin.start, pin.end, [pin]))
    _read_directly(text, cited)
    return sorted([*cited, *alone, *links], key=lambda each: each.start)


def _with_pilcrows(text: str, anchors: Sequence[Anchor]) -> str:
    """A text of the same length in which the signs right behind symbols are those of paragraphs."""
    if "§" not in text:
        return text
    signs = list(text)
    for anchor in anchors:
        if anchor.kind == "symbol" and (found := _SECTION.match(text, dates_behind(text, anchor.end))):
            start, end = found.span("signs")
            signs[start:end] = "¶" * (end - start)
    return "".join(signs)


def _pins(text: str) -> Iterator[Pin]:
    own_end = -1
    for places in place_lists(text):
        stretch = text[places.start : places.end]
        above = re.search(r"\b(?:above|below|supra|infra)$", stretch)
        if above and _ABOVE.match(text, places.start + above.start() - 1):
            own_end = places.end
            continue
        end = places.start + len(stretch[: above.start()].rstrip(" ,")) if above else places.end
        goes_on = places.own and not above and own_end >= 0 and places.start - own_end < _AGAIN
        if goes_on and not _OF.match(text, end):
            own_end = places.end
            continue  # goes on with the draft's own
        end = _without_count(text, places.start, end)
        if slashed := _SLASHED.match(text, end):
            end = slashed.end()
        yield Pin(places.start, end, bool(_OF_DESCRIBED.match(text, end)))


def _without_count(text: str, start: int, end: int) -> int:
    counted = _COUNTS.search(text, start, end)
    if counted and _ONE.match(text, start) and _NOUN.match(text, end):
        return counted.start()
    return end


def _is_before_document(text: str, pin: Pin, following: Cited) -> bool:
    anchor = following.anchor
    if anchor is None or anchor.kind in ("other", "article"):
        return False
    if is_of_what_follows(text, pin.end, anchor.start):
        return True
    gap = _DOC_BEHIND.fullmatch(text, pin.end, anchor.start)
    return anchor.kind == "symbol" and gap is not None


def _reaches(text: str, previous: Cited, pin: Pin) -> bool:
    if previous.anchor is None or previous.anchor.kind == "article":
        return False
    end = max(previous.end, previous.pins[-1].end) if previous.pins else dates_behind(text, previous.end)
    end = previous.reach if end < previous.reach <= pin.start else end
    if is_within_reach(text, end, pin.start, again=bool(previous.pins)):
        return True
    gap = text[end : pin.start] if pin.start - end < _NEAR // 4 else ""
    if not previous.pins and _PART.search(gap) and re.fullmatch(r",?\s\(?[\w\s,.]{1,36}", gap):
        previous.part = gap.strip(" ,(")
        return True
    return False


def _read_directly(text: str, cited: Sequence[Cited]) -> None:
    """Give a document what stands in place of a number right behind it, where no number was read."""
    for each in cited:
        anchor = each.anchor
        if anchor is None or each.pins or anchor.kind not in ("symbol", "comment", "named", "again", "note"):
            continue
        found = _DIRECT.match(text, dates_behind(text, each.end))
        before = _DIRECT_BEFORE.search(text, max(0, anchor.start - 40), anchor.start)
        if before and anchor.kind == "symbol":
            each.pins.append(Pin(before.start(), before.start() + before[0].index(",")))
            each.start = before.start()
        elif found:
            each.pins.append(Pin(found.start() + len(found[0]) - len(found[0].lstrip(" ,(")), found.end()))
            each.end = found.end()
