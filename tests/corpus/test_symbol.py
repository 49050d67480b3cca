import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SymbolInvalid
from corpus.symbol import Symbol
from tests.corpus.strategies import assembled

PROTOCOL = [
    "CRC/C/OPSC/LAO/CO/1",
    "CRC/C/OPSC/LAO/1",
    "CRC/C/OPSC/LAO/Q/1/Add.1",
    "CRC/C/OPAC/Lao/CO/1",
]
STATE_REPORTING = [
    "CRC/C/LAO/3-6",
    "CRC/C/LAO/Q/3-6",
    "CRC/C/LAO/CO/2",
    "CRC/C/Lao/CO/2",
    "CRC/C/LAO/CO/3-6",
    "CRC/C/LUX/CO/3-4",
    "CCPR/C/LAO/CO/1",
    "CEDAW/C/COK/CO/2-3",
    "CRPD/C/ITA/CO/1",
    "CRPD/C/EU/CO/1",
    "CERD/C/NLD/CO/19-21",
    "CERD/C/RUS/CO/19/Add.1",
]
SEQUENTIAL = [
    "CRC/C/GC/25",
    "CRC/C/GC/23",
    "CRC/C/GC/18/Rev.1",
    "CEDAW/C/GC/31/Rev.1",
    "CMW/C/GC/4",
    "CRC/GC/2003/5",
    "CRC/C/SR.2004",
    "CRC/C/SR.2024",
    "CRC/C/SR.1836",
    "CAT/C/SR.1142",
    "CAT/C/SR./976",
]
BY_SESSION = [
    "CRPD/C/30/2",
    "CED/C/22/4",
    "CCPR/C/127/D/2728/2016",
    "CCPR/C/109/D/1919–1920/2009",
]
BEFORE_2005 = [
    "CRC/C/15/Add.215",
    "CRC/C/83/Add.6",
    "CCPR/C/79/Add.14",
    "CCPR/CO/78/SLV",
    "E/1990/5/Add.70",
    "CRC/C/Q/CAN/2",
    "CERD/C/65/CO/3",
    "CCPR/C/21/Rev.1/Add.13",
    "CERD/C/2007/1",
]
OTHER_UN = [
    "A/61/38",
    "A/67/222",
    "A/64/127",
    "A/810",
    "A/RES/54/254",
    "A/ES-10/1043",
    "A/HRC/29/7",
    "A/HRC/WG.6/35/L.3",
    "A/CONF.157/23",
    "A/C.3/70/L.1",
    "S/RES/2774",
    "S/PV.9999",
    "ST/SGB/2017/1",
    "E/CN.4/2003/65/Add.1",
    "E/C.12/2000/4",
    "HRI/MC/2013/3",
    "HRI/CORE/BRA/2020",
    "HRI/2019/1",
]
WITH_A_PART = ["HRI/GEN/1/Rev.9 (Vol. I)", "A/61/38 (SUPP)", "A/CONF.157/24 (Part I)"]
ALL = PROTOCOL + STATE_REPORTING + SEQUENTIAL + BY_SESSION + BEFORE_2005 + OTHER_UN + WITH_A_PART

NO_SYMBOLS = [
    "S/he",
    "and/or",
    "A/C",
    "A/B testing",
    "E/commerce",
    "24/7",
    "w/o",
    "N/A",
    "CRC/C",
    "E/C.12",
    "A/4 paper",
    "E/3 valve",
    "S/5",
    "A/B1 test",
    "CERD/C/SR. 2566",
    "CRPD/C/ EU /Q/1/Add.1",
    "CRC%2FC%2FGC%2F25",
    "crc/c/gc/25",
    "CRC/C/OPSC/\nLAO/CO/1",
]

SEVERAL = [
    ("CRC/C/LAO/CO/1.", ["CRC/C/LAO/CO/1"]),
    ("CRC/C/OPSC/LAO/CO/1*", ["CRC/C/OPSC/LAO/CO/1"]),
    ("S/RES/2774 (2025)", ["S/RES/2774"]),
    ("https://docs.un.org/en/CRC/C/GC/25", ["CRC/C/GC/25"]),
    ("CRC/C/LAO/3–6", ["CRC/C/LAO/3–6"]),
    ("CRC/C/SR.1836 and 1837", ["CRC/C/SR.1836"]),
    ("CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1", ["CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1"]),
    ("A/79/716-S/2025/18", ["A/79/716", "S/2025/18"]),
    ("E/2000/22-E/C.12/1999/11", ["E/2000/22", "E/C.12/1999/11"]),
    ("CRC/C/GC/23, CMW/C/GC/4", ["CRC/C/GC/23", "CMW/C/GC/4"]),
]

NORMALISED = [
    ("CRC/C/Lao/CO/2", "CRC/C/LAO/CO/2", "crc-c-lao-co-2"),
    ("CRC/C/LAO/3–6", "CRC/C/LAO/3-6", "crc-c-lao-3-6"),
    ("(CRC/C/LAO/CO/1);", "CRC/C/LAO/CO/1", "crc-c-lao-co-1"),
    ("CRC%2FC%2FGC%2F25", "CRC/C/GC/25", "crc-c-gc-25"),
    ("crc/c/opsc/lao/q/1/add.1", "CRC/C/OPSC/LAO/Q/1/Add.1", "crc-c-opsc-lao-q-1-add-1"),
    ("CRPD/C/ EU /Q/1/Add.1", "CRPD/C/EU/Q/1/Add.1", "crpd-c-eu-q-1-add-1"),
    ("CERD/C/SR. 2566", "CERD/C/SR.2566", "cerd-c-sr-2566"),
    ("E/CN.4/SUB.2/2003/12/rev.2", "E/CN.4/Sub.2/2003/12/Rev.2", "e-cn-4-sub-2-2003-12-rev-2"),
    ("A/49/40 (Vol. I)", "A/49/40(Vol.I)", "a-49-40-vol-i"),
]


def printed_in(text: str) -> list[str]:
    return [symbol.printed for symbol, _, _ in Symbol.find_all(text)]


@pytest.mark.parametrize("printed", ALL)
def test_a_symbol_in_running_text_is_found_whole(printed: str) -> None:
    assert printed_in(f"see ({printed}, para. 3).") == [printed]


@pytest.mark.parametrize("printed", ALL)
def test_a_symbol_is_read_alone_and_keeps_its_printed_form(printed: str) -> None:
    symbol = Symbol.parse(f" {printed} ")
    assert symbol.printed == printed
    assert Symbol.parse(str(symbol)) == symbol


@pytest.mark.parametrize("text", NO_SYMBOLS)
def test_what_only_looks_like_a_symbol_is_not_found(text: str) -> None:
    assert printed_in(f"see ({text}, para. 3).") == []


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_joint_and_decorated_symbols_are_found_in_order(text: str, expected: list[str]) -> None:
    assert printed_in(text) == expected


@pytest.mark.parametrize(("printed", "normalised", "slug"), NORMALISED)
def test_printed_forms_are_normalised_and_get_a_slug(printed: str, normalised: str, slug: str) -> None:
    symbol = Symbol.parse(printed)
    assert (str(symbol), symbol.slug) == (normalised, slug)


@pytest.mark.parametrize(
    "typed",
    [
        "[CRC/C/LAO/CO/1]",
        "{CRC/C/LAO/CO/1}",
        "“CRC/C/LAO/CO/1”",
        "CRC/C/\u200bLAO/\u00adCO/1",
        "CRC/C/LAO/CO/1*.",
        "(CRC/C/LAO/CO/1",
        "CRC/C/LAO/CO/1)",
    ],
)
def test_what_surrounds_a_typed_symbol_is_dropped(typed: str) -> None:
    assert str(Symbol.parse(typed)) == "CRC/C/LAO/CO/1"


def test_a_bracketed_part_keeps_its_own_bracket() -> None:
    assert str(Symbol.parse("(A/49/40 (Vol. I))")) == "A/49/40(Vol.I)"


@pytest.mark.parametrize("text", ["", " ", "extradition", "34", "CRC/C", "A/B testing", "/", "()"])
def test_text_that_is_no_symbol_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SymbolInvalid, match="CRC/C/OPSC/LAO/CO/1"):
        Symbol.parse(text)


def test_digits_of_other_scripts_make_no_symbol() -> None:
    assert printed_in("A/٣٤٥ and CRC/C/GC/٢٥ and S/PV.٩") == []


def test_what_has_no_normal_form_is_not_found() -> None:
    # in upper case, the hyphen would begin a document of the Security Council
    assert printed_in("A/RES-s/12") == []


def test_two_printed_forms_of_one_symbol_are_equal_and_hash_alike() -> None:
    forms = {Symbol.parse("CRC/C/Lao/CO/2"), Symbol.parse("crc/c/lao/co/2")}
    assert len(forms) == 1
    assert Symbol.parse("CRC/C/LAO/CO/2") in forms


def test_symbols_stand_in_natural_order() -> None:
    printed = ["CRC/C/GC/18", "CEDAW/C/GC/31", "CRC/C/GC/9", "CRC/C/GC/9/Rev.1"]
    ordered = [str(symbol) for symbol in sorted(map(Symbol.parse, printed))]
    assert ordered == ["CEDAW/C/GC/31", "CRC/C/GC/9", "CRC/C/GC/9/Rev.1", "CRC/C/GC/18"]


def test_the_address_of_the_un_holds_the_normalised_symbol() -> None:
    assert Symbol.parse("CRC/C/Lao/CO/2").url == "https://docs.un.org/en/CRC/C/LAO/CO/2"
    assert Symbol.parse("A/49/40 (Vol. I)").url == "https://docs.un.org/en/A/49/40(Vol.I)"


@pytest.mark.parametrize(
    ("printed", "prefix", "protocol", "country", "kind"),
    [
        ("CRC/C/OPSC/LAO/CO/1", "CRC/C", "OPSC", "LAO", "CO"),
        ("CRC/C/OPSC/LAO/1", "CRC/C", "OPSC", "LAO", None),
        ("CRC/C/OPAC/Lao/Q/1/Add.1", "CRC/C", "OPAC", "LAO", "Q"),
        ("CRPD/C/EU/CO/1", "CRPD/C", None, "EU", "CO"),
        ("CRC/C/Q/CAN/2", "CRC/C", None, "CAN", "Q"),
        ("CCPR/CO/78/SLV", "CCPR/CO", None, "SLV", None),
        ("E/C.12/LAO/CO/1", "E/C.12", None, "LAO", "CO"),
        ("HRI/CORE/BRA/2020", "HRI/CORE", None, "BRA", None),
        ("CRC/C/GC/25", "CRC/C", None, None, "GC"),
        ("CRC/C/SR.2004", "CRC/C", None, None, "SR"),
        ("CRC/C/15/Add.215", "CRC/C", None, None, None),
        ("A/HRC/29/7", "A/HRC", None, None, None),
        ("A/HRC/RES/59/25", "A/HRC", None, None, None),
        ("A/HRC/WG.6/48/SVN/1", "A/HRC", None, "SVN", None),
        ("A/CONF.157/PC/42", "A/CONF.157", None, None, None),
        ("E/CN.4/2003/NGO/65", "E/CN.4", None, None, None),
    ],
)
def test_the_parts_of_a_symbol_are_told_apart(
    printed: str, prefix: str, protocol: str | None, country: str | None, kind: str | None
) -> None:
    symbol = Symbol.parse(printed)
    assert (symbol.prefix, symbol.protocol, symbol.country, symbol.kind) == (
        prefix,
        protocol,
        country,
        kind,
    )


def test_each_component_is_explained_in_order() -> None:
    explained = Symbol.parse("CRC/C/OPSC/LAO/Q/1/Add.2").explain()
    assert explained == [
        ("CRC", "organ or treaty body"),
        ("C", "subsidiary body"),
        ("OPSC", "optional protocol: sale of children, child prostitution and child pornography"),
        ("LAO", "State or organisation"),
        ("Q", "list of issues"),
        ("1", "number, cycle or session"),
        ("Add.2", "addendum 2"),
    ]


@pytest.mark.parametrize("unit", ["A/", "A", "CRC/C/", "CRC/C/a-", "(Vol. ", "A/1-A/1", "-", "1/"])
def test_hostile_text_is_searched_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    list(Symbol.find_all(text))
    assert time.perf_counter() - start < 5


# -- properties

_countries = st.sampled_from(["LAO", "NLD", "RUS", "COK", "BRA", "SLV", "EU", "XKX"])
_numbers = st.integers(1, 9999).map(str)
_cycles = st.tuples(st.integers(1, 30), st.integers(1, 9)).map(lambda c: f"{c[0]}-{c[0] + c[1]}")
_changes = st.tuples(st.sampled_from(["Add", "Corr", "Rev", "Amend"]), st.integers(1, 99)).map(
    lambda change: f"/{change[0]}.{change[1]}"
)
_committees = st.sampled_from(
    ["CRC/C", "CCPR/C", "E/C.12", "CERD/C", "CEDAW/C", "CAT/C", "CMW/C", "CRPD/C", "CED/C"]
)
_families = st.one_of(
    st.builds("{}/{}/{}/{}".format, _committees, _countries, st.just("CO"), _numbers | _cycles),
    st.builds("{}/OPSC/{}/Q/{}".format, _committees, _countries, _numbers),
    st.builds("{}/GC/{}".format, _committees, _numbers),
    st.builds("{}/SR.{}".format, _committees, _numbers),
    st.builds("A/RES/{}/{}".format, _numbers, _numbers),
    st.builds("A/HRC/{}/L.{}".format, _numbers, _numbers),
    st.builds("E/CN.4/Sub.2/{}/{}".format, _numbers, _numbers),
)
symbols = st.builds("{}{}".format, _families, st.just("") | _changes)
_near_symbols = assembled(
    "/", ".", "-", "–", "(", ")", "%", " ", "\u00ad", "\u200b", "\n", "CRC", "C", "A", "E", "S",
    "ST", "HRI", "RES", "res", "C.12", "LAO", "Lao", "CO", "1", "12", "2003", "Add.", "ADD.1",
    "(Vol. I)", "(PartII)", "%2F", "s", "a", "é", "²", "٣", "ß", "and",
    max_size=16,
)  # fmt: skip


@given(symbols)
def test_every_symbol_is_read_back_from_its_own_form(printed: str) -> None:
    symbol = Symbol.parse(printed)
    assert str(symbol) == printed
    assert Symbol.parse(str(symbol)) == symbol


@given(symbols, st.sampled_from(["lower", "upper", "spaced", "encoded", "dashed", "bracketed"]))
def test_the_way_a_symbol_is_typed_does_not_change_it(printed: str, way: str) -> None:
    typed = {
        "lower": printed.lower(),
        "upper": printed.upper(),
        "spaced": printed.replace("/", " / "),
        "encoded": printed.replace("/", "%2F"),
        "dashed": re.sub(r"(?<=\d)-(?=\d)", "–", printed),
        "bracketed": f"({printed});",
    }[way]
    assert str(Symbol.parse(typed)) == printed


@settings(max_examples=150)
@given(st.text() | _near_symbols)
def test_arbitrary_text_is_a_symbol_in_normal_form_or_refused(text: str) -> None:
    try:
        symbol = Symbol.parse(text)
    except SymbolInvalid:
        return
    assert Symbol.parse(str(symbol)).normalised == symbol.normalised
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", symbol.slug)
    assert symbol.parts == tuple(str(symbol).split("/"))
    assert [part for part, _ in symbol.explain()] == list(symbol.parts)


@settings(max_examples=150)
@given(st.text() | _near_symbols)
def test_spans_of_found_symbols_are_true_slices_in_order(text: str) -> None:
    position = 0
    for symbol, start, end in Symbol.find_all(text):
        assert position <= start < end
        assert text[start:end] == symbol.printed
        assert Symbol.parse(symbol.printed) == symbol
        position = end


@given(st.lists(symbols, max_size=4), st.sampled_from([", ", " and ", "; ", " (", ") "]))
def test_every_symbol_of_a_text_is_found_where_it_stands(printed: list[str], between: str) -> None:
    assert printed_in(between.join(printed)) == printed


@given(symbols, symbols, symbols)
def test_the_order_of_symbols_is_total(a: str, b: str, c: str) -> None:
    first, second, third = map(Symbol.parse, (a, b, c))
    assert (first < second) + (first == second) + (first > second) == 1
    if first <= second <= third:
        assert first <= third
