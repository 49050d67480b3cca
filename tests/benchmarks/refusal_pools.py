"""Public sets of answerable and unanswerable questions, each with the passages of all its questions.

CLAPnq and SQuAD 2.0 ask of one passage, MTRAG-UN of a conversation, of which the last turn is put as it
stands. The nearest passages are searched among all of the set, and none has a heading or a context line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.query import query_for
from assistant.question import clean, read_question
from assistant.refusal import Judge
from assistant.retrieval import Hit
from corpus.model import DocumentHeader, Paragraph, Source
from index.embedded import EmbeddedEngine
from index.embedding import SentenceTransformerEncoder
from index.engine import PassageFilter
from index.fusion import fuse
from index.model_files import find_model
from index.passages import Passage, PassageKey
from index.vocabulary import vocabulary
from tests.benchmarks.refusal_evidence import SHIPPED, Asked, K
from tests.benchmarks.refusal_questions import Labelled

_SQUAD = 8  # every how many of the questions is asked
_LONGEST = 2000
_HEADER = DocumentHeader(
    1, "", "", "", None, None, (), None, None, None, "en", "final", Source("passages", "0" * 64), 0, True
)


@dataclass(frozen=True)
class Pool:
    """Questions on passages."""

    texts: Sequence[str]
    questions: Sequence[Labelled]


def pools(data: Path, folder: Path) -> dict[str, list[Asked]]:
    """What speaks for an answer to the questions of each set, by its name."""
    encoder = SentenceTransformerEncoder(find_model())
    named = {"CLAPnq": _clapnq, "MTRAG-UN": _mtrag, "SQuAD 2.0": _squad}
    return {name: list(_asked(read(data / "eval"), folder / name, encoder)) for name, read in named.items()}


def _asked(pool: Pool, folder: Path, encoder: SentenceTransformerEncoder) -> Iterator[Asked]:
    keys = [PassageKey(_HEADER.id, place) for place in range(len(pool.texts))]
    passages = [Passage(key, "", "", "", text, ()) for key, text in zip(keys, pool.texts, strict=True)]
    engine = EmbeddedEngine(folder)
    vectors = encoder.encode_passages([passage.embedded_text for passage in passages])
    engine.build(1, base=None, add=[(passages, vectors)], remove=(), encoder=encoder.identity)
    searcher = engine.open(1)
    for question in pool.questions:
        read = read_question(clean(question.text, _LONGEST))
        query = query_for(read.topic, read.read, searcher, encoder, vocabulary())
        found = fuse(searcher.search(query, PassageFilter(), K))[:K]
        hits = [_hit(pool.texts, one.passage, one.score, one.dense, one.lexical) for one in found]
        judge = Judge(read, (), hits, (), searcher, vocabulary())
        supports = [support for hit in hits if not (support := judge.support(hit, hit.dense)).missing]
        features = [{name: float(getattr(support, name)) for name in SHIPPED} for support in supports]
        yield Asked(question, supports, features)


def _hit(texts: Sequence[str], number: int, score: float, dense: float, lexical: float) -> Hit:
    place = PassageKey.from_int(number).ordinal
    paragraph = Paragraph(
        str(place), str(place), f"para_{place}", place, (), texts[place], 0, len(texts[place])
    )
    return Hit(_HEADER, paragraph, paragraph, (), score, dense, lexical)


def _rows(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _clapnq(folder: Path) -> Pool:
    rows = {
        answerable: _rows(folder / "clapnq" / f"{name}.jsonl")
        for name, answerable in (("answerable", True), ("unanswerable", False))
    }
    questions = [
        Labelled("CLAPnq", row["question"], answerable, False)
        for answerable, some in rows.items()
        for row in some
    ]
    return Pool(list(dict.fromkeys(row["text"] for some in rows.values() for row in some)), questions)


def _mtrag(folder: Path) -> Pool:
    turns = _rows(folder / "mtrag_un" / "turns.jsonl")
    questions = [
        Labelled("MTRAG-UN", row["turns"][-1]["text"], row["answerability"] == "ANSWERABLE", False)
        for row in turns
        if row["answerability"] in ("ANSWERABLE", "UNANSWERABLE")
    ]
    return Pool([row["text"] for row in _rows(folder / "mtrag_un" / "passages.jsonl")], questions)


def _squad(folder: Path) -> Pool:
    questions = [
        Labelled("SQuAD 2.0", row["question"], row["answerable"], False)
        for row in _rows(folder / "squad_v2" / "questions.jsonl")[::_SQUAD]
    ]
    return Pool([row["text"] for row in _rows(folder / "squad_v2" / "paragraphs.jsonl")], questions)
