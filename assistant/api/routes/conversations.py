"""Conversations that are kept: listed, searched, read and deleted.

What may block is a plain function, which the framework runs in a thread and not on the event loop.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant import errors
from assistant.answer import Conversation, ConversationPage
from assistant.api import examples
from assistant.api.declared import CONVERSATIONS_ONLY
from assistant.api.dependencies import TheAssistant, TheOwner
from assistant.api.openapi import error_responses

_LARGEST = 2**63 - 1  # SQLite's largest integer

conversations = APIRouter(prefix="/v1/conversations", tags=["conversations"])

ConversationId = Annotated[str, Path(max_length=100, examples=[examples.CONVERSATION_ID])]


@conversations.get(
    "",
    name="list",
    summary="List or search conversations",
    response_description="Some conversations, and where to go on.",
    responses=examples.shown(examples.CONVERSATION_PAGE)
    | error_responses("request_invalid", *CONVERSATIONS_ONLY),
)
def list_conversations(
    assistant: TheAssistant,
    owner: TheOwner,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[
        int | None, Query(ge=0, le=_LARGEST, description="The `next` of the page before.")
    ] = None,
    q: Annotated[
        str | None, Query(max_length=1000, description="Words that are all said in a conversation.")
    ] = None,
) -> ConversationPage:
    """List the conversations, the latest first; those with all words of `q`, the best first.

    A word stands for all that begin with it, and counts most in a title and more in a question than in
    an answer. A conversation belongs to the key that opened it and is not there for others.
    """
    if q and q.strip():
        return assistant.search_conversations(q, limit, cursor, owner=owner)
    return assistant.conversations(limit, cursor, owner=owner)


@conversations.get(
    "/{conversation_id}",
    name="show",
    summary="Read a conversation",
    response_description="All its turns, the first one first.",
    responses=examples.shown(examples.CONVERSATION)
    | error_responses(errors.ConversationNotHeld, "request_invalid", *CONVERSATIONS_ONLY),
)
def show_conversation(
    conversation_id: ConversationId, assistant: TheAssistant, owner: TheOwner
) -> Conversation:
    """Read a conversation with its answers as they were given: documents may have changed since."""
    return assistant.conversation(conversation_id, owner=owner)


@conversations.delete(
    "/{conversation_id}",
    name="delete",
    status_code=204,
    summary="Delete a conversation",
    response_description="It is deleted.",
    responses=error_responses(errors.ConversationNotHeld, "request_invalid", *CONVERSATIONS_ONLY),
)
def delete_conversation(conversation_id: ConversationId, assistant: TheAssistant, owner: TheOwner) -> None:
    """Delete a conversation with all its turns; a question of it that is still in work is an error then."""
    assistant.delete_conversation(conversation_id, owner=owner)
