"""Signs of life in the silences of a stream, for routes that stream only when asked to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi.sse import KEEPALIVE_COMMENT

PING_INTERVAL = 15.0
"""Seconds of silence before a comment, as many as the framework has for routes that always stream."""


async def with_pings(events: AsyncIterator[bytes], interval: float) -> AsyncIterator[bytes]:
    """Events, and a comment whenever the next one takes longer than so many seconds."""
    upcoming: asyncio.Future[bytes] | None = None
    try:
        while True:
            upcoming = asyncio.ensure_future(anext(events))
            while not (await asyncio.wait({upcoming}, timeout=interval))[0]:
                yield KEEPALIVE_COMMENT
            try:
                event = upcoming.result()
            except StopAsyncIteration:
                return
            yield event
    finally:
        if upcoming is not None:
            upcoming.cancel()
