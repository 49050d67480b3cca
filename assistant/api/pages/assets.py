"""The files that pages link to, read once, each at an address that names its content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import PurePosixPath

PREFIX = "/static/"
"""Where the files are served."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_HASH_LENGTH = 12  # hexadecimal digits of the SHA-256 in an address: enough to tell versions apart


@dataclass(frozen=True)
class Asset:
    """A file with its media type; its name changes with its content, so it may be kept for ever."""

    name: str
    media_type: str
    content: bytes


class Assets:
    """The files of the folder `static`, found by the names that addresses have."""

    def __init__(self) -> None:
        folder = files("assistant.api.pages") / "static"
        sources = sorted(folder.iterdir(), key=lambda source: source.name)
        read = {source.name: _asset(source.name, source.read_bytes()) for source in sources}
        self._addresses: Mapping[str, str] = {name: PREFIX + asset.name for name, asset in read.items()}
        self._by_name: Mapping[str, Asset] = {asset.name: asset for asset in read.values()}

    def address(self, source: str) -> str:
        """Where a file is served, by its name in the folder: `/static/pages.4f2a….css`."""
        return self._addresses[source]

    def addresses(self) -> Iterable[str]:
        """Where all files are served."""
        return self._addresses.values()

    def find(self, name: str) -> Asset | None:
        """The file that an address names; of another version there is none."""
        return self._by_name.get(name)


def _asset(source: str, content: bytes) -> Asset:
    path = PurePosixPath(source)
    digest = sha256(content).hexdigest()[:_HASH_LENGTH]
    return Asset(f"{path.stem}.{digest}{path.suffix}", _TYPES[path.suffix], content)
