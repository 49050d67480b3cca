from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.styles import STYLE_NAMES, STYLES, CitedDocument, first_reference, frame_of
from assistant.service import Assistant
from corpus.model import Metadata
from corpus.pinpoint import Pinpoint, Style, format_list

LAOS = CitedDocument(
    authors=("Committee on the Rights of the Child",),
    title="Concluding observations on the report submitted by Laos",
    symbols=("CRC/C/OPSC/LAO/CO/1",),
    adopted=date(2015, 6, 5),
    issued=None,
)
T = "Concluding Observations on the Report Submitted by Laos"
KENYA = CitedDocument(
    authors=("Committee on the Rights of Persons with Disabilities",),
    title="Concluding observations on the initial report of Kenya",
    symbols=("CRPD/C/KEN/CO/1",),
    adopted=date(2015, 8, 28),
    issued=date(2015, 9, 30),
)
K = "Concluding Observations on the Initial Report of Kenya"


def cite(cited: CitedDocument, places: str, style: Style) -> str:
    return first_reference(cited, Pinpoint.parse_all(places), style)


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("un", "CRC/C/OPSC/LAO/CO/1, para. 34."),
        (
            "oscola",
            f"Committee on the Rights of the Child, ‘{T}’ (5 June 2015) UN Doc CRC/C/OPSC/LAO/CO/1, para 34",
        ),
        (
            "aglc",
            f"Committee on the Rights of the Child, {T}, UN Doc CRC/C/OPSC/LAO/CO/1 "
            "(adopted 5 June 2015) para 34.",
        ),
        (
            "bluebook",
            f"Comm. on the Rts. of the Child, {T}, ¶ 34, U.N. Doc. CRC/C/OPSC/LAO/CO/1 "
            "(adopted June 5, 2015).",
        ),
        (
            "mcgill",
            f"Committee on the Rights of the Child, {T}, UN Doc CRC/C/OPSC/LAO/CO/1 (2015) at para 34.",
        ),
        (
            "chicago",
            f"Committee on the Rights of the Child, “{T},” CRC/C/OPSC/LAO/CO/1 (June 5, 2015), para. 34.",
        ),
    ],
)
def test_a_document_whose_day_of_issue_is_unknown(style: Style, printed: str) -> None:
    assert cite(LAOS, "34", style) == printed


@pytest.mark.parametrize(
    ("style", "end"),
    [
        ("oscola", f"‘{K}’ (28 August 2015) UN Doc CRPD/C/KEN/CO/1, paras 22(a), 24"),
        (
            "aglc",
            f"{K}, UN Doc CRPD/C/KEN/CO/1 (30 September 2015, adopted 28 August 2015) paras 22(a), 24.",
        ),
        ("bluebook", f"{K}, ¶¶ 22(a), 24, U.N. Doc. CRPD/C/KEN/CO/1 (Sept. 30, 2015)."),
        ("mcgill", f"{K}, UN Doc CRPD/C/KEN/CO/1 (2015) at paras 22(a), 24."),
        ("chicago", f"“{K},” CRPD/C/KEN/CO/1 (August 28, 2015), paras. 22(a), 24."),
        ("un", "CRPD/C/KEN/CO/1, paras. 22 (a) and 24."),
    ],
)
def test_each_style_has_its_dates_and_its_lists_of_places(style: Style, end: str) -> None:
    assert cite(KENYA, "22 (a) and 24", style).endswith(end)


def test_mcgill_has_the_year_of_issue_before_that_of_adoption() -> None:
    late = replace(KENYA, adopted=date(2015, 12, 18), issued=date(2016, 1, 29))
    assert " (2016) at para 1." in cite(late, "1", "mcgill")


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("un", "CRC/C/OPSC/LAO/CO/1, para. 34."),
        ("oscola", f"‘{T}’ UN Doc CRC/C/OPSC/LAO/CO/1, para 34"),
        ("aglc", f"{T}, UN Doc CRC/C/OPSC/LAO/CO/1 para 34."),
        ("bluebook", f"{T}, ¶ 34, U.N. Doc. CRC/C/OPSC/LAO/CO/1."),
        ("mcgill", f"{T}, UN Doc CRC/C/OPSC/LAO/CO/1 at para 34."),
        ("chicago", f"“{T},” CRC/C/OPSC/LAO/CO/1, para. 34."),
    ],
)
def test_an_unknown_author_and_date_leave_no_trace(style: Style, printed: str) -> None:
    assert cite(replace(LAOS, authors=(), adopted=None), "34", style) == printed


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("oscola", "Committee on the Rights of the Child, (5 June 2015) UN Doc CRC/C/OPSC/LAO/CO/1, para 34"),
        (
            "aglc",
            "Committee on the Rights of the Child, UN Doc CRC/C/OPSC/LAO/CO/1 (adopted 5 June 2015) para 34.",
        ),
        (
            "bluebook",
            "Comm. on the Rts. of the Child, ¶ 34, U.N. Doc. CRC/C/OPSC/LAO/CO/1 (adopted June 5, 2015).",
        ),
        ("mcgill", "Committee on the Rights of the Child, UN Doc CRC/C/OPSC/LAO/CO/1 (2015) at para 34."),
        (
            "chicago",
            "Committee on the Rights of the Child, CRC/C/OPSC/LAO/CO/1 (June 5, 2015), para. 34.",
        ),
    ],
)
def test_a_document_without_a_title_is_cited_by_its_symbol(style: Style, printed: str) -> None:
    assert cite(replace(LAOS, title=""), "34", style) == printed


def test_of_two_dates_only_the_known_one_is_printed() -> None:
    issued = replace(KENYA, adopted=None)
    assert "(30 September 2015) para 1." in cite(issued, "1", "aglc")
    assert "(30 September 2015) UN Doc" in cite(issued, "1", "oscola")
    assert "(September 30, 2015), para." in cite(issued, "1", "chicago")


def test_a_joint_document_has_both_authors_and_both_symbols() -> None:
    joint = CitedDocument(
        (
            "Committee on the Elimination of Discrimination against Women",
            "Committee on the Rights of the Child",
        ),
        "Joint general recommendation",
        ("CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1"),
        None,
        date(2019, 5, 8),
    )
    assert cite(joint, "15", "oscola") == (
        "Committee on the Elimination of Discrimination against Women and "
        "Committee on the Rights of the Child, ‘Joint General Recommendation’ (8 May 2019) "
        "UN Doc CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1, para 15"
    )


def test_a_title_in_another_language_keeps_its_small_letters() -> None:
    french = replace(LAOS, title="Observations finales concernant le rapport du Laos", language="fr")
    assert "‘Observations finales concernant le rapport du Laos’" in cite(french, "1", "oscola")


def test_quotation_marks_within_a_title_change_where_the_style_quotes_it() -> None:
    quoting = replace(LAOS, title="Report on “the best interests”")
    assert "“Report on ‘the Best Interests’,”" in cite(quoting, "1", "chicago")
    assert "‘Report on “the Best Interests”’" in cite(quoting, "1", "oscola")


def test_titles_are_in_italics_where_the_guides_have_them_so() -> None:
    assert [style for style in STYLES if frame_of(LAOS, style).italic] == ["aglc", "mcgill"]


@given(
    style=st.sampled_from(STYLES),
    labels=st.lists(st.integers(1, 999), min_size=1, max_size=4, unique=True),
    known=st.sets(st.sampled_from(["authors", "title", "adopted", "issued"])),
)
def test_a_reference_holds_symbol_and_places_and_no_trace_of_what_is_unknown(
    style: Style, labels: list[int], known: set[str]
) -> None:
    nothing = {"authors": (), "title": "", "adopted": None, "issued": None}
    cited = replace(KENYA, **{name: value for name, value in nothing.items() if name not in known})  # type: ignore[arg-type]
    places = [Pinpoint(str(label)) for label in labels]
    printed = first_reference(cited, places, style)
    assert "CRPD/C/KEN/CO/1" in printed
    assert format_list(places, style) in printed
    assert not any(trace in printed for trace in ("()", "  ", ", ,", ",,", "None", "‘’", "“,”"))
    assert printed == printed.strip(" ,")


def test_every_style_has_a_name() -> None:
    assert set(STYLE_NAMES) == set(STYLES)


def test_the_assistant_cites_places_of_held_documents_in_every_style(assistant: Assistant) -> None:
    cited = assistant.cite("crc-c-opsc-lao-co-1", "22 (a)–(c)")
    assert list(cited) == list(STYLES)
    assert cited["un"] == "CRC/C/OPSC/LAO/CO/1, para. 22 (a)–(c)."
    assert cited["bluebook"].startswith("Comm. on the Rts. of the Child, Concluding Observations on")
    assert assistant.cite("CRC/C/OPSC/LAO/CO/1", "para_22__subpara_a")["mcgill"].endswith(
        "(2015) at para 22(a)."
    )


def test_a_joint_document_is_cited_alike_from_its_text_and_from_the_catalog(
    own_assistant: Assistant, tmp_path: Path
) -> None:
    file = tmp_path / "joint.txt"
    file.write_text(
        "CEDAW/C/GC/31/Rev.1-CRC/C/GC/18/Rev.1\n\nJoint general recommendation\n\n1. States should act.\n"
    )
    assert [outcome.status for outcome in own_assistant.ingest([file], Metadata())] == ["added"]
    document = own_assistant.document("CRC/C/GC/18/Rev.1")
    from_text = CitedDocument.of(document, document.other_symbols)
    cited = own_assistant.cite("CRC/C/GC/18/Rev.1", "1")
    assert cited == {style: first_reference(from_text, [Pinpoint("1")], style) for style in STYLES}
    assert cited["un"] == "CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1, para. 1."
