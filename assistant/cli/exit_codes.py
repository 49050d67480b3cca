"""What each error means to the shell."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import errors
from assistant.errors import PilcrowError

DONE = 0
FAILED = 1
WRONG_USAGE = 2
NOT_FOUND = 3
"""Refused, not found or unresolved."""
FINDINGS = 4
"""Findings, or an altered quotation."""
PARTLY_REFUSED = 5
"""Part of a batch was refused."""
INTERRUPTED = 130
"""The shells' usual code for Ctrl+C."""

EXIT_CODES: Mapping[type[PilcrowError], int] = {
    errors.UsageError: WRONG_USAGE,
    errors.QuestionEmpty: WRONG_USAGE,
    errors.QuestionTooLong: WRONG_USAGE,
    errors.SymbolInvalid: WRONG_USAGE,
    errors.PinpointInvalid: WRONG_USAGE,
    errors.FilterInvalid: WRONG_USAGE,
    errors.ExportFormatUnknown: WRONG_USAGE,
    errors.SettingsInvalid: WRONG_USAGE,
    errors.NotHeld: NOT_FOUND,
    errors.DocumentNotHeld: NOT_FOUND,
    errors.NoSuchParagraph: NOT_FOUND,
    errors.ConversationNotHeld: NOT_FOUND,
    errors.SourceRefused: FAILED,
    errors.SourceMissing: FAILED,
    errors.SourceUnreadable: FAILED,
    errors.SourceEmpty: FAILED,
    errors.SourceScanned: FAILED,
    errors.SourceEncrypted: FAILED,
    errors.SourceDamaged: FAILED,
    errors.SourceOldFormat: FAILED,
    errors.SourceOverLimit: FAILED,
    errors.SourceNotText: FAILED,
    errors.SourceTooLarge: FAILED,
    errors.NoParagraphs: FAILED,
    errors.SymbolUnknown: FAILED,
    errors.SymbolDiffers: FAILED,
    errors.StoreError: FAILED,
    errors.HomeUnusable: FAILED,
    errors.CatalogDamaged: FAILED,
    errors.CatalogNewer: FAILED,
    errors.WriterBusy: FAILED,
    errors.ConversationsDamaged: FAILED,
    errors.ConversationsNewer: FAILED,
    errors.ConversationBusy: FAILED,
    errors.EngineDamaged: FAILED,
    errors.EngineMismatch: FAILED,
    errors.EngineUnreachable: FAILED,
    errors.EngineRefused: FAILED,
    errors.ExportUnwritable: FAILED,
    errors.ModelError: FAILED,
    errors.ModelMissing: FAILED,
    errors.ModelAltered: FAILED,
    errors.ModelUnusable: FAILED,
}


def exit_code(error: PilcrowError) -> int:
    """The exit code of an error."""
    return EXIT_CODES.get(type(error), FAILED)
