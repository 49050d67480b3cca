import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SymbolUnknown
from corpus.layout import Line
from corpus.metadata import Known, find_metadata
from corpus.model import Metadata
from corpus.own_symbol import printed_symbol, symbol_in_name
from corpus.parse import SourceFile, parse_document
from corpus.readers import read
from tests.corpus.strategies import assembled


def known(text: str, name: str = "a.txt", symbol: str | None = None) -> Known:
    return find_metadata(read(text.encode(), name), "A title", Metadata(symbol=symbol), name)


def codes(found: Known) -> list[str]:
    return [warning.code for warning in found.warnings]


def pages(*texts: str, margin: bool = False) -> list[Line]:
    """A line a page."""
    return [Line(text, 0, 0, number, page=number, margin=margin) for number, text in enumerate(texts, 1)]


# -- printed


@pytest.mark.parametrize(
    "line",
    [
        "A/HRC/59/60",
        "United Nations A/HRC/59/60",
        "Nations Unies                              A/HRC/59/60",
        "UNITED NATIONS  A/HRC/59/60  Distr.: General",
        "A/HRC/59/60 Page 2",
        "A/HRC/59/60\tpage 12",
        "12 A/HRC/59/60",
        "A/HRC/59/60 3/18",
        "A/HRC/59/60*",
        "GE.25-05795 A/HRC/59/60",
    ],
)
def test_the_own_symbol_has_only_a_masthead_or_a_page_number_beside_it(line: str) -> None:
    found = printed_symbol(pages(line))
    assert found is not None
    assert str(found.symbol) == "A/HRC/59/60"


@pytest.mark.parametrize(
    "line",
    [
        "See A/HRC/59/60",
        "(A/HRC/59/60)",
        "3 A/HRC/59/60.",
        "A/HRC/59/60, para. 3",
        "A/HRC/59/60 and the rest",
        "Ibid. A/HRC/59/60",
        "6 A/HRC/59/60, A/HRC/59/61: 3",
    ],
)
def test_a_citation_on_a_line_of_its_own_is_no_own_symbol(line: str) -> None:
    assert printed_symbol(pages(line)) is None


def test_the_symbol_on_most_pages_is_the_own_one() -> None:
    found = printed_symbol(pages("CRPD/C/KEN/1", "CRPD/C/KEN/CO/1", "CRPD/C/KEN/CO/1"))
    assert found is not None
    assert str(found.symbol) == "CRPD/C/KEN/CO/1"


def test_a_page_counts_once_however_often_it_prints_a_symbol() -> None:
    cited = [Line("CRPD/C/KEN/1", 0, 0, number, page=1) for number in (1, 2, 3, 4)]
    found = printed_symbol([*cited, *pages("1. One.", "CRPD/C/KEN/CO/1", "CRPD/C/KEN/CO/1")])
    assert found is not None
    assert str(found.symbol) == "CRPD/C/KEN/CO/1"


def test_a_footnote_is_no_running_head() -> None:
    note = Line("CRPD/C/KEN/1", 0, 0, 1, page=1, note="3")
    found = printed_symbol([note, *pages("CRPD/C/KEN/CO/1")])
    assert found is not None
    assert str(found.symbol) == "CRPD/C/KEN/CO/1"


def test_the_margin_decides_between_equals() -> None:
    found = printed_symbol([*pages("CRPD/C/KEN/1"), *pages("CRPD/C/KEN/CO/1", margin=True)])
    assert found is not None
    assert str(found.symbol) == "CRPD/C/KEN/CO/1"


def test_the_year_of_a_security_council_resolution_is_no_part_of_its_symbol() -> None:
    found = printed_symbol(pages("United Nations S/RES/2774 (2025)"))
    assert found is not None
    assert str(found.symbol) == "S/RES/2774"


# -- joint documents (H35)


@pytest.mark.parametrize(
    ("text", "symbol", "other"),
    [
        ("CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1\n1. One.", "CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1"),
        ("CEDAW/C/GC/31/Rev.1-CRC/C/GC/18/Rev.1\n1. One.", "CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1"),
        ("United Nations A/79/716-S/2025/18\n1. One.", "A/79/716", "S/2025/18"),
        ("A/79/716\nS/2025/18\n\nDistr.: General\n1. One.", "A/79/716", "S/2025/18"),
    ],
)
def test_a_joint_document_has_two_symbols(text: str, symbol: str, other: str) -> None:
    found = known(text)
    assert found.metadata.symbol == symbol
    assert found.other_symbols == (other,)
    assert codes(found) == []
    document = parse_document(SourceFile("a.txt", text.encode()))
    assert (document.symbol, document.other_symbols) == (symbol, (other,))


# -- file names (H23)


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("CRC_C_OPSC_LAO_CO_1.txt", "CRC/C/OPSC/LAO/CO/1"),
        ("crc-c-opsc-lao-co-1.html", "CRC/C/OPSC/LAO/CO/1"),
        ("Kenya_2015_CRPD_C_KEN_CO_1.pdf", "CRPD/C/KEN/CO/1"),
        ("China (Hong Kong)_2022_CRPD_C_CHN_CO_2-3.pdf", "CRPD/C/CHN/CO/2-3"),
        ("CRC-C-LAO-CO-3-6.pdf", "CRC/C/LAO/CO/3-6"),
        ("CERD_C_BRA_CO_18-20_49776_E.docx", "CERD/C/BRA/CO/18-20"),
        ("E_C-12_KEN_CO_2-5.doc", "E/C.12/KEN/CO/2-5"),
        ("E_C.12_2000_4.pdf", "E/C.12/2000/4"),
        ("A_RES_78_323.en.pdf", "A/RES/78/323"),
        ("A_HRC_59_60_AdvanceUneditedVersion.docx", "A/HRC/59/60"),
        ("A_HRC_53_31_Add_1.pdf", "A/HRC/53/31/Add.1"),
        ("A_HRC_WG.6_48_SVN_1_E.pdf", "A/HRC/WG.6/48/SVN/1"),
        ("A_C_3_70_L_1.pdf", "A/C.3/70/L.1"),
        ("S_RES_2774 (2025).en.pdf", "S/RES/2774"),
        ("CCPR_C_127_D_2728_2016.pdf", "CCPR/C/127/D/2728/2016"),
        ("CRC_C_SR.2004.pdf", "CRC/C/SR.2004"),
        ("CRC_C_GC_18_Rev-1.pdf", "CRC/C/GC/18/Rev.1"),
    ],
)
def test_a_file_named_for_a_symbol_tells_it(name: str, symbol: str) -> None:
    assert str(symbol_in_name(name)) == symbol


@pytest.mark.parametrize(
    "name", ["a.txt", "letter.pdf", "report 2015.pdf", "g2502644.pdf", "", "/", "A_B.pdf"]
)
def test_a_file_named_for_something_else_tells_no_symbol(name: str) -> None:
    assert symbol_in_name(name) is None


def test_a_symbol_taken_from_the_file_name_is_reported() -> None:
    found = known("1. One.", "CRC_C_OPSC_LAO_CO_1.txt")
    assert found.metadata.symbol == "CRC/C/OPSC/LAO/CO/1"
    assert codes(found) == ["symbol_from_file_name"]


def test_the_masthead_beats_the_file_name_and_the_disagreement_is_reported() -> None:
    found = known("United Nations A/79/992\n1. One.", "A_78_1.pdf")
    assert found.metadata.symbol == "A/79/992"
    assert codes(found) == ["file_name_mismatch"]


def test_a_given_symbol_beats_both_and_the_disagreement_is_reported() -> None:
    found = known("United Nations A/79/992\n1. One.", "A_78_1.pdf", "a/80/61")
    assert found.metadata.symbol == "A/80/61"
    assert codes(found) == ["given_symbol_mismatch", "file_name_mismatch"]


def test_what_agrees_is_not_reported() -> None:
    assert codes(known("United Nations A/79/992\n1. One.", "A_79_992.pdf", "a/79/992")) == []


def test_a_symbol_that_nobody_says_is_asked_for() -> None:
    with pytest.raises(SymbolUnknown, match=r"letter\.txt does not say"):
        known("1. One.", "letter.txt")


@given(
    assembled(
        "CRC",
        "A",
        "S",
        "E",
        "/",
        "_",
        "-",
        " ",
        "C",
        "12",
        "RES",
        "(2025)",
        ".",
        "Add",
        "\n",
        "*",
        max_size=20,
    )
    | st.text()
)
def test_any_line_and_any_file_name_is_read(text: str) -> None:
    printed_symbol(pages(text))
    symbol_in_name(text)


@pytest.mark.parametrize("piece", ["A/", "A/1", "CRC_C_", "A/1/2 - ", "12-", "_en", "(2025) ", "GE.25-"])
def test_hostile_lines_and_file_names_take_no_time(piece: str) -> None:
    text = piece * 20_000
    printed_symbol(pages(text))
    symbol_in_name(text)
