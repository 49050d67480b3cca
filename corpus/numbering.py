"""Where a document is in each of its sequences: paragraphs, headings, and the levels of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.markers import MAX_GAP
from corpus.numerals import letter_value, roman_value

_MAX_DEPTH = 4  # levels of a list; UN documents print (a), (i), a., i.
_MAX_ITEM_GAP = 3  # how far a label may be ahead and still belong to its list
_MAX_HEADING_GAP = 2


@dataclass(slots=True)
class Level:
    """An open level of a list: how it counts, and how far it is."""

    roman: bool
    value: int


@dataclass(frozen=True, slots=True)
class HeadingLevel:
    """The depth of a heading from 1, and what is unusual about its number, as code and message."""

    level: int
    problem: tuple[str, str] | None = None


@dataclass(slots=True)
class Numbering:
    """The state of all sequences; `annex` says that a heading lets them begin again."""

    paragraph: int | None = None
    decimal: int = 0
    before: int = 0  # the number before the first, where paragraphs do not begin with 1
    roman: int = 0
    letter: int = 0
    digit: int = 0
    items: list[Level] = field(default_factory=list)
    annex: bool = False

    @property
    def last(self) -> int:
        """The number that the next one follows."""
        return self.before if self.paragraph is None else self.paragraph

    def expects(self, number: tuple[int, int], *, suffixed: bool = False) -> bool:
        """Whether a paragraph's number is the next one: `34` after 33, `121.5` after 121.4."""
        last = self.last
        if suffixed:  # 12 bis and 12A follow 12
            return number == (last, 0) and self.paragraph is not None
        if number[1] and number[0] == last and self.paragraph is not None:
            return number[1] == self.decimal + 1
        return number in ((last + 1, 0), (last + 1, 1))

    def missing_before(self, number: tuple[int, int]) -> list[tuple[int, int]]:
        """The numbers between the last one and this, if they are few enough to have been lost."""
        last = self.last
        if number[1] and number[0] == last:
            missing = [(last, decimal) for decimal in range(self.decimal + 1, number[1])]
        else:
            missing = [] if number[1] else [(value, 0) for value in range(last + 1, number[0])]
        return missing if len(missing) <= MAX_GAP else []

    def take(self, number: tuple[int, int]) -> None:
        """Go on from this paragraph number; its list begins anew."""
        self.paragraph, self.decimal = number
        self.items = []
        self.annex = False

    def next_item(self, label: str, following: Callable[[], str | None]) -> int | None:
        """Take the label of an item and give its depth, or None where it goes on with no list.

        `(i)` after `(h)` is a letter, unless the label `following` is `(ii)`.
        """
        letter, roman = letter_value(label), roman_value(label)
        for depth in range(len(self.items), 0, -1):
            level = self.items[depth - 1]
            value = roman if level.roman else letter
            if value == level.value + 1 and (label != "i" or level.roman or following() != "ii"):
                return self._reach([*self.items[: depth - 1], Level(level.roman, value)])
        innermost = self.items[-1] if self.items else None
        if len(self.items) < _MAX_DEPTH:
            if roman == 1 and not (innermost and innermost.roman):
                return self._reach([*self.items, Level(True, 1)])
            if letter == 1 and not (innermost and not innermost.roman):
                return self._reach([*self.items, Level(False, 1)])
        return None

    def irregular_item(self, label: str) -> int | None:
        """Take a label that is out of sequence into the innermost list, or give None."""
        if not self.items:
            return None
        innermost = self.items[-1]
        value = (roman_value if innermost.roman else letter_value)(label)
        if value is None or not 1 <= value <= innermost.value + _MAX_ITEM_GAP:
            return None
        return self._reach([*self.items[:-1], Level(innermost.roman, value)])

    def next_heading(self, number: str) -> HeadingLevel | None:
        """Take the number of a heading and give its level, or None where it goes on with none.

        A letter that is a Roman numeral too is a letter where the letters have come to it.
        """
        roman = roman_value(number)
        letter = letter_value(number) if len(number) == 1 else None
        if letter is not None and letter == self.letter + 1 and (letter > 1 or roman is None):
            self.letter, self.digit = letter, 0
            return HeadingLevel(2 if self.roman else 1)
        if roman is None or not 0 <= roman - self.roman <= _MAX_HEADING_GAP:
            return None
        problem = None
        if roman == self.roman:
            problem = "heading_number_repeated", f"heading number {number} is printed twice"
        elif roman > self.roman + 1:
            problem = "heading_number_gap", f"heading number before {number} is missing"
        self.roman, self.letter, self.digit = roman, 0, 0
        return HeadingLevel(1, problem)

    def next_digit_heading(self, number: int) -> bool:
        """Take the number of a heading below the lettered ones, `1.`, if it goes on with them."""
        if number != self.digit + 1:
            return False
        self.digit = number
        return True

    def _reach(self, items: list[Level]) -> int:
        self.items = items
        return len(items)


def is_item_label(label: str) -> bool:
    """Whether a label counts in letters or Roman numerals at all."""
    return letter_value(label) is not None or roman_value(label) is not None
