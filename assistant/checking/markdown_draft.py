"""Drafts in Markdown: CommonMark with tables, and with the footnotes and divisions of pandoc.

The blocks are markdown-it's; offsets count the characters of the file itself, so that what is found
leads back to the line that its author edits. Of a nesting of more than a hundred blocks nothing is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from assistant.checking.draft import Draft, Part, PartKind
from assistant.checking.gathering import Gathered, Span, apart, behind_word, line_prefix, merged
from assistant.checking.markdown_html import html_pieces
from assistant.checking.markdown_inline import Inlines

_NESTING = 100
_BREAK = re.compile(r"\r\n?|\n")
_TOLD = 5  # lines that a warning names


def markdown_draft(text: str, name: str, sha256: str) -> Draft:
    """The draft that a text in Markdown is."""
    blocks = _Blocks(text)
    parts, calls = blocks.gathered.arranged(_marks)
    return Draft(name, "markdown", text, parts, calls, tuple(blocks.gathered.warnings), sha256)


def _marks(labels: list[str]) -> dict[str, str]:
    """The numbers with which notes are printed.

    Programs that print Markdown number the notes by their calls; where the labels are numbers in that order
    themselves, perhaps of a piece of a longer text, they are taken.
    """
    numbers = [int(label) for label in labels if label.isascii() and label.isdigit() and len(label) < 9]
    if len(numbers) == len(labels) and numbers == sorted(set(numbers)):
        return {label: str(number) for label, number in zip(labels, numbers, strict=True)}
    return {label: str(number) for number, label in enumerate(labels, 1)}


class _Blocks:
    """The blocks of a text become parts, the signs between and within them are left out."""

    def __init__(self, text: str) -> None:
        text = text.replace("\x00", "\ufffd")  # as the parser has it
        self._text = text
        breaks = list(_BREAK.finditer(text))
        self._starts = [0, *(match.end() for match in breaks)]
        self._ends = [*(match.start() for match in breaks), len(text)]
        self.gathered = Gathered()
        self._quotes = 0
        self._html_quotes = 0
        self._note: str | None = None
        self._block: PartKind = "text"
        self._cell_from = 0
        self._code: list[int] = []
        self._missing: list[str] = []
        environment: dict[str, Any] = {}
        tokens = _parser().parse(text, environment)
        self._inlines = Inlines(
            frozenset(environment.get("references", ())),
            frozenset(key.removeprefix(":") for key in environment.get("footnotes", {}).get("refs", ())),
        )
        for token in tokens:
            self._take(token)
        self._tell()

    def _take(self, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            if token.map and token.content.strip():
                self._add(self._content(token.content, token.map))
            self._block = "text"
        elif kind in ("blockquote_open", "blockquote_close"):
            self._quotes += token.nesting
        elif kind == "footnote_reference_open":
            self._note = token.meta["label"]
            self.gathered.notes.setdefault(token.meta["label"], [])
        elif kind == "footnote_reference_close":
            self._note = None
        elif kind == "tr_open" and token.map:
            self._cell_from = self._starts[token.map[0]]
        elif kind in ("th_open", "td_open"):
            self._block = "cell"
        elif kind == "heading_open" and token.markup.startswith("#"):
            self._block = "heading"
        elif kind == "heading_open":
            self._block = "text" if self._note else "heading"
        elif kind == "html_block" and token.map:
            self._html(token.map)
        elif kind == "code_block" and token.map:
            self._code.append(token.map[0] + 1)

    # -- where the content of a block stands

    def _content(self, content: str, lines: Sequence[int]) -> Located:
        if self._block == "cell":
            return self._in_line(content, lines[0], self._cell_from)
        line = self._line(lines[0])
        if self._block == "heading" and "\n" not in content and not line.rstrip().endswith(content):
            return self._in_line(content, lines[0], self._starts[lines[0]])
        stretches = []
        bares = [bare.strip() for bare in content.split("\n")]
        numbers = range(lines[0], lines[1])
        # lines of spaces that are none to CommonMark are of the block and not of its content
        first = next((n for n in numbers if self._line(n).rstrip().endswith(bares[0])), lines[0])
        for number, bare in enumerate(bares, first):
            line = self._line(number)
            end = self._starts[number] + len(line.rstrip())
            if bare:
                stretches.append((max(self._starts[number], end - len(bare)), end))
        return Located(self._text, stretches)

    def _line(self, number: int) -> str:
        return self._text[self._starts[number] : self._ends[number]]

    def _in_line(self, content: str, number: int, position: int) -> Located:
        """Where the content of a heading or a cell stands in its line, strokes in it with a backslash."""
        for typed in (content, content.replace("|", "\\|")):
            start = self._text.find(typed, position, self._ends[number])
            if start >= 0:
                self._cell_from = start + len(typed)
                return Located(self._text, [(start, start + len(typed))])
        return Located(self._text, [(position, self._ends[number])])

    # -- parts

    def _add(self, located: Located) -> None:
        inline = self._inlines.read(located.content)
        note = self._note
        calls = [(located.before(start), label) for start, label in inline.calls]
        hidden = [*located.prefixes, *(located.span(*span) for span in inline.hidden)]
        hidden += [located.span(start - 2, end + 1) for start, end in inline.notes]
        spaces = [located.span(*span) for span in inline.spaces]
        for number, (start, end) in enumerate(inline.notes):
            key = f"{located.start} {number}"  # a label has no space in it
            calls.append((located.before(start - 2), key))
            if start < end:
                inner = located.span(start, end)
                within = [span for span in hidden if inner[0] <= span[0] and span[1] <= inner[1]]
                self.gathered.notes[key] = [self._part("note", inner, within, spaces, key)]
        self.gathered.calls += calls
        self._missing += [label for _, label in inline.unknown]
        kind: PartKind = self._block
        if kind == "text":
            kind = "quote" if self._quotes or self._html_quotes else "note" if note else "text"
        self._keep(self._part(kind, (located.start, located.end), hidden, spaces, note))

    def _part(
        self, kind: PartKind, stretch: Span, hidden: Iterable[Span], spaces: Iterable[Span], note: str | None
    ) -> Part:
        left_out = merged(hidden)
        line = bisect_right(self._starts, stretch[0])
        return Part(kind, *stretch, left_out, note, line, spaces=apart(spaces, left_out, stretch))

    def _keep(self, part: Part) -> None:
        if part.note is None:
            self.gathered.body.append(part)
        else:
            self.gathered.notes[part.note].append(part)

    def _html(self, lines: Sequence[int]) -> None:
        """The text within a block of HTML."""
        start, end = self._starts[lines[0]], self._ends[lines[1] - 1]
        for piece in html_pieces(self._text[start:end]):
            self._html_quotes = max(0, self._html_quotes + piece.quotes)
            if piece.start == piece.end:
                continue
            kind: PartKind = (
                "quote" if self._quotes or self._html_quotes else "note" if self._note else "text"
            )
            hidden, spaces = (
                [(start + first, start + last) for first, last in spans]
                for spans in (piece.hidden, piece.spaces)
            )
            self._keep(self._part(kind, (start + piece.start, start + piece.end), hidden, spaces, self._note))

    def _tell(self) -> None:
        """What an author may not expect to be left out."""
        for label in dict.fromkeys(self._missing):
            self.gathered.warnings.append(f"The note {label} is called and is not there.")
        if self._code:
            lines = ", ".join(map(str, self._code[:_TOLD])) + (" …" if len(self._code) > _TOLD else "")
            self.gathered.warnings.append(
                f"What is indented by four spaces is code in Markdown and not checked: at line {lines}."
            )


class Located:
    """The content of a block, line by line, and where each character of it stands in the text."""

    def __init__(self, text: str, stretches: Sequence[Span]) -> None:
        self._text = text
        self._sources = [start for start, _ in stretches]
        lines = [text[start:end] for start, end in stretches]
        self.content = "\n".join(lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
        self.start, self.end = stretches[0][0], stretches[-1][1]
        self.prefixes = [line_prefix(text, before[1], after[0]) for before, after in pairwise(stretches)]

    def _at(self, position: int) -> int:
        line = bisect_right(self._starts, position) - 1
        return self._sources[line] + position - self._starts[line]

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the content that is not empty stands."""
        return self._at(start), self._at(end - 1) + 1

    def before(self, position: int) -> int:
        """Just behind the last word before a position, if there is one."""
        found = behind_word(self.content, position)
        return self._at(found - 1) + 1 if found else self.start


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    parser.use(footnote_plugin).use(front_matter_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser
