"""Requests made from the API's description in great number, with all checks of Schemathesis.

python -m tests.benchmarks.api_schema [--examples N] [--seed N]

`pilcrow serve` runs over a new data folder, whose documents may be deleted. It prints what Schemathesis says,
and ends with its exit status: 0 where every response was one that is declared.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.api_servers import pilcrow

_CONFIG = Path("tests/api/schemathesis.toml")


def main() -> int:
    """Run all phases: examples, coverage, fuzzing, and sequences of requests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100, help="requests of each kind for an operation")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    schemathesis = [str(Path(sys.executable).with_name("st")), "--config-file", str(_CONFIG), "run"]
    how = ["--checks", "all", "--max-examples", str(given.examples), "--seed", str(given.seed)]
    with tempfile.TemporaryDirectory() as home, pilcrow(Path(home)) as server:
        return subprocess.run([*schemathesis, f"{server.url}/openapi.json", *how]).returncode


if __name__ == "__main__":
    sys.exit(main())
