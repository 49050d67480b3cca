import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest

from corpus.errors import SourceEmpty
from corpus.readers import read, reader_for
from corpus.readers.docx import read_docx
from tests.corpus.docx_files import (
    cell,
    document_xml,
    docx,
    field,
    level,
    lines_of,
    lists,
    p,
    r,
    read_body,
    rewritten,
    row,
    table,
    texts,
)
from tests.corpus.readings import assert_accounts_for_its_text, refusal_of

FORMATS = Path(__file__).parents[3] / "shared/corpus/formats"
PICTURE = '<w:drawing><a:graphic><a:blip r:embed="rId9"/></a:graphic></w:drawing>'


# -- text


def test_each_paragraph_is_a_line_apart_and_empty_ones_print_nothing() -> None:
    reading = read_body(p(r("One")) + p() + p(r("Two"), r(" more")))
    assert reading.text == "One\nTwo more\n"
    assert [(line.number, line.apart) for line in reading.lines] == [(1, True), (2, True)]


def test_a_file_that_python_docx_wrote_is_read() -> None:
    document = python_docx.Document()
    document.add_heading("Introduction", level=2)
    document.add_paragraph("The Committee met.", style="List Number")
    document.add_paragraph("It adjourned.", style="List Number")
    document.add_table(1, 2).rows[0].cells[1].text = "Cell"
    buffer = io.BytesIO()
    document.save(buffer)
    reading = read(buffer.getvalue(), "a.docx")
    assert reading.text == "Introduction\n1.\tThe Committee met.\n2.\tIt adjourned.\nCell\n"
    assert reading.lines[0].heading == 2


def test_a_line_break_divides_a_paragraph_into_lines_that_belong_together() -> None:
    one, two, three = lines_of(p(r("One", inside="<w:br/>"), r("two", inside="<w:cr/><w:br/>"), r("three")))
    assert [(line.text, line.apart) for line in (one, two, three)] == [
        ("One", True), ("two", False), ("three", True),
    ]  # fmt: skip


def test_tabs_hyphens_and_symbols_are_printed() -> None:
    runs = (
        "<w:t>a</w:t><w:tab/><w:t>non</w:t><w:noBreakHyphen/><w:t>State co</w:t>"
        "<w:softHyphen/><w:t>operation</w:t>"
        '<w:sym w:font="Symbol" w:char="F02A"/><w:sym w:font="Wingdings" w:char="F0FC"/><w:ptab/>'
        '<w:sym w:font="Symbol" w:char="F062"/>'
    )
    assert texts(p(r(inside=runs))) == ["a\tnon-State cooperation*✓\tβ"]


@pytest.mark.parametrize("character", ["F0FF", "zz", "", "D800"])
def test_a_symbol_that_is_not_known_is_shown_and_told(character: str) -> None:
    reading = read_body(p(r("x", inside=f'<w:sym w:font="Odd" w:char="{character}"/>')))
    assert reading.text == "x\ufffd\n"
    assert len(reading.warnings) == 1


def test_space_around_text_counts_only_where_it_is_meant() -> None:
    body = "<w:p><w:r><w:t>\n  one </w:t></w:r><w:r><w:t xml:space='preserve'> two\n</w:t></w:r></w:p>"
    assert texts(body) == ["one two"]


def test_links_controls_tags_mathematics_and_ruby_are_read_through() -> None:
    body = (
        f"<w:p><w:hyperlink>{r('a')}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{r('b')}</w:sdtContent></w:sdt>"
        f"<w:smartTag>{r('c')}</w:smartTag><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
        f"<w:r><w:ruby><w:rt>{r('over')}</w:rt><w:rubyBase>{r('d')}</w:rubyBase></w:ruby></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{p(r('block'))}</w:sdtContent></w:sdt><w:customXml>{p(r('xml'))}</w:customXml>"
    )
    assert texts(body) == ["abcx=1d", "block", "xml"]


def test_hidden_text_is_left_out_even_if_a_style_hides_it() -> None:
    style = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(
        r("seen"), r("not", "<w:vanish/>"), r("nor", '<w:rStyle w:val="H"/>'), r("!", '<w:vanish w:val="0"/>')
    )
    assert texts(body, styles=style) == ["seen!"]


# -- fields


def test_a_field_prints_its_result_and_not_its_code() -> None:
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f'{field("MERGEFIELD x", "hidden")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("shown")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        p(r("Page "), field("PAGE", "7"))
        + p(nested)
        + p(f'<w:fldSimple w:instr="DATE">{r("today")}</w:fldSimple>')
    )
    assert texts(body) == ["Page 7", "shown", "today"]


def test_a_field_without_an_end_hides_nothing_but_its_code() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    assert texts(p(begin, r("One")) + p(r("Two"))) == ["One", "Two"]


def test_numbers_that_word_computes_in_fields_are_told() -> None:
    reading = read_body(p(field("AUTONUM", ""), r("The Committee")))
    assert "AUTONUM" in reading.warnings[0]


# -- changes


def test_insertions_are_kept_and_deletions_left_out() -> None:
    body = (
        f"<w:p>{r('The ')}<w:ins>{r('new ')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        f"<w:moveTo>{r('here')}</w:moveTo><w:moveFrom>{r('there')}</w:moveFrom></w:p>"
    )
    assert texts(body) == ["The new here"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_is_not_counted() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    body = (
        p(r("One "), num=(1, 0), properties=deleted) + p(r("and two"), num=(1, 0)) + p(r("Three"), num=(1, 0))
    )
    numbering = lists(level(0, "decimal", "%1."))
    assert texts(body, numbering=numbering) == ["1.\tOne and two", "2.\tThree"]


def test_a_deleted_mark_at_the_end_keeps_its_paragraph() -> None:
    assert texts(p(r("One")) + p(r("Last"), properties="<w:rPr><w:del/></w:rPr>")) == ["One", "Last"]


def test_a_hidden_paragraph_mark_puts_the_next_paragraph_on_its_line() -> None:
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    numbering = lists(level(0, "upperLetter", "%1."))
    body = p(r("Heading. "), num=(1, 0), properties=hidden) + p(r("Text.")) + p(properties=hidden, num=(1, 0))
    assert texts(body + p(r("Next"), num=(1, 0)), numbering=numbering) == ["A.\tHeading. Text.", "B.\tNext"]


# -- tables and boxes


def test_a_table_is_read_row_by_row_with_the_place_of_each_column() -> None:
    inner = table(row(cell(p(r("inner")))))
    body = p(r("Before")) + table(
        row(cell(p(r("a")), p(r("b"))), cell(p(r("c")))), row(cell(inner, p()), cell(p(r("d"))))
    )
    lines = lines_of(body)
    assert [(line.text, line.indent) for line in lines] == [
        ("Before", 0), ("a", 0), ("b", 0), ("c", 100), ("inner", 0), ("d", 100),
    ]  # fmt: skip


def test_what_a_table_does_not_print_is_left_out() -> None:
    body = table(
        row(cell(p(r("deleted"))), properties="<w:del/>"),
        row(cell(p(r("hidden"))), properties="<w:hidden/>"),
        row(cell(p(r("top")), properties='<w:vMerge w:val="restart"/>'), cell(p(r("right")))),
        row(cell(p(r("covered")), properties="<w:vMerge/>"), cell(p(r("below")))),
    )
    assert texts(body) == ["top", "right", "below"]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row(cell(p(r('a'))))}</w:sdtContent></w:sdt>"
    assert texts(table(wrapped)) == ["a"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(r('In the box'))}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp>'
        f"<wps:txbx>{box}</wps:txbx></wps:wsp>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(p(r("Before "), r(inside=both), r("and after")) + p(r("Next"))) == [
        "Before and after", "In the box", "Next",
    ]  # fmt: skip


def test_a_form_for_newer_versions_without_text_gives_way_to_the_other() -> None:
    body = (
        f"<mc:AlternateContent><mc:Choice Requires='x'>{p()}</mc:Choice>"
        f"<mc:Fallback>{p(r('old'))}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(body) == ["old"]


def test_a_file_put_into_the_file_is_told() -> None:
    assert read_body(p(r("x")) + '<w:altChunk r:id="rId5"/>').warnings


# -- other forms of Word files


def test_the_strict_form_is_read() -> None:
    usual = docx(p(r("Strict")))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            xml = before.read(name).decode()
            xml = xml.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            xml = xml.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            after.writestr(name, xml)
    assert read(buffer.getvalue(), "a.docx").text == "Strict\n"


def test_the_text_may_be_in_another_part_and_in_utf_16() -> None:
    data = docx("", main="word/document2.xml")
    assert isinstance(refusal_of(data), SourceEmpty)
    xml = '<?xml version="1.0" encoding="UTF-16"?>' + document_xml(p(r("Utf")))
    assert read(rewritten(docx(p(r("x"))), {"word/document.xml": xml.encode("utf-16")}), "a").text == "Utf\n"


# -- files of the United Nations


@pytest.mark.skipif(not FORMATS.is_dir(), reason="the files are not on this machine")
def test_files_of_the_united_nations_are_read_as_word_prints_them() -> None:
    questions = read((FORMATS / "UPR-wg48-Advance-Questions-Slovenia.docx").read_bytes(), "q.docx")
    assert [line.text for line in questions.lines[:3]] == [
        "ADVANCE QUESTIONS TO SLOVENIA", "Generated on 22 Jan 2025 14:31", "BELGIUM",
    ]  # fmt: skip
    assert questions.lines[3].text.startswith("·\tIs the government of Slovenia considering")
    assert questions.lines[-1].page == 4
    themes = read((FORMATS / "upr48-slovenia-thematic-list-of-recommendatio.docx").read_bytes(), "t.docx")
    assert max(line.page or 0 for line in themes.lines) == 66
    assert "140.7 Ratify the Optional Protocol" in themes.text
    assert themes.lines[0].margin
    assert themes.lines[-1].margin
    for reading in (questions, themes):
        assert_accounts_for_its_text(reading)


@pytest.mark.skipif(not FORMATS.is_dir(), reason="the files are not on this machine")
def test_every_word_file_that_is_there_is_read_by_its_content() -> None:
    for path in FORMATS.glob("*.docx"):
        assert reader_for(path.read_bytes(), path.name) is read_docx
