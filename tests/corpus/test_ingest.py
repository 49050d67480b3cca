from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus import ingest
from corpus.ingest import fingerprint, source_paths
from corpus.model import Metadata
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
