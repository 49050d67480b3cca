"""What documents cite: the hard cases H28 to H36 of the references inside a text, and their like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.layout import Line
from corpus.model import Footnote, Metadata, Reference, Span, SpanKind
from corpus.organs import organ_of
from corpus.parse import SourceFile, parse_document
from corpus.references import find_references
from corpus.symbol import Symbol
from tests.corpus.strategies import assembled

OWN = "CRC/C/OPSC/LAO/CO/1"


def references(text: str, own: str = OWN, lines: tuple[Line, ...] = ()) -> tuple[Reference, ...]:
    symbol = Symbol.parse(own)
    spans = [Span("paragraph", 0, len(text), "para_5")] if text else []
    return find_references(text, spans, symbol, organ_of(symbol), lines=lines)


def cited(text: str, own: str = OWN) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(reference.symbol, reference.pinpoints) for reference in references(text, own)]


def with_notes(body: str, *notes: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """What the notes of a document cite, numbered from 1."""
    text, spans, footnotes = body, [Span("paragraph", 0, len(body), "para_1")], []
    for number, note in enumerate(notes, 1):
        start, text = len(text), text + note
        spans.append(Span("footnote", start, len(text), f"fn_{number}"))
        footnotes.append(Footnote(str(number), f"fn_{number}", note, start, len(text)))
    symbol = Symbol.parse(OWN)
    found = find_references(text, spans, symbol, organ_of(symbol), footnotes=footnotes)
    return [(reference.symbol, reference.pinpoints) for reference in found]


# -- the hard cases


def test_h28_a_line_break_and_a_year_divide_no_reference() -> None:
    text = "observations (CRC/C/LAO/CO/2 \npara. 45, 2011) and"
    (found,) = references(text)
    assert (found.symbol, found.pinpoints, found.year) == ("CRC/C/LAO/CO/2", ("45",), 2011)
    assert text[found.start : found.end] == "CRC/C/LAO/CO/2 \npara. 45, 2011"


def test_h29_a_year_beside_a_symbol_is_no_paragraph() -> None:
    (found,) = references("(CRC/C/Lao/CO/2, 2011), adopted on 4 February 2011")
    assert (found.symbol, found.pinpoints, found.year) == ("CRC/C/LAO/CO/2", (), 2011)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("(see CRC/C/SR.1836 and 1837), held", ["CRC/C/SR.1836", "CRC/C/SR.1837"]),
        ("CAT/C/SR.1142 and SR.1145", ["CAT/C/SR.1142", "CAT/C/SR.1145"]),
        ("CRPD/C/SR.188–189", ["CRPD/C/SR.188", "CRPD/C/SR.189"]),
        ("CRPD/C/SR.587, 589 and 591)", ["CRPD/C/SR.587", "CRPD/C/SR.589", "CRPD/C/SR.591"]),
        ("(CRPD/C/NOR/1 et Corr.1)", ["CRPD/C/NOR/1", "CRPD/C/NOR/1/Corr.1"]),
        ("A/HRC/59/60 and Add.1 and 2", ["A/HRC/59/60", "A/HRC/59/60/Add.1", "A/HRC/59/60/Add.2"]),
        ("CRC/C/SR.2004, 27 May 2015", ["CRC/C/SR.2004"]),
        ("CRC/C/SR.2004 and 3 children", ["CRC/C/SR.2004"]),
        ("A/HRC/59/60 and 61 others", ["A/HRC/59/60"]),
    ],
)
def test_h30_a_second_symbol_may_lack_its_beginning(text: str, symbols: list[str]) -> None:
    assert [symbol for symbol, _ in cited(text)] == symbols


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as recommended in paragraphs 12 and 13 above.", [(OWN, ("12", "13"))]),
        ("see paragraph 22 (b) below", [(OWN, ("22 (b)",))]),
        ("the present concluding observations", [(OWN, ())]),
        ("paragraphs 11, 29 and 43 of the present concluding observations", [(OWN, ("11", "29", "43"))]),
        ("its previous concluding observations (CRC/C/LAO/CO/2, para. 18)", [("CRC/C/LAO/CO/2", ("18",))]),
        (
            "paragraph 18 of its previous concluding observations (CRC/C/LAO/CO/2)",
            [("CRC/C/LAO/CO/2", ("18",))],
        ),
        (
            "recommendations contained in paragraphs 21, on health, 31 (c) (education), and 49, on work.",
            [(OWN, ("21", "31 (c)", "49"))],
        ),
        (
            "recommendations made in paragraph 20, on health; in paragraph 31, on work; and in paragraph 41.",
            [(OWN, ("20",)), (OWN, ("31",)), (OWN, ("41",))],
        ),
    ],
)
def test_h31_a_document_cites_its_own_places(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert cited(text) == expected


def test_h31_the_preceding_paragraph_is_the_one_before() -> None:
    text = "1. One.\n\n2. Two.\n\n3. It recommends what the preceding paragraph says.\n"
    document = parse_document(SourceFile("a.txt", text.encode(), given_symbol()))
    assert [(r.symbol, r.pinpoints) for r in document.references] == [(OWN, ("2",))]


def given_symbol() -> Metadata:
    return Metadata(symbol=OWN)


@pytest.mark.parametrize(
    "text",
    [
        "art. 9, paras. 1 and 2",
        "article 12, paragraph 1, of the Optional Protocol",
        "arts. 3; 4, paras. 2 and 3; 5; 6 and 7",
        "paragraph 2 of the law on children",
        "paragraph 4 of article 5 of the Convention",
    ],
)
def test_h32_paragraphs_of_treaties_and_laws_are_no_references(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("its general comment No. 8 (2006)", "CRC/C/GC/8"),
        ("the Human Rights Committee, in its general comment No. 35 (2014),", "CCPR/C/GC/35"),
        (
            "general comment No. 14 (2000) of the Committee on Economic, Social and Cultural Rights",
            "E/C.12/2000/4",
        ),
        ("general recommendation No. 35 (2017) of the Committee on the Elimination of Discrimination\n"
         "against Women", "CEDAW/C/GC/35"),
        ("joint general recommendation No. 31/general comment No. 18 of the Committees", None),
        ("Committee against Torture and Human Rights Committee, in general comment No. 4 (2017)", None),
        ("general comment No. 6 (2018)", None),
    ],
)  # fmt: skip
def test_h33_a_general_comment_is_by_the_committee_named_or_the_own(text: str, symbol: str | None) -> None:
    found = references(text)[0]
    assert (found.symbol, found.unresolved) == (symbol, symbol is None)


def test_h33_several_general_comments_share_their_author() -> None:
    text = (
        "the Committee on the Rights of the Child, general comments No. 9 (2006) and No. 13 (2011), para. 4"
    )
    assert cited(text, "CRPD/C/KEN/CO/1") == [("CRC/C/GC/9", ()), ("CRC/C/GC/13", ("4",))]


def test_h33_an_organ_without_general_comments_guesses_none() -> None:
    assert cited("general comment No. 8 (2006)", "A/HRC/59/60") == [(None, ())]


def test_h34_ibid_is_the_document_of_the_note_before() -> None:
    assert with_notes("1. One.", "CRC/C/LAO/CO/2, para. 5.", "Ibid., para. 7.", "Ibid.") == [
        ("CRC/C/LAO/CO/2", ("5",)),
        ("CRC/C/LAO/CO/2", ("7",)),
        ("CRC/C/LAO/CO/2", ()),
    ]


@pytest.mark.parametrize("before", ["See the report of the Government.", "CRC/C/LAO/CO/2 and A/67/222."])
def test_h34_ibid_after_an_unknown_note_or_two_documents_is_unresolved(before: str) -> None:
    assert with_notes("1. One.", before, "Ibid., para. 7.")[-1] == (None, ("7",))


def test_h34_supra_leads_to_the_note_it_names() -> None:
    notes = (
        "CRC/C/LAO/CO/2.",
        "A/67/222.",
        "Supra note 1, para. 7.",
        "See footnote 2 above.",
        "Supra note 9.",
    )
    assert with_notes("1. One.", *notes)[2:] == [("CRC/C/LAO/CO/2", ("7",)), ("A/67/222", ()), (None, ())]


def test_h35_both_symbols_of_a_joint_document_are_cited() -> None:
    assert cited("CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1, para. 3") == [
        ("CEDAW/C/GC/31/Rev.1", ()),
        ("CRC/C/GC/18/Rev.1", ("3",)),
    ]


def test_h36_a_document_that_nobody_holds_has_its_normalised_symbol() -> None:
    (found,) = references("(see crc/c/x, CERD/C/Zaf/CO/9–11)")
    assert (found.symbol, found.unresolved) == ("CERD/C/ZAF/CO/9-11", False)


# -- to whom a pinpoint belongs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A/RES/70/1, para. 10 (a); see A/67/222, para. 4",
            [("A/RES/70/1", ("10 (a)",)), ("A/67/222", ("4",))],
        ),
        ("CRC/C/GC/8 and CRC/C/GC/9, paras. 3 and 4", [("CRC/C/GC/8", ()), ("CRC/C/GC/9", ("3", "4"))]),
        ("CRC/C/GC/8, para. 3; see also para. 5 (d)", [("CRC/C/GC/8", ("3", "5 (d)"))]),
        ("general comment No. 13 (2011) on freedom from violence, para. 4", [("CRC/C/GC/13", ("4",))]),
        ("(CRC/C/GC/8). The law changed. See para. 5", [("CRC/C/GC/8", ()), (None, ("5",))]),
        ("CRC/C/GC/8, on article 19, paragraph 1", [("CRC/C/GC/8", ())]),
        ("paragraph 15 of the annex to Human Rights Council resolution 5/1", [("A/HRC/RES/5/1", ())]),
        ("paragraph 4 of General Assembly resolution 70/1", [("A/RES/70/1", ("4",))]),
    ],
)
def test_a_pinpoint_belongs_to_the_document_beside_it(
    text: str, expected: list[tuple[str | None, tuple[str, ...]]]
) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(
    ("own", "text", "symbols"),
    [
        (OWN, "Security Council resolution 1325 (2000)", ["S/RES/1325"]),
        (OWN, "Economic and Social Council resolution 1980/67", ["E/RES/1980/67"]),
        ("A/RES/78/323", "its resolutions 53/199 of 15 December 1998 and 61/185 of 2006",
         ["A/RES/53/199", "A/RES/61/185"]),
        ("A/HRC/RES/59/25", "Council resolution 16/21", ["A/HRC/RES/16/21"]),
        ("A/HRC/RES/59/25", "Assembly resolution 76/300", ["A/RES/76/300"]),
        (OWN, "General Assembly resolution 217 A (III)", []),
        (OWN, "resolution 70/1", []),
    ],
)  # fmt: skip
def test_resolutions_have_the_symbol_of_the_organ_that_adopts_them(
    own: str, text: str, symbols: list[str]
) -> None:
    assert [symbol for symbol, _ in cited(text, own)] == symbols


# -- what is printed


def test_a_symbol_divided_between_lines_is_whole() -> None:
    text = "(see CRC/C/OPSC/\nLAO/Q/1, para. 3)"
    (found,) = references(text)
    assert (found.symbol, found.pinpoints) == ("CRC/C/OPSC/LAO/Q/1", ("3",))
    assert text[found.start : found.end] == "CRC/C/OPSC/\nLAO/Q/1, para. 3"


def test_the_mark_of_a_footnote_is_no_part_of_a_symbol() -> None:
    text = "see CRPD/C/KEN/12 and"
    line = Line(text, 0, len(text), 1, calls=((16, 17),))
    (found,) = references(text, lines=(line,))
    assert found.symbol == "CRPD/C/KEN/1"


def test_running_heads_and_mastheads_cite_nothing_of_their_own() -> None:
    text = f"{OWN}\n{OWN}\nA/67/222\n{OWN}\n"
    ends = [len(OWN) + 1, 2 * len(OWN) + 2, 2 * len(OWN) + 11, len(text)]
    kinds: list[SpanKind] = ["furniture", "masthead", "masthead", "paragraph"]
    spans = [
        Span(kind, start, end, None if kind != "paragraph" else "para_1")
        for kind, start, end in zip(kinds, [0, *ends], ends, strict=False)
    ]
    symbol = Symbol.parse(OWN)
    found = find_references(text, spans, symbol, organ_of(symbol))
    assert [(r.symbol, r.start) for r in found] == [("A/67/222", ends[1]), (OWN, ends[2])]


def test_a_reference_over_a_page_break_is_one() -> None:
    pieces = ["see CRC/C/LAO/CO/2, ", f"{OWN}\n", "para. 5."]
    starts = [0, len(pieces[0]), len(pieces[0] + pieces[1]), len("".join(pieces))]
    kinds: list[SpanKind] = ["paragraph", "furniture", "paragraph"]
    spans = [
        Span(kind, start, end, "para_1" if kind == "paragraph" else None)
        for kind, start, end in zip(kinds, starts, starts[1:], strict=False)
    ]
    symbol = Symbol.parse(OWN)
    (found,) = find_references("".join(pieces), spans, symbol, organ_of(symbol))
    assert (found.symbol, found.pinpoints) == ("CRC/C/LAO/CO/2", ("5",))


@given(
    assembled(
        "CRC/C/SR.1836", " and ", "1837", "para. ", "3", " (a)", "general comment No. 8 (2006)", "Ibid.",
        "above", "of ", "the present report", "\n", "(", ")", "; ", ", on work, ", "resolution 70/1", "A/",
        max_size=24,
    )
    | st.text()
)  # fmt: skip
def test_references_lie_within_the_text_in_order(text: str) -> None:
    position = 0
    for found in references(text):
        assert position <= found.start < found.end <= len(text)
        assert found.unresolved == (found.symbol is None)
        position = found.start


@pytest.mark.parametrize(
    "piece",
    [
        "A/A/", "CRC/C/SR.1 and ", "para. 3, ", "paragraphs 3 (", "general comment No. 3 (2001) and ",
        "ibid. ", "resolution 1/2, ", "CRC/C/\n", "the present report para. 3 of ", "(((",
        ", on a 3, ", "General Assembly ",
    ],
)  # fmt: skip
def test_hostile_text_takes_no_time(piece: str) -> None:
    references(piece * (100_000 // len(piece)))
