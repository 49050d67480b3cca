"""Entity tags of documents, and requests that hold only for some (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header

from assistant.api.problems import ApiError
from corpus import __version__
from corpus.model import DocumentHeader

_TAG = re.compile(r'(W/)?("[^"]*")')


def etag_of(header: DocumentHeader) -> str:
    """The strong entity tag of an edition: another where its content is, or what Pilcrow tells of it."""
    content = [__version__, header.fingerprint, header.symbol, header.language, header.edition]
    return f'"{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]}"'


def validators(header: DocumentHeader) -> Mapping[str, str]:
    """Headers by which a client asks again only for what has changed."""
    return {"ETag": etag_of(header), "Cache-Control": "private, no-cache"}


@dataclass(frozen=True)
class Preconditions:
    """What a request says of the document it is for."""

    match: str | None
    none_match: str | None

    def knows(self, header: DocumentHeader) -> bool:
        """Whether whoever reads has this edition already."""
        return self._is_excluded(header)

    def require(self, header: DocumentHeader | None) -> None:
        """Raise `precondition_failed` unless the request is for what is held; None is nothing."""
        if self.match is not None and not self._is_matched(header):
            raise _failed("is another than If-Match says" if header else "is not held")
        if header is not None and self._is_excluded(header):
            raise _failed("is one that If-None-Match excludes")

    def _is_matched(self, header: DocumentHeader | None) -> bool:
        if header is None or self.match is None:
            return False
        tags = [tag for weak, tag in _TAG.findall(self.match) if not weak]
        return self.match.strip() == "*" or etag_of(header) in tags

    def _is_excluded(self, header: DocumentHeader) -> bool:
        return names_tag(self.none_match, etag_of(header))


def names_tag(none_match: str | None, tag: str) -> bool:
    """Whether an If-None-Match names an entity tag, weakly or not."""
    if none_match is None:
        return False
    return none_match.strip() == "*" or tag in [named for _, named in _TAG.findall(none_match)]


def _failed(why: str) -> ApiError:
    return ApiError("precondition_failed", f"The document {why}.", "Read it again and decide anew.")


_IfMatch = Annotated[str | None, Header(description="Entity tags of which the held edition must have one.")]
_IfNoneMatch = Annotated[
    str | None,
    Header(description="Entity tags of which the held edition must have none; `*` is any edition."),
]


async def _conditions(if_match: _IfMatch = None, if_none_match: _IfNoneMatch = None) -> Preconditions:
    return Preconditions(if_match, if_none_match)


async def _known(
    if_none_match: Annotated[
        str | None, Header(description="Entity tags of editions that need not be sent again.")
    ] = None,
) -> Preconditions:
    return Preconditions(None, if_none_match)


ThePreconditions = Annotated[Preconditions, Depends(_conditions)]
"""What a request to change a document says of it."""

TheKnown = Annotated[Preconditions, Depends(_known)]
"""What a request to read a document says of it."""
