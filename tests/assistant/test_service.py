from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, AskRequest, Filters, SearchRequest
from assistant.service import Assistant
from assistant.settings import load_settings
from corpus.errors import (
    ConversationNotHeld,
    DocumentNotHeld,
    NoSuchParagraph,
    PinpointInvalid,
    QuestionEmpty,
    QuestionTooLong,
)
from corpus.model import Metadata, Role

SYMBOL = "CRC/C/OPSC/LAO/CO/1"


def ask(assistant: Assistant, question: str, **filters: tuple[str, ...]) -> Answer:
    return assistant.ask(AskRequest(question=question, filters=Filters.model_validate(filters), store=False))


def pinpoints(answer: Answer) -> list[str]:
    return [citation.pinpoint for citation in answer.citations]


def test_extradition_is_answered_from_paragraphs_33_and_34(assistant: Assistant) -> None:
    answer = ask(assistant, "what did the Committee say about extradition?")
    assert pinpoints(answer) == ["33", "34"]
    assert [statement.role for statement in answer.statements] == [Role.CONCERN, Role.RECOMMENDATION]
    assert [statement.verb for statement in answer.statements] == ["is seriously concerned", "recommends"]
    first = answer.citations[0]
    assert first.label == "CRC/C/OPSC/LAO/CO/1, para. 33"
    assert first.quote.startswith("The Committee is seriously concerned that the State party lacks")
    assert first.href == "/documents/crc-c-opsc-lao-co-1#para_33"
    assert first.url == "https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1"
    assert first.edition == "advance unedited"


def test_every_citation_of_an_answer_passes_its_checks(assistant: Assistant) -> None:
    answer = ask(assistant, "what did the Committee recommend about human rights defenders?")
    assert answer.citations
    for citation in answer.citations:
        assert citation.checks.model_dump() == {"exists": True, "verbatim": True, "supported": True}


def test_offsets_lead_back_to_the_source(assistant: Assistant) -> None:
    text = assistant.document(SYMBOL).text
    answer = ask(assistant, "what did the Committee recommend on dams?")
    for citation in answer.citations:
        assert " ".join(text[citation.start : citation.end].split()) == citation.quote
        if citation.lead_in:
            printed = text[citation.lead_in.start : citation.lead_in.end]
            assert " ".join(printed.split()) == citation.lead_in.quote


def test_an_item_is_cited_with_the_words_that_govern_it(assistant: Assistant) -> None:
    answer = ask(assistant, "What should be done about allegations of enforced disappearances?")
    item = next(citation for citation in answer.citations if citation.pinpoint == "20 (c)")
    assert item.quote.startswith("Combat impunity")
    assert item.lead_in is not None
    assert item.lead_in.quote == "The Committee strongly recommends that the State party:"


def test_a_recommendation_asked_for_comes_before_its_concern(assistant: Assistant) -> None:
    answer = ask(assistant, "what did the Committee recommend on extradition?")
    assert pinpoints(answer) == ["34", "33"]


def test_finding_a_concern_brings_its_recommendation(assistant: Assistant) -> None:
    answer = ask(assistant, "disaggregated data on ethnic minorities such as Mon-Khmer", roles=("concern",))
    related = {passage.pinpoint: passage.relation for passage in answer.passages}
    assert related["7"] == "hit"
    assert related["8"] == "paired"


def test_a_state_that_nothing_is_held_on_is_said(assistant: Assistant) -> None:
    answer = ask(assistant, "What did the Committee recommend to Kenya on education?")
    assert answer.refusal_reason == "not_held"
    assert answer.text.startswith(
        "Nothing is held on Kenya. Held are documents on Lao People's Democratic Republic."
    )
    assert answer.passages


def test_several_topics_are_answered_each_and_one_that_is_not_is_named(assistant: Assistant) -> None:
    both = ask(assistant, "What did the Committee say about extradition and adoption?")
    assert pinpoints(both) == ["33", "34", "23", "24"]
    assert both.not_covered is None
    partly = ask(assistant, "What did the Committee say about adoption and cryptocurrency?")
    assert set(pinpoints(partly)) == {"23", "24"}
    assert partly.not_covered == "cryptocurrency"
    assert "Nothing was found for this on cryptocurrency." in partly.text


def test_what_a_file_is_an_advance_edition_of_is_said_beside_every_citation(assistant: Assistant) -> None:
    answer = ask(assistant, "extradition")
    assert answer.text.count(", advance unedited](") == len(answer.citations) > 1


@pytest.mark.parametrize(
    "question",
    ["what is the capital of the moon?", "how do I bake bread?", "what did it say about landmines?"],
)
def test_what_the_documents_do_not_say_is_refused(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.refused
    assert answer.refusal_reason == "not_answered"
    assert answer.citations == ()
    assert answer.statements == ()
    assert "Searched: 1 document" in answer.text


def test_a_refusal_shows_the_nearest_paragraphs(assistant: Assistant) -> None:
    answer = ask(assistant, "what did the Committee say about stamp collecting?")
    assert answer.refused
    assert answer.passages
    assert f"{SYMBOL}, para. {answer.passages[0].pinpoint}" in answer.text


def test_a_state_that_no_document_mentions_is_named_in_the_refusal(assistant: Assistant) -> None:
    answer = ask(assistant, "what did the Committee recommend to Kenya on adoption?")
    assert answer.refused
    assert "Kenya" in answer.text


@pytest.mark.parametrize(
    "question",
    ["Norway: extradition", "norway extradition", "USA extradition", "What did CEDAW say about extradition?"],
)
def test_a_question_about_another_state_or_committee_is_refused(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).refused


@pytest.mark.parametrize("question", ["Laos: extradition", "extradition in Lao PDR", "CRC on extradition"])
def test_the_document_is_known_by_its_everyday_names(assistant: Assistant, question: str) -> None:
    assert pinpoints(ask(assistant, question))[:2] == ["33", "34"]


def test_numbers_alone_are_no_topic(assistant: Assistant) -> None:
    assert ask(assistant, "what is 2+2?").refusal_reason == "unclear"


def test_a_range_that_is_only_partly_there_is_refused(assistant: Assistant) -> None:
    answer = ask(assistant, "para 34-99")
    assert (answer.refusal_reason, answer.citations) == ("no_such_paragraph", ())
    assert "99" in answer.text


def test_one_document_of_two_that_is_not_held_is_said(assistant: Assistant) -> None:
    answer = ask(assistant, f"{SYMBOL} and CRC/C/LAO/CO/2 para 2")
    assert answer.refusal_reason == "not_held"
    assert "CRC/C/LAO/CO/2" in answer.text


def test_a_role_filter_binds_in_a_look_up(assistant: Assistant) -> None:
    assert ask(assistant, "para 33", roles=("concern",)).refused is False
    assert ask(assistant, "para 33", roles=("recommendation",)).refusal_reason == "nothing_matches_filters"


def test_a_place_is_looked_up_by_its_number(assistant: Assistant) -> None:
    answer = ask(assistant, "para 22 (c)")
    assert pinpoints(answer) == ["22 (c)"]
    assert "registered at birth" in answer.citations[0].quote


def test_a_paragraph_is_looked_up_with_all_its_items(assistant: Assistant) -> None:
    assert pinpoints(ask(assistant, "paragraph 16")) == ["16", "16 (a)", "16 (b)", "16 (c)", "16 (d)"]


def test_a_range_is_looked_up_paragraph_by_paragraph(assistant: Assistant) -> None:
    assert pinpoints(ask(assistant, "paras. 33–35")) == ["33", "34", "35"]


@pytest.mark.parametrize(
    ("question", "said"),
    [("para 44", "end with 43"), ("para. 33 (b)", "no sub-paragraphs"), ("para 22 (k)", "22 (a), 22 (b)")],
)
def test_a_place_that_is_not_there_is_refused(assistant: Assistant, question: str, said: str) -> None:
    answer = ask(assistant, question)
    assert (answer.refused, answer.refusal_reason) == (True, "no_such_paragraph")
    assert said in answer.text


def test_a_look_up_in_a_document_that_is_not_held_says_so(assistant: Assistant) -> None:
    assert ask(assistant, "CRC/C/KEN/CO/3-5, para. 12").refusal_reason == "not_held"
    assert ask(assistant, "Kenya para 12").refusal_reason == "not_held"


def test_a_topic_in_a_document_that_is_not_held_says_so(assistant: Assistant) -> None:
    answer = ask(assistant, "What does CRC/C/LAO/CO/2 say about adoption?")
    assert answer.refusal_reason == "not_held"
    assert answer.filters[0].model_dump() == {
        "kind": "symbol",
        "value": "CRC/C/LAO/CO/2",
        "origin": "inferred",
        "dropped": False,
    }


def test_a_given_filter_binds_and_fails_closed(assistant: Assistant) -> None:
    answer = ask(assistant, "what about extradition?", states=("Kenya",))
    assert (answer.refusal_reason, answer.passages) == ("nothing_matches_filters", ())
    assert answer.coverage.matching_documents == 0
    assert answer.coverage.documents == 1


@pytest.mark.parametrize(
    "filters",
    [
        {"symbols": ("crc/c/opsc/lao/co/1",)},
        {"symbols": ("crc-c-opsc-lao-co-1",)},
        {"states": ("lao people's democratic republic",)},
        {"committees": ("Committee on the Rights of the Child",)},
        {"years": (2015,)},
    ],
)
def test_a_filter_that_is_met_leaves_the_answer(
    assistant: Assistant, filters: dict[str, tuple[str, ...]]
) -> None:
    answer = ask(assistant, "what about extradition?", **filters)
    assert pinpoints(answer) == ["33", "34"]
    assert all(applied.origin == "given" for applied in answer.filters)


def test_a_role_filter_binds_in_search(assistant: Assistant) -> None:
    request = SearchRequest(query="trafficking", filters=Filters(roles=(Role.POSITIVE,)), k=50)
    passages = assistant.search(request).passages
    assert passages
    assert all(Role.POSITIVE in passage.roles for passage in passages)


def test_search_gives_one_passage_a_paragraph_best_first(assistant: Assistant) -> None:
    passages = assistant.search(SearchRequest(query="child sex tourism", k=10)).passages
    paragraphs = [passage.eid.split("__")[0] for passage in passages]
    assert len(set(paragraphs)) == len(paragraphs) == 10
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert {"para_27", "para_28"} <= set(paragraphs[:2])


def test_search_names_the_words_it_also_searched(assistant: Assistant) -> None:
    result = assistant.search(SearchRequest(query="bribery"))
    assert result.also_searched == ("corruption",)
    assert "corruption" in result.passages[0].text


def test_the_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    first, second = (ask(assistant, "what about hydropower dams?") for _ in range(2))
    assert first.model_dump(exclude={"timings_ms"}) == second.model_dump(exclude={"timings_ms"})


def test_bad_questions_raise_their_errors(assistant: Assistant) -> None:
    with pytest.raises(QuestionEmpty):
        ask(assistant, " \x00 ")
    with pytest.raises(QuestionTooLong):
        ask(assistant, "why " * 25_000)
    with pytest.raises(ConversationNotHeld):
        assistant.ask(AskRequest(question="why?", conversation_id="nobody-opened-it"))


def test_show_finds_a_place_by_pinpoint_slug_and_id(assistant: Assistant) -> None:
    by_pinpoint = assistant.show(SYMBOL, "para 22 (c)")
    by_id = assistant.show("crc-c-opsc-lao-co-1", "para_22__subpara_c")
    assert by_pinpoint == by_id
    assert by_id[0].place.eid == "para_22__subpara_c"


def test_show_of_what_is_not_there_raises_its_error(assistant: Assistant) -> None:
    with pytest.raises(DocumentNotHeld):
        assistant.show("CRC/C/KEN/CO/2", "1")
    with pytest.raises(NoSuchParagraph, match="end with 43"):
        assistant.show(SYMBOL, "44")
    with pytest.raises(PinpointInvalid):
        assistant.show(SYMBOL, "somewhere")


def test_an_ingested_document_is_answered_from_and_removed_again(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "kenya.txt"
    file.write_text(
        "Concluding observations on the initial report of Kenya\n\n"
        "Ferries\n\n"
        "1. The Committee is concerned that ferries on the lake carry no lifeboats for children.\n\n"
        "2. The Committee recommends that the State party equip all ferries with lifeboats.\n",
        encoding="utf-8",
    )
    assistant = Assistant.open(load_settings(home=home))
    given = Metadata(symbol="CRC/C/KEN/CO/9", states=("Kenya",))
    (outcome,) = assistant.ingest([file], given)
    assert (outcome.status, outcome.symbol, outcome.paragraphs) == ("added", "CRC/C/KEN/CO/9", 2)

    answer = ask(assistant, "what did the Committee recommend on lifeboats?")
    assert [(c.symbol, c.pinpoint) for c in answer.citations] == [
        ("CRC/C/KEN/CO/9", "2"),
        ("CRC/C/KEN/CO/9", "1"),
    ]
    assert ask(assistant, "para 2").refusal_reason == "unclear"
    assert ask(assistant, "Kenya para 2").citations[0].symbol == "CRC/C/KEN/CO/9"
    assert {c.symbol for c in ask(assistant, "extradition").citations} == {SYMBOL}

    assistant.remove("CRC/C/KEN/CO/9")
    assert ask(assistant, "what did the Committee recommend on lifeboats?").refused
    assistant.close()


def test_what_is_said_of_one_state_does_not_answer_for_another(home: Path, tmp_path: Path) -> None:
    assistant = Assistant.open(load_settings(home=home))
    for state, code in (("Kenya", "KEN"), ("Norway", "NOR")):
        file = tmp_path / f"{code}.txt"
        file.write_text(
            f"Concluding observations on the initial report of {state}\n\n"
            "1. The Committee is concerned that ferries carry no lifeboats for children.\n\n"
            f"2. The Committee recommends that the State party equip its {code} ferries with lifeboats.\n",
            encoding="utf-8",
        )
        list(assistant.ingest([file], Metadata(symbol=f"CRC/C/{code}/CO/9", states=(state,))))
    for question in ("lifeboats on ferries in Norway", "What did it recommend to Norway on ferries?"):
        answer = ask(assistant, question)
        assert {citation.symbol for citation in answer.citations} == {"CRC/C/NOR/CO/9"}
    both = {citation.symbol for citation in ask(assistant, "lifeboats on ferries").citations}
    assert both == {"CRC/C/NOR/CO/9", "CRC/C/KEN/CO/9"}
    assistant.close()


def test_with_nothing_held_a_question_is_refused(home: Path) -> None:
    assistant = Assistant.open(load_settings(home=home))
    assistant.remove(SYMBOL)
    answer = ask(assistant, "extradition")
    assert (answer.refused, answer.refusal_reason) == (True, "not_held")
    assert assistant.documents() == []
    assistant.close()
