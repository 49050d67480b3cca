import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import (
    SourceDamaged,
    SourceEmpty,
    SourceEncrypted,
    SourceNotText,
    SourceRefused,
    SourceScanned,
    SourceTooLarge,
)
from corpus.readers import docx_package, read
from corpus.readers.docx import read_docx
from tests.corpus.docx_files import (
    call,
    cell,
    document_xml,
    docx,
    field,
    level,
    lists,
    p,
    r,
    rewritten,
    row,
    style,
    table,
    texts,
)
from tests.corpus.readings import assert_accounts_for_its_text, refusal_of

PICTURE = '<w:drawing><a:graphic><a:blip r:embed="rId9"/></a:graphic></w:drawing>'


# -- refusals


def archive_of(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_file_with_pictures_only_is_scanned_and_one_without_is_empty() -> None:
    assert isinstance(refusal_of(docx(p(r(inside=PICTURE)))), SourceScanned)
    assert isinstance(refusal_of(docx(p())), SourceEmpty)
    assert isinstance(
        refusal_of(docx(p(num=(1, 0)), numbering=lists(level(0, "decimal", "%1.")))), SourceEmpty
    )


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("content.xml", "OpenDocument"),
        ("META-INF/container.xml", "e-book"), ("reports/a.txt", "zip archive"),
        ("Index/Document.iwa", "Pages"),
    ],
)  # fmt: skip
def test_a_zip_that_is_no_word_file_is_named(part: str, kind: str) -> None:
    refusal = refusal_of(archive_of({part: b"<x/>"}))
    assert isinstance(refusal, SourceNotText)
    assert kind in refusal.message


def test_an_empty_zip_is_no_word_file() -> None:
    assert isinstance(refusal_of(archive_of({})), SourceNotText)


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": b"<w:document"},
        {"word/document.xml": b""},
        {"word/document.xml": b"<a/>"},
        {"word/document.xml": b"\xff\xfe\x00"},
        {"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?><a/>'},
        {"word/document.xml": document_xml("").replace("w:body", "w:other").encode()},
        {"word/document.xml": None, "word/styles.xml": b"<a/>"},
        {"word/_rels/document.xml.rels": b"<Relationships"},
        {"_rels/.rels": b"no xml"},
    ],
)
def test_a_broken_part_makes_a_damaged_file(parts: dict[str, bytes | None]) -> None:
    assert isinstance(refusal_of(rewritten(docx(p(r("x"))), parts)), SourceDamaged)


def test_the_package_may_leave_out_what_word_does_not_need() -> None:
    data = rewritten(
        docx(p(r("x"))),
        {"_rels/.rels": None, "word/_rels/document.xml.rels": None, "[Content_Types].xml": None},
    )
    assert read(data, "a.docx").text == "x\n"


def test_a_relationship_to_nothing_is_passed_over() -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<!-- --><Relationship Id="a" Type="x/styles" Target="NULL"/>'
        b'<Relationship Id="b&quot;&lt;" Type="x/header" Target="/word/header.xml"/>'
        b'<Relationship Id="c" Type="x/settings" Target="http://a" TargetMode="External"/></Relationships>'
    )
    assert read(rewritten(docx(p(r("x"))), {"word/_rels/document.xml.rels": rels}), "a.docx").text == "x\n"


def test_declared_entities_are_refused_before_anything_is_parsed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + document_xml(p(r("x")))
    for data in (bomb.encode(), f'<?xml version="1.0" encoding="utf-16"?>{bomb}'.encode("utf-16")):
        assert isinstance(refusal_of(rewritten(docx(""), {"word/document.xml": data})), SourceDamaged)


@pytest.mark.parametrize(("depth", "is_read"), [(70, True), (2000, False)])
def test_deep_tables_are_read_or_refused(depth: int, is_read: bool) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + p(r("deep")) + "</w:tc></w:tr></w:tbl>" * depth
    if is_read:
        assert texts(body) == ["deep"]
    else:
        assert isinstance(refusal_of(docx(body)), SourceDamaged)


def test_a_file_that_unpacks_to_far_more_is_refused() -> None:
    data = rewritten(docx(p(r("x"))), {"word/media/a.bmp": bytes(17 * 2**20)})
    assert isinstance(refusal_of(data), SourceTooLarge)


def test_limits_hold_for_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    data = rewritten(docx(p(r("x" * 5000)), styles=""), {"word/media/a.png": bytes(5000)})
    for limit in ("MAX_INFLATED", "MAX_XML"):
        with monkeypatch.context() as patch:
            patch.setattr(docx_package, limit, 4000)
            assert isinstance(refusal_of(data), SourceTooLarge)
    monkeypatch.setattr(docx_package, "MAX_PARTS", 3)
    assert isinstance(refusal_of(data), SourceTooLarge)


def test_a_list_of_parts_that_is_too_long_is_not_read() -> None:
    data = bytearray(docx(p(r("x"))))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 2**31)
    assert isinstance(refusal_of(bytes(data)), SourceTooLarge)


def test_a_size_that_is_told_wrong_is_found_out() -> None:
    data = bytearray(docx(p(r("x" * 5000))))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    assert isinstance(refusal_of(bytes(data)), SourceDamaged)


def test_a_packing_that_word_does_not_know_is_refused() -> None:
    assert isinstance(refusal_of(rewritten(docx(p(r("x"))), {}, zipfile.ZIP_LZMA)), SourceDamaged)


def test_a_part_under_a_password_is_encrypted() -> None:
    data = bytearray(docx(p(r("x"))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    assert isinstance(refusal_of(bytes(data)), SourceEncrypted)


# -- properties

VALID = docx(
    p(r("Title"), call(1, custom="<w:t>*</w:t>"), style="H")
    + p(r("The Committee "), r("welcomes", "<w:i/>"), num=(1, 0))
    + table(row(cell(p(r("a"), num=(1, 1))), cell(p(r("b", inside="<w:br/>"), r("c")))))
    + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>',
    styles=style("H", "heading 1", '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr>'),
    numbering=lists(level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)")),
    footnotes=f'<w:footnote w:id="1">{p(r("* Adopted."))}</w:footnote>',
    header1=p(r("A/HRC/1")),
)


def assert_reads_or_refuses(data: bytes) -> None:
    try:
        reading = read(data, "a.docx")
    except SourceRefused:
        return
    assert_accounts_for_its_text(reading)


def test_a_reading_accounts_for_its_text() -> None:
    reading = read_docx(VALID, "a.docx")
    assert_accounts_for_its_text(reading)
    assert reading.text == "A/HRC/1\nTitle*\n1.\tThe Committee welcomes\n(a)\ta\nb\nc\n* Adopted.\n"


@settings(max_examples=100)
@given(st.integers(0, len(VALID)))
def test_a_file_that_is_cut_off_is_refused_or_read(length: int) -> None:
    assert_reads_or_refuses(VALID[:length])


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(4, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_are_refused_or_read(changes: list[tuple[int, int]]) -> None:
    data = bytearray(VALID)
    for place, value in changes:
        data[place] = value
    assert_reads_or_refuses(bytes(data))


_XML = document_xml(
    p(r("One"), call(1), num=(1, 0))
    + table(row(cell(p(r("a")))))
    + p(field("PAGE", "2"), properties="<w:rPr><w:del/></w:rPr>")
)
_TAGS = [part for part in _XML.replace(">", ">\0").replace("<", "\0<").split("\0") if part]


@settings(max_examples=200)
@given(st.integers(1, len(_TAGS) - 2), st.integers(1, len(_TAGS) - 2), st.sampled_from(_TAGS))
def test_xml_with_other_tags_is_refused_or_read(place: int, other: int, tag: str) -> None:
    tags = list(_TAGS)
    tags[place], tags[other] = tag, tags[place]
    assert_reads_or_refuses(rewritten(VALID, {"word/document.xml": "".join(tags).encode()}))


_VALUES = st.sampled_from(
    ["0", "-1", "9", "99999999999999999999", "x", "", "%1%2%9", "bullet", "upperRoman", "é"]
)


@settings(max_examples=150)
@given(
    st.sampled_from(["word/numbering.xml", "word/styles.xml", "word/document.xml"]),
    st.integers(0, 60),
    _VALUES,
)
def test_odd_values_in_any_property_are_refused_or_read(part: str, index: int, value: str) -> None:
    with zipfile.ZipFile(io.BytesIO(VALID)) as archive:
        pieces = archive.read(part).decode().split('w:val="')
    place = 1 + index % (len(pieces) - 1)
    pieces[place] = value + pieces[place][pieces[place].index('"') :]
    assert_reads_or_refuses(rewritten(VALID, {part: 'w:val="'.join(pieces).encode()}))
