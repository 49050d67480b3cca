"""Queries of several threads are encoded together, and each gets its own vectors or its own error."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest

from index.embedding import Progress, Vectors
from index.micro_batches import MicroBatches
from tests.index.tiny_encoder import TinyEncoder

PATIENCE = 30.0  # seconds


class HeldEncoder(TinyEncoder):
    """Encodes queries only while it is let; a text with `bad` in it is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[str]] = []
        self.entered = threading.Semaphore(0)
        self.let = threading.Semaphore(0)
        self.interrupt = False

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.entered.release()
        assert self.let.acquire(timeout=PATIENCE)
        if self.interrupt:
            self.interrupt = False
            raise KeyboardInterrupt
        for text in texts:
            if "bad" in text:
                raise ValueError(text)
        return super().encode_queries(texts)


class Together:
    """Threads that ask one encoder, one of which is encoding while the others come."""

    def __init__(self, pool: ThreadPoolExecutor, most: int = 16) -> None:
        self.encoder = HeldEncoder()
        self.sizes: list[int] = []
        self.batched = MicroBatches(self.encoder, self.sizes.append, most)
        self._pool = pool

    def asks(self, *texts: str) -> Future[Vectors]:
        """Somebody asks, and is seen to encode or to wait before this returns."""
        is_first, waiting = not self.encoder.batches, len(self.batched._waiting)
        asked = self._pool.submit(self.batched.encode_queries, texts)
        if is_first:
            assert self.encoder.entered.acquire(timeout=PATIENCE)
        else:
            until(lambda: len(self.batched._waiting) > waiting)
        return asked

    def let_all(self) -> None:
        """The encoder goes on, as often as it wants."""
        self.encoder.let.release(1000)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(20) as threads:
        yield threads


def until(condition: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def vectors_of(*texts: str) -> Vectors:
    return TinyEncoder().encode_queries(texts)


def result(asked: Future[Vectors]) -> Vectors:
    return asked.result(PATIENCE)


def test_one_who_asks_alone_encodes_at_once() -> None:
    encoder, sizes = TinyEncoder(), list[int]()
    batched = MicroBatches(encoder, sizes.append)
    assert np.array_equal(batched.encode_queries(["one", "two"]), vectors_of("one", "two"))
    assert np.array_equal(batched.encode_queries(["three"]), vectors_of("three"))
    assert sizes == [2, 1]
    assert batched.encode_queries([]).shape == (0, 64)


def test_those_who_come_while_one_encodes_are_encoded_together(pool: ThreadPoolExecutor) -> None:
    together = Together(pool)
    asked = [together.asks("first"), together.asks("a", "b"), together.asks("c"), together.asks("d", "e")]
    together.let_all()
    texts = [("first",), ("a", "b"), ("c",), ("d", "e")]
    for own, vectors in zip(texts, map(result, asked), strict=True):
        assert np.array_equal(vectors, vectors_of(*own))
    assert together.encoder.batches == [["first"], ["a", "b", "c", "d", "e"]]
    assert together.sizes == [1, 5]


def test_a_batch_holds_at_most_so_many_texts_and_never_parts_a_call(pool: ThreadPoolExecutor) -> None:
    together = Together(pool, most=3)
    asked = [together.asks("first")]
    asked += [together.asks(*texts) for texts in (("a", "b"), ("c", "d"), ("e",), tuple("fghij"), ("k",))]
    together.let_all()
    for each in asked:
        result(each)
    assert together.encoder.batches == [["first"], ["a", "b"], ["c", "d", "e"], list("fghij"), ["k"]]


def test_an_error_reaches_those_alone_whose_texts_raised_it(pool: ThreadPoolExecutor) -> None:
    together = Together(pool)
    asked = [together.asks("first"), together.asks("good"), together.asks("bad"), together.asks("fine")]
    together.let_all()
    assert np.array_equal(result(asked[0]), vectors_of("first"))
    assert np.array_equal(result(asked[1]), vectors_of("good"))
    assert np.array_equal(result(asked[3]), vectors_of("fine"))
    with pytest.raises(ValueError, match="bad"):
        result(asked[2])
    assert np.array_equal(
        result(pool.submit(together.batched.encode_queries, ["later"])), vectors_of("later")
    )


def test_whoever_waits_for_one_that_is_interrupted_is_encoded_all_the_same(
    pool: ThreadPoolExecutor,
) -> None:
    together = Together(pool)
    asked = [together.asks("first"), together.asks("second"), together.asks("third"), together.asks("fourth")]
    together.encoder.let.release()  # the first one's texts
    assert together.encoder.entered.acquire(timeout=PATIENCE)
    together.encoder.interrupt = True
    together.let_all()
    assert np.array_equal(result(asked[0]), vectors_of("first"))
    with pytest.raises(KeyboardInterrupt):
        result(asked[1])
    assert np.array_equal(result(asked[2]), vectors_of("third"))
    assert np.array_equal(result(asked[3]), vectors_of("fourth"))


def test_many_threads_get_their_own_vectors_each() -> None:
    sizes: list[int] = []
    batched = MicroBatches(TinyEncoder(), sizes.append)
    chance = random.Random(1)
    calls = [[f"text {chance.random()}" for _ in range(chance.randint(1, 3))] for _ in range(500)]
    with ThreadPoolExecutor(16) as threads:
        for texts, vectors in zip(calls, threads.map(batched.encode_queries, calls), strict=True):
            assert np.array_equal(vectors, vectors_of(*texts))
    assert sum(sizes) == sum(map(len, calls))
    assert max(sizes) <= 16


def test_passages_go_to_the_encoder_as_they_are() -> None:
    encoder, seen = TinyEncoder(), list[tuple[int, int]]()
    batched = MicroBatches(encoder)

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    checked: Progress = progress
    assert np.array_equal(batched.encode_passages(["one", "two"], checked), vectors_of("one", "two"))
    assert encoder.encoded == ["one", "two"]
    assert seen == [(2, 2)]
    assert batched.identity == encoder.identity
