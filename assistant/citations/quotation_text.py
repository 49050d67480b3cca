"""What a quotation says, taken apart: its words, and the marks by which it says that it changes them.

An ellipsis leaves words out, brackets put other words in, `[t]he` and `recommend[s]` change a word, and
`[sic]` or `(emphasis added)` are remarks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.citations.tokens import DASHES, QUOTES, form_of, key_of, tokens

PartKind = Literal["word", "sign", "ellipsis", "insertion", "changed", "remark"]

LONGEST_INSERTION = 300
"""Characters in brackets that are read as one insertion."""

MOST_ELLIPSES = 40
MOST_CHANGED = 100
"""A quotation with more ellipses, or words with brackets in them, is not compared: it says too little."""

_DOTS = r"(?:…{1,3}|\.(?:[ \t\u00a0\u202f]?\.){2,4})"
_MARK = re.compile(
    r"(?P<remark>[\[(]\s{0,3}(?:"
    r"sic!?|(?:(?:my|our|original|the)\s)?(?:emphas[ie]s|italics|underlining)\b[^()\[\]]{0,60}"
    r"|(?:internal\s)?(?:footnotes?|foot-notes?|citations?|references?|notes?|quotation\smarks)"
    r"(?:\sand\s[a-z]{1,20})?\s(?:are\s)?(?:omitted|removed|deleted)"
    r"|(?:l[’']\s?)?(?:soulign|italiques)[^()\[\]]{0,40}|énfasis[^()\[\]]{0,40})\s{0,3}[\])])"
    rf"|(?P<ellipsis>\[\s{{0,3}}{_DOTS}\s{{0,3}}\]|\(\s{{0,3}}{_DOTS}\s{{0,3}}\)|{_DOTS}"
    r"|\[?\s{0,3}\*[ \t\u00a0]?\*[ \t\u00a0]?\*\s{0,3}\]?)"
    r"|(?P<changed>(?<!\w)\w{0,40}\[(?!sic|\d)\w{0,40}\]\w{1,40}|(?<!\w)\w{1,40}\[(?!sic|\d)\w{0,40}\])"
    rf"|(?P<insertion>\[[^\[\]]{{1,{LONGEST_INSERTION}}}\])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:^|\s)(?:\d{1,4}\.|\(?[a-z]{1,5}\))(?:\s|$)", re.IGNORECASE)
_CHANGED = re.compile(r"(\w*)\[(\w*)\](\w*)")


class Part(NamedTuple):
    """A token of a quotation, or one of its marks."""

    start: int
    end: int
    form: str
    kind: PartKind

    @property
    def is_word(self) -> bool:
        """Whether it is a word of the text quoted, be a letter of it changed."""
        return self.kind in ("word", "changed")

    def stands_for(self, printed: str) -> bool:
        """Whether a word with brackets in it may stand for a printed one."""
        before, inside, after = _split(self.form)
        if not printed.startswith(before) or not printed.endswith(after):
            return False
        if len(printed) < len(before) + len(after):
            return False
        # [t]he is The, and child[ren] is child; [un]able is not able, which is the contrary
        left = len(printed) - len(before) - len(after)
        return bool(before) or left == len(inside)


class QuotationText:
    """A quotation without the marks around it, as parts."""

    def __init__(self, text: str, *, marks: bool = True) -> None:
        self.text = text
        self.parts: Sequence[Part] = list(_parts(text) if marks else _plain(text, 0, len(text)))

    @property
    def has_marks(self) -> bool:
        """Whether it says of itself that it changes anything."""
        return any(part.kind not in ("word", "sign") for part in self.parts)

    @cached_property
    def has_too_many_marks(self) -> bool:
        """Whether it has more marks than are compared."""
        kinds = Counter(part.kind for part in self.parts)
        return kinds["ellipsis"] > MOST_ELLIPSES or kinds["changed"] > MOST_CHANGED

    @cached_property
    def has_labels(self) -> bool:
        """Whether it has what may be the number of a paragraph or the letter of an item."""
        return _LABEL.search(self.text) is not None

    @cached_property
    def words(self) -> int:
        """How many words of the text it quotes."""
        return sum(part.is_word for part in self.parts)

    @cached_property
    def length(self) -> int:
        """How many words it has as people count them: what hyphens and apostrophes join is one."""
        joints = DASHES + QUOTES
        return sum(
            part.is_word and not (part.start > 1 and self.text[part.start - 1] in joints
                                  and self.text[part.start - 2].isalnum())
            for part in self.parts
        )  # fmt: skip

    @cached_property
    def key(self) -> str:
        """Its letters and digits."""
        return key_of(self.text)

    @property
    def segments(self) -> list[list[Part]]:
        """Its parts between ellipses, without remarks, which are no part of the text."""
        segments: list[list[Part]] = [[]]
        for part in self.parts:
            if part.kind == "ellipsis":
                segments.append([])
            elif part.kind != "remark":
                segments[-1].append(part)
        return [segment for segment in segments if any(part.is_word for part in segment)]


def unquoted(text: str) -> str:
    """A text without the space and the pair of quotation marks around it."""
    text = text.strip()
    if len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES:
        inner = text[1:-1].strip()
        # “one” and “two” are no pair
        if not any(sign in '“”«»„"' for sign in inner) or text[0] not in '"“«„':
            return inner
    return text


def _parts(text: str) -> Iterator[Part]:
    position = 0
    for match in _MARK.finditer(text):
        yield from _plain(text, position, match.start())
        kind: PartKind = match.lastgroup  # type: ignore[assignment]
        form = match[0]
        if kind == "changed":
            before, inside, after = _split(form)
            form = f"{form_of(before)}[{form_of(inside)}]{form_of(after)}"
        yield Part(match.start(), match.end(), form, kind)
        position = match.end()
    yield from _plain(text, position, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[Part]:
    for token in tokens(text, start, end):
        yield Part(token.start, token.end, token.form, "word" if token.is_word else "sign")


def _split(form: str) -> tuple[str, str, str]:
    match = _CHANGED.fullmatch(form)
    return (match[1], match[2], match[3]) if match else (form, "", "")
