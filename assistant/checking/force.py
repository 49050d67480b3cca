"""Where a draft ascribes to a committee another act, or a stronger one, than is printed at what it cites.

The verb nearest before a citation in its clause counts; for a citation that opens a clause the first one
behind it. Words within quotations are the document's own. Forces are a reading aid, so one rank is a note.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checking.ascribed import CITED, AscribedActs, Ascription
from assistant.checking.draft import Part
from assistant.checking.findings import Remark
from assistant.checking.printed_acts import PrintedActs
from assistant.checking.report import Severity
from assistant.checking.surroundings import LONGEST_GAP, Cluster, Surroundings
from corpus.model import Role
from corpus.source_text import SourceText

LONGEST_SENTENCE = 4000
"""The longest sentence that is read for acts, in characters; tables and lists without stops are longer."""

_QUOTED = "_"
_ONLY_OPENS = re.compile(r"[\s(\[]{0,6}(?:(?:see|See|cf|Cf)\.?\s(?:also\s)?)?")
_STEM = 5  # letters by which “demanded” is the printed “demands”
_NAMES = {Role.RECOMMENDATION: "a recommendation", Role.CONCERN: "a concern", Role.POSITIVE: "praise"}


@dataclass(frozen=True)
class AscribedAct:
    """An act that a draft ascribes to a committee, with the references that it cites for it."""

    start: int
    end: int
    ascription: Ascription
    references: tuple[int, ...]


def ascribed_in(part: Part, around: Surroundings, acts: AscribedActs) -> Iterator[AscribedAct]:
    """The acts that a part ascribes to committees with a citation, in its order."""
    by_sentence = _clusters_by_sentence(part, around)
    if not by_sentence:
        return
    printed = around.draft.printed(part)
    ends = [part.start, *around.ends(part)]
    for index, clusters in by_sentence.items():
        sentence = _sentence(printed, ends, index, around)
        if sentence is None or len(sentence.text) > LONGEST_SENTENCE:
            continue
        before = _sentence(printed, ends, index - 1, around) if index else None
        ascribed = acts.read(sentence.text, before.text[:LONGEST_SENTENCE] if before else "")
        for ascription, references in _governed(ascribed, clusters, sentence):
            start, end = printed.span(sentence.start + ascription.start, sentence.start + ascription.end)
            yield AscribedAct(start, end, ascription, references)


def mismatch_of(ascription: Ascription, printed: PrintedActs) -> Remark | None:
    """How an ascribed act differs from the acts at the places cited for it; None where it does not."""
    if not printed.compared or not printed.verbs:
        return None
    said, stands = f"The draft says “{ascription.verb}”", f"the text “{'” and “'.join(printed.verbs[:2])}”"
    if ascription.never:
        if _is_printed(ascription.verb, printed):
            return None
        what = _NAMES[next(role for role in _NAMES if role in printed.compared)]
        return _remark("error", f"{said}, {stands}, which is {what}.")
    if ascription.role not in printed.roles | printed.may_also:
        told = _NAMES[next(role for role in _NAMES if role in printed.compared)]
        return _remark("warning", f"{said}, which is {_NAMES[ascription.role]}; {stands}, which is {told}.")
    rank = printed.force.get(ascription.role)
    if ascription.force is None or rank is None or ascription.force <= rank:
        return None
    severity: Severity = "note" if ascription.force == rank + 1 else "warning"
    return _remark(severity, f"{said}, which is stronger; {stands}.")


def _remark(severity: Severity, message: str) -> Remark:
    return Remark("force_mismatch", severity, message)


def _is_printed(verb: str, printed: PrintedActs) -> bool:
    if printed.says_must and ("must" in verb or verb.startswith(("requir", "oblig"))):
        return True
    stem = verb.split()[-1][:_STEM].casefold()
    return any(word.casefold().startswith(stem) for each in printed.verbs for word in each.split())


# -- which verb belongs to which citation


@dataclass(frozen=True)
class _Sentence:
    """A sentence with its quotations and references blanked; `start` is its position in the printed text."""

    text: str
    start: int
    printed: SourceText

    def position(self, offset: int) -> int:
        """Where in the sentence what stands at an offset of the draft is."""
        return _position(self.printed, offset) - self.start


def _governed(
    ascribed: Sequence[Ascription], clusters: Sequence[Cluster], sentence: _Sentence
) -> Iterator[tuple[Ascription, tuple[int, ...]]]:
    """Each ascribed act with the references that it is said with."""
    found: dict[int, list[int]] = {}
    previous = 0
    for at, cluster in enumerate(clusters):
        start, end = sentence.position(cluster.start), sentence.position(cluster.end)
        following = (
            sentence.position(clusters[at + 1].start) if at + 1 < len(clusters) else len(sentence.text)
        )
        ahead = [index for index, act in enumerate(ascribed) if previous <= act.start and act.end <= start]
        behind = [index for index, act in enumerate(ascribed) if end <= act.start and act.end <= following]
        previous = end
        if ahead or behind:
            found.setdefault(ahead[-1] if ahead else behind[0], []).extend(cluster.references)
    for index, references in sorted(found.items()):
        yield ascribed[index], tuple(references)


def _clusters_by_sentence(part: Part, around: Surroundings) -> dict[int, list[Cluster]]:
    """The references of a part by the sentence they belong to: also those in brackets behind its end."""
    found: defaultdict[int, list[Cluster]] = defaultdict(list)
    ends = around.ends(part)
    for cluster in around.clusters_in(part):
        index = bisect_left(ends, cluster.start)
        if index and not cluster.in_note and cluster.start - ends[index - 1] <= LONGEST_GAP:
            opening = around.visible(part, ends[index - 1], cluster.start)
            index -= bool(_ONLY_OPENS.fullmatch(opening) and around.closes(part, cluster))
        found[index].append(cluster)
    return found


def _sentence(printed: SourceText, ends: Sequence[int], index: int, around: Surroundings) -> _Sentence | None:
    if index + 1 >= len(ends):
        return None
    start, end = _position(printed, ends[index]), _position(printed, ends[index + 1])
    signs = list(printed.text[start:end])
    for spans, filler in ((around.quoted_spans, _QUOTED), (around.cited_spans, CITED)):
        for first, last in _within(spans, ends[index], ends[index + 1]):
            first, last = max(_position(printed, first), start), min(_position(printed, last), end)
            signs[first - start : last - start] = filler * (last - first)
    return _Sentence("".join(signs), start, printed)


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = bisect_right(spans, start, key=lambda span: span[1])
    while at < len(spans) and spans[at][0] < end:
        yield spans[at]
        at += 1


def _position(printed: SourceText, offset: int) -> int:
    return bisect_left(range(len(printed.text)), offset, key=printed.offset)
