"""A conversation to be filed: as data and as Markdown, every citation with its full references."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from assistant.answer import Answer, Citation, Conversation, Turn
from assistant.citations.references import References
from assistant.files import check_target, write_whole
from assistant.transcript_markdown import conversation_markdown
from corpus.catalog import Snapshot
from corpus.pinpoint import Style


class ReferencedCitation(Citation):
    """A citation with full first references to it, one in each style."""

    references: dict[Style, str] | None = Field(
        description="By style; null where the edition that was cited is held no more."
    )


class ReferencedAnswer(Answer):
    """An answer whose citations have their references."""

    citations: tuple[ReferencedCitation, ...]


class ReferencedTurn(Turn):
    """A turn whose citations have their references."""

    answer: ReferencedAnswer


class ReferencedConversation(Conversation):
    """A conversation whose citations have their references."""

    turns: tuple[ReferencedTurn, ...]


@dataclass(frozen=True)
class Transcript:
    """A conversation in both forms."""

    conversation: ReferencedConversation
    markdown: str

    @property
    def json(self) -> str:
        """The conversation as JSON."""
        return self.conversation.model_dump_json(indent=2) + "\n"


def transcript_of(conversation: Conversation, style: Style, snapshot: Snapshot) -> Transcript:
    """A conversation with its references, which its Markdown prints in one style."""
    references = References(snapshot)
    return Transcript(
        _referenced(conversation, references),
        conversation_markdown(conversation, style, references, snapshot),
    )


def check_transcript_target(path: Path, *, replace: bool = False) -> None:
    """Raise `ExportFormatUnknown` or `ExportUnwritable` where a transcript cannot be written to a path."""
    check_target(path, _FORMATS, replace=replace)


def write_transcript(transcript: Transcript, path: Path, *, replace: bool = False) -> None:
    """Write a transcript in the format of the path's ending, .md or .json, whole or not at all.

    Raises `ExportFormatUnknown`, and `ExportUnwritable`, as it does for a file that is there and may not
    be replaced.
    """
    check_transcript_target(path, replace=replace)
    write_whole(path, _FORMATS[path.suffix.lower()](transcript).encode("utf-8", "replace"))


_FORMATS: Mapping[str, Callable[[Transcript], str]] = {
    ".md": lambda transcript: transcript.markdown,
    ".json": lambda transcript: transcript.json,
}


def _referenced(conversation: Conversation, references: References) -> ReferencedConversation:
    # what is put together here was validated where it was made
    def with_references(citation: Citation) -> ReferencedCitation:
        return ReferencedCitation.model_construct(**_fields(citation), references=references.of(citation))

    def turn_with_references(turn: Turn) -> ReferencedTurn:
        citations = tuple(map(with_references, turn.answer.citations))
        answer = ReferencedAnswer.model_construct(**{**_fields(turn.answer), "citations": citations})
        return ReferencedTurn.model_construct(**{**_fields(turn), "answer": answer})

    turns = tuple(map(turn_with_references, conversation.turns))
    return ReferencedConversation.model_construct(**{**_fields(conversation), "turns": turns})


def _fields(model: Citation | Answer | Turn | Conversation) -> dict[str, Any]:
    return dict(model)
