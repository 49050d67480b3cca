from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import load_settings
from corpus.errors import SettingsInvalid
from corpus.worker import Limits


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


@pytest.mark.parametrize("value", ["en,fr", "en, fr", "en fr"])
def test_languages_are_separated_as_people_do(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PILCROW_LANGUAGES", value)
    assert load_settings().languages == ("en", "fr")


def test_languages_may_be_a_list_in_the_file(home: Path) -> None:
    write(home, 'languages = ["en", "es"]\n')
    assert load_settings().languages == ("en", "es")


def test_the_limits_of_files_are_those_of_their_readers() -> None:
    settings = load_settings()
    limits = Limits(settings.max_file_seconds, settings.max_file_memory, settings.max_file_pages)
    assert limits == Limits()
