from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.extractive import Composition, compose, is_stub
from assistant.question import read_question
from assistant.retrieval import Hit
from assistant.service import Assistant
from corpus.catalog import Snapshot
from corpus.model import DocumentHeader, Paragraph


@pytest.fixture(scope="module")
def snapshot(assistant: Assistant) -> Iterator[Snapshot]:
    with assistant.collection.catalog.snapshot() as opened:
        yield opened


@pytest.fixture(scope="module")
def header(snapshot: Snapshot) -> DocumentHeader:
    return snapshot.headers()[0]


@pytest.fixture(scope="module")
def paragraphs(snapshot: Snapshot, header: DocumentHeader) -> dict[str, Paragraph]:
    return {paragraph.label: paragraph for paragraph in snapshot.paragraphs(header.id)}


def hit(header: DocumentHeader, paragraph: Paragraph, *eids: str) -> Hit:
    first, *others = (paragraph.place(eid) for eid in eids or (paragraph.eid,))
    assert first is not None
    return Hit(header, paragraph, first, tuple(p for p in others if p), 1.0, 1.0, 1.0)


def composed(question: str, *hits: Hit) -> Composition:
    return compose(read_question(question), hits)


def test_a_long_paragraph_gives_the_sentences_on_the_topic(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    answer = composed("the absence of State-run rehabilitation programmes", hit(header, paragraphs["37"]))
    assert [statement.text[:33] for statement in answer.statements] == ["The Committee also regrets the ab"]


def test_the_sentence_with_a_quoted_phrase_is_quoted(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    question = (
        "absence of State-run rehabilitation and reintegration programmes, the tasks of non-governmental "
        "organizations and an “insufficient number”"
    )
    answer = composed(question, hit(header, paragraphs["37"]))
    assert any("insufficient number" in statement.text for statement in answer.statements)
    unquoted = composed(question.replace("“", "").replace("”", ""), hit(header, paragraphs["37"]))
    assert not any("insufficient number" in statement.text for statement in unquoted.statements)


def test_a_sentence_that_leans_back_brings_the_one_before(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    answer = composed(
        "districts level lack of adequately trained staff and officials", hit(header, paragraphs["37"])
    )
    assert [statement.text.split()[0] for statement in answer.statements] == ["The", "Furthermore,"]
    assert answer.citations[0].quote.count("Furthermore") == 1


def test_an_item_stands_under_the_words_that_govern_it(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    answer = composed("birth registration", hit(header, paragraphs["22"], "para_22__subpara_c"))
    (citation,) = answer.citations
    assert citation.lead_in is not None
    assert citation.lead_in.quote == "It further urges the State party to:"
    assert answer.statements[0].verb == "urges"
    assert answer.text.index("It further urges") < answer.text.index("(c) “Continue and strengthen")


def test_governing_words_are_printed_once_for_a_list(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    items = [item.eid for item in paragraphs["20"].items]
    answer = composed("human rights defenders", hit(header, paragraphs["20"], *items))
    assert answer.text.count("strongly recommends that the State party:") == 1
    assert len(answer.citations) == 3


def test_a_question_on_a_heading_gets_all_that_stands_under_it(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    answer = composed("training", hit(header, paragraphs["16"], "para_16__subpara_a"))
    assert [citation.pinpoint for citation in answer.citations] == [
        "16",
        "16 (a)",
        "16 (b)",
        "16 (c)",
        "16 (d)",
    ]


def test_nothing_but_the_sources_is_inside_quotation_marks(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    hits = [hit(header, paragraph) for paragraph in paragraphs.values()]
    answer = composed("children", *hits)
    quoted = [part.split("”")[0] for part in answer.text.split("“")[1:]]
    sources = [c.quote for c in answer.citations] + [c.lead_in.quote for c in answer.citations if c.lead_in]
    assert quoted
    assert all(quote in sources for quote in quoted)


def test_document_and_heading_are_named_once(
    header: DocumentHeader, paragraphs: dict[str, Paragraph]
) -> None:
    answer = composed("extradition", hit(header, paragraphs["33"]), hit(header, paragraphs["34"]))
    assert answer.text.count(header.title) == 1
    assert answer.text.count("› Extradition*") == 1
    assert "(advance unedited)" in answer.text
    issued = composed("extradition", hit(replace(header, edition="issued"), paragraphs["33"]))
    assert "(issued)" not in issued.text


def test_a_stub_only_leads_in_to_its_items(paragraphs: dict[str, Paragraph]) -> None:
    assert is_stub(paragraphs["20"])
    assert not is_stub(paragraphs["22"])
    assert not is_stub(paragraphs["34"])
