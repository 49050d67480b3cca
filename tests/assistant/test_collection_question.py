from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer, AskRequest, Filters
from assistant.collection_question import Wanted, read_collection_question
from assistant.service import Assistant
from assistant.settings import load_settings
from corpus.model import Metadata

SYMBOL = "CRC/C/OPSC/LAO/CO/1"
CHILD = "Committee on the Rights of the Child"


@pytest.mark.parametrize(
    ("question", "wanted", "names", "counts"),
    [
        ("which documents do you have on Kenya?", "documents", [("state", "Kenya")], False),
        ("what documents are there?", "documents", [], False),
        ("do you have anything on Mexico from 2014?", "documents", [("state", "Mexico")], False),
        ("how many documents are held?", "documents", [], True),
        ("how many paragraphs are there in the collection?", "documents", [], True),
        ("Do you have the Kenyan concluding observations?", "documents", [("state", "Kenya")], False),
        ("is Kenya covered?", "documents", [("state", "Kenya")], False),
        ("documents on Kenya", "documents", [("state", "Kenya")], False),
        ("show me all documents on Kenya", "documents", [("state", "Kenya")], False),
        ("list the documents", "documents", [], False),
        ("what is in the collection?", "documents", [], False),
        ("do you have CRC/C/KEN/CO/9?", "documents", [("symbol", "CRC/C/KEN/CO/9")], False),
        ("what observations are there by the CRC?", "documents", [("committee", CHILD)], False),
        ("which States are covered?", "states", [], False),
        ("list all the States you have documents on", "states", [], False),
        ("how many countries are there?", "states", [], True),
        ("which committees?", "committees", [], False),
        ("which treaty bodies are covered?", "committees", [], False),
        ("which conventions are covered?", "instruments", [], False),
        ("what years?", "years", [], False),
        ("What languages are available?", "languages", [], False),
    ],
)
def test_a_question_about_the_collection_says_what_is_asked(
    question: str, wanted: Wanted, names: list[tuple[str, str]], counts: bool
) -> None:
    read = read_collection_question(question)
    assert read is not None
    assert (read.wanted, list(read.names), read.counts) == (wanted, names, counts)


@pytest.mark.parametrize(
    "question",
    [
        "which documents should the State publish?",
        "what documents did the Committee ask for?",
        "Does the State party have access to documents?",
        "which documents mention albinism?",
        "what report did Kenya submit?",
        "What is the report on Kenya?",
        "what did the Committee say about Kenya?",
        "Kenya: education",
        "what about Kenya?",
        "and Mexico?",
        "in 2014?",
        "is there a law on trafficking in Laos?",
        "what treaties did Laos ratify?",
        "How many years is the plan of action?",
        "what languages are used in schools?",
        "all recommendations on training",
        "how many recommendations are there?",
        "what is this about?",
        "do you have more on this?",
        "Do you have the number? Is this for 2024?",
        "is there anything else?",
        "hello",
        "what can you do?",
        "extradition",
        "",
    ],
)
def test_an_ordinary_question_is_not_about_the_collection(question: str) -> None:
    assert read_collection_question(question) is None


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that holds two documents on Kenya and the built-in one."""
    folder = tmp_path_factory.mktemp("held")
    opened = Assistant.open(load_settings(home=folder / "home"))
    for number, year in ((9, 2014), (10, 2020)):
        file = folder / f"{number}.txt"
        file.write_text(
            f"Committee on the Rights of the Child\n\nConcluding observations on report {number} of Kenya\n\n"
            f"Adopted by the Committee on 5 June {year}\n\nFerries\n\n"
            f"1. The Committee is concerned about the ferries of {year}.\n",
            encoding="utf-8",
        )
        given = Metadata(symbol=f"CRC/C/KEN/CO/{number}", states=("Kenya",))
        assert [outcome.status for outcome in opened.ingest([file], given)] == ["added"]
    yield opened
    opened.close()


def ask(assistant: Assistant, question: str, **filters: tuple[str, ...]) -> Answer:
    return assistant.ask(AskRequest(question=question, filters=Filters.model_validate(filters), store=False))


def test_documents_are_listed_with_what_they_are(held: Assistant) -> None:
    headers = {header.symbol: header for header in held.documents()}
    answer = ask(held, "what documents are there?")
    assert (answer.refused, answer.total, answer.passages) == (False, 3, ())
    paragraphs = sum(header.paragraphs for header in headers.values())
    assert answer.text.startswith(f"**3 documents**, {paragraphs} paragraphs in all:")
    lao = next(line for line in answer.text.splitlines() if SYMBOL in line)
    for fact in (
        "(/documents/crc-c-opsc-lao-co-1)",
        "Lao People's Democratic Republic",
        "adopted 5 June 2015",
        "43 paragraphs",
        "advance unedited",
    ):
        assert fact in lao


def test_names_and_years_in_the_question_bind(held: Assistant) -> None:
    on_kenya = ask(held, "which documents do you have on Kenya?")
    assert on_kenya.total == 2
    assert [(f.kind, f.value, f.origin) for f in on_kenya.filters] == [("state", "Kenya", "inferred")]
    of_2020 = ask(held, "do you have anything on Kenya since 2016?")
    assert of_2020.total == 1
    assert "CRC/C/KEN/CO/10" in of_2020.text
    assert "CRC/C/KEN/CO/9" not in of_2020.text
    assert ask(held, "what documents are there?", states=("Kenya",)).total == 2
    assert ask(held, "is there a document on Kenya?", states=("Laos",)).total == 0


def test_what_is_not_held_is_said_with_what_is(held: Assistant) -> None:
    answer = ask(held, "is there a document on Norway?")
    assert (answer.refused, answer.total) == (False, 0)
    assert answer.text == (
        "No document on Norway is held. There are documents of 2 States: Kenya, "
        "Lao People's Democratic Republic."
    )
    other_year = ask(held, "do you have documents on Kenya from 2017?").text
    assert other_year.startswith("No document on Kenya of 2017 is held. Held on Kenya:")
    assert "CRC/C/KEN/CO/9" in other_year
    assert "CRC/C/OPSC" not in other_year
    assert "documents of 3 years: 2014, 2015, 2020" in ask(held, "which documents are from 1999?").text


@pytest.mark.parametrize(
    ("question", "text", "total"),
    [
        ("which States are covered?", "**2 States** in 3 documents:\n\nKenya (2), Lao People's", 2),
        ("which committees?", f"**1 committee** in 3 documents:\n\n{CHILD} (3).", 1),
        (
            "what years do you have on Kenya?",
            "**2 years** in 2 documents on Kenya:\n\n2014 (1), 2020 (1).",
            2,
        ),
    ],
)
def test_states_committees_and_years_are_told(held: Assistant, question: str, text: str, total: int) -> None:
    answer = ask(held, question)
    assert answer.text.startswith(text)
    assert answer.total == total


def test_it_is_answered_without_index_and_model(held: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the index was opened")

    monkeypatch.setattr(type(held.collection), "view", fail)
    assert ask(held, "how many documents are held?").total == 3


def test_a_document_that_is_not_searched_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("french")
    assistant = Assistant.open(load_settings(home=folder / "home"))
    file = folder / "fra.txt"
    file.write_text(
        "Observations finales concernant le rapport du Luxembourg\n\n"
        "1. Le Comité est préoccupé par le fait que les bacs ne sont pas équipés de canots de sauvetage.\n\n"
        "2. Le Comité recommande à l’État partie de prendre toutes les mesures nécessaires.\n",
        encoding="utf-8",
    )
    list(assistant.ingest([file], Metadata(symbol="CRC/C/LUX/CO/9", states=("Luxembourg",), language="fr")))
    answer = ask(assistant, "which documents do you have on Luxembourg?")
    assert "1 in a language that is not searched" in answer.text
    assert "in fr, not searched" in answer.text
    assistant.close()


def test_an_empty_collection_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    assistant = Assistant.open(load_settings(home=tmp_path_factory.mktemp("empty") / "home"))
    assistant.remove(SYMBOL)
    answer = ask(assistant, "what documents are there?")
    assert (answer.text, answer.total) == ("No documents are held.", 0)
    assistant.close()


def test_a_place_outside_the_filters_is_refused_as_such(held: Assistant) -> None:
    on_kenya = ("CRC/C/KEN/CO/9", "CRC/C/KEN/CO/10")
    for question, filters in (
        ("para 1 of the Laos document", {"states": ("Kenya",)}),
        (f"{SYMBOL}, para. 1", {"symbols": on_kenya}),
    ):
        refused = ask(held, question, **filters)
        assert (refused.refused, refused.refusal_reason) == (True, "nothing_matches_filters")
        assert "is held, and not among what the filters leave" in refused.text
    assert ask(held, "para 1 of the Norway document", states=("Kenya",)).refusal_reason == "not_held"
    within = ask(held, "CRC/C/KEN/CO/10, para. 1", symbols=on_kenya)
    assert [(c.symbol, c.pinpoint) for c in within.citations] == [("CRC/C/KEN/CO/10", "1")]
