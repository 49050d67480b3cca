from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places import (
    code_of_symbol,
    find_states,
    in_a_sentence,
    same_state,
    state_code,
    state_name,
    states_in,
)

# The 193 members of the United Nations by their three-letter codes.
MEMBERS = (
    "AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA "
    "BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI "
    "DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY "
    "HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN "
    "LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MCO MNG MNE MAR MOZ MMR NAM "
    "NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT MDA ROU RUS RWA "
    "KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE "
    "SYR TJK THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR TZA USA URY UZB VUT VEN VNM YEM ZMB "
    "ZWE"
).split()


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("extradition from Norway", ("Norway",)),
        ("norway and KENYA", ("norway", "KENYA")),
        ("the Lao PDR", ("Laos",)),
        ("Papua New Guinea", ("Papua New Guinea",)),
        ("tell us about the UK", ("UK",)),
        ("children in families", ()),
        ("Iran (Islamic Republic of), Bolivia (Plurinational State of)",
         ("Iran (Islamic Republic of)", "Bolivia (Plurinational State of)")),
        ("China, with Hong Kong, China, and Macao, China", ("China", "Hong Kong, China", "Macao, China")),
        ("the Democratic People's Republic of Korea", ("Democratic People's Republic of Korea",)),
        ("Cote d'Ivoire and Turkiye", ("Cote d'Ivoire", "Turkiye")),
        ("the United Nations and the Eurozone", ()),
        ("Guinea-Bissau, Equatorial Guinea", ("Guinea-Bissau", "Equatorial Guinea")),
    ],
)  # fmt: skip
def test_states_are_found_by_the_names_people_use(text: str, states: tuple[str, ...]) -> None:
    assert states_in(text) == states


def test_states_are_found_with_their_place() -> None:
    text = "to Kenya and Lao PDR"
    assert [text[start:end] for _, start, end in find_states(text)] == ["Kenya", "Lao PDR"]


def test_a_name_divided_between_lines_is_found() -> None:
    text = "report of the United\n  Kingdom of Great Britain and Northern\nIreland"
    ((name, start, end),) = find_states(text)
    assert text[start:end] == name
    assert state_code(name) == "GB"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "LA",
            [
                "Lao People’s Democratic Republic",
                "Lao People's Democratic Republic",
                "Lao PDR",
                "Laos",
                "LAO",
            ],
        ),
        ("TR", ["Türkiye", "Turkey", "TURKIYE", "TUR"]),
        ("CI", ["Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"]),
        (
            "IR",
            [
                "Iran (Islamic Republic of)",
                "Islamic Republic of Iran",
                "the Islamic Republic of Iran",
                "Iran",
            ],
        ),
        ("KR", ["Republic of Korea", "the Republic of Korea", "South Korea", "KOR"]),
        ("KP", ["Democratic People’s Republic of Korea", "DPRK", "North Korea", "PRK"]),
        ("BO", ["Bolivia (Plurinational State of)", "Plurinational State of Bolivia", "Bolivia"]),
        ("VN", ["Viet Nam", "Vietnam"]),
        ("SY", ["Syrian Arab Republic", "Syria"]),
        ("RU", ["Russian Federation", "Russia"]),
        ("TZ", ["United Republic of Tanzania", "Tanzania"]),
        ("NL", ["Netherlands (Kingdom of the)", "Kingdom of the Netherlands", "the Netherlands"]),
        ("GB", ["United Kingdom of Great Britain and Northern Ireland", "United Kingdom", "UK", "GBR"]),
        ("VA", ["Holy See", "Vatican City"]),
        ("PS", ["State of Palestine", "Palestine", "PSE"]),
        ("CK", ["Cook Islands"]),
        ("EU", ["European Union", "EU"]),
        ("HK", ["Hong Kong, China", "Hong Kong", "HKG"]),
        ("MO", ["Macao, China", "Macau", "MAC"]),
        ("CZ", ["Czechia", "Czech Republic"]),
        ("SZ", ["Eswatini", "Swaziland"]),
        ("CV", ["Cabo Verde", "Cape Verde"]),
        ("MK", ["North Macedonia", "the former Yugoslav Republic of Macedonia"]),
        ("FM", ["Micronesia (Federated States of)", "Federated States of Micronesia", "Micronesia"]),
        ("BN", ["Brunei Darussalam", "Brunei"]),
        ("VE", ["Venezuela (Bolivarian Republic of)", "Bolivarian Republic of Venezuela", "Venezuela"]),
        ("MD", ["Republic of Moldova", "Moldova"]),
        ("CD", ["Democratic Republic of the Congo", "DRC", "ZAR"]),
        ("CG", ["Congo", "Republic of the Congo", "COG"]),
        ("GM", ["Gambia", "the Gambia", "The Gambia"]),
        ("BS", ["Bahamas", "the Bahamas"]),
        ("TL", ["Timor-Leste", "East Timor"]),
        ("MM", ["Myanmar", "Burma"]),
        ("LC", ["Saint Lucia", "St. Lucia"]),
        ("BA", ["Bosnia and Herzegovina", "Bosnia & Herzegovina"]),
        ("US", ["United States of America", "United States", "USA", "US"]),
        ("SI", ["Slovenia", "Republic of Slovenia", "SLOVENIA"]),
        ("JO", ["Jordan", "Hashemite Kingdom of Jordan"]),
    ],
)
def test_all_names_of_a_state_have_one_code(code: str, names: list[str]) -> None:
    """H24: names are compared by their codes and shown as printed."""
    assert {state_code(name) for name in names} == {code}
    assert all(same_state(names[0], name) for name in names)
    assert state_code(state_name(code) or "") == code


@pytest.mark.parametrize("name", ["", "Korea", "us", "Utopia", "United Nations", "RES", "CO", "XA", "YUG"])
def test_what_names_no_one_state_has_no_code(name: str) -> None:
    assert state_code(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Lao People's Democratic Republic", "Lao PDR", "Republic of Moldova", "Holy See", "Sudan", "Bahamas",
        "United Kingdom", "UK", "Russian Federation", "State of Palestine", "Netherlands (Kingdom of the)",
    ],
)  # fmt: skip
def test_names_that_take_the_article_get_it_in_a_sentence(name: str) -> None:
    assert in_a_sentence(name) == in_a_sentence(f"the {name}") == f"the {name}"


@pytest.mark.parametrize(
    "name", ["Laos", "South Sudan", "Solomon Islands", "Iran (Islamic Republic of)", "Moldova", "Utopia", ""]
)
def test_other_names_get_no_article(name: str) -> None:
    assert in_a_sentence(name) == name


def test_unknown_names_are_compared_as_words() -> None:
    assert same_state("Utopia", "UTOPIA")
    assert not same_state("Utopia", "Kenya")


def test_every_member_state_is_known_by_its_code_and_found_by_its_name() -> None:
    assert len(MEMBERS) == 193
    codes = {code_of_symbol(member) for member in MEMBERS}
    assert len(codes - {None}) == 193
    for code in codes:
        name = state_name(code or "")
        assert name
        assert [found for found, _, _ in find_states(f"the report of {name} (2015)")] == [name]


def test_names_are_loaded_only_when_asked_for() -> None:
    code = "import sys, corpus.places, corpus.metadata; assert 'babel' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.text())
def test_any_text_names_states_or_none(text: str) -> None:
    for name, start, end in find_states(text):
        assert text[start:end] == name
    state_code(text)
