"""The numbers of paragraphs that a draft cites, and the document that each of them belongs to.

A pinpoint belongs to the document named right before it, or right after it with "of" between. Those of
the draft itself ("above", "below", "of this report") and of articles of treaties are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.checking.anchors import Anchor
from assistant.checking.bracketed import before_brackets
from assistant.checking.extent import dates_behind
from corpus.own_places import place_lists
from corpus.references import is_of_what_follows, is_within_reach

_ABOVE = re.compile(r",?\s(?:above|below|supra|infra)\b(?!,?\s(?:foot)?n(?:ote)?\b)")
_BELOW = re.compile(
    r"(?:^|[(;,.]\s?|\b(?:[Ss]ee|further|also|stated|noted|shown|explained)\s)(?:[Aa]bove|[Bb]elow|[Ii]nfra)[,:]?\s$"
)
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
    r"|pp?\.\s?[0-9]{1,4}\b|(?:[0-9]{1,4}\s)?(?P<brackets>\[[0-9][^\[\]]{0,40}\](?:\([a-z]{1,3}\)){0,2}"
    r"(?:(?:\s?[\u2010-\u2015-]\s?|,\s(?:and\s)?|\sand\s)\[[0-9][^\[\]]{0,40}\](?:\([a-z]{1,3}\)){0,2}){0,12}))"
)
_DIRECT_BEFORE = re.compile(
    r"¶{1,2}\s?(?=[lIOSB]{0,4}[0-9]|[lI])[0-9lIOSB]{1,6}(?:\s?\([a-z]{1,4}\)){0,3},?\s(?:UN|U\.\s?N\.)\sDoc\.?\s$"
)
_PART = re.compile(r"\b(?:annex|appendix|footnote|fn|table|box|figure|chapter)\b", re.IGNORECASE)
_DOC_BEHIND = re.compile(r",?\s(?:\(?(?:UN|U\.\s?N\.)\s)?[Dd]oc(?:\.|ument)?\s")
# Right behind a symbol the sign is that of a paragraph, and so are those that follow in its list.
_SECTION = re.compile(
    r"[,:]?\s\(?(?:at\s)?§{1,2}\s?[0-9]{1,4}(?:\s?(?:,|;|and|&|to|[\u2010-\u2015-])\s?(?:and\s)?§{0,2}\s?[0-9]{1,4}){0,20}"
)
_RIGHT_BEFORE = re.compile(r",?\s(?:(?:UN|U\.\s?N\.)\s(?:[Dd]oc\.?\s)?)?")  # para. 10, CRC/C/…
_FURTHER = re.compile(r"\sthrough\s[0-9]{1,4}\b(?:\s?\([a-z]{1,3}\)){0,2}")  # as Americans write ranges
_THROUGH = re.compile(r"\bthrough\b")
_RESPECTIVELY = re.compile(r",?\srespectively\b")
_TOGETHER = re.compile(r"(?:,\s|,?\sand\s)(?:the\s)?(?:UN\sDoc\.?\s)?")
# Of an article it is the treaty's own: art. 12, ¶ 3.
_OF_ARTICLE = re.compile(r"(?:\s?\([0-9a-z]{1,4}\)){0,3},?\s")
_PAGES_BETWEEN = re.compile(r",?\s\(?pp?\.\s?[0-9]{1,4}(?:\s?[\u2010-\u2015-]\s?[0-9]{1,4})?,\s")
# Where "of" leads to something that only speaks of the document: para. 33 of its judgment cited X.
# Where the subject of a general comment ends and the sentence goes on: on equality, and urged (para. 26) it.
_ACTS_AGAIN = re.compile(
    r"\s(?:and|but|when|while)\s(?:[a-z]{2,12}ly\s|also\s|then\s)?(?:it\s|has\s|had\s)?(?:urg|recommend|not|express|welcom|regrett"
    r"|call|ask|request|invit|encourag|remind|stress|emphasi[sz]|stat|reiterat|underlin|conclud)(?:e?s|e?d)\b"
)
_SPEAKS_OF = re.compile(
    r"\b(?:cit(?:es|ed|ing)|quot(?:es|ed|ing)|refer\w{0,4}\sto|rel(?:ies|ied|ying)\son|judge?ment|ruling|recall\w{0,3})\b"
    r"|,\s(?:it|they|he|she|we|which|who|that|the\s(?:UN\s)?Committee|where)\b"
)
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
    apart: bool = False
    """Whether its pins stand elsewhere in the sentence, or none of those behind it is its own."""

    @property
    def is_other(self) -> bool:
        """Whether it is none of a document that could be looked up."""
        return self.anchor is not None and self.anchor.kind in _NOT_ITS_KIND

    def pin_text(self, text: str) -> str:
        """Its pinpoints, for whoever resolves them."""
        return ", ".join(_as_numbers(text[pin.start : pin.end].strip(" ,(")) for pin in self.pins)


def _as_numbers(pin: str) -> str:
    if pin.startswith("[") and (pin.count("[") > 1 or pin.endswith(")")):
        return "paras. " + pin.replace("[", "").replace("]", "")
    return _THROUGH.sub("to", pin).replace("§", "¶")


def attached(text: str, anchors: Sequence[Anchor]) -> list[Cited]:
    """All documents and pinpoints of a text in order, each pinpoint with the document it belongs to."""
    links = [Cited(anchor, anchor.start, anchor.end) for anchor in anchors if anchor.kind == "link"]
    cited = [Cited(anchor, anchor.start, anchor.end) for anchor in anchors if anchor.kind != "link"]
    starts = [each.start for each in cited]
    for link in links:
        cited[bisect_right(starts, link.start) - 1].reach = link.end
    text = _with_pilcrows(text, anchors)
    alone: list[Cited] = []
    of_something: list[Cited] = []
    right_before: list[tuple[Pin, Cited]] = []
    for pin in _pins(text):
        at = bisect_right(starts, pin.start)
        previous = cited[at - 1] if at else None
        if previous and pin.start < previous.end:
            continue  # within what was read otherwise, such as (Smith 2010, para. 3)
        following = cited[at] if at < len(cited) else None
        if (not previous or previous.end < pin.start - 2) and _BELOW.search(
            text, max(0, pin.start - 30), pin.start
        ):
            continue  # the draft's own: see below, para. 40
        if previous and _is_of_article(text, previous, pin):
            continue
        if following and _is_before_document(text, pin, following):
            following.pins.append(pin)
            following.start = min(following.start, pin.start)
        elif _OF_OWN.match(text, pin.end):
            continue
        elif previous and _reaches(text, previous, pin):
            if _RESPECTIVELY.match(text, pin.end) and _is_with_another(text, cited[max(0, at - 2) : at]):
                previous.apart = True  # of each of them one of the numbers
                continue
            previous.pins.append(pin)
            previous.end = max(previous.end, pin.end)
        elif following and _RIGHT_BEFORE.fullmatch(text, pin.end, following.start):
            right_before.append((pin, following))
        elif pin.described or not _OF.match(text, pin.end):
            alone.append(Cited(None, pin.start, pin.end, [pin]))
        else:
            of_something.append(Cited(None, pin.start, pin.end, [pin]))
    for pin, following in right_before:
        if following.pins or following.anchor is None or following.anchor.kind != "symbol":
            alone.append(Cited(None, pin.start, pin.end, [pin]))
        else:
            following.pins.append(pin)
            following.start = pin.start
    taken = before_brackets(text, cited, [*alone, *of_something])
    alone = [each for each in alone if each.start not in taken]
    _read_directly(text, cited)
    return sorted([*cited, *alone, *links], key=lambda each: each.start)


def _with_pilcrows(text: str, anchors: Sequence[Anchor]) -> str:
    """A text of the same length in which the signs right behind symbols are those of paragraphs."""
    if "§" not in text:
        return text
    signs = list(text)
    for anchor in anchors:
        if anchor.kind == "symbol" and (found := _SECTION.match(text, dates_behind(text, anchor.end))):
            signs[found.start() : found.end()] = found[0].replace("§", "¶")
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
        while further := _FURTHER.match(text, end):
            end = further.end()
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
        return not _SPEAKS_OF.search(text, pin.end, anchor.start)
    gap = _DOC_BEHIND.fullmatch(text, pin.end, anchor.start)
    return anchor.kind == "symbol" and gap is not None


def _reaches(text: str, previous: Cited, pin: Pin) -> bool:
    if previous.anchor is None or previous.anchor.kind == "article":
        return False
    end = max(previous.end, previous.pins[-1].end) if previous.pins else dates_behind(text, previous.end)
    end = previous.reach if end < previous.reach <= pin.start else end
    if is_within_reach(text, end, pin.start, again=bool(previous.pins)):
        return not _ACTS_AGAIN.search(text, end, pin.start)
    if not previous.pins and _PAGES_BETWEEN.fullmatch(text, end, pin.start):
        return True
    gap = text[end : pin.start] if pin.start - end < _NEAR // 4 else ""
    if not previous.pins and _PART.search(gap) and re.fullmatch(r",?\s\(?[\w\s,.]{1,36}", gap):
        previous.part = gap.strip(" ,(")
        return True
    return False


def _is_of_article(text: str, previous: Cited, pin: Pin) -> bool:
    anchor = previous.anchor
    if anchor is None or anchor.kind != "article" or not text.startswith("¶", pin.start):
        return False
    return _OF_ARTICLE.fullmatch(text, previous.end, pin.start) is not None


def _is_with_another(text: str, cited: Sequence[Cited]) -> bool:
    """Whether the second of two documents stands right behind the first, which has no numbers."""
    if len(cited) < 2 or cited[0].pins or cited[0].is_other:
        return False
    return _TOGETHER.fullmatch(text, cited[0].end, cited[1].start) is not None


def _read_directly(text: str, cited: Sequence[Cited]) -> None:
    """Give a document what stands in place of a number right behind it, where no number was read."""
    for place, each in enumerate(cited):
        anchor = each.anchor
        if (
            anchor is None
            or each.pins
            or each.apart
            or anchor.kind not in ("symbol", "comment", "named", "again", "note")
        ):
            continue
        found = _DIRECT.match(text, each.reach or dates_behind(text, each.end))
        before = _DIRECT_BEFORE.search(text, max(0, anchor.start - 40), anchor.start)
        if before and anchor.kind == "symbol":
            each.pins.append(Pin(before.start(), before.start() + before[0].index(",")))
            each.start = before.start()
        elif found and not any(pin.start < found.end() for pin in _pins_of(cited[place + 1 : place + 2])):
            lead = len(found[0]) - len(found[0].lstrip(" ,("))
            start = found.start("brackets") if found["brackets"] else found.start() + lead
            each.pins.append(Pin(start, found.end()))
            each.end = found.end()


def _pins_of(cited: Iterable[Cited]) -> Iterator[Pin]:
    """The pinpoints of documents that could be looked up."""
    return (pin for each in cited if not each.is_other for pin in each.pins)
