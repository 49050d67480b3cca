"""How long commands take to start, beside importing sentence-transformers in the same run.

python -m tests.benchmarks.start [--rounds N] [--json]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.table import show

IMPORT = [sys.executable, "-c", "from sentence_transformers import SentenceTransformer"]
PILCROW = [sys.executable, "-c", "from assistant.cli import main; main()"]
SYMBOL = "CRC/C/OPSC/LAO/CO/1"


def main() -> None:
    """Run each command in a process of its own, taking turns; the best of the rounds counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PILCROW_HOME": home, "HF_HUB_OFFLINE": "1"}
        commands = {
            "import sentence-transformers": IMPORT,
            "pilcrow --help": [*PILCROW, "--help"],
            f"pilcrow show {SYMBOL} 34": [*PILCROW, "show", SYMBOL, "34"],
            "pilcrow ask extradition": [*PILCROW, "ask", "extradition"],
        }
        best = dict.fromkeys(commands, float("inf"))
        subprocess.run(commands["pilcrow ask extradition"], env=environment, check=True, capture_output=True)
        for _ in range(given.rounds):
            for name, command in commands.items():
                began = time.perf_counter()
                subprocess.run(command, env=environment, check=True, capture_output=True)
                best[name] = min(best[name], time.perf_counter() - began)
    reference = best["import sentence-transformers"]
    rows = [
        {"command": name, "seconds": round(seconds, 2), "ratio to the import": seconds / reference}
        for name, seconds in best.items()
    ]
    show("Start-up, process start to exit", rows, as_json=given.json)


if __name__ == "__main__":
    main()
