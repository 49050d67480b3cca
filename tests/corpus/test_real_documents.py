"""Symbol, State, dates and references of real documents, where they lie beside the repository."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from corpus.model import Document, Role
from corpus.own_symbol import symbol_in_name
from corpus.parse import load_source, parse_document
from corpus.places import same_state

FOLDER = Path(__file__).parents[3] / "shared" / "corpus"
CRPD = sorted((FOLDER / "crpd").glob("*.pdf"))
FORMATS = FOLDER / "formats"

pytestmark = pytest.mark.skipif(not CRPD, reason="the documents are not on this machine")


@cache
def parsed(path: Path) -> Document:
    return parse_document(load_source(path))


@pytest.mark.parametrize("path", CRPD, ids=lambda path: path.stem)
def test_each_document_tells_its_symbol_state_and_day_of_adoption(path: Path) -> None:
    document = parsed(path)
    state = re.sub(r" \(Hong Kong\)", "", path.name.split("_")[0])
    assert document.symbol == str(symbol_in_name(path.name))
    assert document.states
    assert same_state(document.states[0], state)
    assert document.adopted is not None
    assert document.issued is not None
    assert document.session is not None
    assert document.committee == "Committee on the Rights of Persons with Disabilities"
    assert document.language == "en"


def test_most_sentences_of_concluding_observations_do_something() -> None:
    sentences = [
        sentence
        for path in CRPD
        for paragraph in parsed(path).paragraphs
        for place in paragraph.places()
        for sentence in place.sentences
    ]
    acts = [sentence for sentence in sentences if sentence.role is not Role.CONTEXT]
    assert len(acts) >= 0.95 * len(sentences)


def test_nearly_every_reference_of_concluding_observations_is_resolved() -> None:
    references = [reference for path in CRPD for reference in parsed(path).references]
    assert len(references) > 500
    assert sum(reference.unresolved for reference in references) < 0.02 * len(references)


@pytest.mark.parametrize(
    ("name", "symbol", "committee", "adopted", "issued"),
    [
        ("A_HRC_59_60.en.pdf", "A/HRC/59/60", "Special procedures of the Human Rights Council", None,
         date(2025, 4, 22)),
        ("A_HRC_RES_59_25.en.pdf", "A/HRC/RES/59/25", "Human Rights Council", date(2025, 7, 8),
         date(2025, 7, 16)),
        ("A_RES_78_323.en.pdf", "A/RES/78/323", "General Assembly", date(2024, 8, 13), date(2024, 8, 14)),
        ("S_RES_2774 (2025).en.pdf", "S/RES/2774", "Security Council", date(2025, 2, 24), date(2025, 2, 24)),
        ("g2502644.pdf", "A/HRC/59/15", "Working Group on the Universal Periodic Review", date(2025, 1, 31),
         date(2025, 3, 24)),
        ("CERD-Observacoes-Brasil-2022.pdf", "CERD/C/BRA/CO/18-20",
         "Committee on the Elimination of Racial Discrimination", date(2022, 12, 1), date(2022, 12, 19)),
        ("Norway_UnknownYear_CRPD_C_NOR_CO_1.pdf", "CRPD/C/NOR/CO/1",
         "Committee on the Rights of Persons with Disabilities", date(2019, 4, 4), date(2019, 5, 7)),
    ],
)  # fmt: skip
def test_documents_of_other_bodies_tell_the_same(
    name: str, symbol: str, committee: str, adopted: date | None, issued: date
) -> None:
    document = parsed(FORMATS / name)
    assert (document.symbol, document.committee) == (symbol, committee)
    assert (document.adopted, document.issued) == (adopted, issued)
