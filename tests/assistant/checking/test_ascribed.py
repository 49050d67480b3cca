"""What sentences of a draft ascribe to committees."""

from __future__ import annotations

import pytest

from assistant.checking.ascribed import CITED, ascribed_acts

_BEFORE = "The Committee was clear."


def _verbs(sentence: str, before: str = "") -> list[str]:
    return [act.verb for act in ascribed_acts().read(sentence, before)]


@pytest.mark.parametrize(
    ("sentence", "verbs"),
    [
        ("The Committee ordered Laos to adopt a law.", ["ordered"]),
        ("In its observations, the Committee recommended a law.", ["recommended"]),
        (
            "The Committee, in paragraph 34 of its observations, required the State party to act.",
            ["required"],
        ),
        ("The Committee on the Rights of the Child strongly recommended it.", ["strongly recommended"]),
        ("The Committee has repeatedly called upon the State party to ratify.", ["called upon"]),
        (
            "The Committee was deeply concerned and condemned the failure.",
            ["was deeply concerned", "condemned"],
        ),
        ("Laos was ordered to adopt a law.", ["ordered"]),
        ("The Government of Laos was strongly urged to act.", ["strongly urged"]),
        ("Laos was praised by the Committee for its law.", ["praised"]),
        ("The Committee made clear that the State party must adopt legislation.", ["must"]),
        ("According to the Committee, the Government has to act.", ["has to"]),
        (f"According to {CITED * 20}, the State party must act.", ["must"]),
        (f"{CITED * 20}, requires a law.", ["requires"]),
        ("The Committee’s demand that Laos withdraw its reservation went unheard.", ["demand"]),
        ("We ask for a law; the Committee urged one.", ["urged"]),
    ],
)
def test_acts_of_a_committee_are_read_with_their_verbs(sentence: str, verbs: list[str]) -> None:
    assert _verbs(sentence) == verbs


@pytest.mark.parametrize(
    "sentence",
    [
        "The Government must act now, and we urge it to do so.",
        "The State party is required to submit its report.",
        "Under the Optional Protocol the State party was required to submit its report.",
        "The National Committee ordered the police to act.",
        "The Committee noted that the Government had arrested suspects and ordered them released.",
        "The court ordered the State party to pay.",
        "The police were ordered by the court to act.",
        "The Committee did not order Laos to act.",
        "In order to protect children, a law is required.",
        "A law which demands less was adopted.",
    ],
)
def test_verbs_of_anybody_else_are_not_ascribed_to_a_committee(sentence: str) -> None:
    assert _verbs(sentence) == []


def test_it_stands_for_the_body_that_was_named_first_before_it() -> None:
    assert _verbs("It also demanded that the State party act.", _BEFORE) == ["demanded"]
    assert _verbs("It also demanded that the State party act.", "The Government was clear.") == []
    assert _verbs("It also demanded that the State party act.") == []
