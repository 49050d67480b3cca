"""A document in lines: all of it, in printed order, with what stands where."""

from __future__ import annotations

import pytest

from assistant.printed import PrintedDocument, printed
from assistant.service import Assistant
from corpus.model import Metadata
from corpus.parse import SourceFile, parse_document

LAO = "crc-c-opsc-lao-co-1"


@pytest.fixture
def document(assistant: Assistant) -> PrintedDocument:
    return printed(*assistant.document_with_header(LAO))


def test_every_text_is_printed_once_and_in_order(assistant: Assistant, document: PrintedDocument) -> None:
    _, held = assistant.document_with_header(LAO)
    texts = "\n".join(f"{line.mark} {line.text}".strip() for line in document.lines if line.kind == "text")
    assert texts == "\n".join(f"{p.label_printed} {p.full_text}" for p in held.paragraphs)
    assert [line.text for line in document.lines if line.kind == "heading"] == [
        s.title for s in held.sections
    ]
    assert [line.text for line in document.lines if line.kind == "note"] == [n.text for n in held.footnotes]


def test_a_place_has_its_lines_and_those_of_its_items(document: PrintedDocument) -> None:
    places = {place.eid: place for place in document.places}
    whole, item = places["para_16"], places["para_16__subpara_b"]
    assert [line.mark for line in document.lines[whole.line : whole.end]] == [
        "16.",
        "(a)",
        "(b)",
        "(c)",
        "(d)",
    ]
    assert [line.mark for line in document.lines[item.line : item.end]] == ["(b)"]
    assert item.label == "CRC/C/OPSC/LAO/CO/1, para. 16 (b)"
    assert item.text == document.lines[item.line].text
    assert whole.page is not None


def test_headings_know_their_paragraphs_and_what_they_stand_under(document: PrintedDocument) -> None:
    headings = {heading.title: heading for heading in document.headings}
    outer, inner = headings["IV. General measures of implementation"], headings["Training"]
    assert (outer.first, outer.last, outer.depth) == ("9", "20", 0)
    assert (inner.first, inner.last, inner.depth) == ("15", "16", 1)
    assert inner.path == ("General measures of implementation", "Training")
    assert document.lines[inner.line].text == "Training"


TEXT = """CRC/C/KEN/CO/9

Concluding observations on Kenya

I. Data

1. The Committee recommends that the State party:
(a) Collect data;
(b) Take measures:
(i) To publish them;
(ii) To keep them.
It also recommends that it report.

2. The Committee is concerned.
"""


def test_items_in_items_stand_deeper_and_text_after_a_list_keeps_no_number(assistant: Assistant) -> None:
    source = SourceFile("ken.txt", TEXT.encode(), Metadata(symbol="CRC/C/KEN/CO/9"))
    document = printed(assistant.header(LAO), parse_document(source))
    lines = [(line.mark, line.depth) for line in document.lines if line.kind == "text"]
    assert lines[:5] == [("1.", 0), ("(a)", 1), ("(b)", 1), ("(i)", 2), ("(ii)", 2)]
    assert lines[-1] == ("2.", 0)
    assert [place.label.partition(", ")[2] for place in document.places][:4] == [
        "para. 1",
        "para. 1 (a)",
        "para. 1 (b)",
        "para. 1 (b) (i)",
    ]
