"""The conversations that hold some words, by SQLite's full-text index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, literal_column, select, union_all

from assistant.conversation_tables import conversations, turns, words

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 32  # each is a query of its own, of which SQLite joins up to 500


def words_of(text: str) -> list[str]:
    """The words of a text, each once: nothing in them means anything to the index but themselves."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return list(dict.fromkeys(_WORD.findall(folded)))[:_MOST_WORDS]


def having(wanted: Sequence[str], owner: str | None) -> Select[Any]:
    """An owner's conversations with each of some words, or words that begin with it; the best first.

    A word counts more in a title than in a question, and more there than in an answer.
    """
    each = union_all(*map(_best, wanted)).subquery()
    ranked = (
        select(each.c.conversation_id, func.sum(each.c.rank).label("rank"))
        .group_by(each.c.conversation_id)
        .having(func.count() == len(wanted))
        .subquery()
    )
    found = select(conversations).join(ranked, ranked.c.conversation_id == conversations.c.id)
    found = found.where(conversations.c.owner == owner)
    return found.order_by(ranked.c.rank, conversations.c.last_turn.desc())


def turns_saying(wanted: Sequence[str], conversation_ids: Collection[str]) -> Select[Any]:
    """The turns of some conversations whose question or answer has some of the words, with how many."""
    said = [_saying(word, conversation_ids) for word in wanted]
    each = union_all(*said).subquery()
    found = select(each.c.conversation_id, each.c.number, func.count().label("words"))
    return found.group_by(each.c.conversation_id, each.c.number).order_by(each.c.number)


def most_said(turns_with_counts: Iterable[tuple[str, int, int]]) -> dict[str, tuple[int, ...]]:
    """Of each conversation the turns that say most of the words, from those that say some."""
    counted: dict[str, dict[int, int]] = {}
    for conversation_id, number, count in turns_with_counts:
        counted.setdefault(conversation_id, {})[number] = count
    return {
        conversation_id: tuple(number for number, count in said.items() if count == max(said.values()))
        for conversation_id, said in counted.items()
    }


def _saying(word: str, conversation_ids: Collection[str]) -> Select[Any]:
    # the title is indexed with the first turn, which need not say its words
    matched = literal_column(words.name).op("MATCH")(f'{{question answer}} : "{word}"*')
    found = select(turns.c.conversation_id, turns.c.number).join_from(
        words, turns, turns.c.id == words.c.rowid
    )
    return found.where(matched, turns.c.conversation_id.in_(conversation_ids))


def _best(word: str) -> Select[Any]:
    """The conversations that have a word, with the rank of the turn that speaks of it most."""
    matched = literal_column(words.name).op("MATCH")(f'"{word}"*')
    found = (
        select(turns.c.conversation_id, words.c.rank)
        .join_from(words, turns, turns.c.id == words.c.rowid)
        .where(matched)
        .subquery()  # the rank is not to be had inside an aggregate
    )
    rank = func.min(found.c.rank).label("rank")  # SQLite's BM25 is negative: the smaller the better
    return select(found.c.conversation_id, rank).group_by(found.c.conversation_id)
