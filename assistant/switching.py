"""Moving the index of a data folder to another engine."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.engines import KINDS, engine_of
from assistant.files import write_whole
from assistant.home import CONFIG_NAME
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import PilcrowError
from index.collection import Progress
from index.engine import EngineRecord

_LINE = re.compile(r"^engine[ \t]*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True)
class Switched:
    """What is searched from now on; `left` is what could not be deleted where it was."""

    record: EngineRecord
    config: Path
    left: tuple[str, ...]


def switch_engine(settings: Settings, kind: str, progress: Progress | None = None) -> Switched:
    """Build the index in an engine, set that in `config.toml`, and then delete it in the others.

    Nothing is encoded. Processes that are at work in another engine say so and are to be started again.
    Raises `WriterBusy`, `EngineUnreachable`, `EngineRefused` and `HomeUnusable`; then all is as before.
    """
    home = settings.home.expanduser()
    with closing(Assistant.open(settings.model_copy(update={"engine": kind}))) as assistant:
        record = assistant.collection.move(progress)
        config = home / CONFIG_NAME
        write_whole(config, with_engine(_text_of(config), kind).encode())
    left = []
    for other in (other for other in KINDS if other != kind):
        with closing(engine_of(settings, home, other)) as engine:
            try:
                engine.clear()
            except PilcrowError as error:  # its library may be gone too
                again = f"Run pilcrow engine switch {kind} again when that can be done."
                left.append(f"The index in {other} is not deleted: {error} {again}")
    return Switched(record, config, tuple(left))


def with_engine(text: str, kind: str) -> str:
    """A file of settings in which the engine is this one; the rest of it stays as it is."""
    line = f'engine = "{kind}"'
    table = _TABLE.search(text)
    settings, tables = (text[: table.start()], text[table.start() :]) if table else (text, "")
    if _LINE.search(settings):
        return _LINE.sub(line, settings, count=1) + tables
    return f"{line}\n{text}"


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
