"""Labelled questions: what is asked, turn by turn, and which places answer it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import PinpointInvalid, SymbolInvalid, UsageError
from corpus.pinpoint import Pinpoint
from corpus.symbol import Symbol

_NEAR = 2  # paragraphs before and after


class GoldPlace(NamedTuple):
    """A place that a label or a citation names; without a symbol it is of whatever document is held."""

    symbol: str | None
    pinpoint: Pinpoint

    @classmethod
    def parse(cls, text: str) -> GoldPlace:
        """Read `22 (c)` or `CRC/C/OPSC/LAO/CO/1#22(c)`; raises `PinpointInvalid` or `SymbolInvalid`."""
        symbol, _, pinpoint = text.rpartition("#")
        return cls(str(Symbol.parse(symbol)) if symbol else None, Pinpoint.parse(pinpoint))

    @property
    def paragraph(self) -> GoldPlace:
        """The whole paragraph of the place."""
        return GoldPlace(self.symbol, self.pinpoint.paragraph)

    def is_same(self, other: GoldPlace) -> bool:
        """Whether both name one place."""
        return self.pinpoint == other.pinpoint and self._may_share_document(other)

    def is_near(self, other: GoldPlace) -> bool:
        """Whether the paragraphs of both stand within two numbers of each other and are not one."""
        numbers = self.pinpoint.label, other.pinpoint.label
        if not (self._may_share_document(other) and all(number.isdigit() for number in numbers)):
            return False
        return 0 < abs(int(numbers[0]) - int(numbers[1])) <= _NEAR

    def _may_share_document(self, other: GoldPlace) -> bool:
        return None in (self.symbol, other.symbol) or self.symbol == other.symbol


class GoldQuestion(BaseModel):
    """One labelled question; without places and names the right answer is a refusal.

    The last of `turns` is the question, those before it are asked first. `any` are places of which one
    must be cited, `all` places that must all be; a place is a pinpoint, `22 (c)`, or one with its
    document, `CRC/C/OPSC/LAO/CO/1#22(c)`. `names` are words that the answer must hold where it cites
    nothing, as the symbols of the documents held. `alone` is the last turn as a question that needs no
    turn before it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    turns: Annotated[tuple[str, ...], Field(min_length=1)]
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    alone: str | None = None
    symbol: str | None = None
    kind: str = "question"
    set: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.any or self.all or self.names)

    @property
    def one_of(self) -> list[GoldPlace]:
        """The places of which one must be cited."""
        return [GoldPlace.parse(text) for text in self.any]

    @property
    def each_of(self) -> list[GoldPlace]:
        """The places that must all be cited."""
        return [GoldPlace.parse(text) for text in self.all]


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read labelled questions, a JSON object a line; raises `UsageError` with the line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read.", "Give a UTF-8 file with a JSON object a line.") from error
    return [_question(path, number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _question(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        question = GoldQuestion.model_validate(json.loads(line))
        for text in (*question.any, *question.all):
            GoldPlace.parse(text)
    except (ValueError, PinpointInvalid, SymbolInvalid) as error:
        raise UsageError(f"Line {number} of {path} is not a labelled question.", "Mend it.") from error
    return question
