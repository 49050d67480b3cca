"""Errors that several routes declare together."""

from __future__ import annotations

from assistant import errors

BODY = ("malformed_json", "body_too_large", "unsupported_media_type", "request_invalid")
"""What can be wrong with a body."""

QUESTION = (errors.QuestionEmpty, errors.QuestionTooLong, errors.FilterInvalid)
"""What can be wrong with a question."""

GATE = ("server_busy", "shutting_down")
"""What keeps work of questions from being begun."""

CONVERSATION_GATE = (*GATE, "conversation_full", errors.ConversationBusy)
"""What keeps a question of a conversation from being begun."""

STORE = (
    errors.HomeUnusable,
    errors.CatalogDamaged,
    errors.CatalogNewer,
    errors.StoreError,
    errors.WriterBusy,
    "internal_error",
)
"""What can go wrong with the catalog."""

FILE = (
    errors.SourceEmpty,
    errors.SourceNotText,
    errors.SourceScanned,
    errors.SourceEncrypted,
    errors.SourceDamaged,
    errors.SourceOldFormat,
    errors.SourceOverLimit,
    errors.SourceTooLarge,
    errors.NoParagraphs,
    errors.SymbolUnknown,
    errors.SymbolDiffers,
    "upload_too_slow",
)
"""What can be wrong with a file that is put."""

MODEL = (
    errors.EngineDamaged,
    errors.EngineMismatch,
    errors.EngineUnreachable,
    errors.EngineRefused,
    errors.ModelMissing,
    errors.ModelAltered,
    errors.ModelUnusable,
)
"""What can go wrong with index and model."""

CONVERSATIONS = (errors.ConversationsDamaged, errors.ConversationsNewer)
"""What can go wrong with kept conversations."""

CONVERSATIONS_ONLY = (*CONVERSATIONS, errors.HomeUnusable, errors.StoreError, "internal_error")
"""What can go wrong where only conversations are read."""
