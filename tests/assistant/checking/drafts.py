"""Drafts for tests, made of paragraphs and notes without a reader."""

from __future__ import annotations

import re

from assistant.checking.draft import Draft, NoteCall, Part

_NOTE = re.compile(r"\[\^(?P<mark>\w+)\]:\s")
_HIDDEN = re.compile(r"\[\^(?P<mark>\w+)\]|\*")


def draft_of(text: str) -> Draft:
    """A draft with a part for each block of lines; `[^3]` calls a note, `[^3]: ` begins one."""
    body: list[Part] = []
    notes: dict[str, Part] = {}
    calls: list[NoteCall] = []
    for block in re.finditer(r"(?:.+(?:\n|$))+", text):
        end = block.start() + len(block[0].rstrip())
        note = _NOTE.match(block[0])
        start = block.start() + (note.end() if note else 0)
        signs = list(_HIDDEN.finditer(text, start, end))
        hidden = tuple(match.span() for match in signs)
        if note:
            notes.setdefault(note["mark"], Part("note", start, end, hidden, note["mark"]))
            continue
        calls += [NoteCall(match.start(), match["mark"]) for match in signs if match["mark"]]
        body.append(Part("text", start, end, hidden))
    parts: list[Part] = []
    for part in body:
        parts.append(part)
        called = [call.mark for call in calls if part.start <= call.position <= part.end]
        parts += [notes.pop(mark) for mark in called if mark in notes]
    return Draft("draft.md", "markdown", text, tuple(parts), tuple(calls))
