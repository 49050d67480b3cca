from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.keys import Keys
from assistant.settings import load_settings
from corpus import __version__
from tests.cli.conftest import Run

SYMBOL = "CRC/C/OPSC/LAO/CO/1"
DOCUMENT = """Concluding observations on the initial report of Kenya

Ferries

1. The Committee is concerned that ferries carry no lifeboats for children.

2. The Committee recommends that the State party:

(a) Equip all ferries with lifeboats;

(b) Inspect them every year.
"""


@pytest.fixture
def kenya(tmp_path: Path) -> Path:
    path = tmp_path / "documents" / "kenya.txt"
    path.parent.mkdir()
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out == f"pilcrow {__version__}\n"


def test_ask_prints_the_answer_with_its_paragraphs(run: Run, built_home: Path) -> None:
    result = run("ask", "what did the Committee say about extradition?")
    assert (result.code, result.err) == (0, "")
    assert "[para. 33, advance unedited]" in result.out
    assert "[para. 34, advance unedited]" in result.out
    assert "](" not in result.out


def test_ask_prints_the_answer_as_data(run: Run, built_home: Path) -> None:
    answer = run("ask", "extradition", "--json").data
    assert [citation["pinpoint"] for citation in answer["citations"]] == ["33", "34"]
    assert set(answer) >= {
        "question", "searched_for", "conversation_id", "filters", "refused", "refusal_reason", "text",
        "statements", "citations", "passages", "total", "more", "not_covered", "coverage", "mode",
        "timings_ms",
    }  # fmt: skip
    assert set(answer["citations"][0]) == {
        "symbol", "title", "edition", "language", "sha256", "pinpoint", "eid", "label", "quote", "start",
        "end", "lead_in", "checks", "href", "url",
    }  # fmt: skip


def test_a_question_is_read_from_stdin(run: Run, built_home: Path) -> None:
    assert "[para. 34, advance unedited]" in run("ask", "-", stdin="extradition\n").out


def test_a_refusal_ends_with_3(run: Run, built_home: Path) -> None:
    result = run("ask", "what is the capital of France?")
    assert result.code == 3
    assert "Nearest paragraphs" in result.out


def test_a_filter_that_nothing_meets_is_a_refusal(run: Run, built_home: Path) -> None:
    assert run("ask", "extradition", "--symbol", "CRC/C/KEN/CO/2").code == 3
    assert run("ask", "extradition", "--symbol", SYMBOL, "--role", "concern").code == 0


def test_search_prints_paragraphs_with_scores(run: Run, built_home: Path) -> None:
    result = run("search", "extradition", "-k", "3")
    assert result.code == 0
    assert result.out.startswith(f"1. {SYMBOL}, para. 3")
    data = run("search", "extradition", "-k", "3", "--json").data
    assert set(data) >= {"query", "filters", "passages"}
    assert len(data["passages"]) == 3


def test_conditions_bind_in_ask_and_search(run: Run, built_home: Path) -> None:
    found = run("search", "“specific law” NOT reservation")
    assert (found.code, found.out) == (
        3,
        "Nothing found (words “specific law” AND NOT reservation).\n",
    )
    found = run("search", "“specific law” -hydropower", "--json").data
    assert [passage["pinpoint"] for passage in found["passages"]] == ["33"]
    answer = run("ask", "Where is “a specific law on extradition”?")
    assert (
        answer.code,
        "[para. 33, advance unedited]" in answer.out,
        "[para. 34, advance unedited]" in answer.out,
    ) == (0, True, False)
    refused = run("ask", "“best interests of the parent”")
    assert refused.code == 3
    assert refused.out.startswith("No paragraph that was searched has the words “best interests of the par")


def test_ask_and_search_write_a_table_beside_what_they_print(
    run: Run, built_home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    result = run("ask", "every paragraph that mentions children", "--export", str(path))
    rows = path.read_text(encoding="utf-8-sig").count(SYMBOL) // 2  # in its own column and in the link
    assert (result.code, result.err) == (0, f"pilcrow: {path} has {rows} rows.\n")
    assert "Shown: 1–25 of " in result.out
    assert rows > 25
    found = run("search", "extradition", "-k", "1", "--json", "--export", str(tmp_path / "found.xlsx"))
    assert (found.err, len(found.data["passages"])) == (f"pilcrow: {tmp_path / 'found.xlsx'} has 1 row.\n", 1)
    assert (tmp_path / "found.xlsx").read_bytes().startswith(b"PK")


def test_a_refusal_writes_no_table(run: Run, built_home: Path, tmp_path: Path) -> None:
    result = run("ask", "what is the capital of France?", "--export", str(tmp_path / "none.csv"))
    assert (result.code, list(tmp_path.glob("*.csv"))) == (3, [])
    assert "There is nothing to write" in result.err


def test_a_table_that_cannot_be_written_is_said_before_anything_is_asked(
    run: Run, home: Path, tmp_path: Path
) -> None:
    unknown = run("ask", "extradition", "--export", str(tmp_path / "table.pdf"))
    assert (unknown.code, unknown.out) == (2, "")
    assert "Name it .csv or .xlsx." in unknown.err
    nowhere = run("search", "extradition", "--export", str(tmp_path / "nowhere" / "table.csv"))
    assert (nowhere.code, nowhere.out) == (1, "")
    assert not home.exists()


def test_what_is_held_is_told_without_saying_that_it_was_searched(run: Run, built_home: Path) -> None:
    result = run("ask", "which documents do you have?")
    assert result.code == 0
    assert result.out.startswith("1 document, 43 paragraphs in all:")
    assert "Searched" not in result.out


def test_documents_lists_what_is_held(run: Run) -> None:
    assert run("documents").out.startswith(SYMBOL)
    (document,) = run("documents", "--json").data
    assert (document["symbol"], document["paragraphs"]) == (SYMBOL, 43)
    assert "id" not in document


def test_show_prints_a_place_with_the_words_that_govern_it(run: Run) -> None:
    result = run("show", SYMBOL, "20 (c)")
    assert result.code == 0
    assert "strongly recommends that the State party:" in result.out
    assert "(c) Combat impunity" in result.out
    assert run("show", "crc-c-opsc-lao-co-1", "para 20 (c)").out == result.out
    (place,) = run("show", SYMBOL, "20 (c)", "--json").data
    assert place["eid"] == "para_20__subpara_c"


def test_show_prints_a_whole_document(run: Run) -> None:
    result = run("show", SYMBOL)
    assert "34. The Committee recommends that the State party adopt a comprehensive" in result.out
    assert len(run("show", SYMBOL, "--json").data["paragraphs"]) == 43


def test_show_of_what_is_not_held_ends_with_3(run: Run) -> None:
    missing = run("show", "CRC/C/KEN/CO/2")
    assert (missing.code, missing.out) == (3, "")
    assert missing.err == (
        "pilcrow: No document CRC/C/KEN/CO/2 is held. See what is with pilcrow documents.\n"
    )
    assert run("show", SYMBOL, "99").code == 3
    assert run("show", SYMBOL, "nowhere").code == 2


def test_parse_prints_a_document_and_stores_nothing(run: Run, kenya: Path, home: Path) -> None:
    data = run("parse", str(kenya), "--symbol", "CRC/C/KEN/CO/9", "--date", "2020-02-07", "--json").data
    assert data["symbol"] == "CRC/C/KEN/CO/9"
    assert data["adopted"] == "2020-02-07"
    assert [item["eid"] for item in data["paragraphs"][1]["items"]] == [
        "para_2__subpara_a",
        "para_2__subpara_b",
    ]
    assert "".join(data["text"][s["start"] : s["end"]] for s in data["spans"]) == DOCUMENT
    assert not home.exists()
    assert "(b) Inspect them every year." in run("parse", str(kenya), "--symbol", "CRC/C/KEN/CO/9").out


def test_ingest_tells_what_became_of_each_file(run: Run, kenya: Path, built_home: Path) -> None:
    options = ("--symbol", "CRC/C/KEN/CO/9", "--state", "Kenya")
    assert run("ingest", str(kenya), *options).out == ("added      kenya.txt: CRC/C/KEN/CO/9, 2 paragraphs\n")
    assert run("ingest", str(kenya), *options).out.startswith("unchanged  kenya.txt")
    kenya.write_text(DOCUMENT.replace("lifeboats", "life rafts"), encoding="utf-8")
    assert run("ingest", str(kenya), *options).out.startswith("updated    kenya.txt")
    assert "life rafts" in run("ask", "what is recommended for ferries?").out
    assert len(run("documents", "--all-editions", "--json").data) == 3
    assert run("remove", "CRC/C/KEN/CO/9", "--all-editions").code == 0
    assert len(run("documents", "--all-editions", "--json").data) == 1


def test_a_refused_file_does_not_stop_the_others(run: Run, kenya: Path, built_home: Path) -> None:
    (kenya.parent / "empty.txt").write_text("", encoding="utf-8")
    (kenya.parent / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (kenya.parent / "signed.txt").write_text(f"CRC/C/KEN/CO/9\n\n{DOCUMENT}", encoding="utf-8")
    result = run("ingest", str(kenya.parent))
    lines = {line.split()[1].rstrip(":").split("/")[-1]: line for line in result.out.splitlines()}
    assert result.code == 5
    assert lines["empty.txt"].startswith("refused")
    assert lines["picture.txt"].startswith("refused")
    assert "--symbol" in lines["kenya.txt"]
    assert lines["signed.txt"].startswith("added")


def test_removing_what_is_not_held_ends_with_3(run: Run, built_home: Path) -> None:
    assert run("remove", "CRC/C/KEN/CO/9").code == 3


def test_doctor_finds_nothing_wrong_with_a_good_folder(run: Run, built_home: Path) -> None:
    result = run("doctor")
    assert result.code == 0, result.out
    assert "1 documents, 43 paragraphs" in result.out
    assert {check["name"] for check in run("doctor", "--json").data} >= {"model", "catalog", "index"}


def test_doctor_works_before_anything_is_held(run: Run, home: Path) -> None:
    assert run("doctor").code == 0
    assert not home.exists()


def test_a_rebuilt_index_answers_as_before(run: Run, built_home: Path) -> None:
    before = run("ask", "extradition").out
    assert run("engine", "rebuild").out.startswith("rebuilt    92 passages")
    assert run("ask", "extradition").out == before


def test_a_key_is_made_with_the_line_of_its_hash(run: Run, tmp_path: Path, home: Path) -> None:
    alone = run("key")
    assert (alone.code, alone.err) == (0, "")
    assert len(alone.out.strip()) == 43
    made, line = run("key", "desk").out.splitlines()
    assert line == f"desk:{hashlib.sha256(made.encode()).hexdigest()}"
    data = run("key", "library", "--json").data
    (tmp_path / "keys").write_text(f"{line}\n{data['line']}\n", encoding="utf-8")
    held = Keys(load_settings(api_keys_file=tmp_path / "keys", api_key=alone.out.strip()))
    assert (held.owner_of(made), held.owner_of(data["key"])) == ("desk", "library")
    assert not home.exists()


@pytest.mark.parametrize("name", ["", "a:b", "a b", "é", "a" * 64, "-a"])
def test_a_name_that_cannot_stand_in_a_file_of_keys_gets_none(run: Run, name: str) -> None:
    result = run("key", "--", name)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("pilcrow: The name")


def test_eval_prints_the_figures(run: Run, built_home: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        '{"id": "1", "turns": ["extradition"], "any": ["33"], "all": [], "kind": "direct"}\n'
        '{"id": "2", "turns": ["the capital of France"], "any": [], "all": [], "kind": "none"}\n'
        '{"id": "3", "turns": ["para 33", "para 34"], "all": ["7"], "kind": "lookup"}\n',
        encoding="utf-8",
    )
    data = run("eval", str(gold), "--json").data
    assert list(data) == ["kinds", "total", "citations", "questions"]
    assert data["kinds"]["direct"]["top5"] == 1.0
    assert data["kinds"]["none"]["wrong_answers"] == 0.0
    assert [question["right"] for question in data["questions"]] == [True, True, False]
    (failure,) = run("eval", str(gold), "--json", "--failures").data["failures"]
    assert (failure["id"], failure["faults"], failure["turns"]) == (
        "3",
        ["not cited"],
        ["para 33", "para 34"],
    )
    printed = run("eval", str(gold))
    assert (printed.code, printed.err) == (0, "")
    assert "of 3 citations 1.0000 exist, 1.0000 are verbatim" in printed.out
    told = run("eval", str(gold), "--failures").out
    assert told.startswith(printed.out.splitlines()[0])
    assert "\n3 (lookup): not cited\n  asked     para 33\n  asked     para 34\n" in told
