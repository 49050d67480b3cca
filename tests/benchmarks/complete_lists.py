"""Complete lists: how long they take beside a search and beside reading every paragraph, and what they miss.

python -m tests.benchmarks.complete_lists [DATA FOLDER] [--passages N] [--real N] [--json]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answer import AskRequest, Filters
from assistant.collection_question import read_collection_question
from assistant.complete_list import CompleteList, complete_list
from assistant.counted_words import CountedWords
from assistant.exhaustive import read_exhaustive
from assistant.scope import scope_of
from assistant.service import Assistant
from index.collection import Collection as Documents
from index.conditions import TermCondition
from index.embedded import EmbeddedEngine, EmbeddedSearcher
from index.embedding import SentenceTransformerEncoder
from index.engine import PassageFilter, Query, Searcher
from index.model_files import find_model
from index.vector_cache import VectorCache
from index.word_forms import word_forms
from tests.benchmarks.scale_corpus import PARAGRAPHS, Corpus, real_passages, states, store
from tests.benchmarks.table import share, show

_TOPICS = ("albinism", "corporal punishment", "sign language", "training", "education", "disabilities")
_LIMIT = 80  # passages that an ordinary question asks of the engine
_ROUNDS = 5


def main() -> None:
    """List words of growing frequency in a collection of real sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--real", type=int, default=1_000, help="real passages that others are made of")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    encoder = SentenceTransformerEncoder(find_model())
    with TemporaryDirectory(prefix="pilcrow-lists-") as folder:
        home = Path(folder)
        made = Documents(home, EmbeddedEngine(home / "index"), lambda _precision: encoder)
        with closing(made) as collection:
            _fill(collection, encoder, given.data, given.passages, given.real)
            rows = [_measured(Assistant(collection), encoder, topic) for topic in _TOPICS]
    show("Questions that ask for no list, and are taken for one", [*_taken(given.data)], as_json=given.json)
    show(f"Complete lists over {given.passages:,} paragraphs, p50 in ms", rows, as_json=given.json)


def _taken(data: Path) -> Iterator[dict[str, Any]]:
    """How many ordinary questions are taken for ones about all there is, or about the collection."""
    for name, path, texts_of in (
        ("MTRAG-UN", "mtrag_un/turns.jsonl", _turns),
        ("CLAPnq", "clapnq/answerable.jsonl", _question),
        ("CLAPnq, unanswerable", "clapnq/unanswerable.jsonl", _question),
        ("SQuAD v2", "squad_v2/questions.jsonl", _question),
        ("ObliQA", "obliqa/questions_dev.jsonl", _question),
    ):
        lines = (data / "eval" / path).read_text(encoding="utf-8").splitlines()
        texts = [text for line in lines for text in texts_of(json.loads(line))]
        yield {
            "questions": name,
            "asked": len(texts),
            "for a list": sum(read_exhaustive(text) is not None for text in texts),
            "about the collection": sum(read_collection_question(text) is not None for text in texts),
        }


def _turns(row: dict[str, Any]) -> list[str]:
    return [turn["text"] for turn in row["turns"] if turn["role"] == "user"]


def _question(row: dict[str, Any]) -> list[str]:
    return [row["question"]]


def _fill(
    collection: Documents, encoder: SentenceTransformerEncoder, data: Path, passages: int, real: int
) -> None:
    cache = VectorCache(collection.home / "vectors.db")
    corpus = Corpus(real_passages(data, encoder, cache, real), states(data))
    with collection.catalog.snapshot() as snapshot:
        first = snapshot.next_document_id
    for texts, vectors in store(corpus, collection.catalog, first, passages // PARAGRAPHS):
        cache.put(texts, vectors, encoder.identity)
    collection.rebuild()


def _measured(assistant: Assistant, encoder: SentenceTransformerEncoder, topic: str) -> dict[str, Any]:
    """One topic: the index's list, a search for it, the whole answer, and reading all there is."""
    query = Query(topic, (), encoder.encode_queries([topic])[0])
    with assistant.collection.view() as view:
        assert view.searcher is not None
        scope = scope_of(view.holdings, Filters())

        def listed(searcher: Searcher) -> CompleteList:
            return complete_list(view.snapshot, searcher, scope, CountedWords([topic], word_forms()))

        found, all_read = listed(view.searcher), listed(_Everything(view.searcher))
        reading = _p50(partial(listed, _Everything(view.searcher)))
        sought = next(CountedWords([topic], word_forms()).searched())
        listing = _p50(partial(view.searcher.all_having, sought, PassageFilter()))
        search = _p50(partial(view.searcher.search, query, PassageFilter(), _LIMIT))
    request = AskRequest(question=f"every paragraph that mentions {topic}", store=False)
    answer = _p50(partial(assistant.ask, request))
    return {
        "words": topic,
        "paragraphs": len(found.paragraphs),
        "missed": len(all_read.paragraphs) - len(found.paragraphs),
        "index, list": listing,
        "index, search": search,
        "list / search": listing / search,
        "answer": answer,
        "reading all": reading,
        "answer / reading all": answer / reading,
    }


class _Everything(EmbeddedSearcher):
    """A searcher that lists every passage, so that each paragraph is read."""

    def __init__(self, searcher: Searcher) -> None:
        assert isinstance(searcher, EmbeddedSearcher)
        super().__init__(searcher.record, searcher.dense, searcher.lexical)

    def all_having(
        self,
        words: Sequence[Collection[str]],
        where: PassageFilter,
        condition: TermCondition | None = None,
    ) -> list[int]:
        """All of them."""
        return super().all_having((), where)


def _p50(work: Callable[[], object]) -> float:
    """The milliseconds that a piece of work takes, once it is warm."""
    taken = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return share(taken, 50)


if __name__ == "__main__":
    main()
