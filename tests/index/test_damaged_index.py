import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.collection import Collection
from tests.index.homes import BUILTIN, BUILTIN_PASSAGES, check, generation, ingested, opened
from tests.index.small_documents import KENYA, source_of
from tests.index.tiny_encoder import TinyEncoder
from tests.threads import together


def _missing(index: Path) -> None:
    shutil.rmtree(index)


def _corrupted(index: Path) -> None:
    vectors = max(index.glob("*/dense/*/dense.faiss"))
    content = bytearray(vectors.read_bytes())
    content[len(content) // 2] ^= 1
    vectors.write_bytes(content)


def _truncated(index: Path) -> None:
    (manifest,) = index.glob("*/manifest.json")
    manifest.write_text("{")


_DAMAGE = pytest.mark.parametrize("damage", [_missing, _corrupted, _truncated])


@_DAMAGE
def test_a_damaged_index_is_built_again_without_encoding(home: Path, damage: Callable[[Path], None]) -> None:
    damage(home / "index")
    with closing(opened(home)) as collection:
        assert check(collection) == [BUILTIN]
        assert not collection.encoder_is_loaded


def test_threads_that_find_the_index_missing_build_it_once(home: Path) -> None:
    shutil.rmtree(home / "index")
    with closing(opened(home)) as collection:
        before = generation(collection)
        together(*[lambda: check(collection)] * 4)
        assert generation(collection) == before + 1


@_DAMAGE
def test_a_damaged_index_is_mended_before_it_changes(
    collection: Collection, tiny: TinyEncoder, damage: Callable[[Path], None]
) -> None:
    check(collection)
    damage(collection.home / "index")
    ingested(collection, source_of("KEN", "Training of judges."))
    damage(collection.home / "index")
    collection.remove(BUILTIN)
    assert check(collection) == [KENYA]
    assert len(tiny.encoded) == 1


def test_lost_vectors_are_encoded_again(home: Path, tiny: TinyEncoder) -> None:
    shutil.rmtree(home / "index")
    (home / "vectors.db").unlink()
    with closing(opened(home, tiny)) as collection:
        assert check(collection) == [BUILTIN]
    assert len(tiny.encoded) == BUILTIN_PASSAGES


def test_a_lost_catalog_begins_anew(home: Path, tiny: TinyEncoder) -> None:
    with closing(opened(home, tiny)) as collection:
        ingested(collection, source_of("KEN", "Training of judges."))
    (home / "catalog.db").unlink()
    with closing(opened(home, tiny)) as collection:
        assert check(collection) == [BUILTIN]


def test_leftovers_of_interrupted_writers_are_swept(collection: Collection) -> None:
    check(collection)
    index = collection.home / "index"
    (current,) = index.iterdir()
    shutil.copytree(current, index / "gen-00000099")
    shutil.copytree(current, index / "gen-00000099.building")
    assert check(collection) == [BUILTIN]
    ingested(collection, source_of("KEN", "Training of judges."))
    assert len(list(index.iterdir())) == 1
    check(collection)


def test_an_emptied_collection_can_be_filled_again(collection: Collection) -> None:
    collection.remove(BUILTIN)
    shutil.rmtree(collection.home / "index")
    ingested(collection, source_of("KEN", "Training of judges."))
    assert check(collection) == [KENYA]
