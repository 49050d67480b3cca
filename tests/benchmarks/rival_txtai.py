"""The turn of txtai in `tests.benchmarks.rival`; it runs in an environment of its own.

python rival_txtai.py JOB.json RESULT.json

It imports nothing of Pilcrow, and Pilcrow nothing of it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Index the rows with hybrid search and the defaults otherwise, then answer the questions."""
    task, result = map(Path, sys.argv[1:])
    job = json.loads(task.read_text(encoding="utf-8"))
    embeddings = import_module("txtai").Embeddings(path=job["model"], hybrid=True)
    places = [place for place, _ in job["rows"]]
    embeddings.batchtransform(["¶"])  # the model is loaded
    with tempfile.TemporaryDirectory() as folder:
        began, busy = time.perf_counter(), time.process_time()
        embeddings.index([(number, text, None) for number, (_, text) in enumerate(job["rows"])])
        embeddings.save(f"{folder}/index")
        seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    found, times = [], []
    busy = time.process_time()
    for question in job["questions"]:
        began = time.perf_counter()
        found.append([places[number] for number, _ in embeddings.search(question, job["first"])])
        times.append(1000 * (time.perf_counter() - began))
    answered = {
        "index_seconds": seconds,
        "index_cpu_seconds": cpu,
        "query_cpu_seconds": time.process_time() - busy,
        "found": found,
        "query_ms": times,
        "resident_mib": _resident_mib(),
    }
    result.write_text(json.dumps(answered), encoding="utf-8")


def _resident_mib() -> int:
    """Resident memory of this process, as Linux tells it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
