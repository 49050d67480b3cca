"""Which versions of Milvus can keep passages."""

from __future__ import annotations

import re

from corpus.errors import EngineRefused

OLDEST = (2, 5, 9)
"""Sparse vectors, hybrid search and patterns within words came with Milvus 2.4 (its release notes); until
2.5.9 several patterns in one filter sometimes found other rows (github.com/milvus-io/milvus/issues/41150)."""

_RELEASE = re.compile(r"v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})")


def require_version(told: str, shown: str) -> None:
    """Raise `EngineRefused` where a server says that it is older.

    Milvus Lite has numbers of its own behind its name, and builds between releases have none; they are taken.
    """
    release = _RELEASE.match(told)
    if release and tuple(map(int, release.groups())) < OLDEST:
        raise EngineRefused(
            f"Milvus at {shown} is {told[:40]}, and {'.'.join(map(str, OLDEST))} or later is needed.",
            "Upgrade the server, or set PILCROW_ENGINE=embedded.",
        )
