"""Conversations in the shell."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

OPENED = re.compile(r"conversation ([0-9a-f]{16})\n")
NOWHERE = "0123456789abcdef"


def opened(run: Run, question: str) -> str:
    """The id of a conversation that a question opens."""
    result = run("ask", question, "--conversation", "new")
    found = OPENED.fullmatch(result.err)
    assert found, result
    return found[1]


def test_a_question_is_kept_only_where_that_is_asked_for(run: Run, home: Path) -> None:
    assert run("ask", "para 33", "--json").data["conversation_id"] is None
    assert not (home / "conversations.sqlite").exists()
    assert run("conversations").out == "No conversations are held.\n"
    assert run("conversations", "--json").data == []
    known = opened(run, "para 33")
    assert [held["id"] for held in run("conversations", "--json").data] == [known]


def test_a_conversation_goes_on_by_its_id(run: Run, built_home: Path) -> None:
    known = opened(run, "what did the Committee say about extradition?")
    other = opened(run, "para 1")
    result = run("ask", "and what did it recommend?", "--conversation", known, "--json")
    assert (result.code, result.err, result.data["conversation_id"]) == (0, "", known)
    assert "34" in [citation["pinpoint"] for citation in result.data["citations"]]
    turns = run("conversations", "show", known, "--json").data["turns"]
    assert [turn["answer"]["question"] for turn in turns] == [
        "what did the Committee say about extradition?",
        "and what did it recommend?",
    ]
    assert run("conversations", "show", other, "--json").data["turn_count"] == 1


def test_continuing_opens_the_first_and_goes_on_with_the_latest(run: Run) -> None:
    first = OPENED.fullmatch(run("ask", "para 33", "--continue").err)
    assert first
    second = opened(run, "para 34")
    result = run("ask", "para 35", "--continue", "--json")
    assert (result.err, result.data["conversation_id"]) == ("", second)
    assert run("ask", "para 1", "--conversation", first[1]).code == 0
    assert run("ask", "para 2", "--continue", "--json").data["conversation_id"] == first[1]


def test_an_unknown_conversation_ends_with_3(run: Run) -> None:
    for arguments in (
        ("ask", "para 33", "--conversation", NOWHERE),
        ("ask", "para 33", "--conversation", ""),
        ("conversations", "show", NOWHERE),
        ("conversations", "rename", "nowhere", "Title"),
        ("conversations", "delete", "../catalog"),
    ):
        result = run(*arguments)
        assert (result.code, result.out) == (3, "")
        assert result.err.startswith("pilcrow: There is no conversation ")
        assert result.err.count("\n") == 1
    assert run("conversations").out == "No conversations are held.\n"


def test_both_options_at_once_are_wrong_usage(run: Run) -> None:
    result = run("ask", "para 33", "--conversation", "new", "--continue")
    assert (result.code, result.out) == (2, "")
    assert run("conversations").out == "No conversations are held.\n"


def test_conversations_are_listed_searched_renamed_and_deleted(run: Run) -> None:
    first, second = opened(run, "paragraph 33"), opened(run, "paragraph 9")
    run("ask", "paragraph 34", "--conversation", first)
    lines = run("conversations").out.splitlines()
    assert [re.split(r"  +", line)[0] for line in lines] == [first, second]
    assert re.fullmatch(r"[0-9a-f]{16}  \d{4}-\d\d-\d\d \d\d:\d\d    2 turns  paragraph 33", lines[0])
    limited = run("conversations", "-n", "1")
    assert (limited.out.splitlines(), limited.err) == (lines[:1], "There are more; --limit shows them.\n")

    found = run("conversations", "--search", "law extradition")
    assert found.out == f"{lines[0]}  (in turn 1)\n"
    both = run("conversations", "--search", "paragraph", "--json").data
    assert {held["id"]: held["matches"] for held in both} == {first: [1, 2], second: [1]}
    nothing = run("conversations", "--search", '"landmines* OR')
    assert (nothing.code, nothing.out) == (3, "Nothing found.\n")

    assert (
        run("conversations", "rename", first, "On extradition").out == f"renamed    {first}  On extradition\n"
    )
    assert run("conversations", "rename", first, "  ").code == 2
    assert run("conversations").out.splitlines()[0].endswith("  On extradition")
    assert run("conversations", "delete", first).out == f"deleted    {first}  On extradition\n"
    assert [held["id"] for held in run("conversations", "--json").data] == [second]


def test_a_conversation_is_printed_as_markdown_whose_links_lead_somewhere(run: Run) -> None:
    known = opened(run, "para 22 (c)")
    run("ask", "para 44", "--continue")
    printed = run("conversations", "show", known).out
    assert printed.startswith(f"# para 22 (c)\n\n{known} · 2 turns · ")
    assert "\n## 1. para 22 (c)\n" in printed
    assert "[para. 22 (c), advance unedited](https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1)" in printed
    assert "\n## 2. para 44\n" in printed
    assert "](/" not in printed


def test_what_a_follow_up_was_searched_for_is_printed(run: Run, built_home: Path) -> None:
    known = opened(run, "what did the Committee say about extradition?")
    follow_up = run("ask", "and what did it recommend?", "--continue", "--json").data
    printed = run("conversations", "show", known).out
    assert f"## 2. and what did it recommend?\n\nSearched for: {follow_up['searched_for']}\n" in printed
    assert printed.count("Searched for: ") == 1


def test_a_conversation_is_printed_with_its_sources_in_a_chosen_style(run: Run) -> None:
    known = opened(run, "para 33")
    assert "\n    - CRC/C/OPSC/LAO/CO/1, para. 33.\n" in run("conversations", "show", known).out
    printed = run("conversations", "show", known, "--style", "Bluebook").out
    assert "\n    - Comm. on the Rts. of the Child, Concluding Observations on" in printed
    wrong = run("conversations", "show", known, "--style", "apa")
    assert (wrong.code, wrong.out) == (2, "")


def test_a_conversation_is_exported_as_what_is_printed_or_as_data(run: Run, tmp_path: Path) -> None:
    known = opened(run, "para 33")
    run("ask", "para 34", "--continue")
    text, data = tmp_path / "filed.md", tmp_path / "filed.json"
    for path in (text, data):
        result = run("conversations", "export", known, str(path), "--style", "oscola")
        assert (result.code, result.out, result.err) == (0, "", f"pilcrow: {path} has 2 turns.\n")
    printed = run("conversations", "show", known, "--style", "oscola").out
    assert text.read_text(encoding="utf-8") == printed
    turns = json.loads(data.read_text(encoding="utf-8"))["turns"]
    assert [turn["answer"]["citations"][0]["references"]["un"] for turn in turns] == [
        "CRC/C/OPSC/LAO/CO/1, para. 33.",
        "CRC/C/OPSC/LAO/CO/1, para. 34.",
    ]


def test_an_export_replaces_nothing_unless_it_is_forced(run: Run, tmp_path: Path) -> None:
    known = opened(run, "para 33")
    path = tmp_path / "filed.md"
    path.write_text("before")
    refused = run("conversations", "export", known, str(path))
    assert (refused.code, refused.out, path.read_text()) == (1, "", "before")
    assert refused.err.startswith(f"pilcrow: {path} cannot be written: it is there already.")
    assert run("conversations", "export", known, str(path), "--force").code == 0
    assert path.read_text(encoding="utf-8").startswith("# para 33\n")


def test_an_export_that_cannot_be_made_writes_nothing(run: Run, tmp_path: Path) -> None:
    known = opened(run, "para 33")
    for arguments, code in (
        ((known, str(tmp_path / "filed.pdf")), 2),
        ((known, str(tmp_path / "filed.md"), "--style", "apa"), 2),
        ((NOWHERE, str(tmp_path / "filed.md")), 3),
        ((known, str(tmp_path / "nowhere" / "filed.md")), 1),
    ):
        result = run("conversations", "export", *arguments)
        assert (result.code, result.out) == (code, ""), arguments
    assert not list(tmp_path.glob("*filed*"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX permissions")
def test_where_nothing_can_be_written_the_answer_says_that_it_is_not_kept(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = opened(run, "para 33")
    # the superuser may write anywhere, so what the check reports is what is set here
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    for options in (("--continue",), ("--conversation", "new"), ("--conversation", known)):
        result = run("ask", "para 34", *options)
        assert result.code == 0
        assert "[para. 34, advance unedited]" in result.out
        assert result.err == "pilcrow: The answer is not kept, since the data folder cannot be written.\n"
    assert run("conversations", "show", known, "--json").data["turn_count"] == 1
    assert run("conversations", "delete", known).code == 1


def test_damaged_conversations_are_said_and_questions_go_on(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "conversations.sqlite").write_bytes(b"Not a database. " * 100)
    for arguments in (("conversations",), ("ask", "para 33", "--continue")):
        result = run(*arguments)
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith("pilcrow: ")
        assert "Move it away" in result.err
    assert run("ask", "para 33").code == 0
    assert run("doctor").code == 1


def test_a_follow_up_is_headed_by_what_it_was_taken_for(run: Run, built_home: Path) -> None:
    first = run("ask", "--conversation", "new", "What did the Committee say about extradition?")
    assert "Understood as" not in first.out
    second = run("ask", "--continue", "and what did it recommend?")
    assert second.out.startswith("Understood as: What did the Committee recommend on extradition?\n\n")
