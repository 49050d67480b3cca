import hashlib
from datetime import date
from pathlib import Path

import pytest

from corpus import parse
from corpus.errors import (
    NoParagraphs,
    SourceDamaged,
    SourceEmpty,
    SourceMissing,
    SourceTooLarge,
    SourceUnreadable,
    SymbolInvalid,
    SymbolUnknown,
)
from corpus.model import Metadata
from corpus.parse import SourceFile, builtin_sources, load_source, parse_document

GIVEN = Metadata(symbol="CRC/C/KEN/CO/1")


def source(text: str, given: Metadata = GIVEN) -> SourceFile:
    return SourceFile("a.txt", text.encode(), given)


# -- files


def test_a_file_is_loaded_with_its_name_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "observations.txt"
    path.write_bytes(b"1. One.\r\n")
    loaded = load_source(path, GIVEN)
    assert loaded == SourceFile("observations.txt", b"1. One.\r\n", GIVEN)
    assert loaded.sha256 == hashlib.sha256(b"1. One.\r\n").hexdigest()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"There is no file .*nothing\.txt"):
        load_source(tmp_path / "nothing.txt")


def test_what_is_no_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    for path in (
        tmp_path,
        tmp_path / "file.txt" / "below.txt",
        tmp_path / "loop.txt",
        tmp_path / ("x" * 300),
    ):
        with pytest.raises(SourceUnreadable, match="cannot be opened"):
            load_source(path)


@pytest.mark.parametrize(("size", "too_large"), [(99, False), (100, False), (101, True), (1000, True)])
def test_a_file_above_the_limit_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, too_large: bool
) -> None:
    monkeypatch.setattr(parse, "MAX_SOURCE_BYTES", 100)
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * size)
    if too_large:
        with pytest.raises(SourceTooLarge, match=r"long\.txt"):
            load_source(path)
    else:
        assert len(load_source(path).data) == size


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="has no endless file")
def test_a_file_without_end_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MAX_SOURCE_BYTES", 100_000)
    with pytest.raises(SourceTooLarge):
        load_source(Path("/dev/zero"))


# -- documents


def test_a_document_says_where_it_comes_from() -> None:
    document = parse_document(source("1. One.\n\n2. Two.\n"))
    assert (document.symbol, document.slug) == ("CRC/C/KEN/CO/1", "crc-c-ken-co-1")
    assert document.url == "https://docs.un.org/en/CRC/C/KEN/CO/1"
    assert document.source.name == "a.txt"
    assert document.source.sha256 == hashlib.sha256(b"1. One.\n\n2. Two.\n").hexdigest()
    assert document.text == "1. One.\n\n2. Two.\n"
    assert [p.text for p in document.paragraphs] == ["One.", "Two."]


def test_what_nobody_says_of_a_document_stays_open() -> None:
    document = parse_document(source("1. One.\n", Metadata(symbol="CRC/C/GC/30")))
    assert (document.title, document.language, document.edition) == ("CRC/C/GC/30", "en", "issued")
    assert (document.states, document.session, document.adopted, document.issued) == ((), None, None, None)
    assert document.committee == "Committee on the Rights of the Child"


def test_what_is_given_beats_what_the_text_says() -> None:
    given = Metadata(
        symbol="crc/c/ken/co/2",
        title="A title",
        committee="A committee",
        instrument="A treaty",
        states=("Utopia",),
        session="first session",
        adopted=date(2001, 2, 3),
        issued=date(2001, 3, 4),
        language="fr",
        edition="corrected",
    )
    text = "CRC/C/KEN/CO/1\n\nConcluding observations on the report of Kenya\n\n1. One.\n"
    document = parse_document(source(text, given))
    assert document.symbol == "CRC/C/KEN/CO/2"
    for name in (
        "title", "committee", "instrument", "states", "session", "adopted", "issued", "language", "edition",
    ):  # fmt: skip
        assert getattr(document, name) == getattr(given, name)


def test_the_same_bytes_give_the_same_document() -> None:
    (builtin,) = builtin_sources()
    assert parse_document(builtin) == parse_document(builtin)


def test_a_text_without_numbered_paragraphs_is_refused() -> None:
    with pytest.raises(NoParagraphs, match=r"a\.txt has no numbered paragraphs"):
        parse_document(source("Concluding observations\n\nNothing here is numbered.\n"))


def test_a_text_that_names_no_symbol_is_refused() -> None:
    with pytest.raises(SymbolUnknown, match="--symbol"):
        parse_document(source("1. The Committee considered the report (CRC/C/KEN/1).\n", Metadata()))


def test_a_given_symbol_must_be_one() -> None:
    with pytest.raises(SymbolInvalid, match="'Kenya'"):
        parse_document(source("1. One.\n", Metadata(symbol="Kenya")))


@pytest.mark.parametrize(("data", "error"), [(b"", SourceEmpty), (b"%PDF-1.7", SourceDamaged)])
def test_what_no_reader_reads_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"a\.txt"):
        parse_document(SourceFile("a.txt", data, GIVEN))


# -- the document that ships with Pilcrow


def test_one_document_ships_with_its_metadata() -> None:
    (builtin,) = builtin_sources()
    assert builtin.name == "CRC_C_OPSC_LAO_CO_1.txt"
    assert builtin.given.symbol == "CRC/C/OPSC/LAO/CO/1"
    document = parse_document(builtin)
    assert document.states == ("Lao People's Democratic Republic",)
    assert document.adopted == date(2015, 6, 5)
    assert document.edition == "advance unedited"
    assert [p.label for p in document.paragraphs] == [str(number) for number in range(1, 44)]
