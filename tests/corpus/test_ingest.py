from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self

import pytest

from corpus import ingest
from corpus.errors import SourceMissing
from corpus.ingest import Loaded, fingerprint, named_paths, read_ahead, source_paths
from corpus.model import Document, Metadata
from corpus.parse import PARSER_VERSION, SourceFile

SOURCE = SourceFile("a.txt", b"1. One.", Metadata(symbol="CRC/C/KEN/CO/1", states=("Kenya",)))


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_a_folder_stands_for_all_files_below_it(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", "a/c/d.pdf", "no_ending", "ä ö.txt")
    (tmp_path / "empty").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in source_paths([tmp_path])]
    assert found == ["a/c/d.pdf", "a/z.txt", "b.txt", "no_ending", "ä ö.txt"]


def test_hidden_files_below_a_folder_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".hidden.txt", ".git/config", "b/.DS_Store", "b/.cache/c.txt")
    assert list(source_paths([tmp_path])) == [tmp_path / "a.txt"]


def test_a_hidden_path_that_is_named_is_taken(tmp_path: Path) -> None:
    make(tmp_path, ".drafts/a.txt", ".drafts/.b.txt")
    assert list(source_paths([tmp_path / ".drafts"])) == [tmp_path / ".drafts/a.txt"]
    assert list(source_paths([tmp_path / ".drafts/.b.txt"])) == [tmp_path / ".drafts/.b.txt"]


def test_paths_are_taken_in_the_order_they_are_named(tmp_path: Path) -> None:
    make(tmp_path, "one/b.txt", "one/a.txt", "two.txt")
    missing = tmp_path / "missing.txt"
    named = [tmp_path / "two.txt", missing, tmp_path / "one"]
    assert list(source_paths(named)) == [
        tmp_path / "two.txt",
        missing,
        tmp_path / "one/a.txt",
        tmp_path / "one/b.txt",
    ]


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to("nowhere")
    (tmp_path / "linked.txt").symlink_to("a.txt")
    found = {path.name for path in source_paths([tmp_path])}
    assert found == {"a.txt", "linked.txt"}


def test_a_fingerprint_is_the_same_under_another_name() -> None:
    assert fingerprint(replace(SOURCE, name="b.txt")) == fingerprint(replace(SOURCE))


@pytest.mark.parametrize(
    "other",
    [
        replace(SOURCE, data=b"1. One. "),
        replace(SOURCE, given=Metadata(symbol="CRC/C/KEN/CO/2", states=("Kenya",))),
        replace(SOURCE, given=Metadata(symbol="CRC/C/KEN/CO/1", states=("Uganda",))),
        replace(SOURCE, given=replace(SOURCE.given, adopted=date(2015, 6, 5))),
        replace(SOURCE, given=replace(SOURCE.given, issued=date(2015, 6, 5))),
    ],
    ids=["content", "symbol", "State", "adopted", "issued"],
)
def test_a_fingerprint_tells_what_was_given_apart(other: SourceFile) -> None:
    assert fingerprint(other) != fingerprint(SOURCE)


def test_another_parser_makes_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(SOURCE)
    monkeypatch.setattr(ingest, "PARSER_VERSION", PARSER_VERSION + 1)
    assert fingerprint(SOURCE) != before


def names(*paths: Path) -> list[str]:
    return [name for name, _ in named_paths(paths)]


def test_files_are_named_from_the_folder_that_holds_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "one/a.txt", "one/deep/a.txt", "two/a.txt")
    monkeypatch.chdir(tmp_path)
    assert names(tmp_path) == ["one/a.txt", "one/deep/a.txt", "two/a.txt"]
    assert names(tmp_path / "one") == ["a.txt", "deep/a.txt"]
    assert names(tmp_path / "one", Path("two")) == ["one/a.txt", "one/deep/a.txt", "two/a.txt"]
    assert names(Path("one/a.txt")) == ["a.txt"]
    assert names(Path("one/a.txt"), Path("one/missing.txt")) == ["a.txt", "missing.txt"]
    assert names() == []


class Slow:
    """Parses nothing, and remembers what it was given."""

    ahead = 3

    def __init__(self) -> None:
        self.given: list[str] = []

    def submit(self, source: SourceFile) -> Future[Document]:
        self.given.append(source.name)
        return Future()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass


def load(name: str, data: bytes = b"") -> Loaded:
    return lambda: SourceFile(name, data or name.encode(), Metadata())


def test_no_more_files_are_loaded_ahead_than_keep_the_parser_busy() -> None:
    parser = Slow()
    files = read_ahead([load(str(n)) for n in range(10)], parser, lambda _mark: False)
    assert next(files).name == "0"
    assert parser.given == ["0", "1", "2", "3"]
    assert [read.name for read in files] == [str(n) for n in range(1, 10)]
    assert len(parser.given) == 10


def test_large_files_wait_outside_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "AHEAD_BYTES", 100)
    parser = Slow()
    files = read_ahead([load(str(n), bytes([n]) * 90) for n in range(5)], parser, lambda _mark: False)
    assert next(files).name == "0"
    assert parser.given == ["0", "1"]


def test_what_is_held_or_under_way_is_not_parsed_again() -> None:
    parser = Slow()
    loads = [load("a"), load("b", b"a"), load("c")]
    held = fingerprint(loads[2]())
    reads = list(read_ahead(loads, parser, lambda mark: mark == held))
    assert parser.given == ["a"]
    assert reads[0].mark == reads[1].mark != reads[2].mark
    assert reads[2].parsed is not None


def test_a_file_that_cannot_be_loaded_comes_in_its_turn(tmp_path: Path) -> None:
    def missing() -> SourceFile:
        raise SourceMissing("There is no file.")

    reads = list(read_ahead([load("a"), missing, load("b")], Slow(), lambda _mark: False))
    assert [type(read.error) for read in reads] == [type(None), SourceMissing, type(None)]
