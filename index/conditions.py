"""What words a passage must have, or must not: the conditions that a query sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

OPERATORS = frozenset({"AND", "OR", "NOT"})
"""The words that join conditions; in capitals only, since in a sentence they are words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, in singular or plural; several with a hyphen stand together."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as printed, one after another; with `begins` the last is the beginning of a word."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of several conditions."""

    parts: tuple[TermCondition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of several conditions."""

    parts: tuple[TermCondition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: TermCondition


TermCondition = Word | Phrase | AllOf | AnyOf | Not


def all_of(parts: Sequence[TermCondition]) -> TermCondition:
    """Several conditions joined by AND, in one level."""
    joined = [inner for part in parts for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    return joined[0] if len(joined) == 1 else AllOf(tuple(joined))


def any_of(parts: Sequence[TermCondition]) -> TermCondition:
    """Several conditions joined by OR, in one level."""
    joined = [inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,))]
    return joined[0] if len(joined) == 1 else AnyOf(tuple(joined))


def required(condition: TermCondition) -> Iterator[Word | Phrase]:
    """The words and phrases that a condition asks for, those it excludes left out, in order."""
    return (leaf for leaf, excluded in _leaves(condition, excluded=False) if not excluded)


def excludes(condition: TermCondition) -> bool:
    """Whether a condition excludes anything."""
    return any(excluded for _, excluded in _leaves(condition, excluded=False))


def described(condition: TermCondition) -> str:
    """A condition as it can be typed; `index.query_syntax` reads the same one from it."""
    # a word by itself binds with its sign only
    return f"+{condition.text}" if isinstance(condition, Word) else _typed(condition)


def _leaves(condition: TermCondition, *, excluded: bool) -> Iterator[tuple[Word | Phrase, bool]]:
    if isinstance(condition, Not):
        yield from _leaves(condition.part, excluded=not excluded)
    elif isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from _leaves(part, excluded=excluded)
    else:
        yield condition, excluded


def _typed(condition: TermCondition) -> str:
    match condition:
        case Word(text):
            return text
        case Phrase(text, begins):
            return f"“{text}{'*' if begins else ''}”"
        case AllOf(parts):
            # OR binds less than AND and needs its brackets
            return " AND ".join(f"({_typed(p)})" if isinstance(p, AnyOf) else _typed(p) for p in parts)
        case AnyOf(parts):
            return " OR ".join(map(_typed, parts))
        case Not(part):
            return f"NOT ({_typed(part)})" if isinstance(part, AllOf | AnyOf | Not) else f"NOT {_typed(part)}"
