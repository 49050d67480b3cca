from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document, Item, Paragraph, Role, Sentence
from corpus.parse import builtin_sources, parse_document
from index.passages import (
    Passage,
    PassageKey,
    context_label,
    context_line,
    passages_of,
    pinpoint_at,
    place_at,
)


@cache
def builtin() -> Document:
    return parse_document(builtin_sources()[0])


@cache
def passages() -> dict[str, Passage]:
    """The passages of the built-in document by the printed number of their place."""
    found = {}
    for passage in passages_of(7, builtin()):
        paragraph = builtin().paragraphs[passage.key.ordinal]
        found[str(pinpoint_at(paragraph, passage.key.place))] = passage
    return found


# -- keys

_keys = st.builds(
    PassageKey,
    document=st.integers(0, 2**31 - 1),
    ordinal=st.integers(0, 2**20 - 1),
    place=st.integers(0, 2**12 - 1),
)


@given(_keys)
def test_a_key_comes_back_from_its_number(key: PassageKey) -> None:
    assert PassageKey.from_int(int(key)) == key
    assert 0 <= int(key) < 2**63


@given(_keys, _keys)
def test_numbers_stand_in_the_order_of_places(one: PassageKey, other: PassageKey) -> None:
    by_place = (one.document, one.ordinal, one.place) < (other.document, other.ordinal, other.place)
    assert (int(one) < int(other)) == by_place


# -- which passages there are


def test_every_place_is_one_passage_in_printed_order() -> None:
    places = [(p, place) for p in builtin().paragraphs for place in p.places()]
    found = list(passages_of(7, builtin()))
    assert len(found) == len(places) == 92
    assert [int(p.key) for p in found] == sorted({int(p.key) for p in found})
    for passage, (paragraph, place) in zip(found, places, strict=True):
        assert passage.key.document == 7
        assert passage.key.ordinal == paragraph.ordinal
        assert place_at(paragraph, passage.key.place) is place
        assert passage.text == place.text


def test_a_paragraph_with_too_many_items_stays_in_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.passages._PLACE_BITS", 4)  # room for 16 places, not for 4,096
    items = tuple(Item(f"{n}", f"({n})", f"para_1__subpara_{n}", f"Item {n}.", 0, 1) for n in range(40))
    first, second = builtin().paragraphs[:2]
    crowded = replace(builtin(), paragraphs=(replace(first, items=items), replace(second, items=())))
    found = list(passages_of(1, crowded))
    assert [p.key for p in found] == [*(PassageKey(1, 0, place) for place in range(16)), PassageKey(1, 1, 0)]
    assert [PassageKey.from_int(int(p.key)) for p in found] == [p.key for p in found]
    assert len({int(p.key) for p in found}) == 17


# -- what is searched


def test_a_paragraph_stands_under_its_context() -> None:
    passage = passages()["34"]
    assert passage.label == "Lao People's Democratic Republic 2015: Extradition"
    assert passage.context == (
        "Lao People's Democratic Republic · Committee on the Rights of the Child · 2015 · Prohibition of "
        "the sale of children, child pornography and child prostitution and related matters (arts. 3; 4, "
        "paras. 2 and 3; 5; 6 and 7) › Extradition"
    )
    assert passage.lead_in == ""
    assert passage.text.startswith("The Committee recommends that the State party")
    assert passage.embedded_text == f"{passage.label}\n{passage.text}"
    assert passage.indexed_text == f"{passage.context}\n{passage.text}"


def test_an_item_is_indexed_with_the_words_that_govern_it() -> None:
    passage = passages()["22 (b)"]
    paragraph = builtin().paragraphs[21]
    assert passage.lead_in == paragraph.text
    assert passage.text == paragraph.items[1].text
    assert passage.indexed_text == f"{passage.context}\n{paragraph.text}\n{paragraph.items[1].text}"
    assert paragraph.text not in passage.embedded_text


def test_no_phrase_goes_from_a_heading_or_a_lead_in_into_the_next() -> None:
    passage = passages()["22 (c)"]
    country, committee, year, *sections, lead_in, text = passage.stretches
    assert (country, year) == (builtin().states[0], "2015")
    assert committee == builtin().committee
    assert sections == list(builtin().paragraphs[passage.key.ordinal].section)
    assert (lead_in, text) == (passage.lead_in, passage.text)
    assert Passage(PassageKey(1, 0), "", "", "", "one\ntwo", ()).stretches == ("one", "two")
    assert Passage(PassageKey(1, 0), "", "", "", "", ()).stretches == ()


def test_an_item_of_an_item_has_both_lead_ins() -> None:
    point = Item("i", "(i)", "para_1__subpara_a__point_i", "Point.", 0, 1)
    item = Item("a", "(a)", "para_1__subpara_a", "Item:", 0, 1, items=(point,))
    paragraph = replace(
        builtin().paragraphs[0], eid="para_1", text="Paragraph:", items=(item,), closing="End."
    )
    found = list(passages_of(1, replace(builtin(), paragraphs=(paragraph,))))
    assert [(p.lead_in, p.text) for p in found] == [
        ("", "Paragraph:\nEnd."),
        ("Paragraph:", "Item:"),
        ("Paragraph:\nItem:", "Point."),
    ]
    assert str(pinpoint_at(paragraph, 2)) == "1 (a) (i)"


def test_a_place_without_words_is_embedded_by_its_lead_in() -> None:
    item = Item("a", "(a)", "para_1__subpara_a", "", 0, 1)
    paragraph = replace(builtin().paragraphs[0], eid="para_1", text="Paragraph:", items=(item,))
    (_, empty) = passages_of(1, replace(builtin(), paragraphs=(paragraph,)))
    assert empty.embedded_text.endswith("\nParagraph:")


# -- context lines


def test_a_context_line_leaves_out_what_is_not_known() -> None:
    bare = replace(builtin(), states=(), committee=None, adopted=None)
    assert context_line(bare, ()) == context_label(bare, ()) == ""
    assert context_line(bare, ("One", "Two")) == "One › Two"
    assert context_label(bare, ("One", "Two")) == "Two"
    assert context_label(replace(bare, states=("Kenya", "Uganda")), ()) == "Kenya, Uganda"
    assert context_label(replace(bare, adopted=date(2015, 6, 5)), ("One",)) == "2015: One"


@pytest.mark.parametrize(
    ("heading", "short"),
    [
        ("Extradition", "Extradition"),
        ("Prevention (art. 9, paras. 1 and 2)", "Prevention"),
        ("Protection (arts. 8 and 9, paras. 3 and 4)", "Protection"),
        ("Equality (articles 2 (c), 3, 5 (a) and 15)", "Equality"),
        ("International cooperation (article 10)", "International cooperation"),
        ("Dissemination (art) of the report", "Dissemination (art) of the report"),
        ("Children (below the age of 18)", "Children (below the age of 18)"),
        ("(art. 9)", ""),
    ],
)
def test_treaty_articles_are_no_part_of_the_topic(heading: str, short: str) -> None:
    bare = replace(builtin(), states=(), adopted=None)
    assert context_label(bare, ("Above", heading)) == short


# -- roles


def test_a_passage_has_the_roles_of_its_own_sentences() -> None:
    assert passages()["34"].roles == (Role.RECOMMENDATION,)
    assert passages()["22 (b)"].roles == (Role.RECOMMENDATION,)


def test_an_item_without_sentences_has_the_roles_of_its_paragraph() -> None:
    item = Item("a", "(a)", "para_1__subpara_a", "Training;", 0, 1)
    own = replace(item, sentences=(Sentence("Training;", 0, 1, Role.REQUEST),))
    paragraph: Paragraph = replace(
        builtin().paragraphs[0],
        eid="para_1",
        items=(item, replace(own, eid="para_1__subpara_b")),
        sentences=(Sentence("The Committee is concerned:", 0, 1, Role.CONCERN),),
    )
    found = list(passages_of(1, replace(builtin(), paragraphs=(paragraph,))))
    assert [p.roles for p in found] == [
        (Role.CONCERN, Role.REQUEST),
        (Role.CONCERN, Role.REQUEST),
        (Role.REQUEST,),
    ]
