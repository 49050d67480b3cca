import pytest

from tests.corpus.docx_files import BREAK, cell, level, lines_of, lists, p, r, row, style, table

# -- looks


@pytest.mark.parametrize(
    ("name", "level_expected"),
    [
        ("heading 1", 1), ("heading 4", 4), ("_ H _Ch_G", 1), ("_ H_M_G", 1), ("_ H_1_G", 2),
        ("_ H_2/3_G", 3),
        ("_ H_4_G", 4), ("_ H_5/6_G", 5), ("_ H_1", 2), ("_ Single Txt_G", None), ("Title", None),
    ],
)  # fmt: skip
def test_a_style_is_a_heading_by_its_name(name: str, level_expected: int | None) -> None:
    styles = style("S", name) + style("T", "Own", based_on="S")
    body = p(r("x"), style="S") + p(r("y"), style="T")
    assert [line.heading for line in lines_of(body, styles=styles)] == [
        level_expected, level_expected,
    ]  # fmt: skip


def test_the_outline_level_decides_and_text_level_is_none() -> None:
    styles = style("H", "heading 1", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
    body = p(r("x"), style="H") + p(r("y"), properties='<w:outlineLvl w:val="2"/>')
    assert [line.heading for line in lines_of(body, styles=styles)] == [None, 3]


def test_the_style_above_tables_in_the_templates_of_the_united_nations_is_no_heading() -> None:
    styles = style("H", "heading 1", '<w:aliases w:val="Table_G"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    assert lines_of(p(r("Table 1"), style="H"), styles=styles)[0].heading is None


def test_a_style_based_on_itself_ends_somewhere() -> None:
    styles = style("A", "A", based_on="B") + style("B", "heading 2", based_on="A")
    assert lines_of(p(r("x"), style="A"), styles=styles)[0].heading == 2


def test_bold_is_what_most_letters_are() -> None:
    body = p(r("Mostly bold", "<w:b/>"), r(" not")) + p(r("1.", "<w:b/>"), r(" Plain text"))
    assert [line.bold for line in lines_of(body)] == [True, False]


def test_bold_of_a_paragraph_style_is_switched_off_by_the_bold_of_a_character_style() -> None:
    styles = style("P", "P", "<w:rPr><w:b/></w:rPr>") + style(
        "C", "C", "<w:rPr><w:b/></w:rPr>", kind="character"
    )
    body = (
        p(r("x"), style="P")
        + p(r("x", '<w:rStyle w:val="C"/>'), style="P")
        + p(r("x", "<w:b w:val='0'/>"), style="P")
    )
    assert [line.bold for line in lines_of(body, styles=styles)] == [True, False, False]


def test_italics_are_those_of_the_first_word_after_the_number() -> None:
    numbering = lists(level(0, "decimal", "%1."))
    italic = r("Welcomes", "<w:i/>") + r(" the report")
    body = p(italic, num=(1, 0)) + p(r("(a)\t"), italic) + p(r("The "), italic) + p(italic)
    assert [line.italic for line in lines_of(body, numbering=numbering)] == [True, True, False, True]


def test_the_size_is_that_of_most_letters_from_run_style_or_default() -> None:
    defaults = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
    styles = defaults + style("P", "P", '<w:rPr><w:sz w:val="20"/></w:rPr>')
    body = p(r("x")) + p(r("x"), style="P") + p(r("long text", '<w:sz w:val="28"/>'), r("x"), style="P")
    assert [line.size for line in lines_of(body, styles=styles)] == [12, 10, 14]
    assert lines_of(p(r("x")))[0].size == 10


def test_indents_come_from_the_paragraph_the_list_and_the_style_in_this_order() -> None:
    in_list = '<w:pPr><w:ind w:left="1000" w:hanging="400"/></w:pPr>'
    numbering = lists(level(0, "decimal", "%1.", in_list))
    styles = style("P", "P", '<w:pPr><w:ind w:left="2000"/></w:pPr>')
    body = (
        p(r("margin"))
        + p(r("list", inside="<w:br/>"), r("rest"), num=(1, 0))
        + p(r("list before style"), num=(1, 0), style="P")
        + p(r("style"), style="P")
        + p(r("own"), num=(1, 0), properties='<w:ind w:start="200" w:firstLine="100"/>')
        + p(r(inside="<w:tab/>"), r("tab"))
    )
    indents = [line.indent for line in lines_of(body, numbering=numbering, styles=styles)]
    assert indents == [0, 30, 50, 30, 100, 15, 36]


# -- pages
def pages(body: str) -> list[tuple[str, int | None, bool]]:
    return [(line.text, line.page, line.page_top) for line in lines_of(body)]


def test_pages_are_those_on_which_word_laid_the_text_out() -> None:
    body = (
        p(r("one"))
        + p(r("two, "), r(inside=BREAK), r("over"))
        + p(r("three"))
        + p(r(inside=BREAK), r("four"))
    )
    assert pages(body) == [("one", 1, True), ("two, over", 1, False), ("three", 2, False), ("four", 3, True)]


def test_a_file_that_does_not_say_where_pages_end_has_none() -> None:
    assert pages(p(r("one", inside='<w:br w:type="page"/>')) + p(r("two"))) == [
        ("one", None, False), ("two", None, False),
    ]  # fmt: skip


def test_a_row_that_begins_or_goes_over_a_page_counts_it_once() -> None:
    body = table(
        row(cell(p(r("a"))), cell(p(r("b")))),
        row(cell(p(r(inside=BREAK), r("c"))), cell(p(r(inside=BREAK), r("d")))),
        row(cell(p(r("e")), p(r(inside=BREAK), r("f"))), cell(p(r("g"), r(inside=BREAK)), p(r("h")))),
    ) + p(r("i"))
    assert [page for _, page, _ in pages(body)] == [1, 1, 2, 2, 2, 3, 2, 3, 3]
