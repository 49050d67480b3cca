"""Filters and conditions on words as expressions of Milvus.

Words in them are letters and digits only (`index.milvus.rows.plain`), so nothing that is typed is read as
an expression. Words stand between blanks, so `LIKE` finds phrases of whole words, and beginnings.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from corpus.model import Role
from index.condition_query import singular_and_plural
from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word
from index.engine import PassageFilter
from index.milvus.rows import NEVER, plain
from index.passages import role_bits
from index.words import words_as_printed

_NOTHING = "number < 0"
_ANYTHING = "number >= 0"
_WORDS_HERE = 'stems != ""'  # of a passage without words they are blanks
_ROLE_SETS = range(role_bits(Role) + 1)
_LONG = 64  # numbers in a row that are told by the first and the last
_MOST_RUNS = 16


def visible(generation: int, removed: Mapping[int, Collection[int]]) -> str:
    """The rows of a generation: those written up to it, less the documents that each one up to it removed."""
    parts = [f"born <= {generation}"]
    parts += [
        f"not (({among('document', documents)}) and born < {at})"
        for at, documents in sorted(removed.items())
        if at <= generation and documents
    ]
    return " and ".join(parts)


def written_since(generation: int) -> str:
    """The rows of passages that were written for a generation or for one after it."""
    return f"born >= {generation} and born < {NEVER}"


def filtered(where: PassageFilter) -> list[str]:
    """What a filter asks for; a part that finds nothing, where it leaves nothing."""
    parts = []
    if where.documents is not None:
        parts.append(among("document", where.documents))
    if where.roles is not None:
        wanted = role_bits(where.roles)
        sets = [roles for roles in _ROLE_SETS if roles & wanted]
        parts.append(f"roles in {sets}" if sets else _NOTHING)
    return parts


def among(field: str, numbers: Collection[int]) -> str:
    """What it takes to have one of some numbers; the longest runs of them are told by their ends.

    A server reads an expression number by number, and documents that belong together were mostly taken in
    together. Each run costs a look at every row, so only few are told so.
    """
    long = [run for run in _runs(sorted(numbers)) if len(run) >= _LONG]
    told = sorted(sorted(long, key=len)[-_MOST_RUNS:], key=lambda run: run.start)
    others = sorted(set(numbers).difference(*told))
    ranges = [f"{field} >= {run.start} and {field} < {run.stop}" for run in told]
    return _any([*ranges, *([f"{field} in {others}"] if others else [])])


def worded(
    words: Sequence[Collection[str]], condition: TermCondition | None, long: Sequence[str] | None
) -> list[str]:
    """What it takes to have one indexed term at least of each word and to meet a condition.

    `long` has the keys of the rows that do and have their words elsewhere
    (`index.milvus.long_passages`), None where no row has.
    """
    parts = [_any(_with("stems", text) for text in alike) for alike in having_texts(words)]
    parts += [] if condition is None else [meeting(condition)]
    if long is None or not parts:
        return parts
    here = all_of([_WORDS_HERE, *parts])
    return [_any([here, f"row in {json.dumps(sorted(long))}"] if long else [here])]


def meeting(condition: TermCondition) -> str:
    """What it takes to meet a condition."""
    match condition:
        case Word() | Phrase():
            return _any(_with("words", text) for text in phrase_texts(condition))
        case Not(part):
            return f"not ({meeting(part)})"
        case AllOf(parts):
            return " and ".join(f"({meeting(part)})" for part in parts) or _ANYTHING
        case AnyOf(parts):
            return _any(map(meeting, parts))


def having_texts(words: Sequence[Collection[str]]) -> list[list[str]]:
    """For each word the texts of which one must be in the stems of a row."""
    return [[f" {plain(stem)} " for stem in sorted(alike)] for alike in words]


def phrase_texts(condition: Word | Phrase) -> list[str]:
    """The texts of which one must be in the words of a row; none, where no row meets the condition."""
    words = words_as_printed(condition.text)
    match condition:
        case Word() if len(words) == 1:
            return [f" {plain(form)} " for form in sorted(singular_and_plural(words[0]))]
        case Phrase(begins=True):
            end = ""
        case _:  # "re-admission" is two words that stand together
            end = " "
    return [f" {' '.join(map(plain, words))}{end}"] if words else []


def all_of(parts: Iterable[str]) -> str:
    """Several expressions joined by `and`."""
    return " and ".join(f"({part})" for part in parts)


def _runs(numbers: Iterable[int]) -> Iterator[range]:
    """Ascending numbers by those that follow each other without a gap."""
    for _, placed in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        run = [number for _, number in placed]
        yield range(run[0], run[-1] + 1)


def _with(field: str, text: str) -> str:
    return f'{field} like "%{text}%"'


def _any(parts: Iterable[str]) -> str:
    return " or ".join(f"({part})" for part in parts) or _NOTHING
