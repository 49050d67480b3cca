"""Which printed words are forms of a word: what a complete list counts.

To rank, a stem is enough, since nothing hangs on one wrong form. What is counted has to be right:
"adoption" is no form of the verb in "adopt a law", though their stems are the same. The exceptions
are data, in `word_forms.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from index.words import terms, words_as_printed

# The two spellings of "organise" and "organize", whose stems differ.
_ISE = re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|ation|ations|er|ers)$)")
_IZE = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|es|ed|ing|ation|ations|er|ers)$)")


class WordForms:
    """Tells which printed words are forms of one another."""

    def __init__(self, alike: Iterable[str], apart: Iterable[Sequence[str]]) -> None:
        self._alike = {word: group for line in alike for group in [line.split()] for word in group}
        self._meaning = {
            word: meaning for meanings in apart for meaning in meanings for word in meaning.split()
        }

    def stems(self, word: str) -> frozenset[str]:
        """The indexed terms of a printed word and of those alike; none for a stop word."""
        return frozenset(
            stem for spelling in self._spellings(word) if (stem := stem_of(spelling)) is not None
        )

    def is_form(self, printed: str, word: str) -> bool:
        """Whether a printed word is a form of another, both as `index.words.words_as_printed` gives them."""
        if stem_of(printed) not in self.stems(word):
            return False
        one, other = self._meaning_of(printed), self._meaning_of(word)
        return one is None or other is None or one == other

    def _spellings(self, word: str) -> list[str]:
        spelt = [word, _ISE.sub("iz", word), _IZE.sub("is", word), *self._alike.get(word, ())]
        return list(dict.fromkeys(spelt))

    def _meaning_of(self, word: str) -> str | None:
        return next((self._meaning[s] for s in self._spellings(word) if s in self._meaning), None)


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str | None:
    """The indexed term of one printed word, None for a stop word."""
    return next(iter(terms(word)), None)


def counted_words(text: str) -> list[str]:
    """The words of a text that a list can count, as printed and without stop words, each once."""
    return [word for word in dict.fromkeys(words_as_printed(text)) if stem_of(word) is not None]


@cache
def word_forms() -> WordForms:
    """The word forms that ship with Pilcrow."""
    text = files("index").joinpath("word_forms.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return WordForms(data["alike"], data["apart"])
