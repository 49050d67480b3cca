"""What clients of OpenAI's chat completions send, as far as it bears on an answer."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
    model_validator,
)

MODEL: Final = "pilcrow"
"""The id of the one model."""

MOST_MESSAGES = 1000
"""How many messages a request may have."""


class _Sent(BaseModel):
    """Other fields than those named may be sent and are not read."""

    model_config = ConfigDict(frozen=True, extra="ignore", json_schema_extra={"additionalProperties": True})


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


class ChatMessage(_Sent):
    """A message; only those of users bear on the answer."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[list[ContentPart], BeforeValidator(_in_parts), WithJsonSchema(_CONTENT_SCHEMA)] = []

    @model_validator(mode="after")
    def _is_text(self) -> ChatMessage:
        for part in self.content:
            if self.role == "user" and part.type != "text":
                raise ValueError(f"Pilcrow reads text only, and a part is of type {part.type[:40]}")
        return self

    @property
    def text(self) -> str:
        """All its text."""
        return "\n".join(part.text for part in self.content)


class StreamOptions(_Sent):
    """What a stream has besides the answer."""

    include_usage: bool | None = Field(None, description="Whether a last chunk has the `usage`.")


class ChatRequest(_Sent):
    """A conversation whose last message of a user is the question."""

    model: str = Field(MODEL, description=f"`{MODEL}`, the one there is.")
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MOST_MESSAGES)]
    n: Annotated[int | None, Field(ge=1, le=1, description="A question has one answer.")] = None
    stream: bool | None = Field(None, description="Whether the answer comes in chunks.")
    stream_options: StreamOptions | None = None

    @field_validator("messages")
    @classmethod
    def _ask(cls, messages: list[ChatMessage]) -> list[ChatMessage]:
        if not any(message.role == "user" for message in messages):
            raise ValueError("No message is a user's")
        return messages

    @property
    def questions(self) -> list[str]:
        """What users said, the first question first; there is at least one."""
        return [message.text for message in self.messages if message.role == "user"]

    @property
    def words(self) -> int:
        """How many words all messages have."""
        return sum(len(message.text.split()) for message in self.messages)
