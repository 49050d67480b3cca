"""Blocks become sections, paragraphs, items and footnotes, and every character gets its span."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block, Blocks
from corpus.furniture import is_blank_job_number
from corpus.layout import Line, Reading
from corpus.model import Footnote, Item, Paragraph, Role, Section, Sentence, Span, SpanKind, Warning
from corpus.pinpoint import label_id
from corpus.sentences import sentence_spans
from corpus.source_text import SourceText
from corpus.speech_acts import speech_acts, with_acts

_CALLS = "*†‡"
_MARK_NAMES = {"*": "star", "†": "dagger", "‡": "ddagger"}


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
    eid: str
    section: tuple[str, ...]
    items: list[_ItemDraft] = field(default_factory=list)
    closing: list[Block] = field(default_factory=list)


class _Builder:
    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._lines = reading.lines
        found = Blocks(reading.lines)
        self._blocks = found.blocks
        self._warnings = list(found.warnings)
        self._seen: Counter[str] = Counter()
        self._title = ""
        self._sections: list[Section] = []
        self._enclosing: list[Section] = []  # those that the next one may stand in, outermost first
        self._lowest_level = 0  # of the last heading that has a level of its own
        self._drafts: list[_ParagraphDraft] = []
        self._footnotes: list[Footnote] = []
        self._calls: dict[str, str] = {}  # footnote mark -> eid of the unit that calls it
        self._owners: dict[int, tuple[SpanKind, str | None]] = {}  # line number -> its span

    def build(self) -> Structure:
        for block in self._blocks:
            kind, eid = self._add(block)
            for line in block.lines:
                self._owners[line.number] = (kind, eid)
        paragraphs = [self._paragraph(i, draft) for i, draft in enumerate(self._drafts)]
        self._report_drafts()
        return Structure(
            self._title,
            tuple(self._spans()),
            tuple(self._sections),
            tuple(with_acts(paragraphs, speech_acts())),
            tuple(self._tie_footnotes()),
            tuple(self._warnings),
        )

    def _add(self, block: Block) -> tuple[SpanKind, str | None]:
        """Take a block in; what its lines are and the unit they belong to."""
        match block.kind:
            case "title":
                self._title = self._without_call(self._joined(block), "title")
                return "masthead", "title"
            case "heading":
                return "heading", self._add_section(block)
            case "paragraph":
                eid = self._unique(f"para_{label_id(block.label)}")
                path = self._sections[-1].path if self._sections else ()
                self._drafts.append(_ParagraphDraft(block, eid, path))
                return "paragraph", eid
            case "item":
                return "paragraph", self._add_item(block)
            case "continuation":
                self._drafts[-1].closing.append(block)
                return "paragraph", f"{self._drafts[-1].eid}__wrapup"
            case "footnote":
                return "footnote", self._add_footnote(block)
            case "furniture" | "masthead" | "unassigned":
                return block.kind, None

    def _add_section(self, block: Block) -> str:
        title_text = self._joined(block, skip=block.marker)
        eid = self._unique(f"hd_{block.label or 'nn'}", first_numbered=not block.label)
        title = self._without_call(title_text, eid)
        level = block.level or self._lowest_level + 1
        self._lowest_level = block.level or self._lowest_level
        while self._enclosing and self._enclosing[-1].level >= level:
            self._enclosing.pop()
        path = (*(self._enclosing[-1].path if self._enclosing else ()), title)
        start, end = self._extent(list(block.lines))
        section = Section(block.label or None, title, level, path, eid, start, end)
        self._sections.append(section)
        self._enclosing.append(section)
        return eid

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
        name = f"{_MARK_NAMES[block.label[0]]}_{len(block.label)}"
        eid = self._unique(f"fn_{name}")
        start, end = self._extent(list(block.lines))
        text = self._joined(block, skip=block.marker)
        self._footnotes.append(Footnote(block.label, eid, text, start, end))
        return eid

    def _tie_footnotes(self) -> Iterable[Footnote]:
        for note in self._footnotes:
            caller = self._calls.pop(note.mark, None)
            if caller is None:
                line = self._line_at(note.start)
                self._warn("footnote_without_call", f"nothing calls footnote {note.mark}", line)
            yield Footnote(note.mark, note.eid, note.text, note.start, note.end, caller)
        for mark, caller in self._calls.items():
            problem = f"{caller} calls a footnote {mark} that is not there"
            self._warn("call_without_footnote", problem)

    def _without_call(self, text: str, eid: str) -> str:
        """A title or heading without the footnote mark printed at its end."""
        bare = text.rstrip(_CALLS)
        if bare != text:
            self._calls[text[len(bare) :]] = eid
        return bare.rstrip()

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
            draft.block.label, draft.block.marker, draft.eid, ordinal, draft.section, text,
            start, max(ends), lines[0].page, items, closing, (), sentences + closing_sentences,
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
        return SourceText(self._text, _merged(segments))

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
            new = self._owners.get(line.number, owner)
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


def _merged(segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring segments made one, so that a word divided between lines can be closed up."""
    merged = segments[:1]
    for start, end in segments[1:]:
        if merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
