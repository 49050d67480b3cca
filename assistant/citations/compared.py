"""A quotation compared with held texts: where it stands as it is quoted, and what it is most like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.citations.comparing import Comparison
from assistant.citations.held_texts import HeldText
from assistant.citations.matching import fitted_to, rank_of, standing_in, verdict_of
from assistant.citations.quotation import QuoteVerdict
from assistant.citations.quotation_text import QuotationText
from assistant.citations.tokens import key_of


@dataclass(frozen=True)
class Found:
    """A text in which a quotation stands, or which it may alter."""

    held: HeldText
    comparison: Comparison

    @property
    def verdict(self) -> QuoteVerdict:
        """What its differences make of it."""
        return verdict_of(self.comparison)

    @property
    def is_as_quoted(self) -> bool:
        """Whether all differences are of form, or marked."""
        return self.verdict != "altered"

    @property
    def eids(self) -> list[str]:
        """The places."""
        return [self.held.printed.stretches[index].eid for index in self.comparison.stretches]


class Compared:
    """A quotation with all texts that it was compared with, each once."""

    def __init__(self, quotation: QuotationText) -> None:
        self.quotation = quotation
        # a text may print the marks itself
        marked = quotation.has_marks
        self._readings = [quotation, QuotationText(quotation.text, marks=False)] if marked else [quotation]
        self._standing: dict[tuple[int, frozenset[str] | None], list[Found]] = {}
        self._fitted: dict[tuple[int, frozenset[str] | None], Comparison | None] = {}

    @property
    def keys(self) -> set[str]:
        """The letters and digits of all that it quotes, where that is one run."""
        runs = [reading.segments for reading in self._readings]
        return {key_of("".join(part.form for part in run[0])) for run in runs if len(run) == 1}

    def plainly(self, held: HeldText) -> list[Found]:
        """Where it stands in one run."""
        found = [Found(held, each) for reading in self._readings for each in standing_in(reading, held)]
        return [each for each in found if each.is_as_quoted]

    def standing(self, held: HeldText, eids: frozenset[str] | None = None) -> list[Found]:
        """Where it stands as it is quoted, the best first.

        Where it has marks, the places with these ids are looked at before all others.
        """
        key = held.header.id, eids
        if key not in self._standing:
            self._standing[key] = self.plainly(held) or self._as_marked(held, eids)
        return self._standing[key]

    def nearest(self, held: HeldText, eids: frozenset[str] | None = None) -> Found | None:
        """The place of a text that it is most like, be it in the places with these ids only."""
        found = standing_in(self.quotation, held)[:1] if eids is None else []
        if not found or verdict_of(found[0]) == "altered":
            found += filter(None, [self._fit(held, eids)])
        return Found(held, min(found, key=rank_of)) if found else None

    def _as_marked(self, held: HeldText, eids: frozenset[str] | None) -> list[Found]:
        if self.quotation.has_marks or self.quotation.has_labels:
            for places in (eids, None) if eids else (None,):
                comparison = self._fit(held, places)
                if comparison is not None and verdict_of(comparison) != "altered":
                    return [Found(held, comparison)]
        return []

    def _fit(self, held: HeldText, eids: frozenset[str] | None) -> Comparison | None:
        key = held.header.id, eids
        if key not in self._fitted:
            stretches = None if eids is None else _stretches(held, eids)
            self._fitted[key] = fitted_to(self.quotation, held, stretches)
        return self._fitted[key]


def _stretches(held: HeldText, eids: Collection[str]) -> list[int]:
    """The stretches of some places, with what stands below them."""
    return [
        index
        for index, stretch in enumerate(held.printed.stretches)
        if any(stretch.eid == eid or stretch.eid.startswith(f"{eid}__") for eid in eids)
    ]
