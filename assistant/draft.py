"""An answer in the making: what was asked and searched, until it is answered or refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Citation, Coverage, RefusalReason
from assistant.extractive import Composition
from assistant.markdown import escaped
from assistant.phrasing import StandAlone
from assistant.question import Question
from assistant.retrieval import Hit
from assistant.scope import Scope
from assistant.searched import searched_sentence
from assistant.streaming import Retrieval, Telling
from corpus.holdings import Holdings
from corpus.model import pinpoint_of

_NEAREST = 3  # paragraphs that the text of a refusal names
_OPENING = 160  # characters of each that it shows


class Clock:
    """Milliseconds by phase, and in all; `on_lap` is called with each phase that has ended."""

    def __init__(self, on_lap: Callable[[str], None] = lambda _: None) -> None:
        self._on_lap = on_lap
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, phase: str) -> None:
        """End a phase."""
        now = time.perf_counter()
        self._laps[phase] = self._laps.get(phase, 0.0) + (now - self._last) * 1000
        self._last = now
        self._on_lap(phase)

    def read(self) -> dict[str, float]:
        """The phases so far and the total."""
        total = (time.perf_counter() - self._began) * 1000
        return {phase: round(ms, 3) for phase, ms in {**self._laps, "total": total}.items()}


@dataclass(frozen=True)
class Draft:
    """What every answer says, whatever comes of it."""

    question: Question
    scope: Scope
    coverage: Coverage
    clock: Clock
    asked: str
    """The question as it was put."""
    alone: StandAlone
    """What it means after those before it, which is what `question` is read from."""
    also_searched: tuple[str, ...] = ()
    telling: Telling = field(default_factory=Telling)
    """Who is told what was found before the answer is there."""

    def retrieved(self, hits: Sequence[Hit]) -> None:
        """Tell that these paragraphs are what the answer is going to be made from."""
        self.telling.retrieved(
            lambda: Retrieval(
                searched_for=self.alone.shown,
                also_searched=self.also_searched,
                filters=self.scope.applied,
                passages=tuple(hit.as_passage() for hit in hits),
                coverage=self.coverage,
            )
        )

    def answer(
        self,
        composition: Composition,
        citations: Sequence[Citation],
        hits: Sequence[Hit],
        *,
        total: int | None = None,
        more: bool = False,
        not_covered: str | None = None,
        opening: str = "",
    ) -> Answer:
        """The answer with its checked citations; a failed check is said in its text.

        `total` counts what a complete list has, `more` says that not all of it is shown, and
        `not_covered` names the part of the question that nothing answers. The `opening` is said first.
        """
        failed = [c.label for c in citations if not (c.checks.exists and c.checks.verbatim)]
        text = f"{opening}\n\n{composition.text}" if opening else composition.text
        if not_covered:
            text += f"\n\nNothing was found for this on {not_covered}."
        if more and total is None:  # a list says so itself
            text += "\n\nThere is more on this: say “more” in a conversation, or ask more narrowly."
        if failed:
            text += f"\n\n**Check failed:** the words quoted from {', '.join(failed)} are not there."
        return self._make(
            None,
            text,
            hits,
            statements=composition.statements,
            citations=tuple(citations),
            total=total,
            more=more,
            not_covered=not_covered,
        )

    def told(self, text: str, *, total: int | None = None) -> Answer:
        """An answer that rests on no paragraph: what is held, or what Pilcrow is."""
        return self._make(None, text, (), total=total)

    def refusal(
        self, reason: RefusalReason, message: str, hits: Sequence[Hit], *, total: int | None = None
    ) -> Answer:
        """The refusal: why, what was searched, and the nearest paragraphs as such; `total` 0 for a list."""
        searched = searched_sentence(self.coverage, self.scope.applied)
        lines = [message or "The documents do not answer this question.", "", searched]
        carried = [a.value for a in self.scope.applied if a.origin == "carried" and not a.dropped]
        if carried and reason == "not_answered":
            lines += ["", f"Say “in all documents” to search beyond {' and '.join(carried)}."]
        if hits:
            lines += ["", "Nearest paragraphs:", ""]
            lines += [_nearest(hit) for hit in hits[:_NEAREST]]
        return self._make(reason, "\n".join(lines), hits, total=total)

    def _make(self, reason: RefusalReason | None, text: str, hits: Sequence[Hit], **parts: object) -> Answer:
        return Answer(
            question=self.asked,
            searched_for=self.alone.shown,
            also_searched=self.also_searched,
            conversation_id=None,
            filters=self.scope.applied,
            refused=reason is not None,
            refusal_reason=reason,
            text=text,
            passages=tuple(hit.as_passage() for hit in hits),
            coverage=self.coverage,
            timings_ms=self.clock.read(),
            **{"statements": (), "citations": (), **parts},
        )


def coverage_of(holdings: Holdings, scope: Scope) -> Coverage:
    """What is held and how much of it the filters leave."""
    held = holdings.counts
    return Coverage(
        documents=held.documents,
        paragraphs=held.paragraphs,
        matching_documents=len(scope.headers),
        not_searched=held.documents - held.searched,
    )


def _nearest(hit: Hit) -> str:
    pinpoint = pinpoint_of(hit.paragraph, hit.place)
    text = hit.place.text or hit.paragraph.text
    opening = text if len(text) <= _OPENING else text[:_OPENING].rsplit(" ", 1)[0] + " …"
    href = f"/documents/{hit.header.slug}#{hit.place.eid}"
    return f"- [{hit.header.symbol}, {pinpoint.format('un')}]({href}): {escaped(opening)}"
