"""Templates filled in: what a document says never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.api.pages.assets import Assets

# What HTML cannot hold: control characters but tab and line ends, halves of surrogate pairs, non-characters.
# And the two overrides of direction, which no document needs and which turn around what stands after them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_REPLACEMENT = "\ufffd"


class Templates:
    """The templates of the pages, compiled once and escaped throughout."""

    def __init__(self, assets: Assets) -> None:
        self._environment = Environment(
            loader=PackageLoader("assistant.api.pages"),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            finalize=printable,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["asset"] = assets.address
        self.fingerprint = _fingerprint(assets.addresses())
        """Changes whenever a template or a file that pages link to does."""

    def render(self, name: str, **values: object) -> bytes:
        """A page in UTF-8."""
        return self._environment.get_template(name).render(values).encode()


def printable(value: object) -> object:
    """A value as a page can hold it: what it cannot is shown as the replacement character."""
    if isinstance(value, str) and _UNPRINTABLE.search(value):
        return type(value)(_UNPRINTABLE.sub(_REPLACEMENT, value))
    return value


def _fingerprint(addresses: Iterable[str]) -> str:
    digest = sha256("\n".join(addresses).encode())
    folder = files("assistant.api.pages") / "templates"
    for template in sorted(folder.iterdir(), key=lambda source: source.name):
        digest.update(template.read_bytes())
    return digest.hexdigest()[:16]
