"""Places by what people type: a number in a document, or a symbol with one."""

from __future__ import annotations

import pytest

from assistant.errors import DocumentNotHeld, NoSuchParagraph, PinpointInvalid
from assistant.service import Assistant

LAO = "crc-c-opsc-lao-co-1"
SYMBOL = "CRC/C/OPSC/LAO/CO/1"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("22 (c)", ["para_22__subpara_c"]),
        ("para. 22(c)", ["para_22__subpara_c"]),
        ("22 c", ["para_22__subpara_c"]),
        ("22c", ["para_22__subpara_c"]),
        ("§ 22", ["para_22"]),
        ("33-34", ["para_33", "para_34"]),
        ("3 and 7", ["para_3", "para_7"]),
        ("para_22__subpara_c", ["para_22__subpara_c"]),
        (f"{SYMBOL}, para. 22 (c)", ["para_22__subpara_c"]),
        (f"{SYMBOL.lower()} 22 c", ["para_22__subpara_c"]),
        (f"{LAO}#para_22", ["para_22"]),
        (SYMBOL, []),
        ("", []),
    ],
)
def test_what_people_type_names_places(assistant: Assistant, typed: str, found: list[str]) -> None:
    header, places = assistant.find_places(typed, LAO)
    assert header.symbol == SYMBOL
    assert [place.place.eid for place in places] == found


def test_a_symbol_needs_no_document_around_it(assistant: Assistant) -> None:
    header, places = assistant.find_places(f"{SYMBOL}, paras. 33–34")
    assert (header.slug, [place.place.eid for place in places]) == (LAO, ["para_33", "para_34"])


@pytest.mark.parametrize(
    ("typed", "error", "said"),
    [
        ("99", NoSuchParagraph, "end with 43"),
        ("22 (z)", NoSuchParagraph, "Paragraph 22 has 22 (a)"),
        ("99c", NoSuchParagraph, "end with 43"),
        ("hello", PinpointInvalid, "not a paragraph number"),
        ("CRC/C/XYZ/CO/1, para. 3", DocumentNotHeld, "CRC/C/XYZ/CO/1"),
    ],
)
def test_what_is_not_there_says_so(
    assistant: Assistant, typed: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said.replace("(", r"\(").replace(")", r"\)")):
        assistant.find_places(typed, LAO)
