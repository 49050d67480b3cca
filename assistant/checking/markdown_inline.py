"""What of Markdown is not printed: signs of emphasis, addresses of links, code, calls of notes.

One pass over the text, which a stack of what is open at most goes back to. It keeps to CommonMark but for
the rule of three for emphasis, and knows pandoc's notes and attributes. Entities are left as they are
typed, except those of spaces and of `&`; dashes typed as hyphens are one sign.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from markdown_it.common.utils import normalizeReference

from assistant.checking.gathering import Span

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~\s])"
    r"|(?P<code>`+)"
    r"|<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,200}@[^\s<>@]{1,200})>"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s[^<>]{0,2000})?/?>)"
    r"|\[\^(?P<call>[^\[\]\s]{1,200})\]"
    r"|(?P<opening>!\[|\^\[|\[)"
    r"|(?P<closing>\])"
    r"|(?P<emphasis>\*+|_+|(?<!~)~~(?!~))"
    r"|(?P<space>&(?:nbsp|ensp|emsp|thinsp|\#0*(?:32|160)|\#[xX]0*(?:20|[aA]0|202[fF]));)"
    r"|(?P<ampersand>&amp;)"
    r"|(?P<dashes>(?<!-)-{2,3}(?!-))"
    r"|(?P<division>^:{3,}[^\n]*)",
    re.MULTILINE,
)
_SIGN = re.compile(r"[\\`<!^\[\]*_~&:-]")  # with which one of them begins
_TARGET = re.compile(
    r"\(\s{0,20}+(?:<[^<>\n]{0,2000}+>|(?:[^\s()<>]|\([^\s()<>]{0,500}\)){0,2000}+)"
    r"(?:\s{1,20}+(?:\"[^\"]{0,1000}+\"|'[^']{0,1000}+'|\([^()]{0,1000}+\)))?\s{0,20}+\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,1000}+)\]")
_ATTRIBUTES = re.compile(r"\{[#.][^{}\n]{0,200}+\}|\{[\w-]{1,50}=[^{}\n]{0,200}+\}")
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


@dataclass(slots=True)
class Inline:
    """What was found in one paragraph; all stretches count characters of its content.

    `spaces` are hidden too, and a space stands for each. `notes` are the texts of notes that are typed where
    they are called. `unknown` are the labels of calls whose notes are not there.
    """

    hidden: list[Span] = field(default_factory=list)
    spaces: list[Span] = field(default_factory=list)
    calls: list[tuple[int, str]] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A mark of emphasis that may still be closed: `count` signs from `start` on are left of it."""

    sign: str
    start: int
    count: int


class Inlines:
    """Reads paragraphs, knowing which references and notes the whole text defines."""

    def __init__(self, references: frozenset[str], notes: frozenset[str]) -> None:
        self._references = references
        self._notes = notes

    def read(self, content: str) -> Inline:
        """What of a paragraph is not printed."""
        return _Reader(content, self._references, self._notes).found


class _Reader:
    """Reads one paragraph."""

    def __init__(self, content: str, references: frozenset[str], notes: frozenset[str]) -> None:
        self._content = content
        self._references = references
        self._known_notes = notes
        self.found = Inline()
        self._brackets: list[Span] = []
        self._emphasis: list[_Open] = []
        self._open_signs: Counter[str] = Counter()
        self._code_runs: dict[int, list[int]] | None = None
        self._no_comment_ends = False
        position = 0
        while sign := _SIGN.search(content, position):
            match = _TOKEN.match(content, sign.start())
            position = self._take(match) if match else sign.end()
        if attributes := re.search(r"[ \t]*\{[#.][^{}\n]{0,200}\}\s*\Z", content[-250:]):
            self._hide(len(content) - len(attributes[0]), len(content))

    def _take(self, match: re.Match[str]) -> int:
        """Take a sign in; where to go on."""
        start, end = match.span()
        kind = match.lastgroup
        if kind == "code":
            return self._code(start, end)
        if kind == "comment":
            return self._comment(start, end)
        if kind == "closing":
            return self._close(start, end)
        if kind == "emphasis":
            self._delimiter(start, end)
        elif kind == "call":
            self._call(start, end, match["call"])
        elif kind == "opening":
            self._brackets.append((start, end))
        elif kind == "tag":
            (self.found.spaces if _BREAK.match(match[0]) else self.found.hidden).append((start, end))
        elif kind == "space":
            self.found.spaces.append((start, end))
        elif kind == "escaped":
            self._hide(start, start + 1)
        elif kind == "address":
            self._hide(start, start + 1)
            self._hide(end - 1, end)
        elif kind == "ampersand":
            self._hide(start + 1, end)
        elif kind == "dashes":
            self._hide(start, end - 1)
        else:
            self._hide(start, end)
        return end

    def _hide(self, start: int, end: int) -> None:
        self.found.hidden.append((start, end))

    def _code(self, start: int, end: int) -> int:
        """A code span, which ends with as many signs as it begins with; else the signs are printed."""
        if self._code_runs is None:
            self._code_runs = defaultdict(list)
            for run in re.finditer("`+", self._content):
                self._code_runs[len(run[0])].append(run.start())
        runs = self._code_runs[end - start]
        following = bisect_right(runs, start)
        if following == len(runs):
            return end
        close = runs[following] + end - start
        self._hide(start, close)
        return close

    def _comment(self, start: int, end: int) -> int:
        close = -1 if self._no_comment_ends else self._content.find("-->", end)
        if close < 0:
            self._no_comment_ends = True
            return end
        self._hide(start, close + 3)
        return close + 3

    def _call(self, start: int, end: int, label: str) -> None:
        if label in self._known_notes:
            self.found.calls.append((start, label))
            self._hide(start, end)
        else:
            self.found.unknown.append((start, label))

    # -- brackets

    def _close(self, start: int, end: int) -> int:
        """The end of a link, an image, a note or mere brackets."""
        if not self._brackets:
            return end
        opening, inside = self._brackets.pop()
        sign = self._content[opening:inside]
        if sign == "^[":
            self.found.notes.append((inside, start))
            return end
        close = self._target(inside, start, end)
        if close is None:
            return end
        if sign == "![":
            self._hide(opening, close)
        else:
            self._hide(opening, inside)
            self._hide(start, close)
        return close

    def _target(self, inside: int, start: int, end: int) -> int | None:
        """Where the address of a link ends, or the attributes of a span; None for mere brackets."""
        follows = self._content[end : end + 1]
        if follows == "(" and (target := _TARGET.match(self._content, end)):
            return target.end()
        if follows == "[" and (label := _LABEL.match(self._content, end)):
            named = label[1] or self._content[inside : min(start, inside + 1000)]
            return label.end() if normalizeReference(named) in self._references else None
        if follows == "{" and (attributes := _ATTRIBUTES.match(self._content, end)):
            return attributes.end()
        if self._references and start - inside <= 1000:
            return end if normalizeReference(self._content[inside:start]) in self._references else None
        return None

    # -- emphasis

    def _delimiter(self, start: int, end: int) -> None:
        sign = self._content[start]
        opens, closes = self._flanks(start, end)
        count = end - start
        position = start
        while closes and count and self._open_signs[sign]:
            opener = self._innermost(sign)
            used = min(opener.count, count, 2)
            opener.count -= used
            self._hide(opener.start + opener.count, opener.start + opener.count + used)
            self._hide(position, position + used)
            position, count = position + used, count - used
            if not opener.count:
                self._emphasis.pop()
                self._open_signs[sign] -= 1
        if opens and count:
            self._emphasis.append(_Open(sign, position, count))
            self._open_signs[sign] += 1

    def _innermost(self, sign: str) -> _Open:
        """The last mark with this sign; those within it, which nothing has closed, are printed."""
        while self._emphasis[-1].sign != sign:
            self._open_signs[self._emphasis.pop().sign] -= 1
        return self._emphasis[-1]

    def _flanks(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether a run of marks can open emphasis, and whether it can close it (CommonMark, 6.2)."""
        before, after = self._content[start - 1 : start], self._content[end : end + 1]
        space_before, space_after = not before or before.isspace(), not after or after.isspace()
        sign_before = not space_before and not before.isalnum()
        sign_after = not space_after and not after.isalnum()
        left = not space_after and (not sign_after or space_before or sign_before)
        right = not space_before and (not sign_before or space_after or sign_after)
        if self._content[start] != "_":
            return left, right
        return left and (not right or sign_before), right and (not left or sign_after)
