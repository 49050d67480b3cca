import hashlib
from pathlib import Path

import pytest

from corpus.errors import EngineDamaged
from index import folders
from index.folders import Manifests, link_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files with a manifest."""
    made = tmp_path / "one"
    (made / "inside").mkdir(parents=True)
    (made / "small").write_bytes(b"small")
    (made / "inside" / "large").write_bytes(b"large" * 100)
    Manifests().write(made, {"record": 1})
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read to be checked."""
    names: list[str] = []
    digest = folders._sha256

    def watched(path: Path) -> str:
        names.append(path.name)
        return digest(path)

    monkeypatch.setattr(folders, "_sha256", watched)
    return names


def linked(source: Path, target: Path) -> Path:
    """A folder with the same files, and one that is new."""
    (target / "inside").mkdir(parents=True)
    link_all(source / "inside", target / "inside")
    (target / "new").write_bytes(b"new")
    return target


def test_the_record_comes_back(folder: Path) -> None:
    assert Manifests().checked(folder) == {"record": 1}


def test_a_file_is_read_once(folder: Path, read: list[str]) -> None:
    manifests = Manifests()
    for _ in range(2):
        manifests.checked(folder)
    assert sorted(read) == ["large", "small"]


def test_what_is_linked_is_not_read_again(folder: Path, tmp_path: Path, read: list[str]) -> None:
    writer, reader = Manifests(), Manifests()
    writer.checked(folder)
    reader.checked(folder)
    read.clear()
    following = linked(folder, tmp_path / "two")
    writer.write(following, {})
    assert read == ["new"]
    read.clear()
    reader.checked(following)
    assert read == ["new"]


def test_a_file_that_changed_since_is_read_again(folder: Path) -> None:
    manifests = Manifests()
    manifests.checked(folder)
    (folder / "small").write_bytes(b"Small")
    with pytest.raises(EngineDamaged):
        manifests.checked(folder)
    (folder / "small").write_bytes(b"small")
    assert manifests.checked(folder) == {"record": 1}


def test_large_files_are_listed_by_size_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    monkeypatch.setattr(folders, "CHECKED_BYTES", 100)
    (folder / "manifest.json").unlink()
    manifests = Manifests()
    manifests.write(folder, {})
    manifests.checked(folder)
    assert read.count("large") == 0
    assert hashlib.sha256(b"large" * 100).hexdigest() not in (folder / "manifest.json").read_text()
    (folder / "inside" / "large").write_bytes(b"large" * 99)
    with pytest.raises(EngineDamaged):
        manifests.checked(folder)
