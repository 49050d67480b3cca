"""What is set and chosen of the chat: what is wrong stops nothing, what is chosen is kept where it can be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.theme import BUILTIN_THEMES
from textual.widgets import Static

from assistant.home import home_of
from assistant.settings import load_settings
from corpus.errors import SettingsInvalid
from tui import actions
from tui.preferences import Preferences, default_theme, is_key, keymap_of, read_preferences, remember

THEMES = ("textual-dark", "textual-light", "nord")
ACTIONS = ("copy", "next_citation")


def read(home: Path, config: str = "", **environ: str) -> Preferences:
    if config:
        home.mkdir(exist_ok=True)
        (home / "config.toml").write_text(config, encoding="utf-8")
    return read_preferences({"PILCROW_HOME": str(home), **environ}, THEMES)


def test_without_files_everything_has_a_default(home: Path) -> None:
    assert read(home) == Preferences("textual-dark", "un", None, {}, ())
    assert not home.exists()


def test_the_table_of_the_chat_is_read(home: Path) -> None:
    config = """
    port = 1000
    [chat]
    theme = "nord"
    style = "oscola"
    source_width = 40
    [chat.keys]
    next_citation = "n,f8"
    """
    assert read(home, config) == Preferences("nord", "oscola", 40, {"next_citation": "n,f8"}, ())
    assert load_settings().port == 1000


def test_variable_beats_file_beats_choice_beats_default(home: Path) -> None:
    assert read(home).theme == "textual-dark"
    assert read(home, COLORFGBG="0;15").theme == "textual-light"
    home.mkdir()
    remember({"PILCROW_HOME": str(home)}, theme="nord", style="aglc")
    assert (read(home).theme, read(home, COLORFGBG="0;15").theme, read(home).style) == (
        "nord",
        "nord",
        "aglc",
    )
    config = "[chat]\ntheme = 'textual-light'\nstyle = 'mcgill'\n"
    assert (read(home, config).theme, read(home, config).style) == ("textual-light", "mcgill")
    assert read(home, config, PILCROW_CHAT_THEME="textual-dark").theme == "textual-dark"
    assert read(home, config, PILCROW_CHAT_THEME="").theme == "textual-light"


def test_the_example_of_the_documentation_is_accepted(home: Path) -> None:
    told = (Path(__file__).parents[2] / "docs" / "chat.md").read_text(encoding="utf-8")
    example = told.partition("```toml\n")[2].partition("```")[0]
    home.mkdir()
    (home / "config.toml").write_text(example, encoding="utf-8")
    preferences = read_preferences({"PILCROW_HOME": str(home)}, BUILTIN_THEMES)
    assert not preferences.problems
    assert preferences.keys == {"next_citation": "n,f8", "read_source": "ctrl+o"}
    assert keymap_of(preferences.keys, tuple(preferences.keys)) == (preferences.keys, ())


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("port = 1\n[chat]\ntheme = \n", ["config.toml cannot be read", "line 3"]),
        ("\n[chat]\ncolour = 'red'\n", ["line 3", "colour is not known", "theme"]),
        ("theme = 1\n[chat]\ntheme = 1\n", ["line 3", "theme is a name"]),
        ("[chat]\n\nstyle = 'apa'\n", ["line 3", "oscola"]),
        ("[chat]\nsource_width = 90\n", ["line 2", "from 20 to 80"]),
        ("[chat]\nsource_width = true\n", ["line 2", "from 20 to 80"]),
        ("[chat.keys]\ncopy = 3\n", ["line 2", "copy has keys as a text"]),
        ("[chat]\nkeys = 'n'\n", ["line 2", "keys is a table"]),
        ("chat = 3\n", ["line 1", "chat is a table"]),
        ("[chat]\ntheme = 'mauve'\n", ["no theme mauve", "nord"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_stops(
    home: Path, config: str, said: list[str]
) -> None:
    preferences = read(home, config)
    assert preferences.theme == "textual-dark"
    (problem,) = preferences.problems
    assert all(each in problem for each in said)


def test_a_wrong_variable_is_named(home: Path) -> None:
    preferences = read(home, "[chat]\nstyle = 'un'\n", PILCROW_CHAT_STYLE="apa")
    assert "in the variable PILCROW_CHAT_STYLE: style is one of un, oscola" in preferences.problems[0]


def test_a_file_that_is_no_text_stops_nothing(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(b"\xff\xfe\x00")
    assert "config.toml cannot be read" in read(home).problems[0]
    (home / "config.toml").unlink()
    (home / "config.toml").mkdir()
    assert "config.toml cannot be read" in read(home).problems[0]


NAMES = st.sampled_from(["theme", "style", "source_width", "keys", "colour"])
VALUES = st.one_of(
    st.sampled_from(["nord", "oscola", "apa", "", "40", "٤٠", "n,f8"]),
    st.integers(0, 100),
    st.booleans(),
    st.floats(0, 100),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(
        st.sampled_from(["copy", "next"]), st.one_of(st.just("n"), st.integers(0, 3)), max_size=2
    ),
)


@settings(deadline=None)
@given(
    st.one_of(st.dictionaries(NAMES, VALUES, max_size=3), VALUES),
    st.dictionaries(st.sampled_from(["_THEME", "_STYLE", "_SOURCE_WIDTH", "_KEYS", ""]), st.sampled_from(
        ["nord", "oscola", "40", "90", "{}"]), max_size=1),
)  # fmt: skip
def test_all_settings_and_the_chat_accept_the_same(
    tmp_path_factory: pytest.TempPathFactory, chat: object, variables: dict[str, str]
) -> None:
    home = tmp_path_factory.mktemp("home")
    environ = {f"PILCROW_CHAT{name}": value for name, value in variables.items()}
    (home / "config.toml").write_text(f"chat = {as_toml(chat)}\n", encoding="utf-8")
    preferences = read_preferences({"PILCROW_HOME": str(home), **environ}, ("nord",))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"PILCROW_HOME": str(home), **environ}.items():
            patch.setenv(name, value)
        try:
            known = load_settings().chat
        except SettingsInvalid:
            assert any("wrong" in problem for problem in preferences.problems)
            return
    assert not any("wrong" in problem for problem in preferences.problems)
    assert preferences.style == (known.style or "un")
    assert (preferences.source_width, preferences.keys) == (known.source_width, known.keys)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {as_toml(each)}' for name, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, str):
        return (
            '"' + "".join(f"\\U{ord(each):08x}" for each in value if not "\ud800" <= each <= "\udfff") + '"'
        )
    return str(value).lower()


@pytest.mark.parametrize("given_home", ["", "~/somewhere", "/somewhere"])
def test_all_settings_and_the_chat_look_in_the_same_folder(
    monkeypatch: pytest.MonkeyPatch, given_home: str
) -> None:
    monkeypatch.setenv("PILCROW_HOME", given_home)
    assert load_settings().home == home_of(os.environ)
    assert load_settings().home.is_absolute()


# -- what was chosen


def test_a_choice_is_kept_beside_the_others(home: Path) -> None:
    home.mkdir()
    environ = {"PILCROW_HOME": str(home)}
    remember(environ, theme="nord")
    remember(environ, style="oscola")
    assert (read(home).theme, read(home).style) == ("nord", "oscola")
    assert [path.name for path in home.iterdir()] == ["chat.json"]


@pytest.mark.parametrize(
    "kept", ["", "[]", '{"theme": 3, "style": "apa"}', "[" * 100_000, "\x00", '{"theme": "mauve"}']
)
def test_a_damaged_choice_is_none(home: Path, kept: str) -> None:
    home.mkdir()
    (home / "chat.json").write_text(kept)
    assert read(home) == Preferences("textual-dark", "un", None, {}, ())


def test_what_cannot_be_kept_is_not(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"PILCROW_HOME": str(home)}
    remember(environ, theme="nord")
    assert not home.exists()
    home.mkdir()
    remember(environ, theme="nord")

    def fail(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", fail)
    remember(environ, theme="textual-light")
    assert read(home).theme == "nord"
    assert [path.name for path in home.iterdir()] == ["chat.json"]


@pytest.mark.parametrize(
    ("colours", "theme"),
    [
        (None, "textual-dark"),
        ("15;0", "textual-dark"),
        ("0;15", "textual-light"),
        ("0;default;7", "textual-light"),
        ("7;8", "textual-dark"),
        ("0;default", "textual-dark"),
        ("", "textual-dark"),
    ],
)
def test_the_theme_suits_a_terminal_that_tells_its_colours(colours: str | None, theme: str) -> None:
    assert default_theme({} if colours is None else {"COLORFGBG": colours}) == theme
    assert theme in BUILTIN_THEMES


# -- keys


@pytest.mark.parametrize(
    "name",
    "n N é ? + f1 f24 enter escape tab shift+tab pageup ctrl+o alt+enter ctrl+plus ctrl+shift+f "
    "question_mark left_square_bracket slash space comma ctrl+home".split(),
)
def test_names_of_keys_are_known(name: str) -> None:
    assert is_key(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "foo",
        "F1",
        "f25",
        "ctrl+",
        "ctrl+ctrl+o",
        "strg+o",
        "ctrl+O",
        "esc",
        "solidus",
        "digit_one",
        "\x1b",
    ],
)
def test_what_no_key_is_called_is_not_known(name: str) -> None:
    assert not is_key(name)


def test_keys_are_given_to_known_actions_only() -> None:
    keys = {"copy": "y, f9", "copi": "y", "next_citation": "n,ctrl+"}
    keymap, problems = keymap_of(keys, ACTIONS)
    assert keymap == {"copy": "y,f9"}
    assert problems == (
        "There is no action copi to give keys to; there are copy. docs/chat.md names all.",
        "ctrl+ is no key for next_citation; keys are n, ?, f8, ctrl+o and the like.",
    )


def test_a_wrong_name_of_an_action_is_told_in_a_few_lines() -> None:
    names = {action.id for action in actions.ACTIONS}
    _, problems = keymap_of({"citation": "n", "zz": "z"}, names)
    assert "copy_citation" in problems[0]
    assert "there are" not in problems[1]
    assert all(len(problem) < 200 for problem in problems)


@pytest.mark.parametrize("name", ["?", "f9", "ctrl+o", "slash", "left_square_bracket", "N", "é", "pageup"])
async def test_a_key_that_is_known_can_be_pressed(name: str) -> None:
    class Pressing(App[None]):
        pressed = False
        BINDINGS = [Binding("x", "note", id="copy")]  # noqa: RUF012

        def compose(self) -> ComposeResult:
            yield Static("")

        def action_note(self) -> None:
            self.pressed = True

    app = Pressing()
    app.set_keymap(keymap_of({"copy": name}, ACTIONS)[0])
    async with app.run_test() as pilot:
        await pilot.press(name)
        assert app.pressed


def test_reading_loads_nothing_heavy(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[chat]\nstyle = 'oscola'\n")
    code = (
        "import os, sys; from tui.preferences import read_preferences\n"
        "assert read_preferences(os.environ, ('nord',)).style == 'oscola'\n"
        "print([name for name in ('pydantic', 'sqlalchemy', 'corpus', 'index') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
