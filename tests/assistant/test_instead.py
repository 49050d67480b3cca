"""What is held instead of what is not."""

from __future__ import annotations

import pytest

from assistant.answer import AppliedFilter, AskRequest, FilterKind
from assistant.instead import held_instead
from assistant.service import Assistant
from corpus.holdings import Holdings
from corpus.model import Metadata
from corpus.parse import SourceFile
from tests.corpus.headers import HELD


def instead(*filters: tuple[FilterKind, str], holdings: Holdings = HELD) -> str:
    applied = [AppliedFilter(kind=kind, value=value, origin="given") for kind, value in filters]
    return held_instead(applied, holdings)


def test_of_a_state_with_other_documents_these_are_named() -> None:
    said = instead(("state", "Mexico"), ("year", "2019"))
    assert said == "Held on Mexico: CRPD/C/MEX/CO/4 (2014), CRPD/C/MEX/CO/5 (2022)."


@pytest.mark.parametrize(
    ("filters", "beginning"),
    [
        (
            (("state", "Norway"),),
            "Held are documents on China, Democratic People’s Republic of Korea, Kenya,",
        ),
        ((("committee", "CEDAW"),), "Held are documents by the Committee on the Rights of Persons with Dis"),
        ((("year", "1999"),), "Held are documents of 2014, 2015, 2016, 2017, 2022, 2025."),
    ],
)
def test_else_what_there_is_of_the_kind(filters: tuple[tuple[FilterKind, str], ...], beginning: str) -> None:
    assert instead(*filters).startswith(beginning)


def test_nothing_is_said_where_nothing_is_held_or_asked_for() -> None:
    assert instead(("state", "Norway"), holdings=Holdings([])) == ""
    assert instead(("symbol", "CRPD/C/NOR/CO/1")) == ""


def test_a_state_whose_documents_are_not_searched_is_not_said_to_have_none(own_assistant: Assistant) -> None:
    given = Metadata(symbol="CRPD/C/ALB/CO/1", states=("Albania",), language="fr")
    text = "Observations finales\n\n1. Le Comité recommande à l’État partie de former des enseignants.\n"
    source = SourceFile("albania.txt", text.encode(), given)
    assert [outcome.status for outcome in own_assistant.collection.ingest([lambda: source])] == ["added"]
    request = AskRequest(question="What did the Committee recommend to Albania on teachers?", store=False)
    answer = own_assistant.ask(request)
    assert (answer.refused, answer.refusal_reason) == (True, "not_held")
    assert answer.text.startswith("Nothing that is searched is on Albania. Held on Albania: CRPD/C/ALB/CO/1")
