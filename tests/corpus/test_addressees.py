import pytest

from corpus.metadata import Known, find_metadata
from corpus.model import Metadata
from corpus.readers import read


def known(title: str, symbol: str = "CRPD/C/GC/8", text: str = "1. One.") -> Known:
    return find_metadata(read(text.encode(), "a.txt"), title, Metadata(symbol=symbol), "a.txt")


@pytest.mark.parametrize(
    ("title", "states"),
    [
        ("Concluding observations on the combined second and third reports of New Zealand",
         ("New Zealand",)),
        (
            "Observations on the report of China, including Hong Kong, China, and Macao, China",
            ("China", "Hong Kong, China", "Macao, China"),
        ),
        ("Concluding observations on the initial report of the European Union", ("European Union",)),
        ("Visit to Georgia: report of the Special Rapporteur on torture", ("Georgia",)),
        ("Report of the Working Group on the Universal Periodic Review – Slovenia", ("Slovenia",)),
        ("Concluding observations of the Human Rights Committee: Kenya", ("Kenya",)),
        ("Concluding observations on the report of the United Kingdom of Great\nBritain and Northern "
         "Ireland**", ("United Kingdom of Great Britain and Northern Ireland",)),
        ("Concluding observations on the initial report of Bangladesh*, **", ("Bangladesh",)),
        ("Concluding observations on the initial report of Brazil1", ("Brazil",)),
        ("Committee on the Rights of Persons with Disabilities Concluding observations on the report of "
         "Chile", ("Chile",)),
        ("Situation of human rights in the Syrian Arab Republic", ("Syrian Arab Republic",)),
        ("Concluding observations on the initial report of Freedonia", ("Freedonia",)),
        ("Report of the Special Rapporteur on the right to food", ()),
        ("Resolution 2774 (2025)", ()),
    ],
)  # fmt: skip
def test_the_states_of_a_document_are_those_its_title_names(title: str, states: tuple[str, ...]) -> None:
    assert known(title).metadata.states == states


@pytest.mark.parametrize(
    ("symbol", "states"),
    [
        ("CRPD/C/LAO/CO/1", ("Lao People’s Democratic Republic",)),
        ("CRPD/C/EU/CO/1", ("European Union",)),
        ("CCPR/CO/78/SLV", ("El Salvador",)),
        ("A/HRC/WG.6/48/SVN/1", ("Slovenia",)),
        ("A/HRC/59/60/Add.1", ()),
        ("A/HRC/RES/59/25", ()),
    ],
)
def test_the_symbol_decides_where_the_title_says_nothing(symbol: str, states: tuple[str, ...]) -> None:
    assert known("Observations finales concernant le rapport initial", symbol).metadata.states == states


def test_a_title_and_a_symbol_of_two_states_are_reported() -> None:
    found = known("Concluding observations on the initial report of Kenya", "CRPD/C/UGA/CO/1")
    assert found.metadata.states == ("Kenya",)
    assert [warning.code for warning in found.warnings] == ["state_mismatch"]


@pytest.mark.parametrize("name", ["Laos", "Lao PDR", "the Lao People’s Democratic Republic"])
def test_any_name_of_a_state_agrees_with_its_code(name: str) -> None:
    assert known(f"Concluding observations on the initial report of {name}", "CRPD/C/LAO/CO/1").warnings == ()


def test_a_title_page_may_name_the_state_on_a_line_of_its_own() -> None:
    text = "Report of the Working Group on the Review*\n\nSlovenia\n\n1. The delegation of Kenya.\n"
    assert known("Report of the Working Group", "A/HRC/59/15", text).metadata.states == ("Slovenia",)


def test_views_name_the_state_party() -> None:
    text = "Communication submitted by: A.B.\nState party: Denmark\nDate: 3 May 2016\n\n1. One.\n"
    found = known("Views adopted by the Committee", "CCPR/C/127/D/2728/2016", text)
    assert found.metadata.states == ("Denmark",)
