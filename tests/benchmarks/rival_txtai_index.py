"""The index that txtai's API serves in `tests.benchmarks.api`; it runs in an environment of its own.

python rival_txtai_index.py JOB.json
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Index the rows with hybrid search and the defaults otherwise, and save that where the job says."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    embeddings = import_module("txtai").Embeddings(path=job["model"], hybrid=True)
    embeddings.index([(number, text, None) for number, text in enumerate(job["rows"])])
    embeddings.save(job["index"])


if __name__ == "__main__":
    main()
