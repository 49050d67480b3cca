from __future__ import annotations

import pytest

from assistant.exhaustive import Wanted, read_exhaustive
from corpus.model import Role

REC, REQ, CON = Role.RECOMMENDATION, Role.REQUEST, Role.CONCERN


@pytest.mark.parametrize(
    ("question", "topics", "roles", "wanted"),
    [
        ("every paragraph that mentions trafficking", ["trafficking"], None, "paragraphs"),
        ("all recommendations on training", ["training"], {REC}, "paragraphs"),
        ("list all concerns about education", ["education"], {CON}, "paragraphs"),
        ("list everything on corporal punishment", ["corporal punishment"], None, "paragraphs"),
        ("everything the Committee said about albinism", ["albinism"], None, "paragraphs"),
        ("all about albinism", ["albinism"], None, "paragraphs"),
        ("which paragraphs mention women or girls?", ["women", "girls"], None, "paragraphs"),
        ("find every mention of extradition", ["extradition"], None, "paragraphs"),
        ("all paragraphs where trafficking is mentioned", ["trafficking"], None, "paragraphs"),
        ("Can you list every paragraph about sign language, please?", ["sign language"], None, "paragraphs"),
        ("all paragraphs where the Committee is concerned about dams", ["dams"], {CON}, "paragraphs"),
        ("all the recommendations the Committee made on voting", ["voting"], {REC}, "paragraphs"),
        ("list all concerns and recommendations on torture", ["torture"], {CON, REC, REQ}, "paragraphs"),
        ("all paragraphs of the documents that have the term budget", ["budget"], None, "paragraphs"),
        ("every paragraph of the documents that contains the word budget", ["budget"], None, "paragraphs"),
        ("what are all the recommendations on voting?", ["voting"], {REC}, "paragraphs"),
        ("all recommendations on it on education", ["education"], {REC}, "paragraphs"),
        ("list the positive aspects", [], {Role.POSITIVE}, "paragraphs"),
        ("how many recommendations on training?", ["training"], {REC}, "count"),
        ("How many recommendations did the Committee make on training?", ["training"], {REC}, "count"),
        ("how many recommendations are there?", [], {REC}, "count"),
        ("how often does the Committee mention albinism?", ["albinism"], None, "count"),
        ("How many times is trafficking mentioned?", ["trafficking"], None, "count"),
        ("in how many paragraphs is albinism mentioned?", ["albinism"], None, "count"),
        ("how often is training recommended?", ["training"], {REC, REQ}, "count"),
        ("the number of recommendations on voting", ["voting"], {REC}, "count"),
        ("which documents mention albinism", ["albinism"], None, "documents"),
        ("how many documents mention albinism?", ["albinism"], None, "documents"),
        ("which States were told to ratify the treaty?", ["ratify the treaty"], {REC, REQ}, "states"),
        ("which countries were criticised for torture?", ["torture"], {CON}, "states"),
        ("To which States did the Committee recommend dams?", ["dams"], {REC, REQ}, "states"),
        ("which States got recommendations on dams", ["dams"], {REC}, "states"),
        ("how many States were urged to build dams?", ["build dams"], {REC, REQ}, "states"),
    ],
)  # fmt: skip
def test_a_question_for_all_there_is_says_what_is_counted(
    question: str, topics: list[str], roles: set[Role] | None, wanted: Wanted
) -> None:
    read = read_exhaustive(question)
    assert read is not None
    assert (list(read.topics), read.roles, read.wanted) == (topics, roles, wanted)


@pytest.mark.parametrize(
    "question",
    [
        "What did the Committee say about all forms of discrimination?",
        "what does the Committee say about every woman's right to vote?",
        "every child",
        "all forms of discrimination",
        "all concerns of indigenous peoples",
        "All States parties must report",
        "how many children are trafficked?",
        "how many cases of trafficking were prosecuted?",
        "How many recommendations has the State party implemented?",
        "how many recommendations from the previous cycle were implemented?",
        "how many reports has the State submitted?",
        "How often should reports be submitted?",
        "how often does the Committee meet?",
        "What recommendations were made on training?",
        "what are the recommendations on training?",
        "are there recommendations on training?",
        "which paragraph mentions extradition?",
        "which documents should the State publish?",
        "what documents did the Committee ask for?",
        "which report was submitted by the State party?",
        "Which States have agreements with Laos on trafficking?",
        "which countries are children trafficked to?",
        "which States are parties to the Convention?",
        "is every child registered at birth?",
        "Do all children go to school?",
        "list the main concerns on education",
        "name the minister of justice",
        "everything",
        "all",
        "list",
        "how many?",
        "",
    ],
)
def test_an_ordinary_question_is_not_taken_for_one(question: str) -> None:
    assert read_exhaustive(question) is None


def test_words_that_bind_by_their_syntax_need_no_topic() -> None:
    assert read_exhaustive("every paragraph that mentions") is None
    read = read_exhaustive("every paragraph that mentions", bound=True)
    assert read is not None
    assert read.topics == ()


@pytest.mark.parametrize(
    "piece", ["all ", "how many ", "every paragraph that the committee ", "a or ", "in the documents "]
)
def test_long_questions_are_read_as_well(piece: str) -> None:
    assert read_exhaustive(piece * (2000 // len(piece))) is None
