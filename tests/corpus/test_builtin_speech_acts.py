"""What the paragraphs of the document that ships with Pilcrow were read to do."""

import pytest

from corpus.model import Item, Role
from corpus.structure import Structure
from tests.corpus.builtin_document import all_places, paragraph

PAIRS = range(7, 39)


def test_each_paragraph_does_what_it_was_read_to_do(parsed: Structure) -> None:
    expected: dict[int, tuple[Role, ...]] = {
        1: (Role.CONTEXT,),
        2: (Role.CONTEXT,),
        3: (Role.REMINDER,),
        4: (Role.POSITIVE,),
        5: (Role.POSITIVE,),
        6: (Role.POSITIVE,),
        **{number: (Role.CONCERN if number % 2 else Role.RECOMMENDATION,) for number in PAIRS},
        39: (Role.POSITIVE, Role.RECOMMENDATION),
        40: (Role.RECOMMENDATION,),
        41: (Role.RECOMMENDATION,),
        42: (Role.RECOMMENDATION,),
        43: (Role.REQUEST,),
    }
    assert {int(each.label): each.roles for each in parsed.paragraphs} == expected


def test_a_pair_of_concern_and_recommendation_stands_under_one_heading(parsed: Structure) -> None:
    sections = [paragraph(parsed, number).section for number in PAIRS]
    assert sections[::2] == sections[1::2]
    assert len(set(sections)) == 16


def test_a_concern_without_a_word_for_it_is_read_from_its_place(parsed: Structure) -> None:
    ((sentence),) = paragraph(parsed, 9).sentences
    assert sentence.text.endswith("is lacking.")
    assert (sentence.role, sentence.verb, sentence.force) == (Role.CONCERN, "notes", 1)


# Each sentence with a reporting verb: the verb as printed, its role and force.
C, R = Role.CONCERN, Role.RECOMMENDATION
VERBS: dict[int, list[tuple[str, Role, int | None]]] = {
    7: [("is concerned", C, 2), ("is further concerned", C, 2)],
    8: [("recommends", R, 2), ("should", R, 2), ("should", R, 2)],
    11: [("is concerned", C, 2)],
    12: [("recommends", R, 2), ("is also encouraged to", R, 1)],
    13: [("is concerned", C, 2), ("notes with concern", C, 2)],
    14: [("urges", R, 3), ("should", R, 2)],
    15: [("is concerned", C, 2)],
    17: [("is concerned", C, 2), ("is also seriously concerned", C, 4)],
    18: [("strongly recommends", R, 3), ("urges", R, 3)],
    19: [("is deeply concerned", C, 4), ("notes with a serious concern", C, 4)],
    21: [
        ("notes", Role.CONTEXT, None),
        ("is seriously concerned", C, 4),
        ("is particularly concerned", C, 3),
    ],
    22: [("urges", R, 3), ("recommends", R, 2), ("urges", R, 3), ("recommends", R, 2)],
    23: [("notes", Role.CONTEXT, None), ("regrets", C, 2)],
    24: [("calls on", R, 2), ("encourages", R, 1)],
    27: [("is seriously concerned", C, 4), ("is particularly concerned", C, 3)],
    28: [("recommends", R, 2), ("urges", R, 3), ("should", R, 2)],
    29: [("notes with serious concern", C, 4), ("is particularly concerned", C, 3)],
    30: [("recommends", R, 2), ("should", R, 2)],
    31: [("is alarmed", C, 5), ("is specifically concerned", C, 3)],
    32: [("urges", R, 3), ("recommends", R, 2)],
    35: [("is seriously concerned", C, 4), ("expresses its concern", C, 2)],
    36: [("urges", R, 3), ("urges", R, 3), ("recommends", R, 2)],
    37: [("is concerned", C, 2), ("regrets", C, 2)],
    39: [("welcomes", Role.POSITIVE, None), ("encourages", R, 1)],
}


@pytest.mark.parametrize("number", VERBS)
def test_the_reporting_verbs_of_a_paragraph_are_found(parsed: Structure, number: int) -> None:
    sentences = [s for found in paragraph(parsed, number).places() for s in found.sentences]
    assert [(s.verb, s.role, s.force) for s in sentences if s.verb] == VERBS[number]


def test_items_inherit_unless_they_have_a_verb_of_their_own(parsed: Structure) -> None:
    own = {
        found.eid: [sentence.verb for sentence in found.sentences]
        for found in all_places(parsed)
        if isinstance(found, Item) and any(sentence.verb for sentence in found.sentences)
    }
    assert own == {
        "para_22__subpara_e": [None, "recommends"],
        "para_28__subpara_c": [None, "should"],
        "para_36__subpara_a": [None, "recommends"],
    }
    for each in parsed.paragraphs:
        governing = each.sentences[-1]
        inherited = {(item.sentences[0].role, item.sentences[0].force) for item in each.items}
        assert inherited <= {(governing.role, governing.force)}
