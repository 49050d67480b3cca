"""`pilcrow export`: what answers and conversations cite, for reference managers and as text."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from assistant.answer import Answer, AskRequest
from assistant.service import Assistant
from tests.cli.conftest import Run

LAO = "CRC/C/OPSC/LAO/CO/1"
PAGE = (Path(__file__).parents[2] / "docs" / "citations.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ pilcrow (export .*)\n((?:.*\n)*?)```", PAGE)


@pytest.fixture(scope="module")
def told(assistant: Assistant) -> Answer:
    """An answer with citations."""
    request = AskRequest(question="What did the Committee recommend about extradition?", store=False)
    return assistant.ask(request)


@pytest.fixture
def answer_file(tmp_path: Path, told: Answer, built_home: Path) -> str:
    """That answer as `pilcrow ask --json` prints it."""
    path = tmp_path / "answer.json"
    path.write_text(told.model_dump_json(), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("csl-json", '[\n  {\n    "id": "crc-c-opsc-lao-co-1"'),
        ("bibtex", "@techreport{crc-c-opsc-lao-co-1,"),
        ("RIS", "TY  - RPRT\nID  - crc-c-opsc-lao-co-1"),
        ("text", f"{LAO}, para"),
    ],
)
def test_an_answer_is_exported_in_the_format_asked_for(
    run: Run, answer_file: str, form: str, beginning: str
) -> None:
    result = run("export", answer_file, "--format", form)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(beginning)


@pytest.mark.parametrize(("line", "printed"), CONSOLE)
def test_the_page_prints_what_is_printed(
    run: Run, answer_file: str, monkeypatch: pytest.MonkeyPatch, line: str, printed: str
) -> None:
    monkeypatch.chdir(Path(answer_file).parent)
    assert run(*shlex.split(line)).out == printed


def test_it_is_read_from_stdin_and_is_csl_json_unless_told_otherwise(
    run: Run, told: Answer, built_home: Path
) -> None:
    result = run("export", "-", stdin=told.model_dump_json())
    quotes = [place["quote"] for place in result.data[0]["custom"]["pilcrow"]["places"]]
    assert quotes == list(dict.fromkeys(citation.quote for citation in told.citations))


def test_a_style_and_notes_are_for_text(run: Run, answer_file: str) -> None:
    result = run("export", answer_file, "--format", "text", "--style", "oscola", "--notes")
    first, second = result.out.splitlines()[:2]
    assert first.startswith("1. Committee on the Rights of the Child, ‘Concluding Observations")
    assert second.startswith("2. ibid para ")


def test_a_file_is_written_in_the_format_that_its_name_says(
    run: Run, answer_file: str, tmp_path: Path
) -> None:
    for ending, beginning in ((".bib", "@"), (".ris", "TY"), (".txt", LAO), (".json", "[")):
        path = tmp_path / f"refs{ending}"
        result = run("export", answer_file, "--output", str(path))
        assert (result.code, result.out) == (0, "")
        assert path.read_text(encoding="utf-8").startswith(beginning)


def test_a_conversation_is_exported_by_its_id_by_being_the_latest_and_from_its_file(
    run: Run, own_assistant: Assistant, tmp_path: Path
) -> None:
    asked = AskRequest(question="What did the Committee recommend about extradition?")
    known = own_assistant.ask(asked).conversation_id or ""
    own_assistant.ask(AskRequest(question="and about adoption?", conversation_id=known))
    by_id = run("export", "--conversation", known)
    assert {place["eid"] for place in by_id.data[0]["custom"]["pilcrow"]["places"]} >= {"para_34", "para_24"}
    assert run("export", "--continue").out == by_id.out
    assert run("conversations", "export", known, str(tmp_path / "talk.json")).code == 0
    assert run("export", str(tmp_path / "talk.json")).out == by_id.out
    assert run("export", "-", stdin=run("conversations", "show", known, "--json").out).out == by_id.out


@pytest.mark.parametrize(
    ("arguments", "told_of"),
    [
        ((), "give a file"),
        (("--conversation", "a", "--continue"), "--continue"),
        (("answer.json", "--continue"), "leave out the conversation"),
        (("answer.json", "--format", "word"), "csl-json, bibtex, ris, text"),
        (("answer.json", "--format", "ris", "--output", "refs.bib"), "is named for bibtex"),
        (("answer.json", "--output", "refs.docx"), ".json or .bib"),
        (("answer.json", "--style", "apa"), "bluebook"),
    ],
)
def test_wrong_usage_is_said_before_anything_is_read(
    run: Run, arguments: tuple[str, ...], told_of: str
) -> None:
    result = run("export", *arguments)
    assert (result.code, result.out) == (2, "")
    assert told_of in " ".join(result.err.replace("│", " ").split())


def test_what_cannot_be_exported_is_refused(run: Run, built_home: Path, told: Answer, tmp_path: Path) -> None:
    assert run("export", "nowhere.json").code == 1
    assert run("export", "-", stdin='{"question": 1}').code == 2
    assert run("export", "--conversation", "0123456789abcdef").code == 3
    assert run("export", "--continue").code == 3
    nothing = told.model_copy(update={"citations": (), "statements": ()})
    target = tmp_path / "refs.bib"
    result = run("export", "-", "--output", str(target), stdin=nothing.model_dump_json())
    assert (result.code, result.out, target.exists()) == (3, "", False)
    assert "Nothing that is held is cited" in result.err


def test_a_draft_is_exported_with_what_it_cites(run: Run, built_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_text(
        f"As it said.[^1]\n\n[^1]: {LAO}, para. 33; CRC/C/LAO/CO/3-6, para. 7.\n", encoding="utf-8"
    )
    result = run("export", str(path), "--format", "text")
    assert (result.code, result.out) == (0, f"{LAO}, para. 33.\n")
    assert "1 reference left out" in result.err
    assert run("export", "-", "--format", "text", stdin=f"See {LAO}, para. 34.").out == f"{LAO}, para. 34.\n"
    assert run("export", "-", stdin="It cites nothing.").code == 3


def test_an_edition_that_is_held_no_more_is_exported_and_said_to_be_so(
    run: Run, built_home: Path, told: Answer
) -> None:
    data = json.loads(told.model_dump_json())
    for citation in data["citations"]:
        citation["sha256"] = "0" * 64
    result = run("export", "-", stdin=json.dumps(data))
    assert result.code == 0
    assert "event-date" not in result.data[0]
    assert "held no more" in result.err
