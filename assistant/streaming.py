"""What is told of an answer while it comes to be: what was found, then its text, then its citations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer, AppliedFilter, Citation, Coverage, Passage


@dataclass(frozen=True)
class Phase:
    """That a phase of the work has ended: `search`, `compose` …, as in the answer's timings."""

    name: str


class Retrieval(BaseModel):
    """What was searched and found, before the answer is composed; all of it comes again in the answer."""

    model_config = ConfigDict(frozen=True)

    searched_for: str
    also_searched: tuple[str, ...]
    filters: tuple[AppliedFilter, ...]
    passages: tuple[Passage, ...]
    coverage: Coverage

    @classmethod
    def of(cls, answer: Answer) -> Retrieval:
        """What an answer that is there says of it."""
        return cls(
            searched_for=answer.searched_for,
            also_searched=answer.also_searched,
            filters=answer.filters,
            passages=answer.passages,
            coverage=answer.coverage,
        )


class Delta(BaseModel):
    """The next piece of the answer's text; all of them joined are the text."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(description="Markdown.")


Event = Phase | Retrieval | Delta | Citation
"""One `Retrieval`, then all `Delta`s, then the citations in the order of the answer; phases in between."""

Emit = Callable[[Event], None]
"""Takes events as they come; what it raises stops the work."""


class Telling:
    """Tells a listener of one answer, each thing once and in order."""

    def __init__(self, emit: Emit | None = None) -> None:
        self._emit = emit
        self._retrieved = False

    def phase(self, name: str) -> None:
        """That a phase has ended."""
        if self._emit is not None:
            self._emit(Phase(name))

    def retrieved(self, found: Callable[[], Retrieval]) -> None:
        """What was found, of which only the first telling counts; nothing is made for nobody."""
        if self._emit is not None and not self._retrieved:
            self._retrieved = True
            self._emit(found())

    def answered(self, answer: Answer) -> None:
        """All that has not been told of an answer."""
        if self._emit is None:
            return
        self.retrieved(partial(Retrieval.of, answer))
        for piece in pieces(answer.text):
            self._emit(Delta(text=piece))
        for citation in answer.citations:
            self._emit(citation)


def pieces(text: str) -> Iterator[str]:
    """A text line by line, which joined give it back."""
    yield from text.splitlines(keepends=True)
