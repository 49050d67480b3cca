"""Retrieval for the last turns of MTRAG-UN's dialogues: as typed, as rewritten, and beside turns before.

python -m tests.benchmarks.follow_ups [DATA FOLDER] [--vectors FILE] [--examples N] [--json]

All passages of the data are searched by Pilcrow's own engine and fusion, titles as their context. Every
way of asking is tried on the same last turns, those with passages that answer them and turns before.
Recall is the mean share of a turn's passages among the first five and ten; nDCG is with gains of 0 and 1.
The data hold no rewrites by people: the last turn beside the last one that was answered is what a rule
without any understanding does, and all turns together hold everything that was said.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from assistant.conversation import stand_alone_text
from assistant.query import query_for
from assistant.question import clean, read_question
from corpus.holdings import Holdings
from index.embedded import EmbeddedEngine, EmbeddedSearcher
from index.embedding import Encoder, SentenceTransformerEncoder
from index.engine import PassageFilter
from index.model_files import find_model
from index.passages import Passage, PassageKey
from index.vector_cache import VectorCache
from index.vocabulary import vocabulary
from tests.benchmarks.mtrag import Dialogue, read_mtrag
from tests.benchmarks.obliqa import CANDIDATES, KeptQueries, by_pilcrow, recall
from tests.benchmarks.table import show

_DRAWS = 2000  # of the bootstrap
_LONGEST = 100_000  # characters; all turns of a dialogue together are longer than a question may be

Asked = Callable[[Dialogue], str]


def last_turn(dialogue: Dialogue) -> str:
    """The question as it was typed."""
    return dialogue.turns[-1]


def rewritten(dialogue: Dialogue) -> str:
    """The question as Pilcrow makes it stand alone, knowing of no documents."""
    return stand_alone_text(dialogue.turns, Holdings(()))


def beside_answered(dialogue: Dialogue) -> str:
    """The last turn before it that was answered, and the question."""
    return f"{dialogue.before} {dialogue.turns[-1]}"


def all_turns(dialogue: Dialogue) -> str:
    """Everything the user said."""
    return " ".join(dialogue.turns)


WAYS: dict[str, Asked] = {
    "last turn as typed": last_turn,
    "rewritten": rewritten,
    "beside the last answered turn": beside_answered,
    "all turns": all_turns,
}


def ndcg(found: Sequence[int], right: frozenset[int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002) with gains of 0 and 1."""
    gained = sum(1 / math.log2(rank + 1) for rank, one in enumerate(found[:depth], 1) if one in right)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(right), depth) + 1))
    return gained / best


def main() -> None:
    """Print each way of asking, for all dialogues and by their kind, then what rewriting changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared"))
    kept = Path(tempfile.gettempdir()) / "pilcrow-mtrag.db"
    parser.add_argument("--vectors", type=Path, default=kept, help="where vectors are kept")
    parser.add_argument("--examples", type=int, default=0, help="print this many rewritten questions")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    shown = partial(show, as_json=given.json)
    data = read_mtrag(given.data / "eval" / "mtrag_un")
    encoder, cache = SentenceTransformerEncoder(find_model()), VectorCache(given.vectors)
    with tempfile.TemporaryDirectory() as folder:
        searcher = _searcher(data.passages, encoder, cache, Path(folder))
        asking = KeptQueries(encoder, cache)
        found = {
            name: [_found(searcher, asking, way(dialogue)) for dialogue in data.dialogues]
            for name, way in WAYS.items()
        }
    title = f"MTRAG-UN, {len(data.dialogues)} last turns over {len(data.passages)} passages"
    shown(title, list(_rows(data.dialogues, found)))
    shown("By kind of turn and whether it is answered wholly, recall@5", _kinds(data.dialogues, found))
    shown("Rewritten against as typed, recall@5", [_gain(data.dialogues, found)])
    for dialogue in data.dialogues[: given.examples]:
        print(f"\n{' | '.join(dialogue.turns[-3:])}\n  -> {rewritten(dialogue)}")


def _searcher(
    passages: Sequence[Passage], encoder: Encoder, cache: VectorCache, folder: Path
) -> EmbeddedSearcher:
    texts = [passage.embedded_text for passage in passages]
    vectors = cache.vectors(texts, encoder.identity, lambda: encoder)
    engine = EmbeddedEngine(folder)
    engine.build(1, base=None, add=[(passages, vectors)], remove=(), encoder=encoder.identity)
    return engine.open(1)


def _found(searcher: EmbeddedSearcher, encoder: Encoder, text: str) -> list[int]:
    """Positions of the passages found, best first, as `pilcrow search` ranks them."""
    read = read_question(clean(text, _LONGEST))
    query = query_for(read.topic, read.read, searcher, encoder, vocabulary())
    candidates = searcher.search(query, PassageFilter(), CANDIDATES)
    return [PassageKey.from_int(number).ordinal for number in by_pilcrow(candidates)]


Found = dict[str, list[list[int]]]


def _rows(dialogues: Sequence[Dialogue], found: Found) -> Iterator[dict[str, Any]]:
    for name, rankings in found.items():
        yield {
            "asked": name,
            "recall@5": _mean(_recalls(dialogues, rankings, 5)),
            "recall@10": _mean(_recalls(dialogues, rankings, 10)),
            "nDCG@10": _mean([ndcg(r, d.right) for d, r in zip(dialogues, rankings, strict=True)]),
        }


def _kinds(dialogues: Sequence[Dialogue], found: Found) -> list[dict[str, Any]]:
    rows = []
    for kind in dict.fromkeys((d.kind, d.answerability) for d in dialogues):
        chosen = [i for i, d in enumerate(dialogues) if (d.kind, d.answerability) == kind]
        some = [dialogues[i] for i in chosen]
        row: dict[str, Any] = {"kind": ", ".join(kind), "turns": len(chosen)}
        for name, rankings in found.items():
            row[name] = _mean(_recalls(some, [rankings[i] for i in chosen], 5))
        rows.append(row)
    return rows


def _gain(dialogues: Sequence[Dialogue], found: Found) -> dict[str, Any]:
    """How many turns rewriting helps and harms, and the mean gain with a 95 % bootstrap interval."""
    typed, changed = (_recalls(dialogues, found[name], 5) for name in ("last turn as typed", "rewritten"))
    gains = [after - before for before, after in zip(typed, changed, strict=True)]
    chance = random.Random(0)
    means = sorted(_mean(chance.choices(gains, k=len(gains))) for _ in range(_DRAWS))
    return {
        "rewritten": sum(rewritten(d) != last_turn(d) for d in dialogues),
        "better": sum(gain > 0 for gain in gains),
        "worse": sum(gain < 0 for gain in gains),
        "gain": _mean(gains),
        "from": means[int(0.025 * _DRAWS)],
        "to": means[int(0.975 * _DRAWS)],
    }


def _recalls(dialogues: Sequence[Dialogue], rankings: Sequence[Sequence[int]], depth: int) -> list[float]:
    return [recall(r[:depth], d.right) for d, r in zip(dialogues, rankings, strict=True)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
