from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import rebuild
from index.collection import ENGLISH, Collection
from index.passages import passages_of
from index.rebuild import all_passages
from tests.index.homes import BUILTIN_PASSAGES, check, ingested, opened
from tests.index.small_documents import source_of
from tests.index.tiny_encoder import TinyEncoder

STATES = ("UGA", "KEN", "BDI")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "_BATCH", 3)


@pytest.fixture
def several(collection: Collection) -> Collection:
    """A collection of the built-in document and three whose symbols are not in the order of their ids."""
    ingested(collection, *(source_of(state, "One.", "Two.") for state in STATES))
    return collection


@pytest.mark.usefixtures("small_batches")
def test_passages_come_in_the_order_of_their_numbers_a_batch_at_a_time(
    several: Collection, tiny: TinyEncoder
) -> None:
    with several.catalog.snapshot() as snapshot:
        expected = [
            passage
            for header in sorted(snapshot.headers(), key=lambda header: header.id)
            for passage in passages_of(header.id, snapshot.document(header.id))
        ]
        batches = list(
            all_passages(
                snapshot, ENGLISH, lambda ps, _counted: tiny.encode_queries([p.embedded_text for p in ps])
            )
        )
    assert [p for passages, _ in batches for p in passages] == expected
    assert [int(p.key) for p in expected] == sorted(int(p.key) for p in expected)
    assert len(batches) > 2
    texts = [p.embedded_text for p in expected]
    assert np.array_equal(np.concatenate([vectors for _, vectors in batches]), tiny.encode_queries(texts))


def test_documents_in_other_languages_are_left_out(several: Collection) -> None:
    def unused(*_arguments: Any) -> Any:
        raise AssertionError

    with several.catalog.snapshot() as snapshot:
        assert list(all_passages(snapshot, {"fr"}, unused)) == []


@pytest.mark.usefixtures("small_batches")
def test_progress_counts_all_passages(several: Collection) -> None:
    (several.home / "vectors.db").unlink()
    seen: list[tuple[str, int, int]] = []
    several.rebuild(lambda *done: seen.append(done))
    counts = [done for _phase, done, _total in seen]
    assert counts == sorted(counts)
    everything = BUILTIN_PASSAGES + 2 * len(STATES)
    assert seen[-1] == ("encoding", everything, everything)


@pytest.mark.usefixtures("small_batches")
def test_an_index_built_batch_by_batch_is_searched_as_another(home: Path, tiny: TinyEncoder) -> None:
    with closing(opened(home, tiny)) as collection:
        ingested(collection, *(source_of(state, "One.", "Two.") for state in STATES))
        before = check(collection)
        collection.rebuild()
        assert check(collection) == before
        with collection.view() as view:
            assert view.searcher is not None
            assert len(view.searcher) == BUILTIN_PASSAGES + 2 * len(STATES)
