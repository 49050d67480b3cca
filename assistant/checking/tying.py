"""Each quotation of a draft tied to the references it may belong to.

The reference right behind a quotation, in brackets, or in the note that is called at its end, is its
source; else one in its sentence, or for a block the one that leads it in or stands right below. A
citation of an unknown kind is a reference too, and ends the reach of those beyond it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.checking.draft import Part
from assistant.checking.surroundings import LONGEST_GAP, Cluster, Located, Surroundings

_LONGEST_HIDDEN = 600  # characters between the two with those that are not printed, such as an address
_MOST_BETWEEN = 4  # references of a sentence among which the one that closes it is looked for
_MOST_SHARING = 8  # quotations that one reference is taken to close
_SIGNS = r"[\s.,;:!?…’”\"'»›“„*_)\]\u2010-\u2015-]"
_REMARK = r"(?:[(\[](?:emphasis|italics|emphases|footnotes?|citations?)[\w\s,.]{0,40}[)\]])?"
_SIGNAL = r"(?:(?:see|cf|e\.g|source|(?:as\s)?(?:cited|quoted)\sin)\b[.:]?,?\s?(?:also\s|at\s)?)?"
_RIGHT_BEHIND = re.compile(rf"{_SIGNS}{{0,12}}{_REMARK}{_SIGNS}{{0,6}}[(\[]?\s?{_SIGNAL}", re.IGNORECASE)
_SIGNS_ONLY = re.compile(rf"{_SIGNS}{{0,8}}")
_OPENS_SOURCE = " \t\r\n>([*_-\u2013\u2014\u2015"
_ENDS_WORDS = tuple(".!?…”’\"'»:;")
_SHARED = re.compile(r"[\s,;:’”\"'»]{0,4}(?:[\w’]{1,24}[\s,]{1,2}){0,5}[\s,‘“\"'«(]{0,4}")


class Quoted(Located, Protocol):
    """A quotation of a draft."""

    @property
    def block(self) -> bool:
        """Whether it is set apart as a block."""


@dataclass(frozen=True)
class Tie:
    """The references that a quotation may belong to, by their positions in the list, the nearest first.

    It is `sure` where nothing else can be meant. `words_end` is where the quoted words end, if the source
    is given at the end of a block itself.
    """

    references: tuple[int, ...] = ()
    sure: bool = False
    unknown: bool = False
    """Whether something that is not looked up is cited with them."""
    words_end: int | None = None

    @classmethod
    def to(cls, *clusters: Cluster | None, sure: bool = False, words_end: int | None = None) -> Tie:
        """The tie to what is cited in some places, the nearest first."""
        known = [cluster for cluster in clusters if cluster is not None]
        references = tuple(index for cluster in known for index in cluster.references)
        return cls(references, sure, any(cluster.unknown for cluster in known), words_end)


UNTIED = Tie()


def tie(quotation: Quoted, around: Surroundings) -> Tie:
    """The references that a quotation may belong to."""
    first, last = around.draft.part_at(quotation.start), around.draft.part_at(quotation.end - 1)
    if first is None or last is None:
        return UNTIED
    if quotation.block:
        return _tie_of_block(quotation, first, last, around)
    behind = _behind(last, quotation, around)
    if behind and _is_right_behind(last, quotation.end, behind[0], around):
        return Tie.to(behind[0], sure=True)
    return _tie_in_sentence(last, quotation, behind, _before(first, quotation, around), around)


def _tie_in_sentence(
    part: Part, quotation: Located, behind: Sequence[Cluster], before: Cluster | None, around: Surroundings
) -> Tie:
    """The tie within a sentence: references that close it come first, then one that introduces the words."""
    same = [cluster for cluster in behind if not around.crossed(part, quotation.end, cluster.start)]
    closing = next((cluster for cluster in same if around.closes(part, cluster)), None)
    if closing is not None:
        between = same[: same.index(closing)]
        if _cites_between(part, quotation, closing, around):
            closing = replace(closing, unknown=True)
        sure = before is None and not between and _shares(part, quotation, closing, around)
        return Tie.to(closing, before, *between, sure=sure)
    if before is not None:
        return Tie.to(before, sure=not before.in_note)
    return Tie.to(*same[:1])


def _behind(part: Part, quotation: Located, around: Surroundings) -> Sequence[Cluster]:
    """The first references behind a quotation, of which some may be told of in passing."""
    clusters = around.clusters_in(part)
    at = bisect_left(clusters, quotation.end, key=lambda cluster: cluster.start)
    return clusters[at : at + _MOST_BETWEEN]


def _before(part: Part, quotation: Located, around: Surroundings) -> Cluster | None:
    """The last references before a quotation in its sentence; in a note they may end the one before it."""
    clusters = around.clusters_in(part)
    at = bisect_right(clusters, quotation.start, key=lambda cluster: cluster.end) - 1
    if at < 0:
        return None
    # a note is called behind the full stop of its sentence, which so ends behind it
    crossed = around.crossed(part, clusters[at].end - clusters[at].in_note, quotation.start)
    return clusters[at] if crossed <= (1 if part.note is not None else 0) else None


def _is_right_behind(part: Part, position: int, cluster: Cluster, around: Surroundings) -> bool:
    if cluster.start - position > _LONGEST_HIDDEN:
        return False
    gap = around.visible(part, position, cluster.start)
    if cluster.in_note:
        return _SIGNS_ONLY.fullmatch(gap) is not None
    if len(gap) > LONGEST_GAP or not _RIGHT_BEHIND.fullmatch(gap):
        return False
    return not around.crossed(part, position, cluster.start) or around.closes(part, cluster)


def _cites_between(part: Part, quotation: Located, behind: Cluster, around: Surroundings) -> bool:
    """Whether the brackets of a reference name another source before it: “(UNICEF, Report 2016; see …)”."""
    head = around.visible(part, max(quotation.end, behind.start - _LONGEST_HIDDEN), behind.start)
    opening = max(head.rfind("("), head.rfind("["))
    return not behind.in_note and opening > max(head.rfind(")"), head.rfind("]")) and ";" in head[opening:]


def _shares(part: Part, quotation: Located, behind: Cluster, around: Surroundings) -> bool:
    """Whether references right behind a later quotation close this one too: “…” and “…” (para. 7)."""
    first, position = bisect_left(around.quoted_spans, (quotation.end, 0)), quotation.end
    for start, end in around.quoted_spans[first : first + _MOST_SHARING]:
        if start >= behind.start:
            break
        if start - position > _LONGEST_HIDDEN or not _SHARED.fullmatch(around.visible(part, position, start)):
            return False
        position = end
    return position > quotation.end and _is_right_behind(part, position, behind, around)


# -- blocks


def _tie_of_block(quotation: Located, first: Part, last: Part, around: Surroundings) -> Tie:
    return (
        _source_at_end(quotation, last, around)
        or _source_behind(quotation, last, around)
        or _called_at_end(quotation, last, around)
        or _source_below(last, around)
        or _leading_in(first, around)
        or UNTIED
    )


def _source_at_end(quotation: Located, last: Part, around: Surroundings) -> Tie | None:
    """The source that a block gives itself, in brackets, after a dash or on a line of its own."""
    clusters = [cluster for cluster in around.clusters_in(last) if not cluster.in_note]
    if not clusters or not quotation.start < clusters[-1].start < quotation.end:
        return None
    source, text = clusters[-1], around.draft.text
    if not _SIGNS_ONLY.fullmatch(around.visible(last, source.end, max(quotation.end, source.end))):
        return None
    words = text[quotation.start : source.start]
    kept = words.rstrip(_OPENS_SOURCE)
    between = words[len(kept) :]
    if not kept or not (
        kept.endswith(_ENDS_WORDS) or any(sign in between for sign in "\n\u2013\u2014\u2015")
    ):
        return None
    return Tie.to(source, sure=True, words_end=quotation.start + len(kept))


def _source_behind(quotation: Located, last: Part, around: Surroundings) -> Tie | None:
    """The source that a block gives itself, where it is known to be none of its words."""
    behind = _behind(last, quotation, around)
    is_right = behind and _is_right_behind(last, quotation.end, behind[0], around)
    return Tie.to(behind[0], sure=True) if is_right else None


def _called_at_end(quotation: Located, last: Part, around: Surroundings) -> Tie | None:
    called = [a for a in around.clusters_in(last) if a.in_note and a.start >= quotation.start]
    return Tie.to(called[-1], sure=True) if called else None


def _source_below(last: Part, around: Surroundings) -> Tie | None:
    """The source that stands by itself at the beginning of what follows a block."""
    below = around.neighbour(last, 1)
    clusters = around.clusters_in(below) if below is not None else []
    if below is None or not clusters or clusters[0].in_note:
        return None
    head = around.visible(below, below.start, min(clusters[0].start, below.start + _LONGEST_HIDDEN))
    is_source = len(head) <= LONGEST_GAP and _RIGHT_BEHIND.fullmatch(head) is not None
    return Tie.to(clusters[0], sure=True) if is_source and around.closes(below, clusters[0]) else None


def _leading_in(first: Part, around: Surroundings) -> Tie | None:
    """The last references of the sentence that leads a block in, within it before those of its notes."""
    above = around.neighbour(first, -1)
    if above is None or above.kind == "heading":
        return None
    ends = around.ends(above)
    opening = ends[-2] if len(ends) > 1 else above.start
    clusters = [cluster for cluster in around.clusters_in(above) if cluster.end > opening]
    inline = [cluster for cluster in clusters if not cluster.in_note] or clusters
    if not inline:
        return None
    announces = around.draft.printed(above).text.endswith((":", "–", "—"))
    return Tie.to(inline[-1], sure=announces and len(inline) == 1)
