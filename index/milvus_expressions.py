"""Filters and conditions on words as expressions of Milvus.

Words in them are letters and digits only (`index.milvus_rows.plain`), so nothing that is typed is read as
an expression. Words stand between blanks, so `LIKE` finds phrases of whole words, and beginnings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from corpus.model import Role
from index.condition_query import singular_and_plural
from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word
from index.engine import PassageFilter
from index.milvus_rows import NEVER, plain
from index.passages import role_bits
from index.words import words_as_printed

_NOTHING = "number < 0"
_ANYTHING = "number >= 0"
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


def having(words: Sequence[Collection[str]]) -> list[str]:
    """What it takes to have one indexed term at least of each word."""
    return [_any(f'stems like "% {plain(stem)} %"' for stem in sorted(alike)) for alike in words]


def meeting(condition: TermCondition) -> str:
    """What it takes to meet a condition."""
    match condition:
        case Word(text):
            words = words_as_printed(text)
            if len(words) != 1:  # "re-admission" is two words that stand together
                return _phrase(words)
            return _any(_phrase([form]) for form in sorted(singular_and_plural(words[0])))
        case Phrase(text, begins):
            return _phrase(words_as_printed(text), begins=begins)
        case Not(part):
            return f"not ({meeting(part)})"
        case AllOf(parts):
            return " and ".join(f"({meeting(part)})" for part in parts) or _ANYTHING
        case AnyOf(parts):
            return _any(map(meeting, parts))


def all_of(parts: Iterable[str]) -> str:
    """Several expressions joined by `and`."""
    return " and ".join(f"({part})" for part in parts)


def _runs(numbers: Iterable[int]) -> Iterator[range]:
    """Ascending numbers by those that follow each other without a gap."""
    for _, placed in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        run = [number for _, number in placed]
        yield range(run[0], run[-1] + 1)


def _phrase(words: Sequence[str], *, begins: bool = False) -> str:
    if not words:
        return _NOTHING
    return f'words like "% {" ".join(map(plain, words))}{"" if begins else " "}%"'


def _any(parts: Iterable[str]) -> str:
    return " or ".join(f"({part})" for part in parts) or _NOTHING
