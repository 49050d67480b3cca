"""Questions put to several States or editions at once: each is searched by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import FilterKind
from assistant.question import Question
from assistant.scope import Scope
from corpus.holdings import Holdings

_MOST = 6
"""States or years that are searched one by one; of more, all are searched together."""

_ENDS = 2  # years of a range that is no longer than its first and last


@dataclass(frozen=True)
class Part:
    """One of the States or years that a question sets beside each other, with its documents."""

    name: str
    scope: Scope


def parts_of(scope: Scope, holdings: Holdings) -> list[Part]:
    """The States, or else the years, that a question is put to one by one; one part without a name where
    there is nothing to set apart.
    """
    kinds: tuple[tuple[FilterKind, Callable[[str], frozenset[int]]], ...] = (
        ("state", holdings.on_state),
        ("year", lambda year: holdings.on_year(int(year))),
    )
    for kind, on in kinds:
        values = _apart(scope, kind)
        documents = {value: on(value) for value in values}
        if 1 < len(set(documents.values())) == len(values) <= _MOST:
            return [
                Part(value, replace(scope, narrowed=True, headers=headers))
                for value in values
                if (headers := tuple(h for h in scope.headers if h.id in documents[value]))
            ]
    return [Part("", scope)]


def not_held_beside(question: Question, scope: Scope) -> tuple[str, ...]:
    """The States a question names beside held ones that nothing is held on."""
    if not any(i.kind == "state" for i in scope.inferred):
        return ()
    dropped = [a.value for a in scope.applied if a.kind == "state" and a.dropped]
    return tuple(value for value in dropped if value in question.names)


def without_names(question: Question, names: Sequence[str]) -> Question:
    """The question without some of the names in it."""
    return replace(question, names=tuple(name for name in question.names if name not in names))


def _apart(scope: Scope, kind: FilterKind) -> list[str]:
    """The values of a kind that hold and that are named apart: a range of years is one thing."""
    values = scope.values(kind)
    if kind == "year":
        spans = [i.spans for i in scope.inferred if i.kind == "year"]
        if len(set(spans)) != len(values) > _ENDS:
            return []
    return list(values)
