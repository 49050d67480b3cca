"""Questions about the collection itself: which documents are held, on which States, from which years.

Such a question has no other words than those for documents and for having them, besides the names of
States, committees, treaties and years. "Which documents should the State publish?" has others, and
asks about something in the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import FilterKind
from assistant.editions import all_years
from corpus.organs import find_committees, find_instruments
from corpus.places import find_adjectives, find_states
from corpus.symbol import Symbol

Wanted = Literal["documents", "states", "committees", "instruments", "years", "languages"]


@dataclass(frozen=True)
class CollectionQuestion:
    """What a question asks about the collection, and how it names the documents that are meant.

    `names` are States, committees, treaties and symbols; `years` is the part of the text that names
    years, empty where none does. `counts` says that it asks how many there are.
    """

    wanted: Wanted
    names: tuple[tuple[FilterKind, str], ...]
    years: str
    counts: bool


_DOCUMENTS = frozenset(
    "document documents observation observations report reports file files text texts source sources"
    " review reviews pdf pdfs paragraphs".split()
)
_OTHERS: tuple[tuple[Wanted, frozenset[str]], ...] = (
    ("states", frozenset("states countries nations".split())),
    ("committees", frozenset("committees bodies".split())),
    ("instruments", frozenset("treaties conventions instruments".split())),
    ("years", frozenset("year years dates periods".split())),
    ("languages", frozenset("languages".split())),
)
# What says that it is about having them.
_HAVING = frozenset(
    "have has hold holds held holding there available cover covers covered covering coverage contain"
    " contains include includes included list lists listed exist exists know knows loaded indexed stored"
    " ingested collection corpus database library holdings here searched searchable".split()
)
# What speaks to Pilcrow or of the collection, even where no document is mentioned.
_OF_THE_COLLECTION = frozenset(
    "anything something you your cover covers covered coverage collection corpus database library held"
    " holdings indexed loaded ingested searched pilcrow".split()
)
_COLLECTION = frozenset({"collection", "corpus", "database", "library"})
_BESIDE = frozenset(
    "a an the all any every each other more what which whats how many much number count total of on"
    " about for from in by under with to at as and or also else do does did you your yours we us i me my"
    " can could would see show tell give get find name is are was were be been it its this that these"
    " those pilcrow concluding kind kinds sort sorts type types adopted issued published dated since"
    " between until after before up currently now please just only ones one different exactly regarding"
    " concerning relating full complete search use parties".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+")
_COUNTS = re.compile(r"\b(?:how\s+many|number\s+of|count)\b", re.IGNORECASE)
# "documents on Kenya", "which committees?": what is asked for and nothing else.
_BARE = re.compile(
    r"\W*(?:(?:show|give|get|find|me|us|and|which|what|all|the|list\s+of)\s+)*(?:documents"
    r"|(?:concluding\s+)?observations|states|countries|committees|treat(?:y|ies)|conventions|years"
    r"|languages)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(r"\btreaty\s+bod(?:y|ies)\b", re.IGNORECASE)


def read_collection_question(text: str) -> CollectionQuestion | None:
    """What a question asks about the collection, None where it asks about something else."""
    names = list(_names(text))
    years = [span for _, span in all_years(text, ())]
    rest = _BODIES.sub("committees", _blanked(text, [*(span for _, span in names), *years]))
    words = [w.lower().replace("’", "'").removesuffix("'s") for w in _WORD.findall(rest)]
    if not all(_kind(word) or word in _HAVING | _OF_THE_COLLECTION | _BESIDE for word in words):
        return None
    counts = bool(_COUNTS.search(rest))
    wanted = _wanted(words, named=bool(names))
    having = not _HAVING.isdisjoint(words) or (counts and wanted in ("documents", "states", "committees"))
    if wanted is None or not (having or _BARE.match(rest)) or ("paragraphs" in words and not counts):
        return None
    named = tuple(dict.fromkeys(name for name, _ in names))
    return CollectionQuestion(wanted, named, " ; ".join(text[start:end] for start, end in years), counts)


def _wanted(words: Sequence[str], *, named: bool) -> Wanted | None:
    """What is asked for: what is mentioned first, or documents where that is meant: "is Kenya covered?"."""
    mentioned = next((kind for word in words if (kind := _kind(word))), None)
    if mentioned is not None or _OF_THE_COLLECTION.isdisjoint(words):
        return mentioned
    return "documents" if named or not _COLLECTION.isdisjoint(words) else None


def _kind(word: str) -> Wanted | None:
    if word in _DOCUMENTS:
        return "documents"
    return next((kind for kind, known in _OTHERS if word in known), None)


def _names(text: str) -> Iterator[tuple[tuple[FilterKind, str], tuple[int, int]]]:
    """The names of documents' attributes in a text, each with where it stands; none inside another."""
    found: list[tuple[FilterKind, str, int, int]] = [
        *(("symbol", str(symbol), start, end) for symbol, start, end in Symbol.find_all(text)),
        *(("committee", *entry) for entry in find_committees(text)),
        *(("instrument", *entry) for entry in find_instruments(text)),
        *(("state", *entry) for entry in find_states(text)),
        *(("state", *entry) for entry in find_adjectives(text)),
    ]
    taken: list[tuple[int, int]] = []
    for kind, value, start, end in found:
        if not any(start < other_end and other < end for other, other_end in taken):
            taken.append((start, end))
            yield (kind, value), (start, end)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
