"""Pages kept after they are made: documents change seldom, and a long one takes a while to lay out."""

from __future__ import annotations

from threading import Lock

from cachetools import LRUCache

_MOST = 16 * 1024 * 1024  # bytes, some hundred pages


class KeptPages:
    """The pages that were read last, by the tag of their content, so that none is ever out of date."""

    def __init__(self, most: int = _MOST) -> None:
        self._pages: LRUCache[str, bytes] = LRUCache(most, getsizeof=len)
        self._lock = Lock()  # pages are made in threads

    def get(self, tag: str) -> bytes | None:
        """The page with this tag, if it is kept."""
        with self._lock:
            return self._pages.get(tag)

    def put(self, tag: str, page: bytes) -> bytes:
        """Keep a page, unless it is larger than all that may be kept; the page is given back."""
        with self._lock:
            if len(page) <= self._pages.maxsize:
                self._pages[tag] = page
        return page
