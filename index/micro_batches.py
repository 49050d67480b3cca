"""Queries that are asked at the same time are encoded together.

Who comes while nobody encodes, encodes at once, in its own thread; who comes while somebody does, waits,
and one of those who wait then encodes for all of them. So a query alone waits for nothing, and there is no
thread besides those that ask.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from index.embedding import Encoder, EncoderIdentity, Progress, Vectors

TEXTS_A_BATCH = 16
"""Texts that are encoded together; more take hardly less time each, and all wait longer for them."""


@dataclass(eq=False)
class _Call:
    """Somebody who waits for the vectors of some texts, or to encode."""

    texts: Sequence[str]
    woken: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    """Whether it is its turn to encode."""
    vectors: Vectors | None = None
    error: Exception | None = None

    def result(self) -> Vectors:
        """Its vectors, or the error that its texts raised."""
        if self.error is not None:
            raise self.error
        assert self.vectors is not None
        return self.vectors


class MicroBatches:
    """An encoder that hands the queries of several threads to another one together."""

    def __init__(
        self,
        encoder: Encoder,
        observe: Callable[[int], None] | None = None,
        most: int = TEXTS_A_BATCH,
    ) -> None:
        """At most so many texts go to the encoder at once; `observe` is told how many did."""
        self._encoder = encoder
        self._observe = observe
        self._most = most
        self._lock = threading.Lock()
        self._waiting: deque[_Call] = deque()
        self._is_encoding = False

    @property
    def identity(self) -> EncoderIdentity:
        """That of the encoder behind it."""
        return self._encoder.identity

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, by the encoder behind it."""
        return self._encoder.encode_passages(texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in order; raises what the encoder raises for these texts."""
        call = _Call(texts)
        with self._lock:
            self._waiting.append(call)
            call.leads, self._is_encoding = not self._is_encoding, True
        if not call.leads:
            call.woken.wait()
        if call.leads:
            self._lead(call)
        return call.result()

    def _lead(self, first: _Call) -> None:
        """Encode for the first of those who wait and for who came after it, then let the next one lead."""
        batch: list[_Call] = []
        try:
            batch = self._batch()
            self._encode(batch)
        finally:
            # whoever has no result, because this thread was interrupted, is still waited for
            left = [
                call for call in batch if call is not first and call.vectors is None and call.error is None
            ]
            with self._lock:
                self._waiting.extendleft(reversed(left))
                following = self._waiting[0] if self._waiting else None
                self._is_encoding = following is not None
            for call in batch:
                if call is not first and call not in left:
                    call.woken.set()
            if following is not None:
                following.leads = True
                following.woken.set()

    def _batch(self) -> list[_Call]:
        """Those who wait, in the order in which they came, as long as their texts are few enough."""
        with self._lock:
            batch = [self._waiting.popleft()]
            texts = len(batch[0].texts)
            while self._waiting and texts + len(self._waiting[0].texts) <= self._most:
                batch.append(self._waiting.popleft())
                texts += len(batch[-1].texts)
        return batch

    def _encode(self, batch: Sequence[_Call]) -> None:
        texts = [text for call in batch for text in call.texts]
        try:
            vectors = self._encoder.encode_queries(texts)
        except Exception as error:
            if len(batch) == 1:
                batch[0].error = error
                return
            for call in batch:  # only those whose texts they were shall hear of it
                self._encode([call])
            return
        if self._observe is not None:
            self._observe(len(texts))
        start = 0
        for call in batch:
            call.vectors = vectors[start : start + len(call.texts)]
            start += len(call.texts)
