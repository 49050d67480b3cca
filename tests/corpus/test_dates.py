from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import Dates, find_dates
from corpus.errors import SourceRefused
from corpus.metadata import find_metadata
from corpus.model import Metadata
from corpus.readers import read
from tests.corpus.strategies import assembled


def dates(text: str, language: str = "en") -> Dates:
    return find_dates(read(text.encode(), "a.txt"), language)


# -- each date with its role


def test_each_date_of_a_document_keeps_its_role() -> None:
    """H25: dates of meeting, adoption, session and issue; `2004th meeting` is no year."""
    text = (
        "United Nations                CRC/C/OPSC/LAO/CO/1\n"
        "Convention on the             Distr.: General\n"
        "Rights of the Child           3 July 2015\n"
        "                              Original: English\n\n"
        "1. The Committee considered the report at its 2004th meeting (see CRC/C/SR.2004), held on\n"
        "27 May 2015, and adopted at its 2024th meeting, held on 5 June 2015, the following concluding\n"
        "observations.\n\n"
        "* Adopted by the Committee at its sixty-ninth session (18 May–5 June 2015).\n"
    )
    assert dates(text) == Dates(date(2015, 6, 5), date(2015, 7, 3), "sixty-ninth session", (2015,))


# -- adoption


@pytest.mark.parametrize(
    ("text", "adopted"),
    [
        ("Resolution adopted by the Human Rights Council on 8 July 2025\n", date(2025, 7, 8)),
        ("Resolution adopted by the General Assembly\non 13 August 2024\n", date(2024, 8, 13)),
        (
            "Resolution 2774 (2025)\nAdopted by the Security Council at its 9866th meeting, on\n"
            "24 February 2025\n",
            date(2025, 2, 24),
        ),
        ("Decision adopted by the Committee on 12 March 2019\n", date(2019, 3, 12)),
        ("Date of adoption of Views: 8 November 2019\n", date(2019, 11, 8)),
        (
            "1. At its 17th meeting, held on 31 January 2025, the Group adopted the report on Slovenia.",
            date(2025, 1, 31),
        ),
        ("1. One;\n\n34th meeting\n8 July 2025\n[Adopted without a vote.]\n", date(2025, 7, 8)),
        ("1. One;\n\n103rd plenary meeting\n13 August 2024\n", date(2024, 8, 13)),
        (
            "1. At its 545th meeting on 3 April 2017, it adopted the present concluding observations.",
            date(2017, 4, 3),
        ),
        (
            "1. It was considered on 10 and 11 May, and the Committee adopted at its 30th meeting, held on "
            " 23 March 2022, the following concluding comments.",
            date(2022, 3, 23),
        ),
        ("1. The following concluding observations were adopted on 3 May 2013.", date(2013, 5, 3)),
        ("1. It adopted the present concluding observations on 7 September 20221.", date(2022, 9, 7)),
    ],
)
def test_each_kind_of_document_tells_its_own_adoption(text: str, adopted: date) -> None:
    assert dates(text).adopted == adopted


@pytest.mark.parametrize(
    "text",
    [
        "* Adopted by the Committee at its fourteenth session (17 August-4 September 2015).",
        "1. In its resolution 44/15, adopted on 17 July 2020, the Council requested the present report.",
        "1. The General Assembly adopted resolution 70/1 on 25 September 2015.",
        "1. Held on 18 and 19 August 2015.\n\n30 September 2015\n",
        "1. One.\n\n3rd meeting\n4 May 2020\n\n4th meeting\n5 May 2020\n",
    ],
    ids=["session", "mandate", "other", "meetings", "two meetings"],
)
def test_no_other_date_is_taken_for_that_of_the_adoption(text: str) -> None:
    assert dates(text).adopted is None


@pytest.mark.parametrize(
    ("language", "text", "adopted", "issued"),
    [
        (
            "fr",
            "Distr. générale\n7 mai 2019\n\n1. Il a adopté les observations finales ci-après à sa 471e "
            "séance, le 1er avril 2019.",
            date(2019, 4, 1),
            date(2019, 5, 7),
        ),
        (
            "es",
            "Distr. general\n7 de mayo de 2019\n\n1. En su 471ª sesión, celebrada el 4 de abril de 2019, "
            "el Comité aprobó las presentes observaciones finales.",
            date(2019, 4, 4),
            date(2019, 5, 7),
        ),
        ("ru", "Distr.: General\n7 мая 2019 года\n\n1. Один.", None, date(2019, 5, 7)),
        ("zh", "Distr.: General\n2019年5月7日\n\n1. 一", None, date(2019, 5, 7)),
        ("ar", "Distr.: General\n7 أيار/مايو 2019\n\n1. One.", None, date(2019, 5, 7)),
    ],
)
def test_dates_are_read_in_the_language_of_the_document(
    language: str, text: str, adopted: date | None, issued: date
) -> None:
    assert (dates(text, language).adopted, dates(text, language).issued) == (adopted, issued)


def test_a_session_of_another_year_than_the_adoption_is_reported() -> None:
    text = (
        "1. It adopted the present concluding observations on 21 March 2023.\n\n"
        "* Adopted by the Committee at its thirtieth session (4–22 March 2024).\n"
    )
    found = find_metadata(read(text.encode(), "a.txt"), "", Metadata(symbol="CRPD/C/CRI/CO/2-3"), "a.txt")
    assert found.metadata.adopted == date(2023, 3, 21)
    assert [warning.code for warning in found.warnings] == ["date_conflict"]


# -- issue


@pytest.mark.parametrize(
    "masthead",
    [
        "Distr.: General\n30 September 2015\n\nOriginal: English\n",
        "Distr.\nGENERAL\n\nA/47/435\n30 September 2015\nORIGINAL: ENGLISH\n",
        "Distr.: General 30 September 2015 Original: English\n",
        "of Persons with Disabilities      Distr.: General\n                       30 September 2015*\n",
        "Distr.: General\nConvention on the Rights      30 September 2015\n",
    ],
    ids=["lines", "old", "a table in one line", "columns", "beside the treaty"],
)
def test_the_date_of_the_masthead_is_that_of_the_issue(masthead: str) -> None:
    assert dates(f"{masthead}\n1. One.\n").issued == date(2015, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        "1. The Committee met on\n30 September 2015\n",
        "Distr.: General\n1. The Committee met on 30 September 2015 in Geneva.\n",
        "Distr.: General\n16 June–8 July 2025\n",
        "Distr.: General\nOriginal: English\n",
    ],
    ids=["no masthead", "a sentence", "a session", "no date"],
)
def test_no_other_date_is_taken_for_that_of_the_issue(text: str) -> None:
    assert dates(text).issued is None


# -- sessions


@pytest.mark.parametrize(
    ("text", "session", "years"),
    [
        (
            "* Adopted by the Committee at its fourteenth session (17 August–4 September 2015).",
            "fourteenth session",
            (2015,),
        ),
        (
            "Adopted by the Committee during its eighteenth session (14-31 August 2017).",
            "eighteenth session",
            (2017,),
        ),
        (
            "Human Rights Council\nFifty-ninth session\n16 June–8 July 2025\nAgenda item 3\n",
            "fifty-ninth session",
            (),
        ),
        ("Since its first session, held in 2012.\n\nSeventy-eighth session\n", "seventy-eighth session", ()),
        (
            "At its second session it adopted it.\n\n* Adopted by the Committee at its 108th session",
            "108th session",
            (),
        ),
        ("Tenth special session\n", "tenth special session", ()),
        ("One hundred and first session\n", "one hundred and first session", ()),
    ],
)
def test_the_session_is_that_of_the_adoption_before_others(
    text: str, session: str, years: tuple[int, ...]
) -> None:
    assert (dates(text).session, dates(text).session_years) == (session, years)


# -- hostile input


@given(
    assembled(
        "Adopted by the ", "Committee", "Distr.: General\n", "1", "30 ", "February ", "2015",
        " session", "on ", ", ", "and adopted", " the following concluding observations", "\n", ". ",
        "(", ")", max_size=24,
    )
    | st.text()
)  # fmt: skip
def test_any_text_has_dates_or_none(text: str) -> None:
    try:
        reading = read(f"a{text}".encode(errors="ignore"), "a.txt")
    except SourceRefused:  # no text file at all
        return
    found = find_dates(reading)
    assert found.issued is None or found.issued.year >= 1900


@pytest.mark.parametrize(
    "piece",
    ["Adopted by the Committee ", "and adopted the following ", "1 ", "first ", "[Adopted ", "1st meeting\n"],
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    dates(piece * 20_000)
