"""What `doctor` looks at: paths, versions, model, conversations, keys, catalog and index."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from assistant.engines import engine_of
from assistant.home import CONFIG_NAME
from assistant.keys import Keys
from assistant.settings import Settings
from assistant.store import STORE_NAME, ConversationStore
from corpus import __version__
from corpus.catalog import HEAD_REVISION, Catalog, Snapshot
from corpus.errors import PilcrowError
from index.devices import processor_has_bf16
from index.engine import SCHEMA_VERSION, EngineRecord, Remark
from index.model_files import ModelFiles, find_model

T = TypeVar("T")

_LIBRARIES = ("sentence-transformers", "torch", "faiss-cpu", "tantivy", "sqlalchemy", "fastapi", "textual")


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `mend` says what to do where it is not as it should be."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


def examine(settings: Settings) -> list[Check]:
    """Look at everything without changing it or loading the model; damage is a check, not an error."""
    home = settings.home.expanduser()
    checks = [_versions(), _home(home)]
    model = _attempt("model", lambda: find_model(settings.model))
    if isinstance(model, Check):
        checks.append(model)
    else:
        checks.append(Check("model", True, f"{model.name} in {model.folder} ({model.fingerprint[:12]})"))
    checks.append(_conversations(home))
    if settings.api_key or settings.api_keys_file:
        keys = _attempt("keys", lambda: Keys(settings))
        checks.append(keys if isinstance(keys, Check) else Check("keys", True, _those_with(keys)))
    return [*checks, *_stored(settings, home, model, _catalog_and_index)]


def examine_index(settings: Settings) -> list[Check]:
    """Look at the engine and its index only, without changing them or loading the model."""
    home = settings.home.expanduser()
    model = _attempt("model", lambda: find_model(settings.model))
    return _stored(settings, home, model, _engine_and_index)


Look = Callable[[Snapshot, Settings, Path, ModelFiles | Check], Iterator[Check]]
"""Looks at what is held."""


def _stored(settings: Settings, home: Path, model: ModelFiles | Check, look: Look) -> list[Check]:
    """What is seen of what is held, or why nothing is."""
    path = home / "catalog.db"
    if not path.exists() and home.is_dir() and not os.access(home, os.W_OK):
        mend = "Make it writable, or set PILCROW_HOME to a folder that is."
        return [Check("catalog", False, f"{home} is empty and cannot be written", mend)]
    if not path.exists():
        made = Check("catalog", True, f"{path} is made when it is first needed")
        return [made, *_engine(settings, home)]
    catalog = _attempt("catalog", lambda: Catalog(path, read_only=not os.access(home, os.W_OK)))
    if isinstance(catalog, Check):
        return [catalog]

    def seen() -> list[Check]:
        with catalog.snapshot() as snapshot:
            return list(look(snapshot, settings, home, model))

    found = _attempt("catalog", seen)
    catalog.close()
    return [found] if isinstance(found, Check) else found


def _attempt(name: str, look: Callable[[], T]) -> T | Check:
    try:
        return look()
    except PilcrowError as error:
        return Check(name, False, error.message, error.mend)


def _versions() -> Check:
    found = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    bf16 = "computes in bf16" if processor_has_bf16() else "has no bf16"
    detail = f"pilcrow {__version__}, Python {platform.python_version()}, {found}; the processor {bf16}"
    return Check("versions", True, detail)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _home(home: Path) -> Check:
    config = home / CONFIG_NAME
    settings = f"settings in {config}" if config.exists() else f"no {CONFIG_NAME}"
    if not home.exists():
        return Check("data folder", True, f"{home} is made when it is first needed")
    if not home.is_dir():
        return Check("data folder", False, f"{home} is not a folder", "Set PILCROW_HOME to a folder.")
    if not os.access(home, os.R_OK | os.X_OK):
        return Check("data folder", False, f"{home} cannot be read", "Check its permissions.")
    writable = "" if os.access(home, os.W_OK) else ", read-only: nothing can be ingested or kept"
    return Check("data folder", True, f"{home}, {settings}{writable}")


def _conversations(home: Path) -> Check:
    path = home / STORE_NAME
    if not os.access(path, os.F_OK):
        return Check("conversations", True, f"{path} is made with the first one")
    store = ConversationStore(path, read_only=not os.access(home, os.W_OK))
    held = _attempt("conversations", store.count)
    store.close()
    if isinstance(held, Check):
        return held
    return Check("conversations", True, f"{path}: {held} {'conversation' if held == 1 else 'conversations'}")


def _those_with(keys: Keys) -> str:
    owners = Counter(keys.owners())
    return ", ".join(f"{owner} ({count} keys)" if count > 1 else owner for owner, count in owners.items())


def _catalog_and_index(
    snapshot: Snapshot, settings: Settings, home: Path, model: ModelFiles | Check
) -> Iterator[Check]:
    counts = snapshot.counts()
    held = f"{counts.documents} documents, {counts.paragraphs} paragraphs, schema {HEAD_REVISION}"
    yield Check("catalog", True, f"{home / 'catalog.db'}: {held}")
    yield from _languages(snapshot, settings.languages)
    yield from _engine_and_index(snapshot, settings, home, model)


def _languages(snapshot: Snapshot, served: Sequence[str]) -> Iterator[Check]:
    """What is held and not searched for its language; a rebuild is due where that is not as it is set."""
    headers = snapshot.headers()
    if unsearched := Counter(header.language for header in headers if not header.searched):
        names = ", ".join(sorted(unsearched))
        detail = f"{unsearched.total()} in a language that is not searched: {names}"
        due = unsearched.keys() & set(served)
        yield Check("languages", not due, detail, "Run pilcrow engine rebuild.")
    if beyond := {header.language for header in headers if header.searched} - set(served):
        detail = (
            f"documents are searched in a language that the model does not serve: {', '.join(sorted(beyond))}"
        )
        yield Check("languages", False, detail, "Set PILCROW_LANGUAGES, or run pilcrow engine rebuild.")


def _engine_and_index(
    snapshot: Snapshot, settings: Settings, home: Path, model: ModelFiles | Check
) -> Iterator[Check]:
    found = list(_engine(settings, home))
    yield from found
    if snapshot.engine is None:
        yield Check("index", True, "is built by the first search")
    elif all(check.ok for check in found):
        yield from _index(snapshot, EngineRecord.from_json(snapshot.engine), settings, home, model)


def _engine(settings: Settings, home: Path) -> Iterator[Check]:
    """Where passages are searched, and whether anything answers there."""
    with closing(engine_of(settings, home)) as engine:
        where = _attempt("engine", engine.whereabouts)
    yield where if isinstance(where, Check) else Check("engine", True, f"{engine.kind}: {where}")


def _index(
    snapshot: Snapshot, record: EngineRecord, settings: Settings, home: Path, model: ModelFiles | Check
) -> Iterator[Check]:
    if record.kind != settings.engine:
        detail = f"the index is in {record.kind}, and the next search builds it in {settings.engine}"
        yield Check("index", False, detail, f"Run pilcrow engine switch {settings.engine} or {record.kind}.")
        return
    with closing(engine_of(settings, home)) as engine:

        def opened() -> list[Remark]:
            engine.open(snapshot.generation)
            return engine.remarks(snapshot.generation)

        remarks = _attempt("index", opened)
    if isinstance(remarks, Check):
        yield remarks
        return
    built = f"{record.passages} passages with {record.encoder.model} in {record.encoder.precision}"
    yield Check("index", True, f"generation {snapshot.generation}: {built}")
    yield from (Check(subject, True, text) for subject, text in remarks)
    if isinstance(model, ModelFiles):
        same = record.encoder.fingerprint == model.fingerprint and record.schema == SCHEMA_VERSION
        detail = "was built with the model that is set" if same else "was built with another model"
        yield Check("index and model", same, f"the index {detail}", "Run pilcrow engine rebuild.")
