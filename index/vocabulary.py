"""The bridge between everyday words and those of the documents.

People ask about activists, bribes and holidays; committees write of human rights defenders,
corruption and tourism. The words are data, in `vocabulary.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from index.words import terms, words_as_printed


class Vocabulary:
    """Which words a query is also searched with."""

    def __init__(self, bridge: Mapping[str, Sequence[str]]) -> None:
        self._bridge: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._idioms: dict[tuple[str, ...], tuple[str, ...]] = {}
        for phrase, words in bridge.items():
            printed = words_as_printed(phrase)
            # "sign up" means nothing without its "up"; "cost of living" does without its "of"
            if terms(printed[0]) and terms(printed[-1]):
                self._bridge[tuple(terms(phrase))] = tuple(words)
            else:
                self._idioms[_every_word(phrase)] = tuple(words)

    def variants(self, text: str) -> tuple[str, ...]:
        """The words that mean the same as some of a text's, each once, in the order of the text."""
        stems = tuple(terms(text))
        found = [*_found(self._bridge, stems), *_found(self._idioms, _every_word(text))]
        variants = dict.fromkeys(variant for _, some in sorted(found) for variant in some)
        held = set(stems)
        return tuple(variant for variant in variants if not held.issuperset(terms(variant)))

    def meanings(self, phrase: str) -> tuple[str, ...]:
        """The words that mean the same as a whole phrase."""
        every = _every_word(phrase)
        return self._idioms.get(every) or self._bridge.get(tuple(terms(phrase)), ())


def _found(
    phrases: Mapping[tuple[str, ...], tuple[str, ...]], words: tuple[str, ...]
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """What phrases in a text stand for, with how far into the text each begins; longer ones first."""
    longest = max(map(len, phrases), default=0)
    for start in range(len(words)):
        for length in range(longest, 0, -1):
            if some := phrases.get(words[start : start + length]):
                yield start / len(words), some


def _every_word(text: str) -> tuple[str, ...]:
    """The words of a text by their stems, those included that say nothing of a topic."""
    return tuple((terms(word) or [word])[0] for word in words_as_printed(text))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with Pilcrow."""
    text = files("index").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return Vocabulary(tomllib.loads(text)["bridge"])


def with_variants(text: str, variants: Sequence[str]) -> str:
    """The text that is embedded for a query: its own words, then those that mean the same."""
    return f"{text} ({', '.join(variants)})" if variants else text
