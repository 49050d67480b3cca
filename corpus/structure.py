"""Blocks become sections, paragraphs, items and footnotes, and every character gets its span."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.block import Block
from corpus.blocks import Blocks
from corpus.footnotes import Calls, note_id
from corpus.furniture import is_blank_job_number
from corpus.fused import split_fused
from corpus.layout import Line, Reading
from corpus.masthead import title_blocks
from corpus.model import Footnote, Item, Paragraph, Role, Section, Sentence, Span, SpanKind, Warning
from corpus.notes import with_notes
from corpus.pinpoint import label_id, unnumbered_label
from corpus.sentences import sentence_spans
from corpus.source_text import SourceText
from corpus.speech_acts import speech_acts, with_acts

_Style = tuple[float, bool, bool]


@dataclass(frozen=True, slots=True)
class Structure:
    """What the lines of a document add up to."""

    title: str
    spans: tuple[Span, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...]
    warnings: tuple[Warning, ...]


def structure(reading: Reading) -> Structure:
    """Parse the lines of a reading; the same reading gives the same structure and the same ids."""
    return _Builder(reading).build()


@dataclass(slots=True)
class _ItemDraft:
    """An item that may still get items below it."""

    block: Block
    eid: str
    below: list[_ItemDraft] = field(default_factory=list)


@dataclass(slots=True)
class _ParagraphDraft:
    block: Block
    label: str
    eid: str
    section: tuple[str, ...]
    items: list[_ItemDraft] = field(default_factory=list)
    closing: list[Block] = field(default_factory=list)


class _Builder:
    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._lines = split_fused(with_notes(reading), reading.text)
        found = Blocks(self._lines)
        self._blocks = found.blocks
        self._title_blocks = title_blocks(found.blocks)
        self._warnings = [Warning("reading", problem) for problem in reading.warnings]
        self._warnings += found.warnings
        self._seen: Counter[str] = Counter()
        self._title = ""
        self._sections: list[Section] = []
        self._enclosing: list[Section] = []  # those that the next one may stand in, outermost first
        self._styles: list[tuple[_Style, int]] = []  # of headings without a number, and their levels
        self._lowest_level = 0  # of the last heading that has a level of its own
        self._drafts: list[_ParagraphDraft] = []
        self._footnotes: list[Footnote] = []
        self._calls = Calls(reading.text)
        self._unnumbered = 0
        self._owners: dict[int, tuple[SpanKind, str | None]] = {}  # start of a line -> its span

    def build(self) -> Structure:
        for block in self._blocks:
            kind, eid = self._add(block)
            for line in block.lines:
                self._owners[line.start] = (kind, eid)
                if eid and kind != "footnote":
                    self._calls.note_line(line, eid)
        footnotes = self._tie_footnotes()
        paragraphs = [self._paragraph(i, draft) for i, draft in enumerate(self._drafts)]
        self._report_drafts()
        return Structure(
            self._title,
            tuple(self._calls.cut_out(self._spans())),
            tuple(self._sections),
            tuple(with_acts(paragraphs, speech_acts())),
            footnotes,
            tuple(self._warnings),
        )

    def _add(self, block: Block) -> tuple[SpanKind, str | None]:
        """Take a block in; what its lines are and the unit they belong to."""
        if block in self._title_blocks:
            part = self._without_call(block, "title")
            self._title = f"{self._title}: {part}" if self._title else part
            return "masthead", "title"
        if block.kind in ("masthead", "furniture"):
            self._calls.note_star(block)
        match block.kind:
            case "title":
                return "masthead", None
            case "heading":
                return "heading", self._add_section(block)
            case "paragraph":
                return "paragraph", self._add_paragraph(block)
            case "item":
                return "paragraph", self._add_item(block)
            case "continuation":
                self._drafts[-1].closing.append(block)
                return "paragraph", f"{self._drafts[-1].eid}__wrapup"
            case "footnote":
                return "footnote", self._add_footnote(block)
            case "furniture" | "masthead" | "unassigned":
                return block.kind, None

    def _add_paragraph(self, block: Block) -> str:
        label = block.label
        if not label:
            self._unnumbered += 1
            label = unnumbered_label(self._unnumbered)
        eid = self._unique(f"para_{label_id(label)}")
        path = self._sections[-1].path if self._sections else ()
        self._drafts.append(_ParagraphDraft(block, label, eid, path))
        return eid

    def _add_section(self, block: Block) -> str:
        eid = self._unique(f"hd_{block.label or 'nn'}", first_numbered=not block.label)
        title = self._without_call(block, eid)
        level = block.level or self._level_by_style(block)
        if block.level:
            self._lowest_level, self._styles = block.level, []
        while self._enclosing and self._enclosing[-1].level >= level:
            self._enclosing.pop()
        path = (*(self._enclosing[-1].path if self._enclosing else ()), title)
        start, end = self._extent(list(block.lines))
        section = Section(block.label or None, title, level, path, eid, start, end)
        self._sections.append(section)
        self._enclosing.append(section)
        return eid

    def _level_by_style(self, block: Block) -> int:
        """The level of a heading without a number: below one in larger or bolder letters."""
        style = _style(next(block.lines))
        while self._styles and self._styles[-1][0] < style:
            self._styles.pop()
        if self._styles and self._styles[-1][0] == style:
            return self._styles[-1][1]
        level = (self._styles[-1][1] if self._styles else self._lowest_level) + 1
        self._styles.append((style, level))
        return level

    def _add_item(self, block: Block) -> str:
        draft = self._drafts[-1]
        siblings, parent_eid = draft.items, draft.eid
        for _ in range(block.level - 1):
            if not siblings:
                break
            parent_eid = siblings[-1].eid
            siblings = siblings[-1].below
        name = "subpara" if parent_eid == draft.eid else "point"
        item = _ItemDraft(block, self._unique(f"{parent_eid}__{name}_{block.label}"))
        siblings.append(item)
        return item.eid

    def _add_footnote(self, block: Block) -> str:
        eid = self._unique(note_id(block.label))
        start, end = self._extent(list(block.lines))
        text = self._joined(block, skip=block.marker)
        self._footnotes.append(Footnote(block.label, eid, text, start, end))
        return eid

    def _tie_footnotes(self) -> tuple[Footnote, ...]:
        placed = [(note, self._line_at(note.start)) for note in self._footnotes]
        tied = tuple(self._calls.tied(placed))
        for note, (_, line) in zip(tied, placed, strict=True):
            if note.called_from is None:
                self._warn("footnote_without_call", f"nothing calls footnote {note.mark}", line)
        self._warnings += self._calls.problems()
        return tied

    def _without_call(self, block: Block, eid: str) -> str:
        return self._calls.without_last(self._joined(block, skip=block.marker), block, eid)

    # -- units

    def _paragraph(self, ordinal: int, draft: _ParagraphDraft) -> Paragraph:
        text, sentences = self._read(draft.block.parts, skip=draft.block.marker)
        closing, closing_sentences = self._read([p for b in draft.closing for p in b.parts])
        items = tuple(self._item(item) for item in draft.items)
        lines = list(draft.block.lines)
        start, end = self._extent(lines)
        ends = [end, *(item.end for item in items)]
        ends += [self._extent(list(block.lines))[1] for block in draft.closing]
        return Paragraph(
            draft.label, draft.block.marker, draft.eid, ordinal, draft.section, text, start, max(ends),
            lines[0].page, items, closing, self._calls.notes_of(draft.eid), sentences + closing_sentences,
        )  # fmt: skip

    def _item(self, draft: _ItemDraft) -> Item:
        text, sentences = self._read(draft.block.parts, skip=draft.block.marker)
        below = tuple(self._item(child) for child in draft.below)
        lines = list(draft.block.lines)
        start, end = self._extent(lines)
        return Item(
            draft.block.label, draft.block.marker, draft.eid, text,
            start, max([end, *(item.end for item in below)]), lines[0].page, below, "", sentences,
        )  # fmt: skip

    def _read(self, parts: Sequence[list[Line]], skip: str = "") -> tuple[str, tuple[Sentence, ...]]:
        """The text of parts, a line each, without the marker, and its sentences."""
        texts, sentences = [], []
        for part in parts:
            source = self._source_text(part, skip)
            skip = ""
            texts.append(source.text)
            for start, end in sentence_spans(source.text):
                where = source.span(start, end)
                sentences.append(Sentence(source.text[start:end], *where, Role.CONTEXT))
        return "\n".join(text for text in texts if text), tuple(sentences)

    def _joined(self, block: Block, skip: str = "") -> str:
        texts = []
        for part in block.parts:
            texts.append(self._source_text(part, skip).text)
            skip = ""
        return " ".join(texts)

    def _source_text(self, lines: list[Line], skip: str) -> SourceText:
        segments = [(line.start, line.end) for line in lines]
        if skip:
            first = self._text.index(skip, lines[0].start) + len(skip)
            segments[0] = (first, lines[0].end)
        return SourceText(self._text, _merged(segments), [call for line in lines for call in line.calls])

    def _extent(self, lines: list[Line]) -> tuple[int, int]:
        """From the first printed character to the last."""
        first, last = lines[0], lines[-1]
        start = self._text.index(first.text, first.start) if first.text else first.start
        return start, self._text.index(last.text, last.start) + len(last.text)

    def _unique(self, eid: str, *, first_numbered: bool = False) -> str:
        """The id, with `_2` on its second use; ids of unnumbered units are numbered from 1."""
        self._seen[eid] += 1
        count = self._seen[eid]
        return f"{eid}_{count}" if count > 1 or first_numbered else eid

    # -- accounts

    def _spans(self) -> Iterable[Span]:
        """One span a run of lines of the same unit; blank lines go with what is before them."""
        first: tuple[SpanKind, str | None] = next(iter(self._owners.values()), ("unassigned", None))
        owner, start = first, 0
        for line in self._lines:
            new = self._owners.get(line.start, owner)
            if new != owner:
                if line.start > start:
                    yield Span(owner[0], start, line.start, owner[1])
                owner, start = new, line.start
        if self._text:
            yield Span(owner[0], start, len(self._text), owner[1])

    def _report_drafts(self) -> None:
        blank = next((line for line in self._lines if is_blank_job_number(line)), None)
        if blank:
            problem = "the job number is blank: probably not the issued text"
            self._warn("suspected_draft", problem, blank)

    def _line_at(self, offset: int) -> Line:
        return self._lines[bisect_right(self._lines, offset, key=lambda line: line.start) - 1]

    def _warn(self, code: str, message: str, line: Line | None = None) -> None:
        number, page = (line.number, line.page) if line else (None, None)
        self._warnings.append(Warning(code, message, number, page))


def _style(line: Line) -> _Style:
    """How much a heading stands out; where the format shows no sizes, all do alike."""
    return (line.size or 0.0, line.bold, not line.italic)


def _merged(segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring segments made one, so that a word divided between lines can be closed up."""
    merged = segments[:1]
    for start, end in segments[1:]:
        if merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
