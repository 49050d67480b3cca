"""Rows are read once a generation, and what a generation does not hold is never found in it."""

from collections.abc import Sequence

from corpus.catalog import Catalog, Change
from corpus.row_cache import KeptRows, Key, RowCache
from tests.corpus.catalogs import builtin, new


def test_what_was_read_is_not_read_again() -> None:
    asked: list[list[Key]] = []

    def read(keys: Sequence[Key]) -> dict[Key, str]:
        asked.append(list(keys))
        return {key: f"row {key}" for key in keys if key[1] < 10}

    kept: KeptRows[str] = KeptRows(3)
    assert kept.read([(1, 0), (1, 1)], read) == {(1, 0): "row (1, 0)", (1, 1): "row (1, 1)"}
    assert list(kept.read([(1, 1), (1, 2), (1, 10)], read)) == [(1, 1), (1, 2)]
    assert kept.read([], read) == {}
    assert asked == [[(1, 0), (1, 1)], [(1, 2), (1, 10)]]


def test_what_is_kept_has_no_bearing_on_the_order() -> None:
    def read(keys: Sequence[Key]) -> dict[Key, int]:
        return {key: key[1] for key in sorted(keys)}

    kept: KeptRows[int] = KeptRows(10)
    keys = [(1, 3), (1, 1), (1, 2)]
    assert list(kept.read(keys, read)) == keys
    kept.read([(2, 2), (2, 3)], read)
    assert list(kept.read([(2, 1), (2, 3), (2, 2)], read)) == [(2, 1), (2, 3), (2, 2)]


def test_only_what_was_read_last_is_kept_and_all_that_is_asked_for_is_found() -> None:
    asked: list[list[Key]] = []

    def read(keys: Sequence[Key]) -> dict[Key, int]:
        asked.append(list(keys))
        return {key: key[1] for key in keys}

    kept: KeptRows[int] = KeptRows(2)
    keys = [(1, number) for number in range(5)]
    assert kept.read(keys, read) == {key: key[1] for key in keys}
    kept.read([(1, 4), (1, 0)], read)
    assert asked == [keys, [(1, 0)]]


def test_generations_share_nothing_and_the_newest_is_kept() -> None:
    cache = RowCache()
    first = cache.of(1)
    assert cache.of(1) is first
    second = cache.of(2)
    assert second is not first
    assert cache.of(1) is not first
    assert cache.of(2) is second


def test_a_paragraph_of_a_document_that_is_removed_is_found_no_more(held: Catalog) -> None:
    last = len(builtin().paragraphs) - 1
    with held.snapshot() as before:
        wanted = [(1, 0), (1, last), (1, last + 1), (2, 0)]
        assert list(before.paragraphs_at(wanted)) == [(1, 0), (1, last)]
        held.publish(Change(remove={1}, add=[new(2)]), before.generation + 1, None)
        with held.snapshot() as after:
            assert list(after.paragraphs_at(wanted)) == [(2, 0)]
            assert list(after.sections_at(wanted)) == [(2, 0)]
        assert list(before.paragraphs_at(wanted)) == [(1, 0), (1, last)]
        assert before.paragraphs_at([(1, last)])[1, last] == builtin().paragraphs[last]
