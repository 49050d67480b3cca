"""The client of Milvus, pymilvus, which the extra `pilcrow[milvus]` brings: imported when first used."""

from __future__ import annotations

import logging
import os
import time
from typing import Any

from corpus.errors import SettingsInvalid

_AT_ONCE = 1.0  # seconds within which a connection that fails is tried once more


def pymilvus() -> Any:
    """The library, kept from telling the terminal what it raises besides; raises `SettingsInvalid`."""
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # or it tells the terminal of every broken connection
    try:
        import pymilvus as library
    except ImportError as error:
        raise SettingsInvalid(
            "The engine milvus needs pymilvus, which is not installed.",
            "Run pip install 'pilcrow[milvus]'.",
        ) from error
    for chatty in ("pymilvus", "milvus_lite"):  # once loaded, since pymilvus sets its own level as it loads
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    return library


def connect(uri: str, token: str, timeout: float) -> Any:
    """A client; the library keeps connections for the next, and finds one broken off as it uses it."""
    client = pymilvus().MilvusClient
    began = time.monotonic()
    try:
        return client(uri=uri, token=token, timeout=timeout)
    except Exception:
        if time.monotonic() - began > _AT_ONCE:
            raise
        return client(uri=uri, token=token, timeout=timeout)
