"""What a person is told when something fails: one entry for every class of error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant import errors
from assistant.errors import PilcrowError

Severity = Literal["information", "warning", "error"]

# A warning is mended in the question or by waiting, an error outside the chat.
NOTICES: dict[type[PilcrowError], tuple[str, Severity]] = {
    errors.PilcrowError: ("Something went wrong", "error"),
    errors.UsageError: ("This cannot be asked so", "warning"),
    errors.QuestionEmpty: ("Nothing is asked", "warning"),
    errors.QuestionTooLong: ("The question is too long", "warning"),
    errors.SymbolInvalid: ("Not a document symbol", "warning"),
    errors.PinpointInvalid: ("Not a paragraph number", "warning"),
    errors.FilterInvalid: ("The filter is wrong", "warning"),
    errors.ExportFormatUnknown: ("The file's ending is not known", "warning"),
    errors.SettingsInvalid: ("A setting is wrong", "error"),
    errors.NotHeld: ("Not held", "warning"),
    errors.DocumentNotHeld: ("The document is not held", "warning"),
    errors.NoSuchParagraph: ("There is no such paragraph", "warning"),
    errors.ConversationNotHeld: ("The conversation is not held", "warning"),
    errors.SourceRefused: ("The file is refused", "warning"),
    errors.SourceMissing: ("There is no such file", "warning"),
    errors.SourceUnreadable: ("The file cannot be opened", "warning"),
    errors.SourceEmpty: ("The file is empty", "warning"),
    errors.SourceScanned: ("The file is a scan without text", "warning"),
    errors.SourceEncrypted: ("The file needs a password", "warning"),
    errors.SourceDamaged: ("The file is damaged", "warning"),
    errors.SourceOldFormat: ("The file is in an old format", "warning"),
    errors.SourceOverLimit: ("Reading the file was stopped", "warning"),
    errors.SourceNotText: ("The file is not a text", "warning"),
    errors.SourceTooLarge: ("The file is too large", "warning"),
    errors.NoParagraphs: ("The file has no numbered paragraphs", "warning"),
    errors.SymbolUnknown: ("The file names no symbol", "warning"),
    errors.SymbolDiffers: ("The file is of another document", "warning"),
    errors.StoreError: ("The data folder cannot be used", "error"),
    errors.HomeUnusable: ("The data folder cannot be used", "error"),
    errors.CatalogDamaged: ("The catalog is damaged", "error"),
    errors.CatalogNewer: ("The catalog is from a newer Pilcrow", "error"),
    errors.WriterBusy: ("The collection is being changed", "warning"),
    errors.ConversationsDamaged: ("The conversations are damaged", "error"),
    errors.ConversationsNewer: ("The conversations are from a newer Pilcrow", "error"),
    errors.ConversationBusy: ("The conversation is being continued", "warning"),
    errors.EngineDamaged: ("The index is damaged", "error"),
    errors.EngineMismatch: ("The index was built with another model", "error"),
    errors.EngineUnreachable: ("The server of the index does not answer", "error"),
    errors.EngineRefused: ("The server of the index refuses", "error"),
    errors.ExportUnwritable: ("The file cannot be written", "warning"),
    errors.ModelError: ("The model cannot be used", "error"),
    errors.ModelMissing: ("The model is missing", "error"),
    errors.ModelAltered: ("The model was altered", "error"),
    errors.ModelUnusable: ("The model does not load", "error"),
}
"""Title and severity by class of error; a class without an entry takes that of its nearest base."""

# Where the error names a command that the chat has a key for.
_MENDS: dict[type[PilcrowError], str] = {
    errors.DocumentNotHeld: "F3 lists what is.",
    errors.ConversationNotHeld: "F2 lists those that are; without one, what you ask begins another.",
}


@dataclass(frozen=True)
class Notice:
    """A title, what is wrong and what to do about it, and how bad it is."""

    title: str
    text: str
    severity: Severity


def notice_of(error: Exception) -> Notice:
    """The notice for an error; one that nobody foresaw says its kind, so that it can be reported."""
    if not isinstance(error, PilcrowError):
        return Notice("Unexpected error", f"{type(error).__name__}: {error}", "error")
    title, severity = next(NOTICES[kind] for kind in type(error).__mro__ if kind in NOTICES)
    mend = _MENDS.get(type(error), error.mend) if "pilcrow " in error.mend else error.mend
    return Notice(title, f"{error.message} {mend}".strip(), severity)
