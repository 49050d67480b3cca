import pytest

from assistant.checking.draft import Draft
from assistant.checking.quotations import find_quotations
from assistant.checking.reading import read_draft
from corpus.errors import SourceDamaged, SourceEmpty, SourceEncrypted
from tests.assistant.checking.soundness import assert_is_sound
from tests.corpus.docx_files import BREAK, call, cell, docx, field, note, p, r, rewritten, row, style, table

_STYLES = (
    style("Heading1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + style("Quote", "Quote")
    + style("Mine", "My quotes", based_on="Quote")
    + style("BT", "Block Text")
    + style("Z", "Intensives Zitat")
)
_CHANGE = 'w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z"'


def read(body: str, **parts: str) -> Draft:
    draft = read_draft(docx(body, **parts), "draft.docx")
    assert_is_sound(draft)
    return draft


def parts_of(draft: Draft) -> list[tuple[str, str | None, str]]:
    return [(part.kind, part.note, draft.printed(part).text) for part in draft.parts]


def test_paragraphs_headings_quotations_and_cells_become_parts() -> None:
    draft = read(
        p(r("A heading"), style="Heading1")
        + p(r("First "), r("para", "<w:b/>"), r("graph."), r(inside="<w:br/>"), r("Its second line."))
        + "".join(p(r(f"Quoted {name}."), style=name) for name in ("Quote", "Mine", "BT", "Z"))
        + p(r("Set in."), properties='<w:ind w:left="720" w:right="720"/>')
        + p(r("Set in on one side."), properties='<w:ind w:left="720"/>')
        + table(row(cell(p(r("One"))), cell(p(r("“Two”")), p(r("more"))))),
        styles=_STYLES,
    )
    assert parts_of(draft) == [
        ("heading", None, "A heading"), ("text", None, "First paragraph. Its second line."),
        ("quote", None, "Quoted Quote."), ("quote", None, "Quoted Mine."), ("quote", None, "Quoted BT."),
        ("quote", None, "Quoted Z."), ("quote", None, "Set in."), ("text", None, "Set in on one side."),
        ("cell", None, "One"), ("cell", None, "“Two”"), ("cell", None, "more"),
    ]  # fmt: skip
    assert [quotation.text for quotation in find_quotations(draft) if quotation.block] == [
        "Quoted Quote.\nQuoted Mine.\nQuoted BT.\nQuoted Z.\nSet in."
    ]


def test_where_all_text_is_set_in_it_is_no_quotation() -> None:
    both = '<w:ind w:left="1134" w:right="1134"/>'
    further = '<w:ind w:left="1701" w:right="1701"/>'
    draft = read(p(r("Text of it."), properties=both) * 3 + p(r("Quoted"), properties=further))
    assert [part.kind for part in draft.parts] == ["text", "text", "text", "quote"]


def test_notes_are_tied_to_their_calls_though_marks_return() -> None:
    draft = read(
        p(r("One"), call(2), r(" two"), call(3, "endnote"), r(" “three”"), call(5), r("."))
        + p(r("Four"), call(7, custom=r(" * ")), r(" and"), call(8, custom=r("*")), r(".")),
        footnotes=note(2, r(" See it.")) + note(5, r(" Ibid., "), r("para. 7", "<w:i/>"))
        + f'<w:footnote w:id="7">{p(r("* A star."))}</w:footnote>'
        + f'<w:footnote w:id="8">{p(r("* Another."))}</w:footnote>',
        endnotes=note(3, r(" An endnote."), kind="endnote"),
        settings='<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>',
    )  # fmt: skip
    assert parts_of(draft) == [
        ("text", None, "One two “three”."), ("note", "1", "See it."), ("note", "endnote 1", "An endnote."),
        ("note", "2", "Ibid., para. 7"), ("text", None, "Four and."), ("note", "*", "A star."),
        ("note", "second *", "Another."),
    ]  # fmt: skip
    assert [(draft.text[: each.position].split()[-1], each.mark) for each in draft.calls] == [
        ("One", "1"), ("two1"[:3], "endnote 1"), ("“three”", "2"), ("Four", "*"), ("and", "second *"),
    ]  # fmt: skip


def test_notes_that_begin_again_in_each_section_are_told_apart() -> None:
    restart = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    draft = read(
        p(r("One"), call(2), properties=restart) + p(r("Two"), call(3)) + restart,
        footnotes=note(2, r(" First.")) + note(3, r(" Second.")),
    )
    assert parts_of(draft) == [
        ("text", None, "One"), ("note", "1", "First."),
        ("text", None, "Two"), ("note", "second 1", "Second."),
    ]  # fmt: skip


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    draft = read(
        p(r("It "), f"<w:ins {_CHANGE}>{r('strongly ')}</w:ins>", r("urges "),
          f'<w:del {_CHANGE}><w:r><w:delText>not </w:delText></w:r></w:del>',
          f"<w:moveFrom {_CHANGE}>{r('gone ')}</w:moveFrom>", f"<w:moveTo {_CHANGE}>{r('it')}</w:moveTo>",
          r("."))
    )  # fmt: skip
    assert parts_of(draft) == [("text", None, "It strongly urges it.")]
    assert draft.warnings == ("It has tracked changes, which are read as if all of them were accepted.",)


def test_comments_hidden_text_and_heads_are_not_read_and_fields_and_boxes_are() -> None:
    content = f"<w:txbxContent>{p(r('In a “box”.'))}</w:txbxContent>"
    box = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    control = f"<w:sdt><w:sdtContent>{r('in a control ')}</w:sdtContent></w:sdt>"
    draft = read(
        p(
            '<w:commentRangeStart w:id="0"/>', r("See para. "), field(" REF a ", "34"),
            '<w:commentRangeEnd w:id="0"/>', r(inside='<w:commentReference w:id="0"/>'),
            r(" hidden", "<w:vanish/>"), r(" "), control, r("here.", inside=box),
        )
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>',
        header1=p(r("A running “head”")),
    )  # fmt: skip
    assert parts_of(draft) == [
        ("text", None, "See para. 34 in a control here."), ("text", None, "In a “box”."),
    ]  # fmt: skip
    assert not draft.warnings
    assert "head" not in draft.text


def test_pages_are_known_where_word_left_them() -> None:
    draft = read(p(r("One.")) + p(r("Two "), r(inside=BREAK), r("three.")) + p(r("Four.")))
    assert [(part.page, part.line) for part in draft.parts] == [(1, 1), (1, 3), (2, 5)]


def test_what_cannot_be_read_is_refused_as_sources_are() -> None:
    whole = docx(p(r("One.")))
    with pytest.raises(SourceDamaged):
        read_draft(whole[:200], "a.docx")
    with pytest.raises(SourceDamaged):
        read_draft(rewritten(whole, {"word/document.xml": b"<w:document"}), "a.docx")
    with pytest.raises(SourceEmpty):
        read_draft(docx(p()), "a.docx")
    with pytest.raises(SourceEmpty):
        read_draft(b" \n", "a.md")
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SourceEncrypted):
        read_draft(encrypted, "a.docx")
