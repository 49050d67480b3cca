"""What clients of OpenAI's chat completions send, as far as it bears on an answer."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

MODEL: Final = "pilcrow"
"""The id of the one model."""

MOST_MESSAGES = 1000
"""How many messages a request may have."""


class _Sent(BaseModel):
    """Other fields than those named may be sent and are not read."""

    model_config = ConfigDict(frozen=True, extra="ignore", json_schema_extra={"additionalProperties": True})


# in the description only, as it is of other questions: who sends less is told so in words of its own
_WORDS: JsonDict = {"type": "string", "minLength": 1, "pattern": r"[\p{L}\p{N}]"}


class ContentPart(_Sent):
    """A part of a message; a part without text, such as an image, is of another type."""

    type: str
    text: str = ""


def _in_parts(content: object) -> object:
    if content is None:
        return []
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


_CONTENT_SCHEMA = {
    "description": "Text, or parts of it that are read as lines.",
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": ContentPart.model_json_schema()},
        {"type": "null"},
    ],
}


_TEXT_PART: JsonDict = {
    "properties": {"type": {"const": "text"}, "text": _WORDS},
    "required": ["type", "text"],
}
_OF_USER: JsonDict = {"properties": {"role": {"const": "user"}}}
_ASKED: JsonDict = {
    "properties": {"content": {"anyOf": [_WORDS, {"type": "array", "minItems": 1, "items": _TEXT_PART}]}},
    "required": ["content"],
}


class ChatMessage(_Sent):
    """A message; only those of users bear on the answer."""

    model_config = ConfigDict(
        json_schema_extra={"additionalProperties": True, "if": _OF_USER, "then": _ASKED}
    )

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[list[ContentPart], BeforeValidator(_in_parts), WithJsonSchema(_CONTENT_SCHEMA)] = []

    @model_validator(mode="after")
    def _is_text(self) -> ChatMessage:
        for part in self.content:
            if self.role == "user" and part.type != "text":
                raise PydanticCustomError(
                    "not_text",
                    "Pilcrow reads text only, and a part is of type {kind}",
                    {"kind": part.type[:40]},
                )
        return self

    @property
    def text(self) -> str:
        """All its text."""
        return "\n".join(part.text for part in self.content)


class StreamOptions(_Sent):
    """What a stream has besides the answer."""

    include_usage: StrictBool | None = Field(None, description="Whether a last chunk has the `usage`.")


_MESSAGES = Field(min_length=1, max_length=MOST_MESSAGES, json_schema_extra={"contains": _OF_USER})


class ChatRequest(_Sent):
    """A conversation whose last message of a user is the question."""

    model: str = Field(MODEL, description=f"`{MODEL}`, the one there is.")
    messages: Annotated[list[ChatMessage], _MESSAGES]
    n: Literal[1] | None = Field(None, description="A question has one answer.")
    stream: StrictBool | None = Field(None, description="Whether the answer comes in chunks.")
    stream_options: StreamOptions | None = None

    @field_validator("messages")
    @classmethod
    def _ask(cls, messages: list[ChatMessage]) -> list[ChatMessage]:
        if not any(message.role == "user" for message in messages):
            raise PydanticCustomError("no_question", "No message is a user's")
        return messages

    @property
    def questions(self) -> list[str]:
        """What users said, the first question first; there is at least one."""
        return [message.text for message in self.messages if message.role == "user"]

    @property
    def words(self) -> int:
        """How many words all messages have."""
        return sum(len(message.text.split()) for message in self.messages)
