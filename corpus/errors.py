"""Every error Pilcrow raises on purpose, in one tree.

PilcrowError
├── UsageError                  the request itself is wrong
│   ├── QuestionEmpty           nothing is asked
│   ├── QuestionTooLong         more text than a question has
│   ├── SymbolInvalid           not a document symbol
│   ├── PinpointInvalid         not a paragraph number
│   ├── FilterInvalid           a filter with a value it cannot have
│   ├── ExportFormatUnknown     a file in a format that is not written
│   └── SettingsInvalid         a setting with a value it cannot have
├── NotHeld                     what is asked for is not there
│   ├── DocumentNotHeld         no document with this symbol
│   ├── NoSuchParagraph         the document has no such place
│   └── ConversationNotHeld     no conversation with this id
├── SourceRefused               a file that cannot become a document
│   ├── SourceMissing           no such file
│   ├── SourceUnreadable        the file cannot be opened
│   ├── SourceEmpty             the file has no text
│   ├── SourceNotText           the file is not a document at all
│   ├── SourceTooLarge          the file is larger than any document
│   ├── SourceScanned           the file has pictures of pages and no text
│   ├── SourceEncrypted         the file opens with a password only
│   ├── SourceDamaged           the file is cut off or corrupt
│   ├── SourceOldFormat         a word-processor format that is not read
│   ├── SourceOverLimit         reading it took more time or memory than any document
│   ├── NoParagraphs            the text has no numbered paragraphs
│   ├── SymbolUnknown           neither the text nor the user names the symbol
│   └── SymbolDiffers           the file is of another document than the one it is given for
├── StoreError                  what is on disk cannot be used
│   ├── HomeUnusable            the data folder cannot be read or written
│   ├── CatalogDamaged          the catalog is not a database Pilcrow made
│   ├── CatalogNewer            a newer Pilcrow made the catalog
│   ├── WriterBusy              another process is changing the collection
│   ├── ConversationsDamaged    the conversations are not a database Pilcrow made
│   ├── ConversationsNewer      a newer Pilcrow keeps the conversations
│   ├── ConversationBusy        another question of the same conversation is being answered
│   ├── EngineDamaged           index files do not say what they should
│   ├── EngineMismatch          the index was built with another model
│   ├── EngineUnreachable       the server that keeps the index does not answer
│   ├── EngineRefused           the server that keeps the index answers and does not do it
│   └── ExportUnwritable        a file that is exported cannot be written
└── ModelError                  the encoder cannot be used
    ├── ModelMissing            its files are not on this machine
    ├── ModelAltered            its weights are not the published ones
    └── ModelUnusable           its files do not load as a model

Each class has a `code` that never changes: the command line maps it to an exit code, the API to a
problem type, the terminal chat to a notice.
"""

from __future__ import annotations

from typing import ClassVar


class PilcrowError(Exception):
    """Root of all errors raised on purpose: `message` says what is wrong, `mend` what to do."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        """Both sentences on one line."""
        return f"{self.message} {self.mend}".strip()


class UsageError(PilcrowError):
    """The request itself is wrong; the same request will never work."""

    code = "usage"


class QuestionEmpty(UsageError):
    """Nothing is asked."""

    code = "question_empty"


class QuestionTooLong(UsageError):
    """More text than a question has."""

    code = "question_too_long"


class SymbolInvalid(UsageError):
    """The text is not a document symbol."""

    code = "symbol_invalid"


class PinpointInvalid(UsageError):
    """The text is not a paragraph number."""

    code = "pinpoint_invalid"


class FilterInvalid(UsageError):
    """A filter has a value it cannot have."""

    code = "filter_invalid"


class ExportFormatUnknown(UsageError):
    """The name of a file that is exported does not say a format that is written."""

    code = "export_format_unknown"


class SettingsInvalid(UsageError):
    """A setting has a value it cannot have."""

    code = "settings_invalid"


class NotHeld(PilcrowError):
    """What is asked for is not in the collection; it may well exist elsewhere."""

    code = "not_held"


class DocumentNotHeld(NotHeld):
    """No document with this symbol is held."""

    code = "document_not_held"


class NoSuchParagraph(NotHeld):
    """The document is held and has no such place."""

    code = "no_such_paragraph"


class ConversationNotHeld(NotHeld):
    """No conversation with this id is held."""

    code = "conversation_not_held"


class SourceRefused(PilcrowError):
    """A file that cannot become a document; other files are not affected."""

    code = "source_refused"


class SourceMissing(SourceRefused):
    """There is no such file."""

    code = "source_missing"


class SourceUnreadable(SourceRefused):
    """The file is there and cannot be opened."""

    code = "source_unreadable"


class SourceEmpty(SourceRefused):
    """The file holds no text."""

    code = "source_empty"


class SourceNotText(SourceRefused):
    """The file is not a document: a picture, a program, an archive."""

    code = "source_not_text"


class SourceTooLarge(SourceRefused):
    """The file is larger than any document."""

    code = "source_too_large"


class SourceScanned(SourceRefused):
    """The file holds pictures of pages and no text layer."""

    code = "source_scanned"


class SourceEncrypted(SourceRefused):
    """The file opens with a password only."""

    code = "source_encrypted"


class SourceDamaged(SourceRefused):
    """The file is of a kind that is read, and is cut off or corrupt."""

    code = "source_damaged"


class SourceOldFormat(SourceRefused):
    """The file is a word-processor document in a format that is not read."""

    code = "source_old_format"


class SourceOverLimit(SourceRefused):
    """Reading the file took more time or memory than any document should."""

    code = "source_over_limit"


class NoParagraphs(SourceRefused):
    """The text has no numbered paragraphs, so nothing in it could be cited."""

    code = "no_paragraphs"


class SymbolUnknown(SourceRefused):
    """Neither the text nor the user says what the document's symbol is."""

    code = "symbol_unknown"


class SymbolDiffers(SourceRefused):
    """The file's own symbol is not that of the document it is given for."""

    code = "symbol_differs"


class StoreError(PilcrowError):
    """What is on disk cannot be used."""

    code = "store"


class HomeUnusable(StoreError):
    """The data folder cannot be read, or not be written where that is needed."""

    code = "home_unusable"


class CatalogDamaged(StoreError):
    """The catalog is not a database that Pilcrow made, or is damaged."""

    code = "catalog_damaged"


class CatalogNewer(StoreError):
    """A newer Pilcrow made the catalog."""

    code = "catalog_newer"


class WriterBusy(StoreError):
    """Another process is changing the collection; what is held is not affected."""

    code = "writer_busy"


class ConversationsDamaged(StoreError):
    """The conversations are not a database that Pilcrow made, or are damaged; documents are not affected."""

    code = "conversations_damaged"


class ConversationsNewer(StoreError):
    """A newer Pilcrow keeps the conversations."""

    code = "conversations_newer"


class ConversationBusy(StoreError):
    """Another question of the same conversation has been in work for too long; nothing is lost."""

    code = "conversation_busy"


class EngineDamaged(StoreError):
    """Index files do not say what they should; they can be rebuilt from the catalog."""

    code = "engine_damaged"


class EngineMismatch(StoreError):
    """The index was built with another model, so its scores would mean nothing."""

    code = "engine_mismatch"


class EngineUnreachable(StoreError):
    """The server that keeps the index does not answer, or not in time; what is held is not affected."""

    code = "engine_unreachable"


class EngineRefused(StoreError):
    """The server that keeps the index answers and does not do what it is asked: it is full, or shut to us."""

    code = "engine_refused"


class ExportUnwritable(StoreError):
    """A file that is exported cannot be written where it shall be."""

    code = "export_unwritable"


class ModelError(PilcrowError):
    """The encoder cannot be used."""

    code = "model"


class ModelMissing(ModelError):
    """The model's files are not on this machine."""

    code = "model_missing"


class ModelAltered(ModelError):
    """The model's weights are not the published ones."""

    code = "model_altered"


class ModelUnusable(ModelError):
    """The model's files are there and do not load as a model."""

    code = "model_unusable"
