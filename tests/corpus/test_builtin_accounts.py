"""The bytes of the document that ships with Pilcrow, each accounted for."""

import hashlib

from corpus.layout import Reading
from corpus.model import Item, Paragraph, pinpoint_of
from corpus.pinpoint import Pinpoint
from corpus.source_text import joined
from corpus.structure import Structure
from tests.corpus.builtin_document import DATA, TITLE, all_places
from tests.corpus.parsing import assert_spans_cover, texts

# -- the file


def test_the_file_is_the_one_that_was_measured(reading: Reading) -> None:
    assert hashlib.sha256(DATA).hexdigest().startswith("9202ab16ab8ac208")
    assert reading.text == DATA.decode("utf-8")
    assert (len(DATA), len(reading.text), len(reading.lines)) == (30_755, 30_610, 546)
    assert sum(line.blank for line in reading.lines) == 121 + 2


def test_the_signs_of_the_file_are_the_ones_that_were_counted(reading: Reading) -> None:
    signs = {sign: reading.text.count(sign) for sign in set(reading.text) if not sign.isascii()}
    assert signs == {"\u00a0": 113, "’": 15, "–": 1}
    printed = {line.number: reading.text[line.start : line.end].rstrip("\n") for line in reading.lines}
    assert [number for number, text in printed.items() if "\u00a0" in text] == [
        18, 24, 34, 112, 171, 185, 191, 196, 261, 262, 272, 465, 470, 517,
    ]  # fmt: skip
    unspaced = [n for n, text in printed.items() if text and text[-1] not in " \u00a0"]
    assert unspaced == [248]
    assert printed[248].endswith("Tibeto-")


def test_page_breaks_are_found_on_their_lines(reading: Reading) -> None:
    tops = [line.number for line in reading.lines if line.page_top]
    assert tops == [1, 43, 98, 153, 208, 264, 320, 375, 434, 488, 537]
    pages = [line.page for line in reading.lines]
    lengths = [pages.count(page) for page in range(1, 12)]
    assert lengths == [42, 55, 55, 55, 56, 56, 55, 59, 54, 49, 10]


def test_indents_are_regular_without_the_traces_of_page_breaks(reading: Reading) -> None:
    by_indent: dict[float, list[str]] = {}
    for line in reading.lines:
        by_indent.setdefault(line.indent, []).append(line.text)
    assert sorted(by_indent) == [0, 1, 2]
    items_numbered_headings_and_the_footnote = 49 + 11 + 1
    assert len(by_indent[1]) == items_numbered_headings_and_the_footnote
    sub_headings_and_the_title = 19 + 1
    assert len(by_indent[2]) == sub_headings_and_the_title


# -- accounts


def test_every_character_is_accounted_for(reading: Reading, parsed: Structure) -> None:
    assert_spans_cover(parsed, reading.text)
    assert "".join(reading.text[s.start : s.end] for s in parsed.spans) == reading.text
    units = 43 + 49 + 30 + 1 + 2 + 1  # paragraphs, items, headings, title, masthead lines, footnote
    assert len(parsed.spans) == units == 126
    kinds = [span.kind for span in parsed.spans]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "furniture": 1,
        "masthead": 2,
        "paragraph": 43 + 49,
        "heading": 30,
        "footnote": 1,
    }
    assert reading.text[parsed.spans[0].start : parsed.spans[0].end].strip() == "GE."


def test_each_span_holds_the_text_of_its_unit(reading: Reading, parsed: Structure) -> None:
    printed = {found.eid: f"{found.label_printed} {found.text}" for found in all_places(parsed)}
    for section in parsed.sections:
        printed[section.eid] = f"{section.number}. {section.title}" if section.number else section.title
    printed["title"] = f"{TITLE}*"
    printed["fn_star_1"] = f"* {parsed.footnotes[0].text}"
    spans = {span.eid: joined(reading.text[span.start : span.end]) for span in parsed.spans if span.eid}
    assert spans == printed


def test_the_offsets_of_each_place_lead_to_its_words(reading: Reading, parsed: Structure) -> None:
    def as_printed(found: Paragraph | Item) -> str:
        items = (as_printed(item) for item in found.items)
        return " ".join([found.label_printed, found.text, *items])

    for found in all_places(parsed):
        source = reading.text[found.start : found.end]
        assert source == source.strip()
        assert joined(source) == as_printed(found)
    for section in parsed.sections:
        assert joined(reading.text[section.start : section.end]).endswith(section.title)


def test_the_offsets_of_each_sentence_lead_to_its_words(reading: Reading, parsed: Structure) -> None:
    for found in all_places(parsed):
        assert " ".join(sentence.text for sentence in found.sentences) == found.text
        for sentence in found.sentences:
            assert joined(reading.text[sentence.start : sentence.end]) == sentence.text


def test_texts_have_single_spaces_only(parsed: Structure) -> None:
    for text in texts(parsed).values():
        assert text
        assert text.split() == text.split(" ")
        assert text.isprintable()


def test_every_place_has_a_pinpoint_that_is_read_back(parsed: Structure) -> None:
    for each in parsed.paragraphs:
        for found in each.places():
            pinpoint = pinpoint_of(each, found)
            assert pinpoint.eid == found.eid
            assert Pinpoint.parse(str(pinpoint)) == pinpoint
