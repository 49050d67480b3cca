"""Finding words in a conversation as it is shown, whatever their case, accents and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from tui.answer_blocks import blocks_of
from tui.exchange import Exchange

Stretch = tuple[int, int]
"""Where something begins and ends in a text."""

_ALIKE = str.maketrans("‘’‚“”„«»‐‑‒–—", '\'\'\'"""""-----')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Folded:
    """A text without case and accents."""

    original: str
    text: str
    origins: list[int] | None
    """Where each character comes from, unless from its own place."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for, with the words of which a text must have `least` to have it."""

    pattern: re.Pattern[str]
    words: frozenset[str]
    least: int

    def stretches(self, text: str) -> tuple[Stretch, ...]:
        """Where it stands in a text."""
        return self.stretches_of(folded(text))

    def stretches_of(self, text: Folded) -> tuple[Stretch, ...]:
        """The same, of a text that is folded already."""
        spans = (match.span() for match in self.pattern.finditer(text.text))
        origins = text.origins
        if origins is None:
            return tuple(spans)
        return tuple((origins[start], _end(text.original, origins[end - 1])) for start, end in spans)

    def can_be_in(self, *sources: str) -> bool:
        """Whether texts, or the Markdown they are written in, have enough of the words."""
        texts = [folded(source).text for source in sources]
        return sum(any(word in each for each in texts) for word in self.words) >= self.least


@dataclass(frozen=True)
class Match:
    """A place where something was found: in the question (0) or the so-many-th block of the answer."""

    exchange: Exchange
    part: int
    stretch: Stretch


@dataclass(frozen=True)
class Findings:
    """What was looked for and where it is; `as_words` where the words are there and the phrase is not."""

    wanted: Wanted | None = None
    matches: tuple[Match, ...] = ()
    as_words: bool = False


def phrase(text: str) -> Wanted | None:
    """The words of a text one after the other, as they are typed; None for no words."""
    typed = folded(text).text
    words = frozenset(_WORD.findall(typed))
    pattern = r"\s+".join(map(re.escape, typed.split()))
    return Wanted(re.compile(pattern), words, len(words)) if pattern else None


def any_word(text: str) -> Wanted | None:
    """Any word of a text, or one that begins with it; None for no words."""
    words = frozenset(_WORD.findall(folded(text).text))
    pattern = rf"(?<![^\W_])(?:{'|'.join(sorted(words, key=len, reverse=True))})[^\W_]*"
    return Wanted(re.compile(pattern), words, 1) if words else None


class Superseded(Exception):
    """Something else is looked for by now."""


class Finder:
    """Finds in a conversation; what its answers say is made out once and kept."""

    def __init__(self) -> None:
        self._texts: dict[Exchange, tuple[Folded, ...]] = {}

    def find(
        self, exchanges: Sequence[Exchange], text: str, is_wanted: Callable[[], bool] = lambda: True
    ) -> Findings:
        """The phrase that is typed; where nobody said it, its words.

        Raises `Superseded` once it is not wanted any more.
        """
        for number, wanted in enumerate((phrase(text), any_word(text))):
            if wanted and (matches := tuple(self._matches(exchanges, wanted, is_wanted))):
                return Findings(wanted, matches, as_words=number > 0)
        return Findings()

    def _matches(
        self, exchanges: Sequence[Exchange], wanted: Wanted, is_wanted: Callable[[], bool]
    ) -> Iterator[Match]:
        for exchange in exchanges:
            if not is_wanted():
                raise Superseded
            # to read Markdown takes a hundred times as long as to look for words in it
            if exchange in self._texts or wanted.can_be_in(exchange.question, exchange.markdown):
                for part, text in enumerate(self._shown(exchange)):
                    for stretch in wanted.stretches_of(text):
                        yield Match(exchange, part, stretch)

    def _shown(self, exchange: Exchange) -> tuple[Folded, ...]:
        texts = self._texts.get(exchange)
        if texts is None:
            shown = (exchange.question, *(block.shown for block in blocks_of(exchange.markdown)))
            texts = tuple(map(folded, shown))
            if exchange.is_settled:
                self._texts[exchange] = texts
        return texts


def folded(text: str) -> Folded:
    """A text as it is compared."""
    if text.isascii():
        return Folded(text, text.lower(), None)
    folds = {character: _fold(character) for character in set(text)}
    changed = text.translate({ord(character): fold for character, fold in folds.items()})
    if all(len(fold) == 1 for fold in folds.values()):
        return Folded(text, changed, None)
    return Folded(text, changed, [place for place, each in enumerate(text) for _ in folds[each]])


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    plain = normalize("NFKD", character.translate(_ALIKE)).casefold()
    return "".join(each for each in plain if not combining(each))


def _end(text: str, last: int) -> int:
    """One beyond a character and the marks that stand on it."""
    end = last + 1
    while end < len(text) and not _fold(text[end]):
        end += 1
    return end
