import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import HomeUnusable
from index import vector_cache
from index.embedding import Encoder, Progress, Vectors
from index.vector_cache import VectorCache
from tests.index.tiny_encoder import TinyEncoder

TEXTS = ["Kenya: training of judges", "Uganda: training of judges", "Kenya: training of judges", "", "¶ “é”"]


@pytest.fixture
def cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "vectors.db")


def get(cache: VectorCache, texts: Sequence[str], encoder: TinyEncoder) -> Vectors:
    return cache.vectors(texts, encoder.identity, lambda: encoder)


def same(vectors: Vectors, expected: Vectors) -> bool:
    """Whether they are the same as far as half precision holds them."""
    return vectors.dtype == np.float32 and np.array_equal(vectors, expected.astype(np.float16))


def unused() -> Encoder:
    raise AssertionError("the encoder is asked for")


def test_vectors_are_those_of_the_encoder(cache: VectorCache, tiny: TinyEncoder) -> None:
    expected = tiny.encode_queries(TEXTS)
    for _ in range(2):
        assert same(get(cache, TEXTS, tiny), expected)


def test_no_text_is_encoded_twice(cache: VectorCache, tiny: TinyEncoder) -> None:
    get(cache, TEXTS[:2], tiny)
    get(cache, TEXTS, tiny)
    get(VectorCache(cache.path), list(reversed(TEXTS)), tiny)
    assert tiny.encoded == list(dict.fromkeys(TEXTS))


def test_the_encoder_is_not_asked_for_what_is_held(cache: VectorCache, tiny: TinyEncoder) -> None:
    expected = get(cache, TEXTS, tiny)
    assert same(cache.vectors(TEXTS, tiny.identity, unused), expected)
    assert cache.vectors([], tiny.identity, unused).shape == (0, 64)


def test_vectors_are_kept_by_model_and_precision(cache: VectorCache) -> None:
    encoders = [
        TinyEncoder("one"),
        TinyEncoder("two"),
        TinyEncoder("one", "bf16"),
        TinyEncoder("one", dimension=32),
    ]
    for encoder in encoders:
        assert same(get(cache, TEXTS, encoder), encoder.encode_queries(TEXTS))
    assert [len(encoder.encoded) for encoder in encoders] == [4] * 4


def test_the_name_of_a_model_does_not_matter(cache: VectorCache, tiny: TinyEncoder) -> None:
    get(cache, TEXTS, tiny)
    moved = replace(tiny.identity, model="/elsewhere/tiny")
    assert len(cache.vectors(TEXTS, moved, unused)) == len(TEXTS)


def test_more_texts_than_one_query_takes_keep_their_order(
    cache: VectorCache, tiny: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_cache, "_IDS_A_QUERY", 7)
    texts = [f"text number {number * 17 % 50}" for number in range(60)]
    for _ in range(2):
        assert same(get(cache, texts, tiny), tiny.encode_queries(texts))
    assert sorted(tiny.encoded) == sorted(set(texts))


def test_progress_counts_what_is_encoded(
    cache: VectorCache, tiny: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_cache, "_IDS_A_QUERY", 20)
    texts = [f"text number {number}" for number in range(50)]
    get(cache, texts[:5], tiny)
    seen: list[tuple[int, int]] = []
    cache.vectors(texts, tiny.identity, lambda: tiny, lambda *done: seen.append(done))
    assert seen == [(20, 45), (40, 45), (45, 45)]


class Interrupted(TinyEncoder):
    """Stops after some calls, as an interrupted process would."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self._calls = calls

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        if not self._calls:
            raise KeyboardInterrupt
        self._calls -= 1
        return super().encode_passages(texts, progress)


def test_what_was_encoded_before_an_interruption_is_kept(
    cache: VectorCache, tiny: TinyEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_cache, "_IDS_A_QUERY", 10)
    texts = [f"text number {number}" for number in range(30)]
    with pytest.raises(KeyboardInterrupt):
        get(cache, texts, Interrupted(2))
    get(cache, texts, tiny)
    assert tiny.encoded == texts[20:]


def test_vectors_kept_in_single_precision_are_read_too(cache: VectorCache, tiny: TinyEncoder) -> None:
    get(cache, ["one", "two"], tiny)
    vectors = {text: tiny.encode_queries([text])[0] for text in ("one", "two")}
    with closing(sqlite3.connect(cache.path)) as connection, connection:
        for text, vector in vectors.items():
            blob, key = vector.tobytes(), hashlib.sha256(text.encode()).digest()
            connection.execute("UPDATE vectors SET vector = ? WHERE text = ?", [blob, key])
    found = cache.get(["one", "two"], tiny.identity)
    assert found.keys() == vectors.keys()
    assert all(np.array_equal(found[text], vectors[text]) for text in vectors)


def test_a_vector_takes_two_bytes_a_number(cache: VectorCache, tiny: TinyEncoder) -> None:
    get(cache, TEXTS, tiny)
    with closing(sqlite3.connect(cache.path)) as connection:
        sizes = {size for (size,) in connection.execute("SELECT length(vector) FROM vectors")}
    assert sizes == {2 * tiny.identity.dimension + 1}


# -- damage


@pytest.mark.parametrize("damage", [b"not a database " * 99, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside(cache: VectorCache, tiny: TinyEncoder, damage: bytes) -> None:
    get(cache, TEXTS, tiny)
    cache.path.write_bytes(damage)
    again = TinyEncoder()
    assert same(get(cache, TEXTS, again), tiny.encode_queries(TEXTS))
    assert len(again.encoded) == 4
    assert cache.path.with_suffix(".damaged").read_bytes() == damage
    assert same(cache.vectors(TEXTS, tiny.identity, unused), tiny.encode_queries(TEXTS))


def test_a_file_damaged_inside_is_set_aside(cache: VectorCache, tiny: TinyEncoder) -> None:
    texts = [f"text number {number}" for number in range(400)]
    expected = get(cache, texts, tiny)
    content = cache.path.read_bytes()
    cache.path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    assert same(get(cache, texts, tiny), expected)
    assert cache.path.with_suffix(".damaged").exists()
    assert same(cache.vectors(texts, tiny.identity, unused), expected)


def test_a_file_damaged_while_it_is_written_is_set_aside(cache: VectorCache, tiny: TinyEncoder) -> None:
    get(cache, TEXTS, tiny)
    cache.path.write_bytes(b"not a database " * 99)
    cache.put(["new"], tiny.encode_queries(["new"]), tiny.identity)
    assert list(cache.get([*TEXTS, "new"], tiny.identity)) == ["new"]


@pytest.mark.parametrize("blob", [b"", b"short", b"\0" * 128, b"\0" * 129, b"\0" * 255, b"\0" * 260], ids=len)
def test_a_vector_of_another_length_is_encoded_again(
    cache: VectorCache, tiny: TinyEncoder, blob: bytes
) -> None:
    get(cache, ["one", "two"], tiny)
    with closing(sqlite3.connect(cache.path)) as connection, connection:
        connection.execute("UPDATE vectors SET vector = ?", [blob])
    again = TinyEncoder()
    assert same(get(cache, ["one", "two"], again), tiny.encode_queries(["one", "two"]))
    assert again.encoded == ["one", "two"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite gives up on a lock at once."""
    monkeypatch.setattr(sqlite3, "connect", partial(_connect_at_once, sqlite3.connect))


def _connect_at_once(
    connect: Callable[..., sqlite3.Connection], path: Path, **_options: float
) -> sqlite3.Connection:
    return connect(path, timeout=0)


@pytest.fixture
def locked(cache: VectorCache, tiny: TinyEncoder) -> Iterator[sqlite3.Connection]:
    """A cache that another connection writes into."""
    get(cache, TEXTS, tiny)
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other


@pytest.mark.usefixtures("impatient")
def test_a_locked_file_is_not_taken_for_a_damaged_one(
    cache: VectorCache, tiny: TinyEncoder, locked: sqlite3.Connection
) -> None:
    with pytest.raises(HomeUnusable, match="locked"):
        cache.put(["new"], tiny.encode_queries(["new"]), tiny.identity)
    locked.execute("ROLLBACK")
    assert len(cache.vectors(TEXTS, tiny.identity, unused)) == len(TEXTS)
    assert not cache.path.with_suffix(".damaged").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, tiny: TinyEncoder) -> None:
    with pytest.raises(HomeUnusable, match="missing"):
        get(VectorCache(tmp_path / "missing" / "vectors.db"), TEXTS, tiny)
