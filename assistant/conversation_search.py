"""The conversations that hold some words, by SQLite's full-text index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
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
