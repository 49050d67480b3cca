"""Conversations that are filed: nothing of them is lost, and every source is named in full."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answer import Answer, AskRequest, Checks, Conversation, Filters, Turn
from assistant.citations.styles import STYLES
from assistant.service import Assistant
from assistant.transcript import (
    ReferencedConversation,
    check_transcript_target,
    transcript_of,
    write_transcript,
)
from corpus.errors import ExportFormatUnknown, ExportUnwritable
from tests.answers import answer_to

LAOS = "CRC/C/OPSC/LAO/CO/1"
URL = "https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1"
WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
QUESTIONS = (
    "what did the Committee say about extradition?",
    "and what did it recommend?",
    "does it mention cryptocurrency?",
    "which documents do you have?",
    "para 22 (c)",
)


def conversation_of(
    *answers: Answer, title: str = "A title", known: str = "0123456789abcdef"
) -> Conversation:
    turns = tuple(Turn(number=n, answered=WHEN, answer=answer) for n, answer in enumerate(answers, 1))
    return Conversation(id=known, title=title, created=WHEN, updated=WHEN, turn_count=len(turns), turns=turns)


@pytest.fixture(scope="module")
def dialogue(assistant: Assistant) -> Conversation:
    """A conversation with a follow-up, a refusal, a question on what is held, and a look-up."""
    answers: list[Answer] = []
    for question in QUESTIONS:
        answers.append(assistant.ask(AskRequest(question=question, store=False), earlier=answers))
    assert [answer.refused for answer in answers] == [False, False, True, False, False]
    return conversation_of(*answers)


def parts_of(markdown: str) -> list[str]:
    """The text of each turn."""
    return re.split(r"^## \d+\. ", markdown, flags=re.MULTILINE)[1:]


def sources_of(part: str) -> list[str]:
    return part.partition("\n\nSources:\n\n")[2].strip("\n").splitlines()


# -- Markdown


def test_every_cited_place_is_a_source_once_with_edition_and_digest(
    assistant: Assistant, dialogue: Conversation
) -> None:
    twice = dialogue.turns[0].answer
    twice = twice.model_copy(update={"citations": twice.citations * 2})
    markdown = assistant.transcript(conversation_of(twice, *[t.answer for t in dialogue.turns])).markdown
    parts = parts_of(markdown)
    for part, answer in zip(parts, [twice, *[turn.answer for turn in dialogue.turns]], strict=True):
        head, *places = sources_of(part) or [""]
        cited = dict.fromkeys(citation.pinpoint for citation in answer.citations)
        assert places == [f"    - {LAOS}, para. {pinpoint}." for pinpoint in cited]
        if cited:
            digest = answer.citations[0].sha256
            assert head == f"- {LAOS} (advance unedited) · <{URL}> · SHA-256 of the source {digest}"
    assert [bool(sources_of(part)) for part in parts] == [True, True, True, False, False, True]


@pytest.mark.parametrize("style", STYLES)
def test_sources_are_cited_in_the_style_that_is_wanted(
    assistant: Assistant, dialogue: Conversation, style: str
) -> None:
    (known,) = (each for each in STYLES if each == style)
    markdown = assistant.transcript(dialogue, known).markdown.replace("*", "")
    assert f"    - {assistant.cite(LAOS, '34')[known]}\n" in markdown
    assert f"    - {assistant.cite(LAOS, '22 (c)')[known]}\n" in markdown


def test_all_links_lead_to_the_united_nations(assistant: Assistant, dialogue: Conversation) -> None:
    markdown = assistant.transcript(dialogue).markdown
    assert f"[para. 34, advance unedited]({URL})" in markdown
    assert f"[{LAOS}]({URL})" in parts_of(markdown)[3]  # in a list of documents
    assert set(re.findall(r"\]\(([^)]*)\)", markdown)) == {URL}


def test_what_was_searched_stands_before_the_answer(assistant: Assistant, dialogue: Conversation) -> None:
    first, second, *_ = parts_of(assistant.transcript(dialogue).markdown)
    assert first.startswith(f"{QUESTIONS[0]}\n\n{WHEN.astimezone().isoformat(' ', 'minutes')} · Searched: ")
    searched_for = dialogue.turns[1].answer.searched_for
    assert second.startswith(f"{QUESTIONS[1]}\n\nSearched for: {searched_for}\n\n")


def test_a_refusal_is_marked_and_has_no_sources(assistant: Assistant, dialogue: Conversation) -> None:
    parts = parts_of(assistant.transcript(dialogue).markdown)
    assert ["**Not answered:**" in part for part in parts] == [False, False, True, False, False]
    assert "**Not answered:** the documents do not answer it.\n\n" in parts[2]
    assert f"]({URL}): " in parts[2]  # the nearest paragraphs
    assert "Sources:" not in parts[2]


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        ({"exists": False}, "there is no such place in the source"),
        ({"verbatim": False}, "the quotation is not verbatim"),
        ({"supported": False}, "the place does not support the statement"),
        ({"supported": None}, None),
    ],
)
def test_a_check_that_failed_is_said_at_its_source(
    assistant: Assistant, dialogue: Conversation, checks: dict[str, bool | None], told: str | None
) -> None:
    answer = dialogue.turns[0].answer
    first, *rest = answer.citations
    made = Checks.model_validate({**first.checks.model_dump(), **checks})
    failed = answer.model_copy(update={"citations": (first.model_copy(update={"checks": made}), *rest)})
    lines = sources_of(assistant.transcript(conversation_of(failed)).markdown)
    assert [line.endswith(f" · **check failed: {told}**") for line in lines[1:]] == [
        told is not None,
        *(False for _ in rest),
    ]
    assert ("check failed" in "\n".join(lines)) == (told is not None)


def test_a_document_that_is_held_no_more_is_still_named_and_linked(
    own_assistant: Assistant,
) -> None:
    answer = own_assistant.ask(AskRequest(question="para 33"))
    assert answer.conversation_id is not None
    own_assistant.remove(LAOS)
    held = own_assistant.conversation(answer.conversation_id)
    transcript = own_assistant.transcript(held, "oscola")
    assert sources_of(transcript.markdown) == [
        f"- {LAOS} (advance unedited) · <{URL}> · SHA-256 of the source {answer.citations[0].sha256}"
        " · held no more, so there are no full references",
        f"    - {LAOS}, para. 33",
    ]
    assert f"[para. 33, advance unedited]({URL})" in transcript.markdown
    assert transcript.conversation.turns[0].answer.citations[0].references is None


def test_a_link_to_what_is_held_no_more_keeps_its_label(assistant: Assistant) -> None:
    answer = answer_to("which?", "- [CRC/C/KEN/CO/9](/documents/crc-c-ken-co-9) and [a](https://b.example)")
    markdown = assistant.transcript(conversation_of(answer)).markdown
    assert markdown.endswith("\n\n- [CRC/C/KEN/CO/9] and [a](https://b.example)\n")


def test_filters_that_every_question_had_head_the_transcript(assistant: Assistant) -> None:
    both = Filters.model_validate({"states": ("Laos",), "roles": ("concern",)})
    one = Filters(states=("Laos",))
    asked = [
        assistant.ask(AskRequest(question="extradition", filters=filters, store=False))
        for filters in (both, one)
    ]
    assert "\n\nRestricted to: State Laos\n\n## 1. " in assistant.transcript(conversation_of(*asked)).markdown
    alone = assistant.transcript(conversation_of(asked[0])).markdown
    assert "\n\nRestricted to: State Laos, role concern\n\n## 1. " in alone
    other = assistant.ask(AskRequest(question="extradition", store=False))
    assert "Restricted to" not in assistant.transcript(conversation_of(*asked, other)).markdown


def test_titles_and_questions_stay_in_their_line_and_are_no_markup(assistant: Assistant) -> None:
    answer = answer_to("<b>first</b>\n# second", "Nothing.")
    markdown = assistant.transcript(conversation_of(answer, title="*A*\n[title](x)")).markdown
    lines = markdown.splitlines()
    assert lines[0] == r"# \*A\* \[title\](x)"
    assert r"## 1. \<b>first\</b> # second" in lines


def test_control_characters_are_shown_and_not_passed_on(assistant: Assistant) -> None:
    answer = answer_to("a\x1b[31mb", "red \x1b]0;title\x07\x9b2J\r\nnext\tline")
    markdown = assistant.transcript(conversation_of(answer, title="t\x00t")).markdown
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", markdown)
    assert "red �]0;title��2J�\nnext\tline" in markdown


def test_a_conversation_that_is_kept_nowhere_has_no_id(assistant: Assistant) -> None:
    unkept = conversation_of(answer_to("hello?", "Hello."), known="")
    assert assistant.transcript(unkept).markdown.splitlines()[2].startswith("1 turn · 20")


# -- JSON


def test_the_data_is_the_conversation_with_references_and_nothing_else_changed(
    assistant: Assistant, dialogue: Conversation
) -> None:
    transcript = assistant.transcript(dialogue)
    assert Conversation.model_validate_json(transcript.json) == dialogue
    assert ReferencedConversation.model_validate_json(transcript.json) == transcript.conversation
    cited = [c for turn in json.loads(transcript.json)["turns"] for c in turn["answer"]["citations"]]
    assert len(cited) == sum(len(turn.answer.citations) for turn in dialogue.turns)
    for citation in cited:
        assert citation["references"] == assistant.cite(citation["symbol"], citation["pinpoint"])


def test_every_field_of_the_data_is_described_or_of_the_contract() -> None:
    schema = ReferencedConversation.model_json_schema()["$defs"]
    assert schema["ReferencedCitation"]["properties"]["references"]["description"]
    assert "references" in schema["ReferencedCitation"]["required"]


# -- files


@pytest.mark.parametrize("name", ["filed.md", "filed.JSON"])
def test_a_transcript_is_written_in_the_form_of_its_ending(
    assistant: Assistant, dialogue: Conversation, tmp_path: Path, name: str
) -> None:
    transcript = assistant.transcript(dialogue)
    write_transcript(transcript, tmp_path / name)
    expected = transcript.markdown if name.endswith(".md") else transcript.json
    assert (tmp_path / name).read_text(encoding="utf-8") == expected
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_file_that_is_there_is_replaced_only_where_that_is_wanted(
    assistant: Assistant, dialogue: Conversation, tmp_path: Path
) -> None:
    path = tmp_path / "filed.md"
    path.write_text("before")
    transcript = assistant.transcript(dialogue)
    with pytest.raises(ExportUnwritable, match="it is there already"):
        write_transcript(transcript, path)
    assert path.read_text() == "before"
    write_transcript(transcript, path, replace=True)
    assert path.read_text(encoding="utf-8") == transcript.markdown


def test_a_transcript_that_cannot_be_written_whole_leaves_what_was_there(
    assistant: Assistant, dialogue: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "filed.json"
    path.write_text("before")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ExportUnwritable, match="No space left"):
        write_transcript(assistant.transcript(dialogue), path, replace=True)
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["filed.json"]


@pytest.mark.parametrize("name", ["filed", "filed.txt", ".md", "filed.csv"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportFormatUnknown, match=r"\.md or \.json"):
        check_transcript_target(tmp_path / name)


def test_long_conversations_look_nothing_up_again(assistant: Assistant, dialogue: Conversation) -> None:
    long = conversation_of(*[turn.answer for turn in dialogue.turns] * 20)
    statements: list[str] = []
    with assistant.collection.catalog.snapshot() as snapshot:
        real = snapshot._all

        def counted(query: object, read: object) -> object:
            statements.append(str(query))
            return real(query, read)  # type: ignore[arg-type]

        snapshot._all = counted  # type: ignore[method-assign, assignment]
        transcript_of(conversation_of(*[turn.answer for turn in dialogue.turns]), "un", snapshot)
        once = len(statements)
        transcript_of(long, "un", snapshot)
    assert len(statements) == 2 * once
    assert once < 10


def test_an_answer_is_pasted_with_its_sources(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="what did the Committee say about extradition?", store=False))
    pasted = assistant.answer_markdown(answer, "bluebook")
    assert "lacks a specific law on extradition" in pasted
    assert "/documents/" not in pasted
    references = [assistant.references(citation) for citation in answer.citations]
    assert len(references) == 2
    for each in references:
        assert each is not None
        assert each["bluebook"] in pasted.replace("*", "")


def test_there_is_no_reference_to_an_edition_that_is_held_no_more(assistant: Assistant) -> None:
    answer = assistant.ask(AskRequest(question="what did the Committee say about extradition?", store=False))
    gone = answer.citations[0].model_copy(update={"sha256": "0" * 64})
    assert assistant.references(gone) is None
