import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import is_plainly_not_english, language_of
from corpus.metadata import find_metadata
from corpus.model import Metadata
from corpus.readers import read

ENGLISH = "The Committee recommends that the State party ensure the rights of persons with disabilities. "
FRENCH = (
    "Le Comité recommande à l’État partie de veiller aux droits des personnes handicapées dans les écoles. "
)
SPANISH = "El Comité recomienda al Estado parte que vele por los derechos de las personas con discapacidad. "
PORTUGUESE = (
    "O Comitê recomenda ao Estado Parte que garanta os direitos das pessoas com deficiência na escola. "
)
RUSSIAN = "Комитет рекомендует государству-участнику обеспечить права инвалидов в школах и больницах страны. "
CHINESE = "委员会建议缔约国确保残疾人的权利。"
ARABIC = "توصي اللجنة الدولة الطرف بأن تكفل حقوق الأشخاص ذوي الإعاقة. "
GERMAN = "Der Ausschuss empfiehlt dem Vertragsstaat, die Rechte von Menschen mit Behinderungen zu achten. "


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, "en"), (FRENCH, "fr"), (SPANISH, "es"), (PORTUGUESE, "pt"), (RUSSIAN, "ru"), (CHINESE, "zh"),
     (ARABIC, "ar"), (GERMAN, "de")],
)  # fmt: skip
def test_a_text_tells_its_language(text: str, language: str) -> None:
    assert language_of(text * 10) == language


def test_names_and_quotations_in_other_languages_do_not_mislead() -> None:
    assert language_of(ENGLISH * 10 + FRENCH * 3 + SPANISH * 2) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1. One.", "en"),
        ("Kenya", "en"),
        ("The Committee recommends a law.", "en"),
        ("Le Comité recommande une loi.", "und"),
        ("El Comite recomienda una ley para los derechos", "und"),
        ("", "und"),
        ("12 34 — 5.", "und"),
    ],
)
def test_a_short_text_is_english_only_where_nothing_speaks_against_it(text: str, language: str) -> None:
    assert language_of(text) == language


def test_the_language_of_the_masthead_is_not_that_of_the_version() -> None:
    """H26: the versions of one document have one symbol, and each its own language."""
    text = "Nations Unies  CRPD/C/NOR/CO/1\nDistr. générale\nFrançais\nOriginal: English\n\n1. " + FRENCH * 12
    found = find_metadata(read(text.encode(), "a.txt"), "", Metadata(), "a.txt").metadata
    assert (found.symbol, found.language) == ("CRPD/C/NOR/CO/1", "fr")


def test_a_given_language_beats_that_of_the_text() -> None:
    given_language = Metadata(symbol="CRPD/C/NOR/CO/1", language="no")
    found = find_metadata(read(ENGLISH.encode(), "a.txt"), "", given_language, "a.txt")
    assert found.metadata.language == "no"


def test_english_is_told_without_loading_a_model() -> None:
    code = (
        "import sys; from corpus.language import is_plainly_not_english, language_of; "
        f"assert language_of({ENGLISH * 20!r}) == 'en'; assert 'py3langid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert len(language_of(text)) in (2, 3)


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("¿Qué dijo el Comité sobre la extradición?", True),
        ("Que dit le Comité sur les enfants dans la rue ?", True),
        ("что комитет сказал об экстрадиции", True),
        ("ماذا قالت اللجنة عن التسليم", True),
        ("委员会对引渡说了什么", True),
        ("What did the Committee say about extradition?", False),
        ("What does it say about São Tomé and the La Paz declaration?", False),
        ("as for the no. of visits, do they say why", False),
        ("extradition", False),
        ("", False),
    ],
)
def test_a_question_in_another_language_is_told_where_that_is_plain(text: str, is_plain: bool) -> None:
    assert is_plainly_not_english(text) is is_plain
