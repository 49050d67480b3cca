"""Pilcrow's turn in `tests.benchmarks.rival`: index the documents of a home anew, answer the questions.

python -m tests.benchmarks.rival_pilcrow JOB.json RESULT.json
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from assistant.answer import SearchRequest
from assistant.service import Assistant
from assistant.settings import load_settings
from corpus.pinpoint import Pinpoint
from index.embedded import EmbeddedEngine
from index.passages import passages_of
from tests.benchmarks.crpd import Place
from tests.benchmarks.memory import resident_mib


def main() -> None:
    """Time what `Collection` does with documents it has read: encode passages, write an index."""
    task, result = map(Path, sys.argv[1:])
    job = json.loads(task.read_text(encoding="utf-8"))
    with closing(Assistant.open(load_settings(home=Path(job["home"])))) as assistant:
        assistant.warm_up()
        seconds, cpu = index(assistant)
        found, times = [], []
        busy = time.process_time()
        for question in job["questions"]:
            began = time.perf_counter()
            found.append(search(assistant, question, job["first"]))
            times.append(1000 * (time.perf_counter() - began))
        query_cpu = time.process_time() - busy
    answered = {
        "index_seconds": seconds,
        "index_cpu_seconds": cpu,
        "query_cpu_seconds": query_cpu,
        "found": found,
        "query_ms": times,
        "resident_mib": resident_mib()["this process, MiB"],
    }
    result.write_text(json.dumps(answered), encoding="utf-8")


def index(assistant: Assistant) -> tuple[float, float]:
    """Seconds, and seconds of processor time, to encode every passage and write an index elsewhere."""
    with assistant.collection.catalog.snapshot() as snapshot:
        documents = [(h.id, snapshot.document(h.id)) for h in snapshot.headers(searched_only=True)]
    encoder = assistant.collection.encoder
    with tempfile.TemporaryDirectory() as folder:
        began, busy = time.perf_counter(), time.process_time()
        passages = [passage for number, document in documents for passage in passages_of(number, document)]
        vectors = encoder.encode_passages([passage.embedded_text for passage in passages])
        engine = EmbeddedEngine(Path(folder))
        engine.build(1, base=None, add=[(passages, vectors)], remove=(), encoder=encoder.identity)
        return time.perf_counter() - began, time.process_time() - busy


def search(assistant: Assistant, question: str, first: int) -> list[Place]:
    """The paragraphs found, best first."""
    passages = assistant.search(SearchRequest(query=question, k=first)).passages
    hits = [passage for passage in passages if passage.relation == "hit"]
    return [(passage.symbol, Pinpoint.parse(passage.pinpoint).label) for passage in hits]


if __name__ == "__main__":
    main()
