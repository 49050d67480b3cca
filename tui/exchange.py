"""One question with what has come of it so far: what a turn of the conversation shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tui.cited import CitedPlace, cited_places

if TYPE_CHECKING:
    from assistant.answer import Answer, Filters
    from assistant.streaming import Retrieval
    from tui.notices import Notice


@dataclass(eq=False)
class Exchange:
    """A question; then what was found, the text so far, and in the end an answer, a failure or a stop."""

    question: str
    restriction: Filters | None = field(default=None, kw_only=True)
    """What bound when the question was sent; None is nothing."""
    answer: Answer | None = None
    found: Retrieval | None = None
    text: str = ""
    """The answer so far, in Markdown."""
    failure: Notice | None = None
    is_stopped: bool = False
    waiting: str = "Waiting…"
    """What the answer waits for."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will come."""
        return self.answer is not None or self.failure is not None or self.is_stopped

    @property
    def markdown(self) -> str:
        """The answer, as far as it is there."""
        if self.failure is not None or self.is_stopped:
            return ""
        return self.answer.text if self.answer is not None else self.text

    @property
    def places(self) -> tuple[CitedPlace, ...]:
        """What the answer leads to; empty until there is one."""
        return () if self.answer is None else self._places

    def position_of(self, href: str, beside: str) -> int | None:
        """Which of the places a link leads to, if to any.

        Of several citations of one place it is the one whose words stand beside the link.
        """
        at = [position for position, place in enumerate(self.places) if place.is_at(href)]
        quoted = (position for position in at if self.places[position].is_quoted_in(beside))
        return next(quoted, at[0] if at else None)

    @cached_property
    def _places(self) -> tuple[CitedPlace, ...]:
        return cited_places(self.answer) if self.answer is not None else ()
