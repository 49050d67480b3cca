"""Templates filled in: what a document says never becomes markup."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.api.pages.assets import Assets
from assistant.html_text import printable


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


def _fingerprint(addresses: Iterable[str]) -> str:
    digest = sha256("\n".join(addresses).encode())
    folder = files("assistant.api.pages") / "templates"
    for template in sorted(folder.iterdir(), key=lambda source: source.name):
        digest.update(template.read_bytes())
    return digest.hexdigest()[:16]
