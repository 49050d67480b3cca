from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.cli.conftest import Run

SYMBOL = "CRC/C/OPSC/LAO/CO/1"


def one_line(text: str) -> bool:
    return text.startswith("pilcrow: ") and text.count("\n") == 1


@pytest.mark.parametrize("question", ["", "   ", "\x1b\x07", "?!"])
def test_an_empty_question_is_wrong_usage(run: Run, home: Path, question: str) -> None:
    result = run("ask", question)
    assert (result.code, result.out) == (2, "")
    assert one_line(result.err)
    assert not home.exists() or SYMBOL in run("documents").out


def test_a_question_of_100_000_characters_is_wrong_usage(run: Run) -> None:
    result = run("ask", "extradition " * 8_334)
    assert result.code == 2
    assert one_line(result.err)
    assert "100,008 characters" in result.err


def test_control_characters_in_a_question_do_no_harm(run: Run, built_home: Path) -> None:
    result = run("ask", "\x1b[2Jextradition\x07\r\n")
    assert result.code == 0
    assert "[para. 33, advance unedited]" in result.out
    assert "\x1b" not in result.out


@pytest.mark.parametrize("command", ["ask", "search", "show", "ingest", "parse", "remove", "nothing"])
def test_a_command_without_its_argument_is_wrong_usage(run: Run, command: str) -> None:
    assert run(command).code == 2


@pytest.mark.parametrize(
    ("options", "said"), [(["--year", "0"], "years"), (["--state", "Utopia" * 50], "states")]
)
def test_a_filter_that_can_have_no_such_value_is_wrong_usage(run: Run, options: list[str], said: str) -> None:
    result = run("ask", "extradition", *options)
    assert result.code == 2
    assert one_line(result.err)
    assert f"The filter by {said} is wrong" in result.err


def test_an_unknown_role_is_wrong_usage(run: Run) -> None:
    result = run("ask", "extradition", "--role", "praise")
    assert result.code == 2
    assert one_line(result.err)
    assert "recommendation" in result.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "There is no file"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("binary.txt", bytes(range(256)) * 20, "is not a text file"),
        ("scan.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        ("prose.txt", b"Only some words, and no numbers.\n", "no numbered paragraphs"),
        ("unsigned.txt", b"1. The Committee welcomes the report.\n", "--symbol"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_one_line(
    run: Run, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    parsed = run("parse", str(path))
    assert (parsed.code, parsed.out) == (1, "")
    assert one_line(parsed.err)
    assert said in parsed.err


def test_a_wrong_symbol_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1. The Committee welcomes the report.\n", encoding="utf-8")
    result = run("parse", str(path), "--symbol", "not a symbol")
    assert result.code == 2
    assert one_line(result.err)


def test_a_folder_for_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("parse", str(tmp_path))
    assert result.code == 1
    assert one_line(result.err)


def test_an_empty_folder_is_nothing_to_ingest(run: Run, built_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    result = run("ingest", str(folder))
    assert result.code == 1
    assert one_line(result.err)


@pytest.mark.parametrize("where", ["/proc/pilcrow", "file/home"])
def test_a_data_folder_that_cannot_be_made_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("PILCROW_HOME", where if where.startswith("/") else str(tmp_path / where))
    result = run("ask", "extradition")
    assert (result.code, result.out) == (1, "")
    assert one_line(result.err)
    assert "PILCROW_HOME" in result.err


def test_a_setting_with_a_wrong_value_is_wrong_usage(
    run: Run, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("PILCROW_PRECISION", "int4")
    result = run("documents")
    assert result.code == 2
    assert one_line(result.err)
    assert "PILCROW_PRECISION" in result.err
    monkeypatch.delenv("PILCROW_PRECISION")
    home.mkdir()
    (home / "config.toml").write_text("nonsense = 1\n", encoding="utf-8")
    assert run("documents").code == 2
    (home / "config.toml").write_text("not toml", encoding="utf-8")
    broken = run("documents")
    assert broken.code == 2
    assert one_line(broken.err)


def test_a_catalog_that_is_no_database_is_said_and_kept(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "catalog.db").write_bytes(b"this is no database at all " * 100)
    before = (home / "catalog.db").read_bytes()
    result = run("documents")
    assert (result.code, result.out) == (1, "")
    assert one_line(result.err)
    assert (home / "catalog.db").read_bytes() == before
    assert run("doctor").code == 1


def test_a_corrupted_index_is_built_again(run: Run, built_home: Path) -> None:
    before = run("ask", "extradition").out
    (generation,) = (built_home / "index").iterdir()
    (vectors,) = generation.glob("dense/*/dense.faiss")
    vectors.write_bytes(b"garbage")
    assert "WRONG" in run("doctor").out
    assert run("ask", "extradition").out == before
    shutil.rmtree(built_home / "index")
    assert run("ask", "extradition").out == before
    assert run("doctor").code == 0


def test_a_second_writer_is_told_to_wait(run: Run, built_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("CRC/C/KEN/CO/9\n\n1. The Committee welcomes the report.\n", encoding="utf-8")
    with FileLock(str(built_home / "writer.lock")):
        for arguments in (("ingest", str(path)), ("remove", SYMBOL)):
            result = run(*arguments)
            assert result.code == 1
            assert one_line(result.err)
            assert "Another process" in result.err
        assert "[para. 33, advance unedited]" in run("ask", "extradition").out
    assert run("ingest", str(path)).code == 0


def test_an_index_of_another_model_names_the_mend(
    run: Run, built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.model_files import find_model

    copy = tmp_path / "model"
    shutil.copytree(find_model().folder, copy)
    (copy / "config.json").write_text(
        (copy / "config.json").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    monkeypatch.setenv("PILCROW_MODEL", str(copy))
    result = run("ask", "extradition")
    assert (result.code, result.out) == (1, "")
    assert one_line(result.err)
    assert "pilcrow engine rebuild" in result.err
    assert run("doctor").code == 1
    assert run("engine", "rebuild").code == 0
    assert "[para. 33, advance unedited]" in run("ask", "extradition").out


def test_a_model_that_is_not_there_names_the_mend(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILCROW_MODEL", "nobody/no-such-model")
    result = run("ask", "extradition")
    assert result.code == 1
    assert one_line(result.err)
    assert "hf download nobody/no-such-model" in result.err
    assert run("show", SYMBOL, "34").code == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX permissions")
def test_a_folder_that_cannot_be_written_is_still_asked(
    run: Run, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the superuser may write anywhere, so what the check reports is what is set here
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    assert "[para. 33, advance unedited]" in run("ask", "extradition").out
    result = run("remove", SYMBOL)
    assert result.code == 1
    assert one_line(result.err)


def test_one_symbol_for_several_files_is_wrong_usage(run: Run, built_home: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("1. The Committee welcomes the report.\n", encoding="utf-8")
    result = run("ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--symbol", "CRC/C/KEN/CO/9")
    assert result.code == 2
    assert len(run("documents", "--json").data) == 1
