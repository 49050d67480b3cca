"""Every error as a problem document (RFC 9457), through one table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, Field
from starlette.responses import Response
from starlette.types import Scope

from assistant import errors
from assistant.api.openai_errors import OpenAIError, is_read_by_openai_clients, openai_error
from assistant.api.redaction import without_paths
from assistant.api.request_ids import current_request_id
from assistant.api.security_headers import ALWAYS, NOT_KEPT, ON_PAGES
from assistant.errors import PilcrowError

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:pilcrow:error:"
MAX_BODY = 256 * 1024
"""The largest request body in bytes, except a conversation."""

MAX_CONVERSATION = 1024 * 1024
"""The largest body in bytes with a whole conversation, which clients of OpenAI send with every question."""

MAX_TEXT = 250_000
"""The longest text in characters whose citations are looked up: some eighty pages."""

MAX_TEXT_BODY = 3 * 1024 * 1024
"""The largest body in bytes with such a text: the longest one fits, with every character escaped too."""

MAX_PATH = 32 * 1024
"""The longest path with its query in bytes, as it is sent; the longest question fits in any script."""

_LARGER = {"/v1/chat/": MAX_CONVERSATION, "/v1/citations/": MAX_TEXT_BODY}
_SHOWN = 100  # characters of a path that is too long


class InvalidField(BaseModel):
    """What is wrong with one field of a request."""

    field: str = Field(description="Its path, such as `filters.roles.0`; empty for the whole body.")
    message: str


class PlaceCandidate(BaseModel):
    """One of several places that a request names."""

    pinpoint: str
    eid: str
    label: str


class Problem(BaseModel):
    """A problem document; `code` never changes, `title` says the same for every occurrence."""

    type: str = Field(description=f"`{TYPE_PREFIX}` and the code.")
    title: str
    status: int
    detail: str = Field(description="What is wrong this time.")
    instance: str = Field(description="The path that was asked for.")
    code: str
    request_id: str | None = Field(None, description="As in `X-Request-ID`; the server's log has it too.")
    mend: str = Field("", description="What to do about it.")
    fields: list[InvalidField] | None = Field(None, description="With `request_invalid`.")
    candidates: list[PlaceCandidate] | None = Field(None, description="With `several_places`.")
    reasons: list[str] | None = Field(None, description="With `not_ready`.")
    error: OpenAIError | None = Field(None, description="Where clients of OpenAI ask.")


@dataclass(frozen=True)
class Kind:
    """What all occurrences of an error have in common."""

    status: int
    title: str
    retry_after: int | None = None
    """Seconds after which the same request may work, where time alone mends it."""


KINDS: Mapping[type[PilcrowError], Kind] = {
    PilcrowError: Kind(500, "The request failed"),
    # the request is wrong
    errors.UsageError: Kind(422, "The request is wrong"),
    errors.QuestionEmpty: Kind(422, "Nothing is asked"),
    errors.QuestionTooLong: Kind(422, "The question is too long"),
    errors.SymbolInvalid: Kind(422, "Not a document symbol"),
    errors.PinpointInvalid: Kind(422, "Not a paragraph number"),
    errors.FilterInvalid: Kind(422, "A filter has a value it cannot have"),
    errors.ExportFormatUnknown: Kind(422, "Not a format that tables are written in"),
    # what is asked for is not there
    errors.NotHeld: Kind(404, "Not held"),
    errors.DocumentNotHeld: Kind(404, "The document is not held"),
    errors.NoSuchParagraph: Kind(404, "The document has no such paragraph"),
    errors.ConversationNotHeld: Kind(404, "The conversation is not held"),
    # a file that was sent cannot become a document
    errors.SourceRefused: Kind(422, "The file is refused"),
    errors.SourceMissing: Kind(422, "There is no such file"),
    errors.SourceUnreadable: Kind(422, "The file cannot be opened"),
    errors.SourceEmpty: Kind(422, "The file has no text"),
    errors.SourceScanned: Kind(422, "The file is a scan without text"),
    errors.SourceEncrypted: Kind(422, "The file needs a password"),
    errors.SourceDamaged: Kind(422, "The file is damaged"),
    errors.SourceOldFormat: Kind(422, "The file is in a format that is not read"),
    errors.SourceOverLimit: Kind(422, "Reading the file took too much time or memory"),
    errors.SourceNotText: Kind(422, "The file is not a text that is read"),
    errors.SourceTooLarge: Kind(413, "The file is too large"),
    errors.NoParagraphs: Kind(422, "The text has no numbered paragraphs"),
    errors.SymbolUnknown: Kind(422, "The document's symbol is unknown"),
    errors.SymbolDiffers: Kind(409, "The file is of another document"),
    # the server needs repair: 503 where it goes on as soon as the cause is gone, 500 elsewhere
    errors.SettingsInvalid: Kind(500, "A setting of the server is wrong"),
    errors.StoreError: Kind(500, "The store cannot be used"),
    errors.HomeUnusable: Kind(503, "The data folder cannot be used"),
    errors.CatalogDamaged: Kind(500, "The catalog is damaged"),
    errors.CatalogNewer: Kind(500, "The catalog is of a newer version"),
    errors.WriterBusy: Kind(503, "The collection is being changed", retry_after=10),
    errors.ConversationsDamaged: Kind(500, "The conversations are damaged"),
    errors.ConversationsNewer: Kind(500, "The conversations are of a newer version"),
    errors.ConversationBusy: Kind(503, "The conversation is being continued", retry_after=10),
    errors.EngineDamaged: Kind(503, "The index is damaged"),
    errors.EngineMismatch: Kind(503, "The index belongs to another model"),
    errors.EngineUnreachable: Kind(503, "The server of the index does not answer", retry_after=10),
    errors.EngineRefused: Kind(503, "The server of the index refuses"),
    errors.ExportUnwritable: Kind(500, "The file cannot be written"),
    errors.ModelError: Kind(503, "The model cannot be used"),
    errors.ModelMissing: Kind(503, "The model is missing"),
    errors.ModelAltered: Kind(503, "The model is not the published one"),
    errors.ModelUnusable: Kind(503, "The model does not load"),
}
"""One entry for every class; a subclass does not inherit its base's."""

API_KINDS: Mapping[str, Kind] = {
    "malformed_http": Kind(400, "The request is not HTTP"),
    "malformed_json": Kind(400, "The body is not JSON"),
    "unauthorized": Kind(401, "A key is needed"),
    "host_not_allowed": Kind(403, "The host is not this server's"),
    "cross_site": Kind(403, "A page of another origin asks"),
    "preflight_refused": Kind(403, "Pages of this origin may not ask"),
    "no_such_route": Kind(404, "There is nothing at this path"),
    "model_not_found": Kind(404, "There is no such model"),
    "method_not_allowed": Kind(405, "The path does not take this method"),
    "upload_too_slow": Kind(408, "The file arrives too slowly"),
    "several_places": Kind(409, "Several places are meant"),
    "precondition_failed": Kind(412, "The document is another"),
    "body_too_large": Kind(413, "The body is too large"),
    "path_too_long": Kind(414, "The path is too long"),
    "unsupported_media_type": Kind(415, "The body is not declared as JSON"),
    "request_invalid": Kind(422, "The request does not fit the schema"),
    "text_too_long": Kind(422, "The text is too long"),
    "conversation_full": Kind(429, "Too many questions of the conversation are waiting", retry_after=2),
    "headers_too_large": Kind(431, "The path or the headers are too long"),
    "internal_error": Kind(500, "Something went wrong"),
    "server_busy": Kind(503, "Too many questions are waiting", retry_after=5),
    "shutting_down": Kind(503, "The server is ending", retry_after=10),
    "not_ready": Kind(503, "Not ready", retry_after=5),
}
"""The errors that only the API has, by code."""


UNEXPECTED = "Something went wrong in the server; its log says what."
"""What is told of an error that nobody foresaw."""


class ApiError(Exception):
    """An error that only the API has; `members` are what its problem says besides."""

    def __init__(self, code: str, detail: str, mend: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.mend = mend
        self.members = members


def problem_of(scope: Scope, error: Exception) -> Problem:
    """The problem that tells of an error when the response has begun and cannot be another one."""
    if isinstance(error, ApiError):
        return _problem(scope, error.code, API_KINDS[error.code], error.detail, error.mend, **error.members)
    kind = KINDS.get(type(error)) if isinstance(error, PilcrowError) else None
    if kind is None or not isinstance(error, PilcrowError):
        return _problem(scope, "internal_error", API_KINDS["internal_error"], UNEXPECTED)
    return _problem(scope, error.code, kind, error.message, error.mend)


def _problem(scope: Scope, code: str, kind: Kind, detail: str, mend: str = "", **members: Any) -> Problem:
    """A problem, in which no path of the machine is told."""
    if "reasons" in members:
        members["reasons"] = [without_paths(scope, reason) for reason in members["reasons"]]
    return Problem(
        type=TYPE_PREFIX + code,
        title=kind.title,
        status=kind.status,
        detail=without_paths(scope, detail),
        instance=quote(scope["path"]),
        code=code,
        request_id=current_request_id.get(),
        mend=without_paths(scope, mend),
        error=_for_openai_clients(
            scope, kind, code, without_paths(scope, f"{detail} {mend}".strip()), members.get("fields")
        ),
        **members,
    )


def respond(
    scope: Scope,
    code: str,
    kind: Kind,
    detail: str,
    mend: str = "",
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """The response that carries a problem."""
    problem = _problem(scope, code, kind, detail, mend, **members)
    retry = {"Retry-After": str(kind.retry_after)} if kind.retry_after else {}
    all_headers = {**ALWAYS, **NOT_KEPT, **retry, **(headers or {})}
    # what is no HTTP was never handed to the application
    page = scope["app"].state.site.problem(scope, problem) if "app" in scope else None
    if page is not None:
        return Response(page, kind.status, {**ON_PAGES, **all_headers, "Vary": "Accept"}, "text/html")
    # a request can hold halves of surrogate pairs, which have no UTF-8
    body = json.dumps(problem.model_dump(mode="python", exclude_none=True), ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), kind.status, all_headers, MEDIA_TYPE)


def _for_openai_clients(
    scope: Scope, kind: Kind, code: str, message: str, fields: Sequence[InvalidField] | None
) -> OpenAIError | None:
    if not is_read_by_openai_clients(scope["path"]):
        return None
    return openai_error(kind.status, code, message, fields[0].field if fields else None)


def respond_api(
    scope: Scope,
    code: str,
    detail: str,
    mend: str = "",
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """The response for an error that only the API has."""
    return respond(scope, code, API_KINDS[code], detail, mend, headers, **members)


def path_too_long(scope: Scope) -> Response:
    """The response to a path of more than `MAX_PATH`, which it does not repeat."""
    start = {**scope, "path": scope["path"][:_SHOWN]}
    return respond_api(start, "path_too_long", f"Path and query are longer than {MAX_PATH // 1024} KiB.")


def body_limit(scope: Scope) -> int:
    """The largest body in bytes that a path takes."""
    path: str = scope["path"]
    return next((most for start, most in _LARGER.items() if path.startswith(start)), MAX_BODY)


def too_large(scope: Scope) -> Response:
    """The response to a body of more than the path takes."""
    return respond_api(scope, "body_too_large", f"The body is larger than {body_limit(scope) // 1024} KiB.")
