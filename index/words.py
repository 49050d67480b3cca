"""How texts become words: stems to search by, and words as printed for phrases."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import tantivy

_TEXTS_KEPT = 2048  # the same words of a question and paragraphs are asked for again and again


def _stop_words() -> list[str]:
    """Words that say nothing of a topic, those that questions are made with among them."""
    return files("index").joinpath("stop_words.txt").read_text(encoding="utf-8").split()


@cache
def _stop_word_set() -> frozenset[str]:
    return frozenset(_stop_words())


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """Words without case, accents, endings and stop words; the same for passages and queries."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.custom_stopword(_stop_words()))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


@cache
def exact_analyzer() -> tantivy.TextAnalyzer:
    """Words without case and accents and nothing else changed; marks and dashes part them."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .build()
    )


def terms(text: str) -> list[str]:
    """The indexed terms of a text, in order."""
    return list(_terms(text))


@lru_cache(maxsize=_TEXTS_KEPT)
def _terms(text: str) -> tuple[str, ...]:
    return tuple(str(term) for term in analyzer().analyze(text))


def words_as_printed(text: str) -> list[str]:
    """The words of a text in order, as printed but for case and accents."""
    return [str(word) for word in exact_analyzer().analyze(composed(text))]


def composed(text: str) -> str:
    """A text whose accents are part of their letters; an accent by itself would part a word."""
    return unicodedata.normalize("NFC", text)


def printed_words(text: str) -> set[str]:
    """The words of a text that are indexed, as printed but for case and a plural's s.

    Stems find more and confuse more: "adoption" and "measures adopted" have the same one.
    """
    words = (word for word in re.findall(r"\w+", text.lower()) if word not in _stop_word_set())
    return {word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words}
