"""The table `[chat]` of `config.toml`: what a person sets of the terminal chat.

It is read twice, with all settings and by the chat before it paints; hence no pydantic here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

CitationStyle = Literal["un", "oscola", "aglc", "bluebook", "mcgill", "chicago"]
"""The styles that references can be copied in; those of `assistant.citations.styles`, which loads much."""

CITATION_STYLES: tuple[CitationStyle, ...] = get_args(CitationStyle)
NARROWEST, WIDEST = 20, 80

_PREFIX = "PILCROW_CHAT_"


@dataclass(frozen=True)
class ChatSettings:
    """How the chat looks and what its keys are; whether themes, actions and keys exist, the chat knows."""

    theme: str | None = None
    """The name of a theme; by default the one chosen last, or what suits the terminal."""

    style: CitationStyle | None = None
    """The style in which references are copied; by default the one chosen last, or the UN's."""

    source_width: int | None = None
    """How much of the window the source takes beside the conversation, in percent, from 20 to 80."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of an action, separated by commas: they replace those it has."""


class ChatSettingsInvalid(ValueError):
    """One of the settings is wrong: its name, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} {why}")
        self.name = name


def chat_settings_of(table: object, environ: Mapping[str, str]) -> ChatSettings:
    """The settings that a table holds, and variables `PILCROW_CHAT_*` before it, `keys` in the table only.

    Raises `ChatSettingsInvalid` for the first that is wrong or not known.
    """
    if not isinstance(table, Mapping) or _PREFIX.rstrip("_") in environ:
        raise ChatSettingsInvalid(
            "chat", f"is a table of settings; variables are {_PREFIX}THEME and the like"
        )
    known = {each.name for each in fields(ChatSettings)}
    given = {**table, **_variables(environ, known - {"keys"})}
    for name in given:
        if name not in known:
            raise ChatSettingsInvalid(name, f"is not known; there are {_listed(sorted(known))}")
    return ChatSettings(
        _text(given.get("theme")),
        _style(given.get("style")),
        _width(given.get("source_width")),
        _keys(given.get("keys", {})),
    )


def _variables(environ: Mapping[str, str], names: set[str]) -> dict[str, str]:
    values = {name: environ.get(_PREFIX + name.upper()) for name in names}
    return {name: value for name, value in values.items() if value}


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ChatSettingsInvalid("theme", "is a name")


def _style(value: object) -> CitationStyle | None:
    if value is not None and value not in CITATION_STYLES:
        raise ChatSettingsInvalid("style", f"is one of {_listed(CITATION_STYLES)}")
    return value


def _width(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])  # a variable; more digits than that are too many in any case
    if isinstance(value, bool) or not isinstance(value, int) or not NARROWEST <= value <= WIDEST:
        raise ChatSettingsInvalid("source_width", f"is a number from {NARROWEST} to {WIDEST}")
    return value


def _keys(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ChatSettingsInvalid("keys", 'is a table of lines like next_citation = "n,f8"')
    for action, keys in value.items():
        if not isinstance(action, str) or not isinstance(keys, str):
            raise ChatSettingsInvalid(str(action), 'has keys as a text, like "n,f8"')
    return dict(value)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
