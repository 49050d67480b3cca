"""What a person has set and chosen of the chat, read before it paints and kept for the next time.

`config.toml` holds what is set, `chat.json` what was chosen in the chat. Nothing that is wrong in
them keeps the window from opening: it opens with what is left, and tells.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from assistant.chat_settings import (
    CITATION_STYLES,
    ChatSettings,
    ChatSettingsInvalid,
    CitationStyle,
    chat_settings_of,
)
from assistant.home import CONFIG_NAME, home_of

CHOSEN_NAME = "chat.json"
"""The file of what was chosen in the chat, in the data folder."""

DARK, LIGHT = "textual-dark", "textual-light"
_MOST_ALIKE = 3  # names that a wrong one may stand for
_MODIFIERS = {"ctrl", "alt", "shift", "super", "hyper", "meta"}


@dataclass(frozen=True)
class Preferences:
    """What holds now: set before chosen before the default."""

    theme: str
    style: CitationStyle
    source_width: int | None
    keys: Mapping[str, str]
    problems: tuple[str, ...]
    """What is wrong in the files, a sentence each, not yet made printable."""


def read_preferences(environ: Mapping[str, str], themes: Collection[str]) -> Preferences:
    """Read the files of the data folder and the variables; `themes` are the names of those there are."""
    home = home_of(environ)
    settings, problems = _settings(home / CONFIG_NAME, environ)
    chosen = _chosen(home / CHOSEN_NAME)
    if settings.theme and settings.theme not in themes:
        problems.append(f"There is no theme {settings.theme}; there are {', '.join(sorted(themes))}.")
        settings = replace(settings, theme=None)
    theme, style = chosen.get("theme", ""), chosen.get("style", "")
    return Preferences(
        settings.theme or (theme if theme in themes else default_theme(environ)),
        settings.style or (style if style in CITATION_STYLES else "un"),
        settings.source_width,
        settings.keys,
        tuple(problems),
    )


def default_theme(environ: Mapping[str, str]) -> str:
    """The light theme where the terminal says that its background is light, by `COLORFGBG`; else the dark.

    Others are not asked (OSC 11): the window would wait for an answer that some never give and that comes
    late over a network, and what comes late would be taken for keys.
    """
    # rxvt's convention: 7 is light grey and 8 dark grey, what is above is bright
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in {"7", *map(str, range(9, 16))} else DARK


def remember(environ: Mapping[str, str], **chosen: str) -> None:
    """Keep a theme or a style for the next time, if the data folder is there and takes it."""
    path = home_of(environ) / CHOSEN_NAME
    kept = {**_chosen(path), **chosen}
    with suppress(OSError), NamedTemporaryFile("w", dir=path.parent, prefix=".chat-", delete=False) as file:
        written = Path(file.name)
        try:
            file.write(json.dumps(kept))
            file.close()
            written.replace(path)
        except OSError:
            written.unlink()


def keymap_of(keys: Mapping[str, str], actions: Collection[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The keys that can be given to actions, for `App.set_keymap`, and what is wrong with the others."""
    keymap: dict[str, str] = {}
    problems: list[str] = []
    for action, pressed in keys.items():
        names = [name.strip() for name in pressed.split(",")]
        wrong = [name for name in names if not is_key(name)]
        if action not in actions:
            problems.append(_no_action(action, actions))
        elif wrong:
            problems.append(
                f"{wrong[0] or 'Nothing'} is no key for {action}; keys are n, ?, f8, ctrl+o and the like."
            )
        else:
            keymap[action] = ",".join(names)
    return keymap, tuple(problems)


def is_key(name: str) -> bool:
    """Whether Textual calls a key so: a character, its name or that of a key, perhaps after modifiers."""
    from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

    *modifiers, last = name.split("+") if len(name) > 1 else [name]
    if not _MODIFIERS.issuperset(modifiers) or len(modifiers) != len(set(modifiers)):
        return False
    if len(last) == 1:
        return last.isprintable() and (last == last.lower() or not modifiers)
    if last in KEY_NAME_REPLACEMENTS or last != last.lower():
        return False  # Unicode's name of a character that Textual has a shorter one for
    character = key_to_character(last)
    named = {key.value.rpartition("+")[2] for key in Keys}
    return last in {*named, *KEY_NAME_REPLACEMENTS.values()} or (
        character is not None and character.isprintable() and not character.isalnum()
    )


def _no_action(name: str, actions: Collection[str]) -> str:
    """That an action is not there, with those that may be meant: all would be longer than the window."""
    from difflib import get_close_matches  # needed by few

    alike = [*(a for a in sorted(actions) if name and name in a), *get_close_matches(name, sorted(actions))]
    like = ", ".join(list(dict.fromkeys(alike))[:_MOST_ALIKE])
    meant = f"; there are {like}" if like else ""
    return f"There is no action {name} to give keys to{meant}. docs/chat.md names all."


def _settings(path: Path, environ: Mapping[str, str]) -> tuple[ChatSettings, list[str]]:
    try:
        text = path.read_text(encoding="utf-8") if os.access(path, os.F_OK) else ""
        table = _table(text)
    except (OSError, ValueError, RecursionError) as error:
        return ChatSettings(), [f"{CONFIG_NAME} cannot be read: {error}."]
    try:
        return chat_settings_of(table, environ), []
    except ChatSettingsInvalid as error:
        place = _place_of(error.name, text, environ)
        return ChatSettings(), [f"A setting of the chat is wrong, {place}: {error}."]


def _table(text: str) -> object:
    if not text:
        return {}
    import tomllib  # not needed by most, who have no such file

    return tomllib.loads(text).get("chat", {})


def _place_of(name: str, text: str, environ: Mapping[str, str]) -> str:
    """Where a name is set: a variable, or a line as far as can be told without the parser's help."""
    variable = "PILCROW_CHAT" if name == "chat" else f"PILCROW_CHAT_{name.upper()}"
    if environ.get(variable):
        return f"in the variable {variable}"
    lines = text.splitlines()
    starts = (number for number, line in enumerate(lines) if re.match(r"\s*\[\s*chat\b", line))
    setting = re.compile(rf"""\s*\[?\s*(chat\s*\.\s*)*["']?{re.escape(name)}["']?\s*[].=]""")
    for number in range(next(starts, 0), len(lines)):
        if setting.match(lines[number]):
            return f"in line {number + 1} of {CONFIG_NAME}"
    return f"in {CONFIG_NAME}"


def _chosen(path: Path) -> dict[str, str]:
    """What was chosen; nothing where the file is not there or not as this module writes it."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {k: v for k, v in kept.items() if isinstance(v, str)} if isinstance(kept, dict) else {}
