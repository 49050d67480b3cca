"""Where benchmarks keep what takes long to make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def work_folder(given: Path | None) -> Iterator[Path]:
    """The folder that is given, which is then kept, or else one that goes at the end."""
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given
    else:
        with TemporaryDirectory(prefix="pilcrow-bench-") as temporary:
            yield Path(temporary)
