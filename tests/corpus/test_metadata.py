import re
from datetime import date

import pytest

from corpus.errors import SettingsInvalid, SymbolInvalid, SymbolUnknown
from corpus.metadata import find_metadata, read_metadata
from corpus.model import Metadata
from corpus.organs import author_of, committee_of, committees, organ_of, organs
from corpus.parse import builtin_sources
from corpus.readers import read
from corpus.symbol import Symbol

SYMBOL = "CRPD/C/KEN/CO/1"
TITLE = "Concluding observations on the initial report of Kenya"


def found(text: str, title: str = TITLE, given: Metadata | None = None) -> Metadata:
    reading = read(text.encode(), "a.txt")
    return find_metadata(reading, title, given or Metadata(symbol=SYMBOL), "a.txt").metadata


# -- symbols


@pytest.mark.parametrize(
    "text",
    [
        "United Nations\nCRPD/C/KEN/CO/1\n",
        "CRPD/C/KEN/1\n\nCRPD/C/KEN/CO/1\n1. One.\nCRPD/C/KEN/CO/1\n",
        "  CRPD/C/Ken/CO/1*  \n1. The Committee considered the report (CRPD/C/KEN/1).\n",
        "1. See CRPD/C/KEN/1, CRPD/C/KEN/1 and\nCRPD/C/KEN/1 and the rest.\n\nCRPD/C/KEN/CO/1\n",
    ],
    ids=["masthead", "running head", "with a mark", "among others in running text"],
)
def test_the_own_symbol_stands_alone_on_a_line_most_often(text: str) -> None:
    assert found(text, given=Metadata()).symbol == SYMBOL


@pytest.mark.parametrize("text", ["1. One.", "1. The report (CRPD/C/KEN/1) was late.", "Kenya\nCO/1"])
def test_a_symbol_in_running_text_is_not_taken_for_the_own(text: str) -> None:
    with pytest.raises(SymbolUnknown, match=r"a\.txt does not say"):
        found(text, given=Metadata())


def test_a_given_symbol_beats_the_one_of_the_text() -> None:
    given = Metadata(symbol="crpd/c/uga/co/1")
    assert found("CRPD/C/KEN/CO/1\n", given=given).symbol == "CRPD/C/UGA/CO/1"


def test_a_given_symbol_must_be_one() -> None:
    with pytest.raises(SymbolInvalid):
        found("CRPD/C/KEN/CO/1\n", given=Metadata(symbol="KEN"))


# -- States


@pytest.mark.parametrize(
    "title",
    [
        "Concluding observations on the initial report of [Kenya]",
        "Concluding observations on the combined second and third periodic reports of [Mexico]*",
        "Concluding observations on the combined periodic reports of the [Dominican Republic]",
        "Concluding observations on the fifth periodic report of the [Lao People’s Democratic Republic]",
        "Concluding observations on the initial report of the [Islamic Republic of Iran]",
        "Concluding observations on the initial report of the [Republic of Korea]",
        "Concluding observations on the initial report of the [Democratic People’s Republic of Korea]",
        "Concluding observations on the report of the [United Kingdom of Great Britain and Northern Ireland]",
        "Concluding observations on the initial report of [Bolivia (Plurinational State of)]",
        "Concluding observations on the initial report of [Côte d’Ivoire]",
        "Concluding observations on the initial report of the [former Yugoslav Republic of Macedonia]",
        "Concluding observations on the report submitted by [Laos] under article 12 of the Optional Protocol",
        "Concluding observations on the report of [Angola] submitted under article 8, paragraph 1",
        "Concluding observations on the initial report of [China], adopted by the Committee in 2012",
        "Concluding observations on the fifth periodic report of [Haiti], submitted in 2014",
        "Concluding observations on [Dominica] in the absence of its initial report",
        "Concluding observations on the [Niger]",
        "CONCLUDING OBSERVATIONS: [KENYA]",
        "Concluding observations of the Committee on the Rights of the Child: [Viet Nam]",
        "List of issues in relation to the initial report of the [European Union]",
    ],
)
def test_the_state_is_read_from_the_title(title: str) -> None:
    """The State is the part in brackets."""
    before, state, after = re.split(r"[\[\]]", title)
    assert found("1. One.", before + state + after).states == (state,)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Concluding observations",
        "Concluding observations on the initial report",
        "Consideration of reports submitted by States parties under article 44 of the Convention",
        "General comment No. 25 (2021) on children’s rights in relation to the digital environment",
    ],
)
def test_a_title_without_a_state_names_none(title: str) -> None:
    assert found("1. One.", title, Metadata(symbol="CRPD/C/GC/8")).states == ()


# -- dates and sessions

_FIRST = (
    "Committee on the Rights of Persons with Disabilities\n\nI. Introduction\n\n"
    "1. The Committee considered the initial report of Kenya (CRPD/C/KEN/1) at its 206th\n"
    "and 207th meetings (see CRPD/C/SR.206 and 207), held on 18 and 19 August 2015"
)


@pytest.mark.parametrize(
    ("continued", "adopted"),
    [
        (
            ", and adopted at its 222nd meeting (see CRPD/C/SR.222), held on 28 August 2015, the\n"
            "following concluding observations.",
            date(2015, 8, 28),
        ),
        (
            ", and adopted the following concluding observations at its 222nd meeting, on 28 August\n2015.",
            date(2015, 8, 28),
        ),
        (
            ". It adopted the present concluding observations at its 581st meeting, held in a hybrid\n"
            "mode on 25 March 2022.",
            date(2022, 3, 25),
        ),
        (
            ". At its 255th meeting, held on 13 April 2016, the Committee adopted the following\n"
            "concluding observations.",
            date(2016, 4, 13),
        ),
        (
            ", and adopted the following concluding observations at its 354th and 356th meetings, held\n"
            "on 28 and 29 August 2017, respectively.",
            date(2017, 8, 29),
        ),
        (".\n\n* Adopted by the Committee at its tenth session, on 3 May 2013", date(2013, 5, 3)),
    ],
    ids=["after it", "after the words", "sentence of its own", "before it", "two days", "in a note"],
)
def test_the_day_of_adoption_is_read_from_the_text(continued: str, adopted: date) -> None:
    other = "\n\n3. They should be read with those adopted on 4 February 2011.\n"
    assert found(_FIRST + continued + other).adopted == adopted


@pytest.mark.parametrize(
    "text",
    [
        "1. The Committee welcomes the Children Act, adopted on 4 February 2011.",
        "1. The present concluding observations should be read with those adopted on 4 February 2011.",
        "1. The Optional Protocol, adopted by the General Assembly on 25 May 2000, is in force.",
        "* Adopted by the Committee at its tenth session (2–13 September 2013).",
        "1. It adopted the following concluding observations on 31 February 2015.",
        "1. It adopted the following concluding observations at its last meeting.",
    ],
    ids=["a law", "others", "a treaty", "a session", "no such day", "no day"],
)
def test_the_adoption_of_something_else_is_not_taken_for_its_own(text: str) -> None:
    assert found(text).adopted is None


def test_the_built_in_document_tells_its_own_date() -> None:
    (builtin,) = builtin_sources()
    assert found(builtin.data.decode()).adopted == builtin.given.adopted == date(2015, 6, 5)


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("Adopted by the Committee at its sixty-ninth session (18 May–5 June 2015).", "sixty-ninth session"),
        ("at its fourteenth session", "fourteenth session"),
        ("at its thirtieth session", "thirtieth session"),
        ("at its\ntwenty-first  session", "twenty-first session"),
        ("at its one hundred and first session", "one hundred and first session"),
        ("at its 140th session", "140th session"),
        ("at its last session and at its second session", "second session"),
        ("at its present session", None),
    ],
)
def test_the_session_is_read_from_the_text(text: str, session: str | None) -> None:
    assert found(text).session == session


def test_only_the_beginning_of_a_text_speaks_of_itself() -> None:
    far_below = (
        "1. One.\n" * 600
        + "It adopted the following concluding observations on 1 May 2015 at its tenth session."
    )
    assert (found(far_below).adopted, found(far_below).session) == (None, None)


# -- editions, committees


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("GE.15-16528 (E)\n1. One.", "issued"),
        ("GE. \n1. One.", "advance unedited"),
        ("Advance unedited version\n1. One.", "advance unedited"),
        ("ADVANCE UNEDITED VERSION\n1. One.", "advance unedited"),
    ],
)
def test_a_draft_is_told_from_an_issued_text(text: str, edition: str) -> None:
    assert found(text).edition == edition


@pytest.mark.parametrize(
    ("symbol", "text", "edition"),
    [
        ("CRC/C/GC/25", "1. One.", "issued"),
        ("CRC/C/GC/18/Rev.1", "1. One.", "revised"),
        ("CRPD/C/KEN/CO/1/Corr.1", "1. One.", "corrected"),
        ("CERD/C/BRA/CO/18-20", "CERD/C/BRA/CO/18-20*\n\n1. One.", "reissued"),
        (
            "CERD/C/BRA/CO/18-20",
            "1. One.\n\n* Reissued for technical reasons on 10 March 2023.\n",
            "reissued",
        ),
        ("CRC/C/GC/25", "Advance edited version\n\n1. One.", "advance unedited"),
        ("CRC/C/GC/18/Rev.1", "Advance unedited version\n\n1. One.", "advance unedited"),
    ],
)
def test_each_edition_of_a_document_is_told_apart(symbol: str, text: str, edition: str) -> None:
    """H27: editions under one symbol may have other paragraphs and are never merged."""
    assert found(text, given=Metadata(symbol=symbol)).edition == edition


_CRC = "Convention on the Rights of the Child"


@pytest.mark.parametrize(
    ("symbol", "committee", "instrument"),
    [
        ("CRC/C/LAO/CO/2", "Committee on the Rights of the Child", _CRC),
        ("CRC/GC/2003/5", "Committee on the Rights of the Child", _CRC),
        (
            "CRC/C/OPAC/LAO/CO/1",
            "Committee on the Rights of the Child",
            f"Optional Protocol to the {_CRC} on the involvement of children in armed conflict",
        ),
        (
            "E/C.12/2000/4",
            "Committee on Economic, Social and Cultural Rights",
            "International Covenant on Economic, Social and Cultural Rights",
        ),
        (
            "CCPR/CO/78/SLV",
            "Human Rights Committee",
            "International Covenant on Civil and Political Rights",
        ),
        ("A/67/222", "General Assembly", None),
        ("A/RES/78/323", "General Assembly", None),
        ("A/HRC/RES/59/25", "Human Rights Council", None),
        ("A/HRC/WG.6/48/SVN/1", "Working Group on the Universal Periodic Review", None),
        ("S/RES/2774", "Security Council", None),
        ("E/CN.4/2003/65/Add.1", "Commission on Human Rights", None),
        ("E/RES/1980/67", "Economic and Social Council", None),
        ("ST/SGB/2017/1", "Secretariat", None),
        ("HRI/GEN/1/Rev.9", None, None),
    ],
)
def test_the_symbol_names_committee_and_treaty(
    symbol: str, committee: str | None, instrument: str | None
) -> None:
    known = found("1. One.", given=Metadata(symbol=symbol))
    assert (known.committee, known.instrument) == (committee, instrument)


def test_every_prefix_belongs_to_one_organ() -> None:
    prefixes = [prefix for body in organs() for prefix in body.prefixes]
    assert len(prefixes) == len(set(prefixes))
    for body in committees():
        for prefix in body.prefixes:
            assert committee_of(Symbol.parse(f"{prefix}/KEN/CO/1")) is body


@pytest.mark.parametrize(
    ("symbol", "title", "author"),
    [
        (
            "A/HRC/59/60",
            "Report of the Working Group on the issue of human rights and transnational corporations",
            "Special procedures of the Human Rights Council",
        ),
        (
            "A/HRC/56/42",
            "Visit to Georgia: report of the Special Rapporteur on torture",
            "Special procedures",
        ),
        (
            "A/HRC/59/15",
            "Report of the Working Group on the Universal Periodic Review: Slovenia",
            "Working Group",
        ),
        ("A/79/316", "Torture: note by the Secretary-General", "Secretariat"),
        ("A/79/316", "Report of the Special Rapporteur: note by the Secretary-General", "Special procedures"),
        ("A/RES/78/323", "Mandate of the Special Rapporteur on torture", "General Assembly"),
        ("CRC/C/GC/25", "Working Group on the digital environment", "Committee on the Rights of the Child"),
    ],
)
def test_the_title_names_the_author_that_the_symbol_does_not(symbol: str, title: str, author: str) -> None:
    found_author = author_of(Symbol.parse(symbol), title)
    assert found_author is not None
    assert found_author.name.startswith(author)


@pytest.mark.parametrize(
    ("symbol", "number", "comment"),
    [
        ("CRC/C/KEN/CO/1", 8, "CRC/C/GC/8"),
        ("CRC/C/KEN/CO/1", 5, "CRC/GC/2003/5"),
        ("E/C.12/KEN/CO/2", 14, "E/C.12/2000/4"),
        ("CCPR/C/KEN/CO/4", 31, "CCPR/C/21/Rev.1/Add.13"),
        ("CERD/C/KEN/CO/1", 3, None),
        ("A/67/222", 3, None),
    ],
)
def test_general_comments_have_the_symbol_of_their_series(
    symbol: str, number: int, comment: str | None
) -> None:
    organ = organ_of(Symbol.parse(symbol))
    assert organ is not None
    assert organ.general_comment(number) == comment


# -- metadata beside a document


def test_metadata_is_read_from_a_file_beside_the_document() -> None:
    text = 'symbol = "CRPD/C/KEN/CO/1"\nstates = ["Kenya"]\nadopted = 2015-08-28\n'
    expected = Metadata(symbol=SYMBOL, states=("Kenya",), adopted=date(2015, 8, 28))
    assert read_metadata(text) == expected


@pytest.mark.parametrize("text", ["symbol = ", "states = 3", 'adopted = "soon"'])
def test_metadata_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(SettingsInvalid, match="The metadata cannot be read"):
        read_metadata(text)
