"""What a question's conditions on words mean for its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import AppliedFilter
from assistant.scope import Scope
from index.condition_query import singular_and_plural
from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word, described, required
from index.engine import Searcher
from index.query_syntax import ReadQuery
from index.vocabulary import Vocabulary
from index.words import terms, words_as_printed

_COMPLETIONS = 5
"""Words that one beginning is shown to stand for, and ranks by; all that begin so meet the condition."""

_LOOKED_THROUGH = 50  # words among which those of different stems are chosen


def bound(scope: Scope, condition: TermCondition | None) -> Scope:
    """A scope that says which condition binds besides its filters."""
    if condition is None:
        return scope
    applied = AppliedFilter(kind="words", value=described(condition), origin="given")
    return replace(scope, applied=(*scope.applied, applied))


def nothing_has(condition: TermCondition) -> str:
    """The sentence that says that nothing searched meets a condition."""
    match condition:
        case Phrase(text, begins=True):
            return f"No paragraph that was searched has “{text}” with any ending."
        case Phrase(text):
            words = "words" if " " in text else "word"
            return f"No paragraph that was searched has the {words} “{text}”."
    return f"No paragraph that was searched meets the condition {described(condition)}."


def variants_of(text: str, read: ReadQuery, vocabulary: Vocabulary, searcher: Searcher) -> tuple[str, ...]:
    """The words that a text of a query is also searched with.

    Who puts words in quotation marks means these and no others; a beginning of a word is searched
    with the words that it stands for.
    """
    found = vocabulary.variants(text)
    if read.condition is None:
        return found
    meant = set(vocabulary.variants(read.unquoted))
    completed = _completions(required(read.condition), searcher)
    return tuple(dict.fromkeys([*completed, *(variant for variant in found if variant in meant)]))


def has_quoted(condition: TermCondition | None, text: str) -> bool:
    """Whether a text has one of the phrases that a condition asks for."""
    if condition is None:
        return False
    words = words_as_printed(text)
    return any(_has(words, leaf) for leaf in required(condition) if isinstance(leaf, Phrase))


def met_by(condition: TermCondition, texts: Sequence[str]) -> bool:
    """Whether some texts together meet a condition; no phrase goes on from one text into the next."""
    match condition:
        case AllOf(parts):
            return all(met_by(part, texts) for part in parts)
        case AnyOf(parts):
            return any(met_by(part, texts) for part in parts)
        case Not(part):
            return not met_by(part, texts)
        case leaf:
            return any(_has_leaf(words_as_printed(text), leaf) for text in texts)


def asked_in(condition: TermCondition, text: str) -> bool:
    """Whether a text has one of the words or phrases that a condition asks for."""
    words = words_as_printed(text)
    return any(_has_leaf(words, leaf) for leaf in required(condition))


def _has_leaf(words: list[str], leaf: Word | Phrase) -> bool:
    if isinstance(leaf, Phrase):
        return _has(words, leaf)
    wanted = words_as_printed(leaf.text)
    if len(wanted) == 1:
        return not singular_and_plural(wanted[0]).isdisjoint(words)
    return _has(words, Phrase(leaf.text))


def _has(words: list[str], phrase: Phrase) -> bool:
    wanted = words_as_printed(phrase.text)
    if not wanted:
        return False
    runs = (words[start : start + len(wanted)] for start in range(len(words) - len(wanted) + 1))
    if phrase.begins:
        return any(run[:-1] == wanted[:-1] and run[-1].startswith(wanted[-1]) for run in runs)
    return any(run == wanted for run in runs)


def _completions(leaves: Iterable[object], searcher: Searcher) -> Iterable[str]:
    for leaf in leaves:
        if not isinstance(leaf, Phrase) or not leaf.begins:
            continue
        letters = words_as_printed(leaf.text)
        if len(letters) == 1:
            by_stem: dict[tuple[str, ...], str] = {}
            for word in searcher.words_beginning(letters[0], _LOOKED_THROUGH):
                by_stem.setdefault(tuple(terms(word)), word)
            yield from [word for stems, word in by_stem.items() if stems][:_COMPLETIONS]
