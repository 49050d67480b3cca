"""What clients are told names no path of the machine; its log does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from starlette.types import Scope

from assistant.settings import Settings

# of two parts at least, and neither a part of something else nor a route of ours
_PATH = re.compile(
    r"""(?<![\w/:.])(?!/v1/|/documents/|/static/)(?:[A-Za-z]:)?[\\/]{1,2}
    (?:[^\s\\/'",;:()]+[\\/])+(?:[^\s\\/'",;:()]*[^\s\\/'",;:().])?""",
    re.VERBOSE,
)


def without_paths(scope: Scope, text: str) -> str:
    """A text for a client: the folders of the settings by the names of these, other files by their own."""
    if "/" not in text and "\\" not in text:
        return text
    if "app" in scope:
        for folder, name in _folders(scope["app"].state.settings):
            text = text.replace(folder, name)
    return _PATH.sub(_last_part, text)


def _folders(settings: Settings) -> Iterator[tuple[str, str]]:
    for name, path in (
        ("PILCROW_HOME", settings.home),
        ("PILCROW_MODEL", Path(settings.model)),
        ("PILCROW_API_KEYS_FILE", settings.api_keys_file),
    ):
        for spelling in {path, path.expanduser(), path.expanduser().absolute()} if path else ():
            # what is no path by itself is a word like any other, and the root is in every path
            if spelling.is_absolute() and len(spelling.parts) > 1:
                yield str(spelling), name


def _last_part(path: re.Match[str]) -> str:
    return re.split(r"[\\/]", path[0].rstrip("\\/")).pop()
