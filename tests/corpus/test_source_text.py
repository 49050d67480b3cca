import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.source_text import SourceText, joined
from tests.corpus.strategies import assembled


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("one\ntwo", "one two"),
        ("one \n two", "one two"),
        ("  one   two  \n\n", "one two"),
        ("one\u00a0\u00a0two \u00a0 three", "one two three"),
        ("one\r\ntwo\rthree\ffour\tfive", "one two three four five"),
        ("Tibeto-\nBurman groups", "Tibeto-Burman groups"),
        ("Tibeto- \r\n  Burman groups", "Tibeto-Burman groups"),
        ("2014-\n2020", "2014-2020"),
        ("2014–\n2020", "2014–2020"),
        ("law –\nand order", "law – and order"),
        ("anuario-2022\n-letalidade", "anuario-2022-letalidade"),
        ("and/\nor", "and/or"),
        ("short-\nand long-term", "short- and long-term"),
        ("court à court ou moyen-\net long terme", "court à court ou moyen- et long terme"),
        ("law - \nand order", "law - and order"),
        ("children -\nall of them", "children - all of them"),
        ("recommen\u00ad\ndation", "recommendation"),
        ("recom\u00admendation", "recommendation"),
        ("chil\u200bdren \ufeff first", "children first"),
        ("", ""),
        (" \n\u00a0\n", ""),
        ("“joy”.1 and ¶", "“joy”.1 and ¶"),
    ],
)
def test_only_line_breaks_spaces_and_divided_words_change(source: str, text: str) -> None:
    assert joined(source) == text


def test_a_stretch_that_is_left_out_leaves_one_space() -> None:
    source = "the State \n page 4 \nparty"
    text = SourceText(source, [(0, 11), (19, len(source))])
    assert text.text == "the State party"
    assert source[text.offset(10)] == "p"


def test_a_span_of_the_text_leads_to_the_printed_words() -> None:
    source = "such as Tibeto-\n Burman   groups"
    text = SourceText(source, [(0, len(source))])
    start = text.text.index("Tibeto-Burman")
    assert source[slice(*text.span(start, start + 13))] == "Tibeto-\n Burman"


# -- properties

_sources = st.text(max_size=60) | assembled(
    " ", "  ", "\n", " \n ", "\r\n", "\u00a0", "\t", "\f", "\n\n", "State", "party", "-", "Tibeto-",
    "and", "\u00ad", "\u200b", "1.", "’",
    max_size=20,
)  # fmt: skip


@st.composite
def sources_with_segments(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    source = draw(_sources)
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return source, draw(st.sampled_from([[(0, len(source))], list(pairs)]))


@settings(max_examples=150)
@given(sources_with_segments())
def test_each_character_leads_back_to_the_same_character(
    drawn: tuple[str, list[tuple[int, int]]],
) -> None:
    source, segments = drawn
    text = SourceText(source, segments)
    offsets = [text.offset(position) for position in range(len(text.text))]
    assert offsets == sorted(offsets)
    for character, offset in zip(text.text, offsets, strict=True):
        if character != " ":
            assert source[offset] == character
            assert any(start <= offset < end for start, end in segments)


@settings(max_examples=150)
@given(sources_with_segments())
def test_nothing_but_spaces_and_invisible_signs_is_lost(
    drawn: tuple[str, list[tuple[int, int]]],
) -> None:
    source, segments = drawn
    printed = "".join(source[start:end] for start, end in segments)
    invisible = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
    text = SourceText(source, segments).text
    assert "".join(text.split()) == "".join(printed.translate(invisible).split())


@given(_sources)
def test_joined_text_has_single_spaces_and_joins_no_further(source: str) -> None:
    text = joined(source)
    assert text == " ".join(text.split())
    assert joined(text) == text


@given(_sources, st.data())
def test_the_words_of_a_span_are_the_words_of_its_source(source: str, data: st.DataObject) -> None:
    text = SourceText(source, [(0, len(source))])
    words = [word for word in text.text.split(" ") if word]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    start = text.text.index(word)
    assert joined(source[slice(*text.span(start, start + len(word)))]) == word
