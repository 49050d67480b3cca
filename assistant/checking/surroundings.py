"""What stands around the references and quotations of a draft: sentences, brackets, notes, one another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from assistant.checking.draft import Draft, Part
from corpus.sentences import sentence_spans

LONGEST_GAP = 60
"""How many printed characters may stand between what belongs together, such as “; and see also ”."""

_LONGEST_BRACKET = 200  # characters before a reference in which the bracket around it is looked for
_JOINS = re.compile(
    r"(?:[\s;,.&]|\b(?:and|or|see|also|cf|e\.g|as well as|read with)\b\.?){0,12}", re.IGNORECASE
)
_SOURCE = re.compile(r"[^\W\d_]{3}[^;]{8,};")
_LONGEST_SOURCE = 400  # characters of a note in which another source stands before its first reference
_ENDS = re.compile(r"[\s)\]”’\"'»*_]{0,6}(?:[.;]|$)")


class Located(Protocol):
    """Anything with a place in a draft."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


@dataclass(frozen=True)
class Cluster:
    """References that stand together: side by side, or in the note that is called there."""

    start: int
    end: int
    references: tuple[int, ...]
    """Their positions in the list of references."""
    in_note: bool = False
    unknown: bool = False
    """Whether something is cited there that is not looked up."""


class Surroundings:
    """Where references and quotations stand in one draft; all of it is found in time that grows with it."""

    def __init__(
        self,
        draft: Draft,
        references: Sequence[Located],
        others: Sequence[Located],
        quotations: Sequence[tuple[int, int]],
    ) -> None:
        """`others` are the citations that are not looked up, `quotations` the stretches that are quoted."""
        self.draft = draft
        self.quoted_spans = disjoint(quotations)
        """Where quotations stand, those within others as parts of them."""
        self.cited_spans = disjoint([(each.start, each.end) for each in references])
        self._cited = self._by_part(references, others)
        self._calls = sorted(draft.calls, key=lambda call: call.position)
        self._parts: defaultdict[str | None, list[Part]] = defaultdict(list)
        for part in sorted(draft.parts, key=lambda part: part.start):
            self._parts[part.note].append(part)
        self._in_notes = self._clusters_of_notes()
        self._clusters: dict[tuple[int, int], list[Cluster]] = {}
        self._boundaries: dict[tuple[int, int], list[int]] = {}

    def clusters_in(self, part: Part) -> list[Cluster]:
        """The citations of a part in its order, and those of the notes that it calls."""
        key = (part.start, part.end)
        if key not in self._clusters:
            found = [*self._side_by_side(part), *self._called(part)]
            self._clusters[key] = sorted(found, key=lambda cluster: cluster.start)
        return self._clusters[key]

    def closes(self, part: Part, cluster: Cluster) -> bool:
        """Whether references close what they are of: in brackets, in a note, or at the end of a sentence."""
        if cluster.in_note:
            return True
        head = self.draft.text[max(part.start, cluster.start - _LONGEST_BRACKET) : cluster.start]
        if head.rfind("(") > head.rfind(")") or head.rfind("[") > head.rfind("]"):
            return True
        return _ENDS.match(self.visible(part, cluster.end, min(part.end, cluster.end + 24))) is not None

    def neighbour(self, part: Part, step: int) -> Part | None:
        """The part before or after one, of the same text: notes are no neighbours of what calls them."""
        beside = self._parts[part.note]
        at = bisect_left(beside, part.start, key=lambda each: each.start) + step
        return beside[at] if 0 <= at < len(beside) else None

    def crossed(self, part: Part, start: int, end: int) -> int:
        """How many sentences end between two positions, those within quotations not counted."""
        ends = self.ends(part)
        return max(0, bisect_left(ends, end) - bisect_right(ends, start))

    def ends(self, part: Part) -> list[int]:
        """Where the sentences of a part end, but for those within quotations."""
        key = (part.start, part.end)
        if key not in self._boundaries:
            printed = self.draft.printed(part)
            ends = [printed.offset(end - 1) + 1 for _, end in sentence_spans(printed.text)]
            self._boundaries[key] = [end for end in ends if not self._is_quoted(end)]
        return self._boundaries[key]

    def visible(self, part: Part, start: int, end: int) -> str:
        """What is printed between two positions, marks and signs left out."""
        pieces, position = [], start
        first = bisect_left(part.hidden, start, key=lambda span: span[1])
        for hidden_start, hidden_end in islice(part.hidden, first, None):
            if hidden_start >= end:
                break
            pieces.append(self.draft.text[position : max(position, hidden_start)])
            position = max(position, hidden_end)
        pieces.append(self.draft.text[position:end])
        return "".join(pieces)

    def _is_quoted(self, position: int) -> bool:
        at = bisect_left(self.quoted_spans, (position, 0)) - 1
        return at >= 0 and position < self.quoted_spans[at][1]

    def _side_by_side(self, part: Part) -> list[Cluster]:
        """The citations of a part, those together that stand side by side."""
        together: list[list[Cluster]] = []
        for each in self._cited.get((part.start, part.end), ()):
            if together and self._joined(part, together[-1][-1].end, each.start):
                together[-1].append(each)
            else:
                together.append([each])
        return list(map(_joint, together))

    def _joined(self, part: Part, start: int, end: int) -> bool:
        return end - start <= LONGEST_GAP and _JOINS.fullmatch(self.visible(part, start, end)) is not None

    def _called(self, part: Part) -> list[Cluster]:
        first = bisect_left(self._calls, part.start, key=lambda call: call.position)
        last = bisect_right(self._calls, part.end, key=lambda call: call.position)
        return [
            replace(self._in_notes[call.mark], start=call.position, end=call.position, in_note=True)
            for call in self._calls[first:last]
            if call.mark in self._in_notes and part.note != call.mark
        ]

    def _by_part(
        self, references: Sequence[Located], others: Sequence[Located]
    ) -> dict[tuple[int, int], list[Cluster]]:
        """Each citation by the part it stands in."""
        cited = [Cluster(each.start, each.end, (index,)) for index, each in enumerate(references)]
        cited += [Cluster(each.start, each.end, (), unknown=True) for each in others]
        found: defaultdict[tuple[int, int], list[Cluster]] = defaultdict(list)
        for each in sorted(cited, key=lambda cluster: cluster.start):
            if part := self.draft.part_at(each.start):
                found[part.start, part.end].append(each)
        return found

    def _clusters_of_notes(self) -> dict[str, Cluster]:
        """All that each note cites."""
        found: defaultdict[str, list[Cluster]] = defaultdict(list)
        for part in self.draft.parts:
            if part.note is not None:
                cited = self._cited.get((part.start, part.end), ())
                if cited and not found[part.note] and self._cites_before(part, cited[0].start):
                    found[part.note].append(Cluster(part.start, part.start, (), unknown=True))
                found[part.note] += cited
        return {mark: _joint(clusters) for mark, clusters in found.items() if clusters}

    def _cites_before(self, part: Part, position: int) -> bool:
        """Whether a note names a source before the first that is known: “UNICEF, Report, p. 3; see …”."""
        return (
            _SOURCE.search(self.visible(part, part.start, min(position, part.start + _LONGEST_SOURCE)))
            is not None
        )


def _joint(clusters: Sequence[Cluster]) -> Cluster:
    return Cluster(
        clusters[0].start,
        max(cluster.end for cluster in clusters),
        tuple(index for cluster in clusters for index in cluster.references),
        unknown=any(cluster.unknown for cluster in clusters),
    )


def disjoint(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap made one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
