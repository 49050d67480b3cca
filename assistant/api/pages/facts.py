"""What the head of a document's page says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel import Locale, UnknownLocaleError

from assistant.document_list import HeldDocument
from corpus.model import Document

_EDITIONS = {
    "issued": "The text as issued.",
    "reissued": "The text as reissued for technical reasons.",
    "advance unedited": "Advance unedited text: the issued text may differ, its paragraph numbers too.",
}


def edition_sentence(edition: str) -> str:
    """Which edition is shown, said plainly."""
    return _EDITIONS.get(edition) or f"Edition: {edition}."


def facts_of(document: Document) -> Iterator[tuple[str, str]]:
    """What is known of a document besides its text, with names; what is not known is left out."""
    known = {
        "Symbol": "; ".join([document.symbol, *document.other_symbols]),
        "Author": document.committee or "",
        "State": "; ".join(document.states),
        "Under": document.instrument or "",
        "Session": document.session or "",
        "Adopted": printed_day(document.adopted),
        "Issued": printed_day(document.issued),
        "Language": language_name(document.language),
        "Paragraphs": f"{len(document.paragraphs):,}",
    }
    yield from ((name, value) for name, value in known.items() if value)


def facts_line(held: HeldDocument) -> str:
    """What a list of documents says of one beside its symbol and title."""
    adopted = f"adopted {printed_day(held.adopted)}" if held.adopted else ""
    paragraphs = f"{held.paragraphs:,} paragraphs" if held.paragraphs != 1 else "1 paragraph"
    edition = "" if held.edition == "issued" else held.edition
    language = "" if held.language == "en" else language_name(held.language)
    return " · ".join(part for part in (adopted, paragraphs, edition, language) if part)


def printed_day(day: date | None) -> str:
    """A date as the UN prints it: 5 June 2015; nothing for none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def language_name(code: str) -> str:
    """The English name of a language, or its code where it has none."""
    return str(Locale("en").languages.get(code, code))


def text_direction(code: str) -> str:
    """Where the writing of a language begins: `ltr` or `rtl`."""
    try:
        return Locale.parse(code, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"
