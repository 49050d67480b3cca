"""What can be set of the terminal chat, as all settings read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.chat_settings import CITATION_STYLES, ChatSettings
from assistant.citations.styles import STYLES
from assistant.settings import load_settings
from corpus.errors import SettingsInvalid


def test_the_styles_are_those_in_which_references_are_written() -> None:
    assert CITATION_STYLES == STYLES


def test_the_chat_has_a_table_of_its_own(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[chat]\ntheme = "nord"\n[chat.keys]\nquit = "f10"\n')
    assert load_settings().chat == ChatSettings(theme="nord", keys={"quit": "f10"})


def test_given_beats_variable_beats_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[chat]\ntheme = "nord"\nstyle = "aglc"\n')
    monkeypatch.setenv("PILCROW_CHAT_THEME", "dracula")
    assert load_settings().chat == ChatSettings(theme="dracula", style="aglc")
    assert load_settings(chat=ChatSettings(theme="gruvbox")).chat == ChatSettings(theme="gruvbox")


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("[chat]\ncolour = 'red'\n", "colour is not known; there are keys, source_width, style and theme"),
        ("[chat]\nstyle = 'apa'\n", "style is one of un, oscola, aglc, bluebook, mcgill and chicago"),
        ("chat = 'nord'\n", "chat is a table"),
    ],
)
def test_a_wrong_setting_of_the_chat_is_named(home: Path, config: str, said: str) -> None:
    home.mkdir()
    (home / "config.toml").write_text(config)
    with pytest.raises(SettingsInvalid, match=said) as caught:
        load_settings()
    assert "PILCROW_CHAT_*" in str(caught.value)
