"""References to a document that was cited before: in the next note, and later on.

What a guide says is named beside each form; most of their punctuation is common usage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.citations.styles import CitedDocument, bluebook_author, first_reference, frame_of
from corpus.pinpoint import Pinpoint, Style, format_list

_NEXT: Mapping[Style, str] = {
    # `Ibid.` is the UN Editorial Manual's, the comma common usage
    "un": "Ibid., {}.",
    "oscola": "ibid {}",
    "aglc": "Ibid {}.",
    # without "at" (Bluebook, rule 3.3)
    "bluebook": "Id. {}.",
    "mcgill": "Ibid {}.",
}
_SAME_PLACE: Mapping[Style, str] = {
    "un": "Ibid.", "oscola": "ibid", "aglc": "Ibid.", "bluebook": "Id.", "mcgill": "Ibid.",
}  # fmt: skip
# A short title ends before the words that say what the text is on.
_SUBJECT = re.compile(r"\s+(?:on|concerning|regarding|in|under|submitted|adopted)\b.*", re.IGNORECASE)


def document_reference(cited: CitedDocument, style: Style) -> str:
    """A full first reference to a whole document."""
    frame = frame_of(cited, style)
    return f"{frame.lead}{frame.title}{frame.middle.rstrip(', ')}{frame.end}".replace(
        ", , ", ", "
    ).removeprefix(", ")


def full_reference(cited: CitedDocument, places: Sequence[Pinpoint], style: Style) -> str:
    """A full first reference to places of a document, or to all of it where there are none."""
    return first_reference(cited, places, style) if places else document_reference(cited, style)


def next_reference(cited: CitedDocument, places: Sequence[Pinpoint], style: Style) -> str:
    """A reference in the note right after one to the same document.

    The Chicago Manual discourages `ibid.`, and has the short form there too.
    """
    if style == "chicago":
        return _chicago(cited, places, None) or ""
    return _NEXT[style].format(format_list(places, style)) if places else _SAME_PLACE[style]


def later_reference(
    cited: CitedDocument, places: Sequence[Pinpoint], style: Style, note: int | None
) -> str | None:
    """A reference in a later note, where `note` is the number of the one with the first reference.

    None where the style points to that note and its number is not known.
    """
    return _LATER[style](cited, places, note)


def _un(cited: CitedDocument, places: Sequence[Pinpoint], _note: int | None) -> str:
    """The symbol again, which suffices (UN Editorial Manual)."""
    return full_reference(cited, places, "un")


def _oscola(cited: CitedDocument, places: Sequence[Pinpoint], note: int | None) -> str | None:
    """Author and note in brackets, `(n 3)`, common usage."""
    return _spaced(f"{_author(cited)} (n {note})", places, "oscola") if note else None


def _aglc(cited: CitedDocument, places: Sequence[Pinpoint], note: int | None) -> str | None:
    """As OSCOLA with a full stop at the end, common usage."""
    head = f"{_author(cited)} (n {note})"
    return f"{_spaced(head, places, 'aglc')}." if note else None


def _bluebook(cited: CitedDocument, places: Sequence[Pinpoint], note: int | None) -> str | None:
    """`supra note 3`, with the abbreviated author before it, common usage."""
    if not note:
        return None
    tail = f", {format_list(places, 'bluebook')}" if places else ""
    return f"{bluebook_author(cited) or _author(cited)}, supra note {note}{tail}."


def _mcgill(_cited: CitedDocument, places: Sequence[Pinpoint], note: int | None) -> str | None:
    """`Supra note 3 at para 35`, common usage."""
    return f"{_spaced(f'Supra note {note}', places, 'mcgill')}." if note else None


def _chicago(cited: CitedDocument, places: Sequence[Pinpoint], _note: int | None) -> str | None:
    """Author and short title, common usage of the notes of the Chicago Manual."""
    title = _SUBJECT.sub("", cited.headline).replace("“", "‘").replace("”", "’")
    parts = [cited.author, f"“{title},”" if places else f"“{title}.”"] if title else [cited.author]
    head = ", ".join(part for part in parts if part) or cited.symbol
    if not places:
        return head if title else f"{head}."
    return f"{head}{'' if title else ','} {format_list(places, 'chicago')}."


_Later = Callable[[CitedDocument, Sequence[Pinpoint], "int | None"], "str | None"]
_LATER: Mapping[Style, _Later] = {
    "un": _un,
    "oscola": _oscola,
    "aglc": _aglc,
    "bluebook": _bluebook,
    "mcgill": _mcgill,
    "chicago": _chicago,
}


def _author(cited: CitedDocument) -> str:
    """What a short form begins with: the author, or else the title, or else the symbol."""
    return cited.author or cited.headline or cited.symbol


def _spaced(head: str, places: Sequence[Pinpoint], style: Style) -> str:
    return f"{head} {format_list(places, style)}" if places else head
