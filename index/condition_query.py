"""Conditions on words as tantivy queries.

No pattern is made of what was typed: beginnings of words are looked up in the index's own words. Of
words that begin so, all count up to `MOST_WORDS`, and at the end of a longer phrase the `MOST_PHRASES`
most frequent, so that no query takes long.
"""

from __future__ import annotations

from collections.abc import Iterable

import tantivy

from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word
from index.lexical import LexicalIndex, schema
from index.words import words_as_printed

MOST_WORDS = 50_000
"""Words that one beginning stands for; more would be found in a text that is no language."""

MOST_PHRASES = 1_000
"""Phrases that one beginning at the end of several words stands for."""


# Irregular plurals that these documents are full of.
_PLURALS = {"child": "children", "woman": "women", "man": "men"}
_SINGULARS = {plural: singular for singular, plural in _PLURALS.items()}


def condition_query(condition: TermCondition, index: LexicalIndex) -> tantivy.Query:
    """The passages of an index that meet a condition; its scores mean nothing."""
    match condition:
        case Word(text):
            return _word(words_as_printed(text))
        case Phrase(text, begins):
            return _phrase_beginning(text, index) if begins else _phrase(words_as_printed(text))
        case Not(part):
            return _none_of(condition_query(part, index))
        case AllOf(parts):
            return _joined(tantivy.Occur.Must, (condition_query(part, index) for part in parts))
        case AnyOf(parts):
            return _joined(tantivy.Occur.Should, (condition_query(part, index) for part in parts))


def singular_and_plural(word: str) -> set[str]:
    """A word with the forms that its number makes, whichever of them it is itself.

    A stem would join "adoption" with "adopts measures", which nobody asked for or excluded.
    """
    forms = {word, f"{word}s"}
    if word.endswith("y"):
        forms.add(f"{word[:-1]}ies")
    if word.endswith("ies"):
        forms.add(f"{word[:-3]}y")
    if word.endswith("s") and not word.endswith("ss"):
        forms.add(word[:-1])
    forms |= {irregular[word] for irregular in (_PLURALS, _SINGULARS) if word in irregular}
    return forms


def _word(words: list[str]) -> tantivy.Query:
    if len(words) != 1:  # "re-admission" is two words that stand together
        return _phrase(words)
    return tantivy.Query.term_set_query(schema(), "exact", sorted(singular_and_plural(words[0])))


def _phrase(words: list[str]) -> tantivy.Query:
    if not words:
        return tantivy.Query.empty_query()
    if len(words) == 1:
        return tantivy.Query.term_query(schema(), "exact", words[0], index_option="freq")
    return tantivy.Query.phrase_query(schema(), "exact", list(words))


def _phrase_beginning(text: str, index: LexicalIndex) -> tantivy.Query:
    *before, last = words_as_printed(text) or [""]
    words = index.words_beginning(last, MOST_PHRASES if before else MOST_WORDS) if last else []
    if before:
        return _joined(tantivy.Occur.Should, (_phrase([*before, word]) for word in words))
    return tantivy.Query.term_set_query(schema(), "exact", words)


def _none_of(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, tantivy.Query.all_query()), (tantivy.Occur.MustNot, query)]
    )


def _joined(occur: tantivy.Occur, queries: Iterable[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(occur, query) for query in queries])
