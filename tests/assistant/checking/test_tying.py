"""To which references the quotations of a draft belong."""

from __future__ import annotations

import pytest

from assistant.checking.quotations import find_quotations
from assistant.checking.reading import draft_of_text
from assistant.checking.references import find_citations
from assistant.checking.surroundings import Surroundings
from assistant.checking.tying import Tie, tie
from assistant.citations.resolve import Resolver

LAO = "CRC/C/OPSC/LAO/CO/1"


def _ties(resolver: Resolver, text: str) -> dict[str, tuple[list[str], Tie]]:
    """The pinpoints of the references that each quotation may belong to, by its first word."""
    draft = draft_of_text(text.replace("SYM", LAO))
    cited = find_citations(draft, resolver)
    quotations = [each for each in find_quotations(draft) if each.outer is None]
    stretches = [stretch for each in quotations for stretch in each.stretches]
    around = Surroundings(draft, cited.references, cited.others, stretches)
    ties = {each.text.split()[0]: tie(each, around) for each in quotations}
    return {
        word: ([", ".join(cited.references[i].resolution.pinpoints) for i in found.references], found)
        for word, found in ties.items()
    }


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("It shall “end all this” (SYM, para. 34).", {"end": "34"}),
        ("It shall “end all this.” (SYM, para. 34)", {"end": "34"}),
        ("It shall “end all this” (see also SYM, para. 34, and more).", {"end": "34"}),
        ("It shall “end all this” (emphasis added) (SYM, para. 34).", {"end": "34"}),
        ("It shall “end all this.” SYM, para. 34.", {"end": "34"}),
        ("In SYM, para. 34, the Committee wished to “end all this” now.", {"end": "34"}),
        ("Both “one thing” and “two things” (SYM, para. 7) count.", {"one": "7", "two": "7"}),
        ("In SYM, para. 33, it saw “one thing”, and in para. 34 “two”.", {"one": "33", "two": "34"}),
        ("It “ends.”[^1] “Go”,[^2]\n\n[^1]: SYM, para. 3.\n[^2]: SYM, para. 5.", {"ends.": "3", "Go": "5"}),
        ("It said “one thing” about all this.[^1] Then more.\n\n[^1]: SYM, para. 3.", {"one": "3"}),
        ("This is so.[^1]\n\n[^1]: SYM, para. 3 (“one thing”).", {"one": "3"}),
        ("This is so.[^1]\n\n[^1]: SYM, para. 3. It says “one thing”.", {"one": "3"}),
        ("It would “end all this” as paragraphs 2 and 3 had it (SYM, para. 34).", {"end": "34"}),
        ("The Committee said (SYM, para. 34):\n\n> One thing\n> and another.", {"One": "34"}),
        ("The Committee said:\n\n> One thing. (SYM, para. 36)", {"One": "36"}),
        ("The Committee said:\n\n> One thing.\n>\n> — SYM, para. 37", {"One": "37"}),
        ("The Committee said:\n\n> One thing.\n\n(SYM, para. 38)", {"One": "38"}),
        ("The Committee said:\n\n> One thing.[^1]\n\n[^1]: SYM, para. 39.", {"One": "39"}),
        ("The Committee said:[^1]\n\n> One thing.\n\n[^1]: SYM, para. 40.", {"One": "40"}),
    ],
)  # fmt: skip
def test_a_quotation_belongs_to_the_reference_beside_it(
    resolver: Resolver, text: str, places: dict[str, str]
) -> None:
    ties = _ties(resolver, text)
    assert {word: found[:1] for word, (found, _) in ties.items()} == {w: [p] for w, p in places.items()}


@pytest.mark.parametrize(
    "text",
    [
        "It was “one thing”. The Committee spoke of another (SYM, para. 3).",
        "See SYM, para. 3. An elder called it “one thing”.",
        "All is said.[^1] An elder called it “one thing”.\n\n[^1]: SYM, para. 3.",
        "See SYM, para. 3.\n\nAn elder called it “one thing”.",
    ],
)
def test_references_of_other_sentences_are_out_of_reach(resolver: Resolver, text: str) -> None:
    assert _ties(resolver, text)["one"][0] == []


def test_of_several_references_behind_it_all_may_have_the_words(resolver: Resolver) -> None:
    text = "It shall “end all this” (SYM, para. 34; see also SYM, paras. 7–9)."
    assert _ties(resolver, text)["end"][0] == ["34", "7–9"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("It held “one thing” (Smith v Jones [2001] 1 AC 3), as the Committee did (SYM, para. 3).", []),
        ("It held “one thing” (UNICEF, Report on Children 2016; see also SYM, para. 3).", ["3"]),
        ("It held “one thing”.[^1]\n\n[^1]: UNICEF, Report on Children, 2016; see also SYM, para. 3.", ["3"]),
    ],
)
def test_a_citation_of_an_unknown_kind_may_be_what_is_quoted(
    resolver: Resolver, text: str, places: list[str]
) -> None:
    found = _ties(resolver, text)["one"]
    assert (found[0], found[1].unknown) == (places, True)


def test_only_references_that_can_be_no_others_are_sure(resolver: Resolver) -> None:
    text = "It held “one thing”, which all of us had known before, and “two things” (SYM, para. 3)."
    ties = _ties(resolver, text)
    assert {word: found.sure for word, (_, found) in ties.items()} == {
        "one": False,
        "two": True,
    }


def test_the_source_at_the_end_of_a_block_is_none_of_its_words(resolver: Resolver) -> None:
    text = "The Committee said:\n\n> One thing is needed. SYM, para. 36."
    places, found = _ties(resolver, text)["One"]
    assert places == ["36"]
    assert found.words_end == text.index(" SYM")
