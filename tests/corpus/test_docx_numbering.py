import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import letter_value, roman_value
from corpus.readers.counters import alphabetic, cardinal_word, ordinal, ordinal_word, printed, repeated, roman
from corpus.readers.docx_symbols import symbols
from tests.corpus.docx_files import level, lists, p, r, read_body, texts


def start_at(index: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def numbers(places: list[tuple[int, int]], numbering: str, **parts: str) -> list[str]:
    """The numbers printed before paragraphs of these lists and levels."""
    body = "".join(p(r("Text"), num=place) for place in places)
    return [text.removesuffix("Text") for text in texts(body, numbering=numbering, **parts)]


UN_LIST = lists(level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "lowerRoman", "(%3)"))


# -- counting


def test_each_level_counts_and_begins_again_below_a_higher_one() -> None:
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]
    assert numbers(places, UN_LIST) == [
        "1.\t", "(a)\t", "(b)\t", "(i)\t", "(ii)\t", "(c)\t", "(i)\t", "2.\t", "(a)\t",
    ]  # fmt: skip


def test_text_between_does_not_stop_a_list() -> None:
    body = p(r("One"), num=(1, 0)) + p(r("Between")) + p(r("Two"), num=(1, 0))
    assert texts(body, numbering=UN_LIST) == ["1.\tOne", "Between", "2.\tTwo"]


def test_a_level_may_restart_never_or_only_after_a_named_level() -> None:
    numbering = lists(
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "(%2)"),
        level(2, "lowerRoman", "(%3)", '<w:lvlRestart w:val="1"/>'),
        level(3, "decimal", "%4)", '<w:lvlRestart w:val="0"/>'),
    )
    places = [(1, 0), (1, 1), (1, 2), (1, 3), (1, 1), (1, 2), (1, 3), (1, 0), (1, 2), (1, 3)]
    printed_numbers = [number.strip() for number in numbers(places, numbering)]
    assert printed_numbers == ["1.", "(a)", "(i)", "1)", "(b)", "(ii)", "2)", "2.", "(i)", "3)"]


def test_lists_of_one_definition_count_on_and_an_override_restarts_them_once() -> None:
    numbering = lists(level(0, "decimal", "%1."), nums={2: start_at(0, 8), 3: ""})
    places = [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0), (3, 0), (2, 0)]
    assert [n.strip() for n in numbers(places, numbering)] == ["1.", "2.", "8.", "9.", "10.", "11.", "12."]


def test_an_override_may_bring_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1 –", start=4)}</w:lvlOverride>'
    assert numbers([(2, 0)], lists(level(0, "decimal", "%1."), nums={2: own})) == ["IV –\t"]


def test_a_level_above_that_was_never_used_shows_its_start() -> None:
    numbering = lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
    assert numbers([(1, 1), (1, 1)], numbering) == ["1.1\t", "1.2\t"]


def test_an_empty_numbered_paragraph_is_printed_and_counted() -> None:
    body = p(r("One"), num=(1, 0)) + p(num=(1, 0)) + p(r("Three"), num=(1, 0))
    assert texts(body, numbering=UN_LIST) == ["1.\tOne", "2.", "3.\tThree"]


# -- printing


def test_legal_numbering_prints_every_level_in_digits() -> None:
    numbering = lists(level(0, "upperRoman", "%1."), level(1, "lowerLetter", "%1.%2", "<w:isLgl/>"))
    assert numbers([(1, 0), (1, 0), (1, 1)], numbering) == ["I.\t", "II.\t", "2.1\t"]


def test_a_bullet_or_no_number_prints_nothing_in_numbers_below_it() -> None:
    numbering = lists(
        level(0, "decimal", "%1."),
        level(1, "bullet", "–"),
        level(2, "decimal", "%1.%2%3"),
        level(3, "none", ""),
    )
    assert numbers([(1, 0), (1, 1), (1, 2), (1, 3)], numbering) == ["1.\t", "–\t", "1.1\t", ""]


@pytest.mark.parametrize(
    ("suffix", "expected"), [("tab", "1.\tText"), ("space", "1. Text"), ("nothing", "1.Text")]
)
def test_what_follows_the_number_is_what_the_list_says(suffix: str, expected: str) -> None:
    numbering = lists(level(0, "decimal", "%1.", f'<w:suff w:val="{suffix}"/>'))
    assert texts(p(r("Text"), num=(1, 0)), numbering=numbering) == [expected]


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("\uf0b7", "Symbol", "•"),
        ("\uf0a7", "Wingdings", "▪"),
        ("\uf0ff", "Webdings", "•"),
        ("o", "Courier New", "o"),
    ],
)
def test_a_bullet_of_a_symbol_font_is_a_character_that_can_be_read(
    text: str, font: str, expected: str
) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    assert numbers([(1, 0)], lists(level(0, "bullet", text, fonts))) == [f"{expected}\t"]


def test_a_number_that_is_hidden_is_not_printed() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    assert numbers([(1, 0)], lists(level(0, "decimal", "%1.", hidden))) == [""]


def test_a_format_that_is_not_known_is_printed_in_digits_and_told() -> None:
    reading = read_body(p(r("Text"), num=(1, 0)), numbering=lists(level(0, "arabicAbjad", "%1.")))
    assert reading.text == "1.\tText\n"
    assert reading.warnings == ("numbers of the format arabicAbjad are shown in digits",)


def test_a_format_that_only_newer_versions_know_falls_back() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent>'
        '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    assert numbers([(1, 0)], numbering) == ["01.\t"]


# -- where a paragraph's number comes from

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="Item"/><w:basedOn w:val="Para"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Linked"><w:name w:val="Linked"/>'
    '<w:basedOn w:val="Para"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Plain"/><w:basedOn w:val="Para"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def test_a_style_numbers_its_paragraphs_and_the_styles_based_on_it_name_their_level() -> None:
    numbering = lists(
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "(%2)"),
        level(2, "lowerRoman", "(%3)", '<w:pStyle w:val="Linked"/>'),
    )
    body = "".join(p(r("x"), style=style) for style in ("Para", "Item", "Linked", "Item", "Plain", "Para"))
    assert texts(body, styles=STYLES, numbering=numbering) == [
        "1.\tx", "(a)\tx", "(i)\tx", "(b)\tx", "x", "2.\tx",
    ]  # fmt: skip


def test_a_paragraph_may_switch_its_number_off_or_only_its_level() -> None:
    body = p(r("x"), style="Para") + p(r("off"), style="Para", num=(0, 0))
    body += p(r("y"), style="Para", properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
    assert texts(body, styles=STYLES, numbering=UN_LIST) == ["1.\tx", "off", "(a)\ty"]


def test_a_list_may_be_defined_by_a_numbering_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="UN"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="UN"/>'
        f"{level(0, 'decimal', '%1.')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    in_style = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    style = f'<w:style w:type="numbering" w:styleId="UN">{in_style}</w:style>'
    assert numbers([(1, 0), (2, 0)], numbering, styles=style) == ["1.\t", "2.\t"]


@pytest.mark.parametrize("place", [(9, 0), (1, 5), (1, 12), (1, -1), (0, 0)])
def test_a_list_or_level_that_is_not_there_prints_no_number(place: tuple[int, int]) -> None:
    assert numbers([place], UN_LIST) == [""]


def test_lists_that_link_to_each_other_in_a_circle_print_no_number() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="S"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    style = '<w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert numbers([(1, 0)], numbering, styles=style) == [""]


# -- formats


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (4, "decimal", "4"), (4, "decimalZero", "04"), (12, "decimalZero", "12"), (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"), (1999, "lowerRoman", "mcmxcix"), (4, "upperRoman", "IV"),
        (11, "ordinal", "11th"), (22, "ordinal", "22nd"), (103, "ordinal", "103rd"), (6, "chicago", "††"),
        (21, "cardinalText", "Twenty-one"), (20, "ordinalText", "Twentieth"), (5, "bullet", ""),
        (5, "none", ""), (3, "russianLower", "в"), (0, "lowerLetter", "0"), (0, "upperRoman", "0"),
        (7, "numberInDash", "- 7 -"), (10, "hex", "A"), (3, "unheardOf", "3"),
    ],
)  # fmt: skip
def test_a_number_is_printed_in_its_format(value: int, number_format: str, expected: str) -> None:
    assert printed(value, number_format) == expected


@pytest.mark.parametrize(
    ("value", "words", "ordinal_words"),
    [
        (0, "zero", "zeroth"), (1, "one", "first"),
        (12, "twelve", "twelfth"), (29, "twenty-nine", "twenty-ninth"),
        (40, "forty", "fortieth"), (115, "one hundred fifteen", "one hundred fifteenth"),
        (3000, "three thousand", "three thousandth"), (10_000, "10000", "10000th"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_words(value: int, words: str, ordinal_words: str) -> None:
    assert (cardinal_word(value), ordinal_word(value)) == (words, ordinal_words)


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("plain", None, "plain"), ("\uf02a", None, "*"), ("\uf061", "Symbol", "α"),
        ("ab\u4e00", "Symbol", "αβ\u4e00"),
        ("\uf0b7", None, "•"), ("\uf020", "Wingdings", " "), ("\uf0ff", None, "?"),
        ("\uf0fe", "WINGDINGS", "☑"),
    ],
)  # fmt: skip
def test_symbols_are_those_of_their_font(text: str, font: str | None, expected: str) -> None:
    assert symbols(text, font, otherwise="?") == expected


@given(st.integers(1, 3999))
def test_a_roman_numeral_has_the_value_it_was_made_of(value: int) -> None:
    assert roman_value(roman(value)) == value


@given(st.integers(1, 52))
def test_a_letter_has_the_place_it_was_made_of(value: int) -> None:
    assert letter_value(repeated(value)) == value


@given(st.integers(1, 10**6))
def test_letters_of_browsers_count_in_base_26(value: int) -> None:
    total = 0
    for letter in alphabetic(value):
        total = total * 26 + ord(letter) - ord("a") + 1
    assert total == value


@given(
    st.integers(-(10**9), 10**9),
    st.sampled_from(["decimal", "lowerLetter", "upperRoman", "ordinalText", "chicago"]),
)
def test_every_number_is_printed_in_every_format(value: int, number_format: str) -> None:
    assert 0 < len(printed(value, number_format)) <= 60


@given(st.integers(0, 10**6))
def test_an_ordinal_is_its_number_with_one_of_four_ends(value: int) -> None:
    assert re.fullmatch(rf"{value}(?:st|nd|rd|th)", ordinal(value))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_numbers_count_up_from_one_below_each_higher_level(levels: list[int]) -> None:
    numbering = lists(*(level(index, "decimal", f"%{index + 1}") for index in range(4)))
    counters = [0] * 4
    expected = []
    for index in levels:
        counters[index] += 1
        counters[index + 1 :] = [0] * (3 - index)
        expected.append(str(counters[index]))
    assert [n.strip() for n in numbers([(1, index) for index in levels], numbering)] == expected
