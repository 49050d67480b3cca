import pytest

from corpus.layout import Reading
from tests.corpus.docx_files import BREAK, call, field, level, lines_of, lists, note, p, r, read_body, texts


def called(reading: Reading) -> list[str]:
    return [reading.text[start:end] for line in reading.lines for start, end in line.calls]


# -- notes


SEPARATOR = f'<w:footnote w:type="separator" w:id="-1">{p(r("---"))}</w:footnote>'


def test_notes_are_numbered_by_their_calls_and_follow_the_text() -> None:
    notes = (
        SEPARATOR
        + note(5, r(" Five."))
        + note(9, r(inside="<w:tab/>"), r("Nine."))
        + note(7, r("Not called"))
    )
    reading = read_body(p(r("A"), call(9), r(", b"), call(5), r(".")) + p(r("End")), footnotes=notes)
    assert reading.text == "A1, b2.\nEnd\n1\tNine.\n2 Five.\n"
    assert called(reading) == ["1", "2"]
    assert [(line.note, line.note_start) for line in reading.lines[2:]] == [("1", True), ("2", True)]


def test_a_note_of_several_paragraphs_begins_once() -> None:
    notes = f'<w:footnote w:id="1">{p(r("First"))}{p(r("Second"))}</w:footnote>'
    reading = read_body(p(r("A"), call(1)), footnotes=notes)
    assert [(line.text, line.note, line.note_start) for line in reading.lines[1:]] == [
        ("First", "1", True), ("Second", "1", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "mark", ["<w:t>*</w:t>", '<w:sym w:font="Symbol" w:char="F02A"/>', "</w:r><w:r><w:t>* </w:t>"]
)
def test_a_mark_that_is_typed_is_not_counted(mark: str) -> None:
    typed = f'<w:footnote w:id="1">{p(r("* Adopted."))}</w:footnote>'
    reading = read_body(
        p(r("Title"), call(1, custom=mark)) + p(r("Text"), call(2)), footnotes=typed + note(2, r(" See."))
    )
    assert called(reading) == ["*", "1"]
    assert [(line.text, line.note) for line in reading.lines[2:]] == [("* Adopted.", "*"), ("1 See.", "1")]


def test_endnotes_have_marks_of_their_own() -> None:
    reading = read_body(
        p(r("A"), call(1, "endnote"), call(1)),
        endnotes=note(1, r(" End."), kind="endnote"),
        footnotes=note(1, r(" Foot.")),
    )
    assert reading.text == "Ai1\n1 Foot.\ni End.\n"


def test_notes_are_counted_as_section_and_settings_say() -> None:
    section = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    notes = "".join(note(i, r(f" Note {i}.")) for i in (1, 2, 3))
    settings_part = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="2"/></w:footnotePr>'
    body = p(r("A"), call(1), call(2), properties=section) + p(r("B"), call(3)) + section
    reading = read_body(body, footnotes=notes, settings=settings_part)
    assert called(reading) == ["b", "c", "b"]


def test_notes_counted_by_page_need_to_know_the_pages() -> None:
    by_page = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    notes = note(1, r(" One.")) + note(2, r(" Two."))
    body = p(r("A"), call(1)) + p(r(inside=BREAK), r("B"), call(2))
    assert called(read_body(body, footnotes=notes, settings=by_page)) == ["1", "1"]
    without = read_body(body.replace(BREAK, ""), footnotes=notes, settings=by_page)
    assert called(without) == ["1", "2"]
    assert "each page" in without.warnings[0]


def test_a_call_of_a_note_that_is_not_there_prints_nothing() -> None:
    assert texts(p(r("A"), call(4), call(5, custom="<w:t>*</w:t>"))) == ["A*"]


def test_calls_are_where_they_are_printed_after_a_number_and_space() -> None:
    numbering = lists(level(0, "decimal", "%1."))
    reading = read_body(p(r("  The Committee"), call(1), num=(1, 0)), numbering=numbering, footnotes=note(1))
    assert reading.text.startswith("1.\t  The Committee1\n")
    assert called(reading) == ["1"]


# -- heads and feet


def test_heads_and_feet_that_are_printed_stand_around_the_text_once() -> None:
    references = "".join(
        f'<w:headerReference w:type="{kind}" r:id="header{i}"/>'
        for i, kind in enumerate(("first", "default", "even"), 1)
    )
    section = (
        f'<w:sectPr>{references}<w:footerReference w:type="default" r:id="footer1"/><w:titlePg/></w:sectPr>'
    )
    body = p(r("Text"), properties=section) + p(r("More")) + section
    parts = {f"header{i}": p(r(f"Head {i}")) for i in (1, 2, 3)} | {"footer1": p(field("PAGE", "2"))}
    lines = lines_of(body, **parts)
    assert [(line.text, line.margin) for line in lines] == [
        ("Head 1", True), ("Head 2", True), ("Text", False), ("More", False), ("2", True),
    ]  # fmt: skip
    even = lines_of(body, settings="<w:evenAndOddHeaders/>", **parts)
    assert [line.text for line in even if line.margin] == ["Head 1", "Head 2", "Head 3", "2"]


def test_numbers_in_a_head_do_not_count_for_the_text() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    numbering = lists(level(0, "decimal", "%1."))
    lines = texts(p(r("x"), num=(1, 0)) + section, header1=p(r("h"), num=(1, 0)), numbering=numbering)
    assert lines == ["1.\th", "1.\tx"]


def test_a_head_that_is_missing_is_no_head() -> None:
    assert texts(p(r("x")) + '<w:sectPr><w:headerReference w:type="default" r:id="none"/></w:sectPr>') == [
        "x"
    ]
