"""Texts whose citations are looked up, as clients send them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from assistant.answer import WHOLE
from assistant.api.problems import MAX_TEXT, ApiError
from assistant.citations.resolve import LONGEST_REFERENCE

# the length is in the description only: who sends more is told so in words of its own
_TEXT = f"At most {MAX_TEXT:,} characters."


class CitingText(BaseModel):
    """A text, and from where on it is looked through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(description=_TEXT)
    offset: Annotated[int, Field(ge=0), WHOLE] = Field(
        0,
        description="What begins before it is read and not told: the `next_offset` of the response before.",
    )
    format: Literal["markdown", "text"] = Field(
        "markdown", description="Whether signs of Markdown mean what they do there, such as `[^1]` a note."
    )


class ReferencesRequest(CitingText):
    """A text whose references are looked up."""


class QuotationsRequest(CitingText):
    """A text whose quotations are looked up."""

    cited: str | None = Field(
        None,
        max_length=LONGEST_REFERENCE,
        description="A reference to where they are said to stand, which is compared first.",
    )
    whole: StrictBool = Field(
        False,
        description="Whether the text is itself one quotation, quotation marks within it notwithstanding. "
        "So is a text that has none.",
    )


class CheckRequest(CitingText):
    """A draft to be checked."""


def require_length(request: CitingText) -> None:
    """Refuse a text that is too long with `text_too_long`."""
    if len(request.text) > MAX_TEXT:
        raise ApiError(
            "text_too_long",
            f"The text has {len(request.text):,} characters, and at most {MAX_TEXT:,} are read.",
            "Send it in parts that end where a section does.",
        )
