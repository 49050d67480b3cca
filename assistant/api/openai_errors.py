"""The member of a problem document in which OpenAI's clients look for what is wrong."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import BaseModel, Field

_ROUTES = ("/v1/chat/", "/v1/models")
_KINDS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "authentication_error",
    HTTPStatus.FORBIDDEN: "permission_error",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
}


class OpenAIError(BaseModel):
    """An error as OpenAI's API gives it."""

    message: str = Field(description="The `detail`, and the `mend` where there is one.")
    type: str
    param: str | None = Field(None, description="The first field that is wrong, of a `request_invalid`.")
    code: str = Field(description="That of the problem.")


def is_read_by_openai_clients(path: str) -> bool:
    """Whether a path is one of those that OpenAI's clients ask."""
    return path.startswith(_ROUTES)


def openai_error(status: int, code: str, message: str, param: str | None = None) -> OpenAIError:
    """The error for a status and a code."""
    fault = "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    return OpenAIError(message=message, type=_KINDS.get(status, fault), param=param, code=code)
