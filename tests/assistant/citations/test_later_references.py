"""References to a document that was cited before, in the six styles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.citations.later_references import full_reference, later_reference, next_reference
from assistant.citations.styles import STYLES, CitedDocument
from corpus.pinpoint import Pinpoint, Style
from tests.assistant.citations.test_styles import LAOS, T

PLACE = [Pinpoint("35")]


@pytest.mark.parametrize(
    ("style", "following", "later"),
    [
        ("un", "Ibid., para. 35.", "CRC/C/OPSC/LAO/CO/1, para. 35."),
        ("oscola", "ibid para 35", "Committee on the Rights of the Child (n 3) para 35"),
        ("aglc", "Ibid para 35.", "Committee on the Rights of the Child (n 3) para 35."),
        ("bluebook", "Id. ¶ 35.", "Comm. on the Rts. of the Child, supra note 3, ¶ 35."),
        ("mcgill", "Ibid at para 35.", "Supra note 3 at para 35."),
        (
            "chicago",
            "Committee on the Rights of the Child, “Concluding Observations,” para. 35.",
            "Committee on the Rights of the Child, “Concluding Observations,” para. 35.",
        ),
    ],
)
def test_a_document_cited_before(style: Style, following: str, later: str) -> None:
    assert next_reference(LAOS, PLACE, style) == following
    assert later_reference(LAOS, PLACE, style, 3) == later


def test_a_style_that_points_to_a_note_needs_its_number() -> None:
    without = {style for style in STYLES if later_reference(LAOS, PLACE, style, None) is None}
    assert without == {"oscola", "aglc", "bluebook", "mcgill"}


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("un", "CRC/C/OPSC/LAO/CO/1."),
        ("oscola", f"Committee on the Rights of the Child, ‘{T}’ (5 June 2015) UN Doc CRC/C/OPSC/LAO/CO/1"),
        (
            "bluebook",
            f"Comm. on the Rts. of the Child, {T}, U.N. Doc. CRC/C/OPSC/LAO/CO/1 (adopted June 5, 2015).",
        ),
        ("mcgill", f"Committee on the Rights of the Child, {T}, UN Doc CRC/C/OPSC/LAO/CO/1 (2015)."),
        ("chicago", f"Committee on the Rights of the Child, “{T},” CRC/C/OPSC/LAO/CO/1 (June 5, 2015)."),
    ],
)
def test_a_whole_document_is_cited_without_a_place(style: Style, printed: str) -> None:
    assert full_reference(LAOS, [], style) == printed


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "cited",
    [replace(LAOS, title=""), replace(LAOS, authors=()), replace(LAOS, title="", authors=())],
    ids=["title", "author", "both"],
)
def test_nothing_stands_for_what_a_document_does_not_tell(style: Style, cited: CitedDocument) -> None:
    for places in ([], PLACE):
        for printed in (
            full_reference(cited, places, style),
            next_reference(cited, places, style),
            later_reference(cited, places, style, 3) or "",
        ):
            assert printed.strip(" ,") == printed
            assert not any(wrong in printed for wrong in (", ,", "  ", "“”", "None", "‘’", "{}"))
