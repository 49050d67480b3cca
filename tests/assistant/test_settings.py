from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import load_settings
from corpus.errors import SettingsInvalid


def write(home: Path, text: str) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "config.toml").write_text(text, encoding="utf-8")


def test_the_data_folder_is_where_the_variable_says(home: Path) -> None:
    assert load_settings().home == home


def test_without_a_variable_data_lives_in_the_users_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PILCROW_HOME")
    assert load_settings().home.name == "pilcrow"


def test_given_beats_variable_beats_file_beats_default(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().port == 8642
    write(home, "port = 1001\n")
    assert load_settings().port == 1001
    monkeypatch.setenv("PILCROW_PORT", "1002")
    assert load_settings().port == 1002
    assert load_settings(port=1003).port == 1003


@pytest.mark.parametrize(
    ("text", "said"),
    [("port = 0\n", "PILCROW_PORT"), ("colour = 'red'\n", "colour"), ("port = \n", "config.toml")],
)
def test_a_wrong_setting_is_named(home: Path, text: str, said: str) -> None:
    write(home, text)
    with pytest.raises(SettingsInvalid, match=said):
        load_settings()
