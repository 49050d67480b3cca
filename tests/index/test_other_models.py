import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import EngineMismatch
from index.collection import Collection
from index.embedded import EmbeddedEngine
from index.embedding import Encoder, Precision
from tests.index.homes import BUILTIN, BUILTIN_PASSAGES, check, generation, ingested, opened, passages_found
from tests.index.small_documents import source_of
from tests.index.tiny_encoder import TinyEncoder


def test_another_model_is_refused_by_the_record(home: Path) -> None:
    with closing(opened(home, TinyEncoder("other"))) as collection, collection.view() as view:
        assert view.searcher is not None
        with pytest.raises(EngineMismatch, match=r"model tiny, and the model set is other.*engine rebuild"):
            view.searcher.record.require(collection.encoder.identity)


@pytest.mark.parametrize(
    ("encoder", "reason"),
    [
        (TinyEncoder("other"), "with the model tiny, and the model set is other"),
        (TinyEncoder(dimension=32), "with other files of the model tiny"),
        (TinyEncoder(precision="bf16"), "in fp32, and the precision set is bf16"),
    ],
    ids=["model", "files", "precision"],
)
def test_nothing_is_ingested_with_another_model(home: Path, encoder: TinyEncoder, reason: str) -> None:
    with closing(opened(home, encoder)) as collection:
        before = generation(collection)
        with pytest.raises(EngineMismatch, match=reason):
            ingested(collection, source_of("KEN", "Training of judges."))
        assert generation(collection) == before
        assert encoder.encoded == []
    with closing(opened(home)) as collection:
        assert check(collection) == [BUILTIN]


def test_queries_of_any_precision_are_answered(home: Path) -> None:
    with closing(opened(home, TinyEncoder(precision="bf16"))) as collection, collection.view() as view:
        assert view.searcher is not None
        view.searcher.record.require(collection.encoder.identity)


def test_a_rebuild_takes_the_model_that_is_set(home: Path) -> None:
    other = TinyEncoder("other", dimension=32)
    with closing(opened(home, other)) as collection:
        record = collection.rebuild()
        assert (record.encoder, record.passages) == (other.identity, BUILTIN_PASSAGES)
        assert len(other.encoded) == BUILTIN_PASSAGES
        ingested(collection, source_of("KEN", "Training of judges."))
        with collection.view() as view:
            assert view.searcher is not None
            assert view.searcher.record.encoder == other.identity
            assert len(view.searcher) == BUILTIN_PASSAGES + 1


def test_a_model_that_was_used_before_encodes_nothing_again(home: Path, tiny: TinyEncoder) -> None:
    with closing(opened(home, TinyEncoder("other"))) as collection:
        collection.rebuild()
    with closing(opened(home, tiny)) as collection:
        collection.rebuild()
        check(collection)
    assert tiny.encoded == []


def test_a_lost_index_is_not_rebuilt_with_another_model(home: Path) -> None:
    shutil.rmtree(home / "index")
    (home / "vectors.db").unlink()
    with closing(opened(home, TinyEncoder("other"))) as collection:
        with pytest.raises(EngineMismatch, match="model tiny, and the model set is other"), collection.view():
            pass
        collection.rebuild()
        with collection.view() as view:
            assert len(passages_found(view)) == BUILTIN_PASSAGES


def test_an_emptied_collection_takes_another_model(home: Path) -> None:
    other = TinyEncoder("other", dimension=32)
    with closing(opened(home, other)) as collection:
        collection.remove(BUILTIN)
        ingested(collection, source_of("KEN", "Training of judges."))
        with collection.view() as view:
            assert view.searcher is not None
            assert view.searcher.record.encoder == other.identity
            assert len(view.searcher) == 1


def test_the_encoder_is_made_at_the_recorded_precision(home: Path, tiny: TinyEncoder) -> None:
    asked: list[Precision | None] = []

    def make(precision: Precision | None) -> Encoder:
        asked.append(precision)
        return TinyEncoder(precision=precision or "bf16")

    with closing(Collection(home, EmbeddedEngine(home / "index"), make)) as collection:
        ingested(collection, source_of("KEN", "Training of judges."))
        assert (asked, collection.encoder.identity.precision) == (["fp32"], "fp32")
        assert collection.rebuild().encoder.precision == "bf16"
        assert asked == ["fp32", None]
    with closing(Collection(home, EmbeddedEngine(home / "index"), make)) as collection:
        assert collection.encoder.identity.precision == "bf16"
