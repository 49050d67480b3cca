"""What a document is about, told by its headings: "summarise the document", "which topics does it cover?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.draft import Draft
from assistant.inference import inferred_filters
from assistant.instead import and_more
from assistant.markdown import escaped
from assistant.question import read_question, without_filters
from corpus.catalog import Snapshot
from corpus.holdings import Holdings
from corpus.model import Document, DocumentHeader, Paragraph
from corpus.pinpoint import Pinpoint
from corpus.symbol import Symbol
from index.words import terms

_IT = (
    r"(?:(?:(?:this|the|that|its|your)\s+)?(?:whole\s+)?"
    r"(?:documents?|text|report|(?:concluding\s+)?observations)|it|this)"
)
_CONTENTS = re.compile(
    rf"^\W*(?:please\s+|can\s+you\s+|could\s+you\s+)*(?:"
    rf"(?:what\s+(?:is|are|does)|what[’']s)\s+{_IT}\s+(?:all\s+)?(?:about|deal(?:s|ing)?\s+with|cover(?:s"
    rf"|ing)?)"
    rf"|(?:summari[sz]e|outline|give\s+(?:me\s+)?(?:a|an)\s+(?:summary|overview|outline)\s+of)\s+{_IT}"
    rf"|(?:(?:a|an|the)\s+)?(?:summary|overview|outline|(?:table\s+of\s+)?contents)(?:\s+of\s+{_IT})?"
    rf"|(?:which|what)\s+(?:topics?|subjects?|issues?|themes?|sections?|headings?|chapters?)\s+(?:(?:does"
    rf"|do|are\s+in|is\s+in)\s+)?{_IT}\s*"
    r"(?:cover|have|contain|deal\s+with|address|treat|discuss)?"
    r"|(?:which|what)\s+(?:topics?|subjects?|sections?|headings?|chapters?)\s+(?:are\s+there|are\s+covered"
    r"|does\s+it\s+have)"
    rf"|(?:list|show)(?:\s+me)?\s+(?:the\s+)?(?:sections?|headings?|table\s+of\s+contents)(?:\s+of\s+{_IT})?"
    r")\W*$",
    re.IGNORECASE,
)
_MOST_NAMED = 5  # documents that are named where one must be chosen


def asks_for_contents(text: str) -> bool:
    """Whether a question asks what a document is about as a whole, if only by its symbol."""
    beside = by_it = text
    for _, start, end in reversed(list(Symbol.find_all(text))):
        beside, by_it = f"{beside[:start]} {beside[end:]}", f"{by_it[:start]}it{by_it[end:]}"
    return bool(_CONTENTS.match(by_it)) or (beside != text and not terms(beside))


def asked_of_one_document(text: str, holdings: Holdings) -> str:
    """What is asked of a document, without the names that say of which."""
    question = read_question(text)
    return text if question.symbols else without_filters(question, inferred_filters(text, holdings)) or text


def contents_of(draft: Draft, snapshot: Snapshot) -> Answer:
    """The headings of the one document in scope with their paragraphs; of several, which there are."""
    headers = draft.scope.headers
    if len(headers) != 1:
        return draft.refusal("unclear", _which(headers), ())
    header = headers[0]
    return draft.told(_contents(header, snapshot.document(header.id)))


def _which(headers: Sequence[DocumentHeader]) -> str:
    if not headers:
        return "No held document meets the filters."
    named = [header.symbol for header in headers[:_MOST_NAMED]]
    return f"Say which document you mean: {and_more(named, len(headers), 'documents')}."


def _contents(header: DocumentHeader, document: Document) -> str:
    adopted = f", adopted {header.adopted.day} {header.adopted:%B %Y}" if header.adopted else ""
    lines = [f"**{escaped(header.title)}** · {header.symbol}{adopted}", ""]
    for section in document.sections:
        within = [p for p in document.paragraphs if p.section[: len(section.path)] == section.path]
        number = f"{section.number}. " if section.number else ""
        place = f" {_link(header, within)}" if within else ""
        lines.append(f"{'    ' * (section.level - 1)}- {escaped(f'{number}{section.title}')}{place}")
    if not document.sections:
        lines.append(f"- {_link(header, document.paragraphs)}")
    return "\n".join(lines)


def _link(header: DocumentHeader, paragraphs: Sequence[Paragraph]) -> str:
    first, last = paragraphs[0], paragraphs[-1]
    place = Pinpoint(first.label).format("un")
    if last is not first:
        place = f"paras. {first.label}–{last.label}"
    return f"[{place}](/documents/{header.slug}#{first.eid})"
