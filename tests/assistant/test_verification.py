from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import AskRequest, Checks, Citation
from assistant.service import Assistant
from assistant.verification import Verifier
from corpus.catalog import Snapshot


@pytest.fixture
def snapshot(assistant: Assistant) -> Iterator[Snapshot]:
    with assistant.collection.catalog.snapshot() as opened:
        yield opened


@pytest.fixture(scope="session")
def item(assistant: Assistant) -> Citation:
    (citation,) = assistant.ask(AskRequest(question="para 20 (c)")).citations
    return citation


def checks(snapshot: Snapshot, citation: Citation, *statements: str) -> Checks:
    return Verifier().check(snapshot, citation, statements or [citation.quote])


def test_a_true_citation_passes_all_checks(snapshot: Snapshot, item: Citation) -> None:
    assert checks(snapshot, item) == Checks(exists=True, verbatim=True, supported=True)


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Combat impunity by undertaking a thorough investigation."},
        {"quote": ""},
        {"start": 0, "end": 100},
        {"start": 10**9, "end": 10**9 + 5},
    ],
)
def test_words_that_do_not_stand_there_are_not_verbatim(
    snapshot: Snapshot, item: Citation, change: dict[str, object]
) -> None:
    assert checks(snapshot, item.model_copy(update=change)).verbatim is False


def test_true_words_under_another_number_are_not_verbatim(snapshot: Snapshot, item: Citation) -> None:
    moved = item.model_copy(update={"eid": "para_20__subpara_b"})
    assert checks(snapshot, moved) == Checks(exists=True, verbatim=False, supported=False)


def test_one_changed_letter_is_not_verbatim(snapshot: Snapshot, item: Citation) -> None:
    altered = item.model_copy(update={"quote": item.quote.replace("thorough", "through")})
    assert checks(snapshot, altered).verbatim is False


def test_a_quotation_over_two_places_is_not_verbatim(snapshot: Snapshot, assistant: Assistant) -> None:
    first, second = assistant.ask(AskRequest(question="paras. 33 and 34")).citations
    stitched = first.model_copy(update={"end": second.end, "quote": f"{first.quote} 34. {second.quote}"})
    assert checks(snapshot, stitched).verbatim is False


def test_a_false_lead_in_fails_the_citation(snapshot: Snapshot, item: Citation) -> None:
    assert item.lead_in is not None
    false = item.lead_in.model_copy(update={"quote": "The Committee urges the State party to:"})
    assert checks(snapshot, item.model_copy(update={"lead_in": false})).verbatim is False


def test_a_place_that_is_not_there_does_not_exist(snapshot: Snapshot, item: Citation) -> None:
    assert checks(snapshot, item.model_copy(update={"eid": "para_99"})).exists is False


def test_another_edition_of_the_document_is_not_there(snapshot: Snapshot, item: Citation) -> None:
    other = item.model_copy(update={"sha256": "0" * 64})
    assert checks(snapshot, other) == Checks(exists=False, verbatim=False, supported=False)


def test_a_statement_in_other_words_is_judged_by_what_the_quotation_carries(
    snapshot: Snapshot, item: Citation
) -> None:
    said = "It recommends to combat impunity by a thorough investigation."
    assert checks(snapshot, item, said).supported is True
    assert checks(snapshot, item, "Dams harm many villages.").supported is False
    assert checks(snapshot, item, "There was an investigation.").supported is None


def test_one_statement_that_is_not_supported_decides(snapshot: Snapshot, item: Citation) -> None:
    assert checks(snapshot, item, item.quote, "Dams harm many villages.").supported is False
    assert checks(snapshot, item, item.quote, "There was an investigation.").supported is None


def test_words_that_do_not_stand_there_support_nothing(snapshot: Snapshot, item: Citation) -> None:
    false = item.model_copy(update={"quote": "Dams harm many villages."})
    assert checks(snapshot, false, "Dams harm many villages.").supported is False
