"""One turn of a conversation: what came before it is read, it is answered, and kept in its place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from assistant.answer import Answer, AskRequest
from assistant.store import ConversationStore
from corpus.errors import HomeUnusable

_log = logging.getLogger(__name__)


def take_turn(
    store: ConversationStore,
    request: AskRequest,
    answer: Callable[[Sequence[Answer]], Answer],
    *,
    owner: str | None = None,
) -> Answer:
    """Answer in the conversation of a request, or in a new one; `answer` gets the answers before it.

    Of the conversations that are held only those of the owner are there. What the request does not want
    kept, or what cannot be kept, comes back without a conversation's id. Raises `ConversationNotHeld`,
    `ConversationBusy`, `ConversationsDamaged` and `ConversationsNewer`; without an id and with nothing to
    keep, it does not touch the store.
    """
    known = request.conversation_id
    if not request.store:
        return answer(() if known is None else store.recent(known, owner=owner))
    if known is None:
        return _kept(store, answer(()), partial(store.begin, owner=owner))
    with store.turn(known, owner=owner):
        earlier = store.recent(known, owner=owner)
        return _kept(store, answer(earlier), partial(store.append, known, owner=owner))


def _kept(store: ConversationStore, answer: Answer, keep: Callable[[Answer], Answer]) -> Answer:
    """The answer, kept if it can be: one that is there is worth more than its place in a conversation."""
    if store.read_only:
        return answer
    try:
        return keep(answer)
    except HomeUnusable as error:
        _log.warning("The answer is not kept: %s", error)
        return answer
