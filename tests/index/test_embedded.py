import json
from itertools import count
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest

from corpus.errors import EngineDamaged
from index import embedded, folders, lexical
from index.conditions import Word
from index.embedded import EmbeddedEngine
from index.folders import Manifests
from index.segment import Limits, Segment
from tests.index.engine_contract import EngineContract
from tests.index.engine_reference import (
    ALL,
    ENCODER,
    NewEngine,
    Reference,
    build,
    check_all,
    passages_from,
    query_of,
)
from tests.index.listing_contract import ListingContract
from tests.index.long_passages_contract import LongPassagesContract
from tests.index.words_contract import WordsContract

TEXTS = ["training of judges", "adoption", "extradition of judges"]
DENSE = ["dense/segments.json", "dense/00000001/dense.faiss", "dense/00000001/passages.npz"]


LARGE = Limits(exact=3, probes=1000)
"""A few vectors are many: they have an IVF index, of which all lists are read."""


class TestEmbeddedEngine(LongPassagesContract, ListingContract, WordsContract, EngineContract):
    @pytest.fixture
    def new_engine(self, tmp_path: Path) -> NewEngine:
        folders = count()
        return lambda: EmbeddedEngine(tmp_path / f"index {next(folders)}")


class TestLargeEmbeddedEngine(ListingContract, WordsContract, EngineContract):
    @pytest.fixture
    def new_engine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewEngine:
        monkeypatch.setattr(lexical, "_MANY", 0)  # frequent words are avoided
        folders = count()
        return lambda: EmbeddedEngine(tmp_path / f"index {next(folders)}", LARGE)


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture
def folder(engine: EmbeddedEngine) -> Path:
    """The folder of the first generation."""
    build(engine, 1, passages_from(1, TEXTS))
    return engine.folder / "gen-00000001"


def files_of(folder: Path) -> dict[str, bytes]:
    """What a generation consists of; lock files are no part of it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


# -- conditions that many passages meet


class TestEmbeddedEngineOfManyPassages(EngineContract):
    """The contract where every condition is met by more passages than are all scored."""

    @pytest.fixture
    def new_engine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewEngine:
        monkeypatch.setattr(embedded, "_ALL_SCORED", 0)
        folders = count()
        return lambda: EmbeddedEngine(tmp_path / f"index {next(folders)}")


def test_what_meets_a_condition_is_found_however_far_it_is(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_ALL_SCORED", 0)
    held = passages_from(1, ["judges"] * 200 + [f"law of word{number} dams" for number in range(30)])
    query = query_of("judges", condition=Word("dams"))
    found = build(engine, 1, held).search(query, ALL, 5).scored
    assert len(found) >= 5
    assert all(scored.passage >= int(held[200].key) for scored in found)


# -- generations share what does not change


def test_building_on_a_generation_changes_none_of_its_files(engine: EmbeddedEngine, folder: Path) -> None:
    before = files_of(folder)
    build(engine, 2, passages_from(2, TEXTS), base=1, remove=[1])
    build(engine, 3, passages_from(3, TEXTS), base=1)
    assert files_of(folder) == before


def test_unchanged_files_are_shared_between_generations(engine: EmbeddedEngine, folder: Path) -> None:
    build(engine, 2, passages_from(2, TEXTS[:1]), base=1)
    build(engine, 3, passages_from(3, TEXTS), base=2, remove=[2])
    nodes = [{p.stat().st_ino for p in (f / "lexical").iterdir()} for f in engine.folder.iterdir()]
    assert len(nodes[0] & nodes[1]) >= 3


def test_files_are_copied_where_they_cannot_be_linked(
    engine: EmbeddedEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: Path) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuse)
    searcher = build(engine, 2, passages_from(2, ["adoption"]), base=1)
    reference = Reference([*passages_from(1, TEXTS), *passages_from(2, ["adoption"])])
    check_all(searcher, reference, [query_of("adoption of judges")])


def test_another_engine_on_the_folder_opens_the_same(engine: EmbeddedEngine, folder: Path) -> None:
    searcher = EmbeddedEngine(engine.folder).open(1)
    check_all(searcher, Reference(passages_from(1, TEXTS)), [query_of("adoption of judges")])


# -- what an interrupted writer leaves


def test_unfinished_folders_are_swept(engine: EmbeddedEngine, folder: Path) -> None:
    copytree(folder, engine.folder / "gen-00000002.building")
    copytree(folder, engine.folder / "gen-00000002")
    engine.sweep(1)
    assert list(engine.folder.iterdir()) == [folder]


def test_an_unfinished_folder_is_no_generation(engine: EmbeddedEngine, folder: Path) -> None:
    copytree(folder, engine.folder / "gen-00000002.building")
    with pytest.raises(EngineDamaged):
        engine.open(2)
    assert len(build(engine, 2, passages_from(2, ["adoption"]), base=1)) == 4


# -- damage


def test_every_file_of_a_generation_is_checked(engine: EmbeddedEngine, folder: Path) -> None:
    names = [name for name in files_of(folder) if name != "manifest.json"]
    assert set(DENSE) | {"lexical/meta.json"} <= set(names)
    for name in names:
        path = folder / name
        whole = path.read_bytes()
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 1
        for altered in (bytes(flipped), whole[:-1], whole + b"\0", b""):
            path.write_bytes(altered)
            with pytest.raises(EngineDamaged, match="pilcrow engine rebuild"):
                engine.open(1)
        path.unlink()
        with pytest.raises(EngineDamaged, match="pilcrow engine rebuild"):
            engine.open(1)
        path.write_bytes(whole)
    assert len(engine.open(1)) == len(TEXTS)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "3", "null", '{"files": {}}', '{"sha256": "", "files": []}', "\xff"]
)
def test_a_manifest_that_is_none_is_damage(engine: EmbeddedEngine, folder: Path, content: str) -> None:
    (folder / "manifest.json").write_text(content, encoding="latin-1")
    with pytest.raises(EngineDamaged, match="is damaged"):
        engine.open(1)


def test_an_altered_manifest_is_damage(engine: EmbeddedEngine, folder: Path) -> None:
    manifest = folder / "manifest.json"
    whole = manifest.read_text()
    for original, altered in (('"passages": 3', '"passages": 4'), ('"tiny"', '"tidy"'), ("fp32", "bf16")):
        assert original in whole
        manifest.write_text(whole.replace(original, altered))
        with pytest.raises(EngineDamaged, match="is damaged"):
            engine.open(1)
    manifest.unlink()
    with pytest.raises(EngineDamaged, match="is not complete"):
        engine.open(1)
    manifest.write_text(json.dumps(json.loads(whole)))
    assert len(engine.open(1)) == len(TEXTS)


@pytest.mark.parametrize("name", [*DENSE, "lexical/meta.json"])
def test_damage_is_not_built_upon(engine: EmbeddedEngine, folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[-20] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(EngineDamaged):
        build(engine, 2, passages_from(2, ["adoption"]), base=1)
    with pytest.raises(EngineDamaged):
        engine.open(2)


def test_large_files_are_checked_by_their_size(
    engine: EmbeddedEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "CHECKED_BYTES", 0)
    engine.build(2, base=1, add=(), remove=(), encoder=ENCODER.identity)
    path = engine.folder / "gen-00000002" / "dense" / "00000001" / "dense.faiss"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"?")
    assert len(engine.open(2)) == len(TEXTS)
    path.write_bytes(content[:-4])
    with pytest.raises(EngineDamaged):
        engine.open(2)


def test_a_generation_is_read_where_nothing_can_be_written(engine: EmbeddedEngine, folder: Path) -> None:
    for lock in (folder / "lexical").glob(".*.lock"):
        lock.unlink()
        lock.mkdir()  # no file can be made in its place, as in a folder that cannot be written
    searcher = engine.open(1)
    check_all(searcher, Reference(passages_from(1, TEXTS)), [query_of("adoption of judges")])
    assert len(searcher.search(query_of("judges"), ALL, 10).scored) == len(TEXTS)


def test_a_segment_that_is_open_is_shared_by_the_next_generation(
    engine: EmbeddedEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = engine.open(1)
    mapped: list[str] = []
    open_segment = Segment.open

    def watched(folder: Path) -> Segment:
        mapped.append(folder.name)
        return open_segment(folder)

    monkeypatch.setattr(Segment, "open", watched)
    build(engine, 2, base=1)
    second = build(engine, 3, passages_from(2, ["adoption"] * 50), base=2)
    assert len(first) == len(TEXTS)
    assert len(second) == len(TEXTS) + 50
    assert mapped == ["00000003"]


def test_a_folder_that_is_swept_while_it_is_opened_is_damage(
    engine: EmbeddedEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = Manifests.checked

    def swept(manifests: Manifests, folder: Path) -> dict[str, Any]:
        record = checked(manifests, folder)
        rmtree(folder / "dense" / "00000001")
        return record

    monkeypatch.setattr(Manifests, "checked", swept)
    with pytest.raises(EngineDamaged, match="cannot be read"):
        engine.open(1)


def test_a_record_that_is_none_is_damage(engine: EmbeddedEngine, folder: Path) -> None:
    (folder / "manifest.json").unlink()
    Manifests().write(folder, {"kind": "embedded"})
    with pytest.raises(EngineDamaged, match="is damaged"):
        engine.open(1)
