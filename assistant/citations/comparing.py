"""A quotation compared with the place that it is fitted to: what differs, and how much."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.citations.alterations import Step, Why, side_by_side
from assistant.citations.printed_text import Printed, PrintedText
from assistant.citations.quotation import Difference
from assistant.citations.quotation_text import QuotationText
from assistant.citations.tokens import QUOTES

_ALIKE = frozenset({"equal", "form", "case"})
_FORM_ONLY = frozenset({"form", "closing", "case"})

_SHORTEST_RUN = 3  # words that are found in this order less often by chance


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the quotation beside a stretch of what is printed, and what explains that they differ."""

    quoted: str
    printed: str
    why: Why

    @property
    def difference(self) -> Difference:
        """As it is told."""
        return Difference(
            kind="equal" if self.why == "equal"
            else "missing" if not self.quoted else "replaced" if self.printed else "added",
            quoted=self.quoted,
            printed=self.printed,
            marked=self.why in ("mark", "label"),
            form_only=self.why in _FORM_ONLY,
        )  # fmt: skip


class Comparison:
    """A quotation beside the printed tokens that it stands for."""

    def __init__(
        self,
        quotation: QuotationText,
        printed: PrintedText,
        tokens: Sequence[Printed],
        runs: Sequence[tuple[int, int]],
        calls: Collection[str] = (),
    ) -> None:
        self.quotation = quotation
        self.printed = printed
        self.steps = side_by_side(quotation.parts, tokens, runs, calls)
        covered = [step.tokens for step in self.steps if step.tokens]
        self.start = self._with_signs_before(covered[0][0].start) if covered else 0
        self.end = covered[-1][-1].end if covered else 0

    @cached_property
    def pieces(self) -> list[Piece]:
        """All of the quotation and all that is printed there, in order."""
        joined: list[Piece] = []
        for piece in self._pieces():
            if joined and joined[-1].why == piece.why:
                before = joined.pop()
                piece = Piece(before.quoted + piece.quoted, before.printed + piece.printed, piece.why)
            joined.append(piece)
        return joined

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The same as it is told."""
        return tuple(piece.difference for piece in self.pieces)

    @cached_property
    def whys(self) -> frozenset[Why]:
        """All that explains its differences."""
        return frozenset(piece.why for piece in self.pieces)

    @cached_property
    def matched_words(self) -> int:
        """How many of its words are printed there, be it in other case or with a letter in brackets."""
        return sum(part.is_word for step in self.steps if _is_alike(step) for part in step.parts)

    @cached_property
    def words_in_runs(self) -> int:
        """How many of its words stand as printed in runs of three at least, which no mark breaks."""
        runs = [0]
        for step in self.steps:
            if _is_alike(step):
                runs[-1] += sum(part.is_word for part in step.parts)
            elif any(part.kind in ("ellipsis", "insertion") for part in step.parts):
                runs.append(0)
        return sum(words for words in runs if words >= _SHORTEST_RUN)

    @property
    def likeness(self) -> float:
        """Share of its words that are printed there."""
        return self.matched_words / max(self.quotation.words, 1)

    @cached_property
    def omissions(self) -> list[int]:
        """How many printed words each omission leaves out that no mark tells of."""
        left_out = (
            sum(token.is_word for token in step.tokens) - sum(part.is_word for part in step.parts)
            for step in self.steps
            if step.why == "altered"
        )
        return [words for words in left_out if words > 0]

    @cached_property
    def stretches(self) -> list[int]:
        """The stretches of the printed text whose words it has, by their indexes, in order."""
        found: dict[int, None] = {}
        for step in self.steps:
            if any(part.is_word for part in step.parts):
                found.update((self.printed.index_at(token.start), None) for token in step.tokens)
        return list(found)

    def _pieces(self) -> Iterator[Piece]:
        quoted, printed = self.quotation.text, self.printed.text
        at, there = 0, self.start
        for step in self.steps:
            lead = quoted[at : step.parts[0].start] if step.parts else ""
            lead_there = printed[there : step.tokens[0].start] if step.tokens else ""
            if step.parts and step.tokens:
                yield from _between(lead, lead_there)
                lead = lead_there = ""
            said, read = lead, lead_there
            if step.parts:
                said += quoted[step.parts[0].start : step.parts[-1].end]
                at = step.parts[-1].end
            if step.tokens:
                read += printed[step.tokens[0].start : step.tokens[-1].end]
                there = step.tokens[-1].end
            same_form = step.why == "equal" and said != read
            yield Piece(said, read, "form" if same_form else step.why)
        if at < len(quoted):
            self.end = self._with_signs_after(there)
            yield from _between(quoted[at:], printed[there : self.end])

    def _with_signs_before(self, position: int) -> int:
        first = self.quotation.parts[0].start if self.quotation.parts else 0
        quoted, text = self.quotation.text, self.printed.text
        while first and position and _goes_with(text[position - 1], quoted[first - 1]):
            first, position = first - 1, position - 1
        return position

    def _with_signs_after(self, position: int) -> int:
        last = self.quotation.parts[-1].end if self.quotation.parts else 0
        quoted, text = self.quotation.text, self.printed.text
        while last < len(quoted) and position < len(text) and _goes_with(text[position], quoted[last]):
            last, position = last + 1, position + 1
        return position


def _goes_with(printed: str, quoted: str) -> bool:
    """Whether a sign beside the words, which is no token, is quoted with them."""
    return printed in QUOTES or printed == quoted


def _is_alike(step: Step) -> bool:
    """Whether the words are those that are printed, be it in other case."""
    if step.why in _ALIKE:
        return True
    if step.why == "mark":
        return bool(step.tokens) and step.parts[0].kind == "changed"
    return [part.form.lower() for part in step.parts] == [token.form.lower() for token in step.tokens]


def _between(quoted: str, printed: str) -> Iterator[Piece]:
    """What stands between words: spaces, quotation marks, dashes."""
    if quoted or printed:
        yield Piece(quoted, printed, "equal" if quoted == printed else "form")
