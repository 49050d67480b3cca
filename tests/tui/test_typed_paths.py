"""Paths as people type, paste and drop them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.typed_paths import completed, typed_paths


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "some where"
    home.mkdir()
    (home / "it's Kenya (1).pdf").touch()
    (home / "plain.pdf").touch()
    (home / "plan").mkdir()
    (home / ".hidden").touch()
    (home / "bell\x07.pdf").touch()
    monkeypatch.setenv("HOME", str(home))
    return home


def test_a_path_is_understood_as_it_is_pasted(folder: Path) -> None:
    kenya = folder / "it's Kenya (1).pdf"
    escaped = str(kenya).replace(" ", "\\ ").replace("'", "\\'").replace("(", "\\(").replace(")", "\\)")
    for text in (str(kenya), f'"{kenya}"', f"'{folder}/plain.pdf'", escaped, kenya.as_uri(), f" {kenya} \n"):
        (path,) = typed_paths(text)
        assert path in (kenya, folder / "plain.pdf")
        assert path.exists()
    assert typed_paths("~/plain.pdf") == [folder / "plain.pdf"]
    assert typed_paths("~") == [folder]


def test_several_dropped_files_are_several_paths(folder: Path) -> None:
    kenya, plain = folder / "it's Kenya (1).pdf", folder / "plain.pdf"
    assert typed_paths(f"\"{kenya}\" '{plain}'") == [kenya, plain]
    assert typed_paths(f"{kenya.as_uri()} {plain.as_uri()}") == [kenya, plain]


def test_what_is_not_there_is_the_path_that_was_typed(folder: Path) -> None:
    assert typed_paths("no such file.pdf") == [Path("no such file.pdf")]
    assert typed_paths(f"{folder}/gone\\ away.pdf") == [folder / "gone away.pdf"]
    assert typed_paths("~nobody-is-called-so/x") == [Path("~nobody-is-called-so/x")]
    assert typed_paths("  ") == []


@given(st.text(max_size=60))
def test_whatever_is_typed_is_some_path_or_none(text: str) -> None:
    assert bool(typed_paths(text)) == bool(text.strip())
    assert completed(text).text == text.lstrip() or completed(text).text.startswith(text.lstrip()[:1])


def test_a_path_goes_on_as_far_as_it_is_clear_how(folder: Path) -> None:
    assert completed(f"{folder}/it").text == f"{folder}/it's Kenya (1).pdf"
    several = completed(f"{folder}/pl")
    assert several.text == f"{folder}/pla"
    assert several.names == ("plain.pdf", "plan/")
    assert completed(f"{folder}/plan").text == f"{folder}/plan/"
    assert completed("~/plai").text == "~/plain.pdf"
    assert completed("~").text == "~/"
    assert completed("/no/such/folder/x").text == "/no/such/folder/x"


def test_hidden_names_are_offered_to_those_who_ask_and_names_that_cannot_be_read_never(folder: Path) -> None:
    assert completed(f"{folder}/").names == ("it's Kenya (1).pdf", "plain.pdf", "plan/")
    assert completed(f"{folder}/.h").text == f"{folder}/.hidden"
    assert completed(f"{folder}/bell").text == f"{folder}/bell"
