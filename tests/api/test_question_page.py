from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer, AskRequest, Checks
from assistant.api.pages.site import Site
from assistant.api.routes import pages as routes
from assistant.document_list import DocumentPage
from assistant.service import Assistant
from tests.api.conftest import LAOS, UTOPIA
from tests.api.html import HTML, attribute, one, page, sound, words

QUESTIONS = [
    "What did the Committee recommend about extradition?",
    "birth registration",
    "What is said on child sex tourism?",
    "Which paragraphs mention adoption?",
    "What did the Committee welcome?",
    "training of judges and prosecutors",
    "How many paragraphs mention trafficking?",
    "What about the football world cup?",
    f"{LAOS} para. 22",
    f"{LAOS} paras. 33–34",
    f"{LAOS} para. 99",
    "Which documents are held?",
    "List all recommendations on victims",
]


def ask(client: TestClient, question: str) -> Answer:
    response = client.post("/v1/ask", json={"question": question, "store": False})
    return Answer.model_validate(response.json())


def test_every_link_of_answers_leads_to_a_place_that_is_there(client: TestClient) -> None:
    anchors: dict[str, set[str]] = {}
    followed = 0
    for question in QUESTIONS:
        shown = page(client.get("/", params={"q": question}))
        links = [attribute(link, "href") for link in shown.css(".said a, .checks a")]
        cited = {citation.href for citation in ask(client, question).citations}
        assert cited <= set(links)
        for link in links:
            path, _, anchor = link.partition("#")
            if path not in anchors:
                document = page(client.get(path))
                anchors[path] = {attribute(node, "id") for node in document.css("[id]")}
            assert not anchor or anchor in anchors[path]
            followed += 1
    assert followed > 100


def test_an_answer_is_shown_with_what_was_searched_and_its_checks(client: TestClient) -> None:
    shown = page(client.get("/", params={"q": QUESTIONS[0]}))
    assert words(one(shown, ".answer h2")) == "Answer"
    assert "re-consider withdrawing the reservation" in words(one(shown, ".said"))
    assert "Searched: 1 document." in words(one(shown, ".answer"))
    checks = [words(check) for check in shown.css(".checks li")]
    assert checks
    assert all("✓ the place exists, the words are there" in check for check in checks)
    assert shown.css(".failed") == []
    assert one(shown, "#q").attributes["value"] == QUESTIONS[0]


def test_a_failed_check_is_seen_at_once(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = ask(client, QUESTIONS[0])
    checks = Checks(exists=True, verbatim=False, supported=None)
    bad = answer.citations[0].model_copy(update={"checks": checks})
    failed = answer.model_copy(update={"citations": (bad, *answer.citations[1:])})
    monkeypatch.setattr(assistant, "ask", lambda _: failed)
    shown = page(client.get("/", params={"q": QUESTIONS[0]}))
    assert "open" in one(shown, ".checks details").attributes
    assert words(one(shown, ".checks p.failed")).startswith("Check failed: 1 of")
    (entry,) = shown.css(".checks li.failed")
    assert "check failed, the words are not there" in words(entry)
    assert "(not every check was made)" in words(entry)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("What about the football world cup?", "The documents do not answer this"),
        (f"{LAOS} para. 99", "There is no such paragraph"),
        ("What did the Committee recommend to Kenya?", "Not held"),
    ],
)
def test_a_refusal_looks_like_one(client: TestClient, question: str, heading: str) -> None:
    shown = page(client.get("/", params={"q": question}))
    refusal = one(shown, ".refusal")
    assert words(one(refusal, "h2")) == heading
    assert words(refusal).count("Searched:") == 1
    assert shown.css(".checks") == []


def test_a_refusal_shows_the_nearest_paragraphs(client: TestClient) -> None:
    refusal = one(page(client.get("/", params={"q": "football world cup"})), ".refusal")
    assert "Nearest paragraphs" in words(refusal)
    assert len(refusal.css("li a")) >= 2


def test_nothing_that_is_asked_on_the_page_is_stored(client: TestClient) -> None:
    before = client.get("/v1/conversations").json()
    response = client.get("/", params={"q": "extradition and nothing else"})
    assert response.headers["cache-control"] == "no-store"
    assert client.get("/v1/conversations").json() == before


def test_without_a_question_there_are_examples_and_the_documents(client: TestClient) -> None:
    shown = page(client.get("/"))
    assert shown.css(".answer") == []
    (link,) = shown.css(".documents a")
    assert (words(link), attribute(link, "href")) == (LAOS, "/documents/crc-c-opsc-lao-co-1")
    assert "adopted 5 June 2015 · 43 paragraphs · advance unedited" in words(one(shown, ".documents"))
    for example in shown.css('[aria-labelledby="examples"] a'):
        answered = page(client.get(attribute(example, "href")))
        assert words(one(answered, ".answer h2")) == "Answer"


def test_a_blank_question_asks_nothing(client: TestClient) -> None:
    assert page(client.get("/", params={"q": " \n"})).css(".answer") == []


def test_a_question_that_is_too_long_is_told_on_a_page(client: TestClient) -> None:
    response = client.get("/", params={"q": "x" * 2001}, headers=HTML)
    assert words(one(page(response, 422), "h1")) == "The question is too long"


def test_both_documents_are_listed_by_symbol(client_of_two: TestClient) -> None:
    shown = page(client_of_two.get("/"))
    assert [words(link) for link in shown.css(".documents a")] == [LAOS, UTOPIA]
    assert words(one(shown, "#documents")) == "2 documents are held"


def test_a_long_list_goes_on_on_another_page(
    client_of_two: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "LONGEST_LIST", 1)
    first = page(client_of_two.get("/"))
    assert words(one(first, "#documents")) == "2 documents are held"
    assert [words(link) for link in first.css(".documents a")] == [LAOS]
    (more,) = (link for link in first.css("main a") if words(link) == "More documents")
    second = page(client_of_two.get(attribute(more, "href")))
    assert [words(link) for link in second.css(".documents a")] == [UTOPIA]
    assert "More documents" not in words(one(second, "main"))


def test_a_place_in_the_list_that_is_none_is_an_error(client: TestClient) -> None:
    page(client.get("/", params={"after": "nowhere"}, headers=HTML), 422)


def test_where_nothing_is_held_the_page_still_stands() -> None:
    shown = sound(Site.build(2000).home(DocumentPage(documents=(), next=None), 0).decode())
    assert words(one(shown, "#documents")) == "0 documents are held"
    assert shown.css('[aria-labelledby="examples"], main ul') == []


def test_the_page_gives_the_answer_of_the_api(client: TestClient, assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question=QUESTIONS[1], store=False))
    said = words(one(page(client.get("/", params={"q": QUESTIONS[1]})), ".said"))
    for citation in answer.citations:
        assert " ".join(citation.quote.split()) in said


def test_a_question_on_the_page_counts_among_the_answers(client: TestClient) -> None:
    def answered() -> float:
        lines = client.get("/metrics").text.splitlines()
        (line,) = (each for each in lines if each.startswith('pilcrow_answers_total{outcome="answered"}'))
        return float(line.split()[-1])

    page(client.get("/", params={"q": QUESTIONS[0]}))
    before = answered()
    page(client.get("/", params={"q": QUESTIONS[0]}))
    assert answered() == before + 1
