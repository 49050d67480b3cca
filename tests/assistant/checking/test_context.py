"""What the sentence around a reference says of who acted, when, and of which State."""

from __future__ import annotations

import pytest

from assistant.checking.reading import draft_of_text
from assistant.checking.references import find_references
from assistant.citations.resolve import Resolver

LAO = "CRC/C/OPSC/LAO/CO/1"


def _codes(resolver: Resolver, text: str) -> list[str]:
    found = find_references(draft_of_text(text.replace("SYM", LAO)), resolver)
    return [mismatch.code for each in found for mismatch in each.resolution.mismatches]


@pytest.mark.parametrize(
    "text",
    [
        "The Committee considered the initial report of Laos in 2011 (SYM, para. 1).",
        "The Committee on the Rights of the Child examined the initial report in 2011 (SYM, para. 1).",
        "When it reviewed the report of Laos at its second session, in 2011 (see SYM, para. 1), it spoke.",
        "It considered Laos’s initial report on 3 May 2011 (SYM, para. 1).",
        "It last considered the report of Laos in May 2011 (SYM, para. 1).",
        "In 2011, when it considered the initial report of Laos (SYM, para. 1), the Committee said so.",
        "In 2011, when the Committee reviewed Laos (SYM, para. 1), all was well.",
        "The Committee recommended in 2011 that Laos adopt a law (SYM, para. 34).",
        "The Committee on the Rights of the Child urged in 2011, for the first time, a law (SYM, para. 34).",
    ],
)
def test_a_year_that_a_committee_is_told_to_have_acted_in_is_compared(resolver: Resolver, text: str) -> None:
    assert _codes(resolver, text) == ["date_mismatch"]
    assert _codes(resolver, text.replace("2011", "2015").replace("3 May", "5 June")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Committee considered the initial report of Laos submitted in 2011 (SYM, para. 1).",
        "The Committee considered the report for 2011 (SYM, para. 1).",
        "The Committee considered the report on the reforms that were made in 2011 (SYM, para. 1).",
        "The Committee considered in 2015 the report received in 2011 (SYM, para. 1).",
        "The Committee welcomed the law of 2011 (SYM, para. 4).",
        "The Committee recommended that it be done by 2011 (SYM, para. 34).",
        "The Committee noted that all has been well since 2011 (SYM, para. 34).",
        "The Committee welcomed the plan for 2011–2013 (SYM, para. 34).",
        "The Committee recommended in 2011–2013 that it be done (SYM, para. 34).",
        "The Committee noted in 2011 figures that there is a gap (SYM, para. 34).",
        "In 2011, when the law was considered, all was well (SYM, para. 34).",
        "In 2011, when it considered the bill, Parliament was of one mind (SYM, para. 34).",
        "Parliament considered the initial report of Laos in 2011 (SYM, para. 1).",
    ],
)
def test_a_year_in_what_a_committee_speaks_of_is_none_that_it_acted_in(resolver: Resolver, text: str) -> None:
    assert _codes(resolver, text) == []


@pytest.mark.parametrize(
    "adverb",
    [
        "therefore ",
        "has therefore ",
        "further ",
        "moreover ",
        "also ",
        "rightly ",
        "in particular, ",
        "did therefore ",
    ],
)
def test_an_adverb_hides_no_body_that_acts(resolver: Resolver, adverb: str) -> None:
    verb = "urge" if adverb.startswith("did") else "urged"
    text = f"The Human Rights Committee {adverb}{verb} a review of the law (SYM, para. 34)."
    assert _codes(resolver, text) == ["author_symbol_mismatch"]
    assert (
        _codes(resolver, text.replace("Human Rights Committee", "Committee on the Rights of the Child")) == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "In its observations on Ghana, the Committee urged a review of the law (SYM, para. 34).",
        "In its recommendations to Ghana it has training extend to judges (SYM, para. 34).",
        "The Committee’s observations on Ghana call for a review (SYM, para. 34).",
        "In Ghana the Committee recommended a review of the law (SYM, para. 34).",
        "Here it is so; as regards Ghana, the CRC Committee has training extend to judges (SYM, para. 34).",
        "In Ghana’s case, the Committee therefore asked for a review.[^1]\n\n[^1]: SYM, para. 34.",
    ],
)
def test_the_state_that_a_clause_begins_with_is_compared(resolver: Resolver, text: str) -> None:
    assert _codes(resolver, text) == ["state_mismatch"]
    assert _codes(resolver, text.replace("Ghana", "Laos")) == []


@pytest.mark.parametrize(
    "text",
    [
        "After a meeting in Ghana the Committee recommended a review of the law (SYM, para. 34).",
        "In Ghana the Committee has also adopted what it had drafted before (SYM, para. 34).",
        "In Thailand the Committee noted that children work (SYM, para. 34).",  # the document names it
        "In its observations on Ghana, our coalition urged a review of the law (SYM, para. 34).",
        "In Ghana the Committee recommended a law; it noted that none is here (SYM, para. 34).",
        "In Ghana courts have training extend to judges (SYM, para. 34).",
        "In Ghana and in Laos the Committee recommended a review of the law (SYM, para. 34).",
    ],
)
def test_a_state_that_is_only_spoken_of_is_not_compared(resolver: Resolver, text: str) -> None:
    assert _codes(resolver, text) == []


@pytest.mark.parametrize("said", ["of 2006", "on Ghana", "on Ghana of 8 June 2006"])
@pytest.mark.parametrize("clause", ["{} (SYM, para. 34).", "{}.[^1]\n\n[^1]: SYM, para. 34."])
def test_an_edition_is_that_of_its_whole_clause(resolver: Resolver, said: str, clause: str) -> None:
    begins = f"In its concluding observations {said}, the Committee was concerned"
    words = " about children who are sold, and about the lack of a law that makes it a crime"
    for length in (10, 43, 50, 60, len(words)):
        assert set(_codes(resolver, clause.format(begins + words[:length].rstrip()))) >= {
            "date_mismatch" if said == "of 2006" else "state_mismatch"
        }
    right = begins.replace("2006", "2015").replace("Ghana", "Laos")
    assert _codes(resolver, clause.format(right + words)) == []


@pytest.mark.parametrize(
    "text",
    [
        "In its concluding observations of 2006 the Committee asked for a law that would protect all of the"
        " children, but none was to be seen when it came back (SYM, para. 34).",
        "In its concluding observations of 2006 the Committee relied on what it had held about all of this in"
        " an early general comment (SYM, para. 34).",
        "The concluding observations of 2006 asked for a law that would protect all of the children, of which"
        " none is to be seen (SYM, para. 34).",
        "Building on its concluding observations of 2006 the Committee asked for a law that would protect all"
        " of the children of the country (SYM, para. 34).",
    ],
)
def test_another_edition_than_that_of_the_clause_is_not_compared(resolver: Resolver, text: str) -> None:
    assert _codes(resolver, text) == []
