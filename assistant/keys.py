"""Keys: what a client must send, of which the server knows hashes and no more.

A hash is the SHA-256 of a key, without salt and made in no time; only since a key is long and random
can it not be guessed from its hash. `pilcrow key` makes such keys.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsInvalid
from assistant.settings import Settings

_LINE = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9_.@-]{0,62}):(?P<digest>[0-9A-Fa-f]{64})")
_LARGEST_FILE = 1024 * 1024  # bytes; a line has about a hundred
_RANDOM_BYTES = 32
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeyHash:
    """The hash of a key, and whose it is."""

    owner: str
    digest: str


class Keys:
    """The keys that count now; raises `SettingsInvalid` where the settings name a file that has none."""

    def __init__(self, settings: Settings) -> None:
        self._file = KeyFile(settings.api_keys_file.expanduser()) if settings.api_keys_file else None
        self._single: tuple[KeyHash, ...] = ()
        if settings.api_key:
            key = settings.api_key.get_secret_value()
            self._single = (KeyHash(fingerprint(key), digest_of(key)),)

    @property
    def required(self) -> bool:
        """Whether a key must be sent at all."""
        return bool(self._file or self._single)

    def owner_of(self, key: str) -> str | None:
        """Whose a key is; None for one that is nobody's.

        It is compared with every hash, so that the time tells nothing of which it is like.
        """
        digest = digest_of(key)
        owners = [entry.owner for entry in self._known() if hmac.compare_digest(entry.digest, digest)]
        return owners[0] if owners else None

    def owners(self) -> list[str]:
        """Whose the keys are, once for each key."""
        return [entry.owner for entry in self._known()]

    def _known(self) -> tuple[KeyHash, ...]:
        return (*(self._file.hashes() if self._file else ()), *self._single)


class KeyFile:
    """A file of hashes, read again when it changes; while it is broken, what it said before counts.

    Raises `SettingsInvalid`, with the number of the line, where it is broken from the beginning.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = self._look()
        self._hashes = read_hashes(path)

    def hashes(self) -> tuple[KeyHash, ...]:
        """What the file says."""
        # before it is read: if it changes while it is, it is read once more
        state = self._look()
        if state != self._state:
            self._state = state
            try:
                self._hashes = read_hashes(self._path)
            except SettingsInvalid as error:
                _log.error("The keys stay as they were. %s", error)
            else:
                _log.warning("The keys were read again from %s.", self._path)
        return self._hashes

    def _look(self) -> tuple[int, ...] | None:
        """What differs once a file is changed or another takes its place."""
        try:
            seen = self._path.stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino


def read_hashes(path: Path) -> tuple[KeyHash, ...]:
    """The hashes of a file; raises `SettingsInvalid`, which repeats nothing of what is in it."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise _broken(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(content) > _LARGEST_FILE:
        raise _broken(f"{path} is no file of keys: it has more than {_LARGEST_FILE // 1024} KiB.")
    owners: dict[str, str] = {}
    hashes: list[KeyHash] = []
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        match = _LINE.fullmatch(entry)
        if not match:
            raise _broken(f"Line {number} of {path} is not NAME:HEX with the SHA-256 of a key.")
        found = KeyHash(match["name"], match["digest"].lower())
        if owners.setdefault(found.digest, found.owner) != found.owner:
            raise _broken(f"Line {number} of {path} has the key of another name.")
        hashes.append(found)
    if not hashes:
        raise _broken(f"{path} has no key.")
    return tuple(hashes)


def digest_of(key: str) -> str:
    """What the server keeps of a key: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(key: str) -> str:
    """The owner of a key that has no name: no name has a colon, and it is not a part of the hash."""
    return f"key:{digest_of(f'pilcrow owner {key}')[:16]}"


def new_key() -> str:
    """A key that nobody can guess: 43 characters, 256 bits of the system's randomness."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def line_of(name: str, key: str) -> str:
    """The line of a key for a file of hashes; raises `SettingsInvalid` for a name that cannot be one."""
    line = f"{name}:{digest_of(key)}"
    if not _LINE.fullmatch(line):
        raise SettingsInvalid(
            "The name cannot stand in a file of keys.",
            "Names have up to 63 letters, digits, dots, dashes, underscores and @.",
        )
    return line


def _broken(what: str) -> SettingsInvalid:
    return SettingsInvalid(what, "Correct PILCROW_API_KEYS_FILE; pilcrow key NAME makes a line for it.")
