"""The bridge between everyday words and those of the documents.

People ask about activists, bribes and holidays; committees write of human rights defenders,
corruption and tourism. The words are data, in `vocabulary.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from index.words import terms


class Vocabulary:
    """Which words a query is also searched with."""

    def __init__(self, bridge: Mapping[str, Sequence[str]]) -> None:
        self._bridge = {tuple(terms(phrase)): tuple(words) for phrase, words in bridge.items()}
        self._longest = max(map(len, self._bridge), default=0)

    def variants(self, text: str) -> tuple[str, ...]:
        """The words that mean the same as some of a text's, each once, in the order of the text."""
        words = terms(text)
        spans = (
            tuple(words[start : start + length])
            for start in range(len(words))
            for length in range(self._longest, 0, -1)
        )
        found = dict.fromkeys(variant for span in spans for variant in self._bridge.get(span, ()))
        held = set(words)
        return tuple(variant for variant in found if not held.issuperset(terms(variant)))

    def meanings(self, phrase: str) -> tuple[str, ...]:
        """The words that mean the same as a whole phrase."""
        return self._bridge.get(tuple(terms(phrase)), ())


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with Pilcrow."""
    text = files("index").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return Vocabulary(tomllib.loads(text)["bridge"])


def with_variants(text: str, variants: Sequence[str]) -> str:
    """The text that is embedded for a query: its own words, then those that mean the same."""
    return f"{text} ({', '.join(variants)})" if variants else text
