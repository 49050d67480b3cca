"""Paths as people type them, paste them and drop them into a terminal."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_QUOTED = re.compile(r"""^(?P<quote>["'])(?P<path>.*)(?P=quote)$""")
_ESCAPED = re.compile(r"\\(.)")


def typed_paths(text: str) -> list[Path]:
    """The paths that a text names: as it is, quoted, with escaped blanks, as file: URL, or several of them.

    What names nothing that is there is one path, so that the error speaks of what was typed.
    """
    text = text.strip()
    if not text:
        return []
    whole = _path(text)
    if not _is_there(whole):
        several = [_path(part) for part in _parts(text)]
        if several and all(map(_is_there, several)):
            return several
    return [whole]


def _parts(text: str) -> list[str]:
    """The words of a text as a shell parts them, which is how a terminal writes down dropped files."""
    try:
        return shlex.split(text, posix=os.name != "nt")
    except ValueError:  # an apostrophe that is not a quotation mark
        return []


def _path(text: str) -> Path:
    if quoted := _QUOTED.match(text):
        text = quoted["path"]
    if text.lower().startswith("file:"):
        url = urlsplit(text)
        text = unquote(url.path)
        if os.name == "nt":
            text = text.lstrip("/")
    elif os.name != "nt" and not _is_there(Path(text)):
        text = _ESCAPED.sub(r"\1", text)
    return _expanded(Path(text))


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # a user who is not there
        return path


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or with a character that no path has
        return False


@dataclass(frozen=True)
class Completion:
    """What a text can go on as, and which names there are where several go on from it."""

    text: str
    names: tuple[str, ...] = ()


def completed(text: str) -> Completion:
    """A typed path as far as the names in its folder say how it goes on; hidden ones if one begins so."""
    text = text.lstrip()
    folder, start = os.path.split(text)
    if text == "~":
        folder, start = "~", ""
    try:
        with os.scandir(_expanded(Path(folder or "."))) as entries:
            found = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if _goes_on(entry.name, start)
            )
    except (OSError, ValueError):
        return Completion(text)
    if not found:
        return Completion(text)
    common = os.path.commonprefix(found)  # noqa: RUF071 (of names, not of folders)
    if text == "~":
        return Completion("~/")
    names = tuple(found) if len(found) > 1 else ()
    return Completion(os.path.join(folder, common) if folder else common, names)  # noqa: PTH118 (keeps ~)


def _goes_on(name: str, start: str) -> bool:
    # a name with a character that is not shown could not be told from another
    return name.startswith(start) and name.isprintable() and (start.startswith(".") or name[0] != ".")
