"""Answers made of the documents' own sentences, each with the place it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Checks, Citation, Quoted, Statement
from assistant.conditions import has_quoted
from assistant.markdown import escaped
from assistant.question import Question
from assistant.retrieval import Hit
from corpus.model import Item, Paragraph, Role, Sentence, pinpoint_of
from index.conditions import excludes
from index.words import printed_words, terms

_ROLE_NAMES = {
    Role.CONTEXT: "Context",
    Role.POSITIVE: "Positive aspect",
    Role.CONCERN: "Concern",
    Role.RECOMMENDATION: "Recommendation",
    Role.REQUEST: "Request",
    Role.REMINDER: "Reminder",
}
# A sentence that opens so says nothing without the one before it.
_LEANS_BACK = re.compile(r"(?:It|They|This|These|However|Furthermore|Moreover|To this end|In this regard)\b")
_WHOLE_UP_TO = 2  # sentences of a paragraph that are quoted without choosing among them
_SENTENCE_SHARE = 0.5  # of the best sentence's words of the topic that another needs to be quoted
_HEADING_SHARE = 1 / 3  # of a heading's words that a question about the whole section names
_STRAY = re.compile(r"^[^\w(]+")  # what a file has before a marker by mistake
_UNCHECKED = Checks(exists=None, verbatim=None, supported=None)


@dataclass(frozen=True)
class Composition:
    """What an answer says, before its citations are checked."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    text: str


class Composer(Protocol):
    """Turns evidence into statements; whatever it does, its citations are checked afterwards."""

    def __call__(self, question: Question, evidence: Sequence[Hit]) -> Composition:
        """Compose from hits in the order they shall appear in."""
        ...


@dataclass(frozen=True)
class Quotation:
    """Sentences that stand together in one place, with the sentence that governs them."""

    hit: Hit
    place: Paragraph | Item
    sentences: tuple[Sentence, ...]
    governing: Sentence | None


def compose(question: Question, evidence: Sequence[Hit]) -> Composition:
    """Quote what answers the question, under document and heading, labelled by role."""
    return written((hit, _quotations(question, hit)) for hit in evidence)


def written(evidence: Iterable[tuple[Hit, Iterable[Quotation]]]) -> Composition:
    """Quotations from paragraphs as statements, citations and Markdown, in the order given."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    text = _Markdown()
    for hit, quotations in evidence:
        text.begin(hit)
        for quotation in quotations:
            citation = _citation(quotation)
            text.add(quotation, citation)
            statements += _statements(quotation, len(citations))
            citations.append(citation)
    return Composition(tuple(statements), tuple(citations), text.joined())


def quote_whole(hit: Hit) -> Hit:
    """The hit with the place it names and all items below it, as a look-up shows it."""
    below = [place for place in hit.paragraph.places() if place.eid.startswith(f"{hit.place.eid}__")]
    return hit.at([hit.place, *below])


def is_stub(place: Paragraph | Item) -> bool:
    """Whether a place only leads in to its items: `The Committee recommends that the State party:`."""
    return bool(place.items) and len(place.sentences) == 1 and place.text.endswith(":")


# -- what to quote


def _quotations(question: Question, hit: Hit) -> Iterable[Quotation]:
    """The stretches of a paragraph that answer, in printed order."""
    wanted = {place.eid for place in _places(question, hit)}
    # an item of an item says nothing without the words of the one above it
    wanted |= {above.eid for eid in set(wanted) for above in hit.paragraph.governing(eid)[1:]}
    with_items = any("__" in eid for eid in wanted)
    for place in hit.paragraph.places():
        if place.eid in wanted:
            governing = governing_sentence(hit.paragraph, place)
            for run in together(place, _sentences(question, hit.paragraph, place, with_items)):
                yield Quotation(hit, place, run, governing)


def _places(question: Question, hit: Hit) -> Sequence[Paragraph | Item]:
    """The places to quote: those found, or a list where only its lead-in was found."""
    items = [place for place in hit.paragraph.places() if isinstance(place, Item)]
    if question.is_look_up or not items:
        return hit.places
    if question.whole:
        return [hit.paragraph, *items]
    if question.read.condition is not None and excludes(question.read.condition):
        return hit.places  # others may have what is excluded
    if hit.relation == "paired":  # brought along for the places that answer, not for its whole list
        return hit.places
    if _is_broad(question, hit.paragraph):
        return [hit.paragraph, *items]
    if any(isinstance(place, Item) for place in hit.places) or not _leads_in(hit.paragraph):
        return hit.places
    return [hit.paragraph, *([item for item in items if _shared_words(question, item)] or items)]


def _is_broad(question: Question, paragraph: Paragraph) -> bool:
    """Whether the question is about all that stands under the paragraph's heading.

    Words are compared as printed, since "adoption" is not what "Measures adopted to …" is about,
    and they must be a good part of the heading.
    """
    topic = printed_words(question.topic)
    heading = printed_words(paragraph.section[-1]) if paragraph.section else set()
    return bool(topic) and topic <= heading and len(topic) >= _HEADING_SHARE * len(heading)


def _sentences(
    question: Question, paragraph: Paragraph, place: Paragraph | Item, with_items: bool
) -> Sequence[Sentence]:
    """The sentences of a place to quote: all of a short one, of a long one those on the topic."""
    sentences = place.sentences
    if isinstance(place, Item):
        return sentences
    if with_items and not question.is_look_up and not question.whole and not _is_broad(question, paragraph):
        # the sentence that governs the items is printed with them
        governing = governing_sentence(paragraph, paragraph.items[0])
        sentences = tuple(sentence for sentence in sentences if sentence is not governing)
    counts = [len(_shared_words(question, sentence)) for sentence in sentences]
    best = max(counts, default=0)
    if question.is_look_up or question.whole or _is_broad(question, paragraph):
        return sentences
    if not with_items and (len(sentences) <= _WHOLE_UP_TO or not best):
        return sentences
    chosen = {i for i, count in enumerate(counts) if best and count >= _SENTENCE_SHARE * best}
    condition = question.read.condition
    chosen |= {i for i, sentence in enumerate(sentences) if has_quoted(condition, sentence.text)}
    for index in list(chosen):
        while index and _LEANS_BACK.match(sentences[index].text):
            index -= 1
            chosen.add(index)
    return [sentence for index, sentence in enumerate(sentences) if index in chosen]


def together(place: Paragraph | Item, sentences: Sequence[Sentence]) -> Iterable[tuple[Sentence, ...]]:
    """Runs of sentences that follow each other in a place, so that a quotation is contiguous."""
    order = {sentence.start: position for position, sentence in enumerate(place.sentences)}
    run: list[Sentence] = []
    for sentence in sentences:
        if run and order[sentence.start] != order[run[-1].start] + 1:
            yield tuple(run)
            run = []
        # what stands before the items and after them is printed apart
        if run and isinstance(place, Paragraph) and place.items and _between(place, run[-1], sentence):
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)


def _between(paragraph: Paragraph, one: Sentence, other: Sentence) -> bool:
    return any(one.end <= item.start < other.start for item in paragraph.items)


def _shared_words(question: Question, place: Sentence | Item) -> set[str]:
    return set(terms(question.topic)) & set(terms(place.text))


def _leads_in(place: Paragraph) -> bool:
    return place.text.rstrip().endswith(":")


def governing_sentence(paragraph: Paragraph, place: Paragraph | Item) -> Sentence | None:
    """The sentence of the paragraph that an item completes."""
    if isinstance(place, Paragraph):
        return None
    before = [sentence for sentence in paragraph.sentences if sentence.end <= place.start]
    return before[-1] if before else None


# -- how it is said


def _citation(quotation: Quotation) -> Citation:
    header, place = quotation.hit.header, quotation.place
    pinpoint = pinpoint_of(quotation.hit.paragraph, place)
    governing = quotation.governing
    return Citation(
        symbol=header.symbol,
        title=header.title,
        edition=header.edition,
        language=header.language,
        sha256=header.source.sha256,
        pinpoint=str(pinpoint),
        eid=place.eid,
        label=f"{header.symbol}, {pinpoint.format('un')}",
        quote=" ".join(sentence.text for sentence in quotation.sentences),
        start=quotation.sentences[0].start,
        end=quotation.sentences[-1].end,
        lead_in=Quoted(quote=governing.text, start=governing.start, end=governing.end) if governing else None,
        checks=_UNCHECKED,
        href=f"/documents/{header.slug}#{place.eid}",
        url=header.url,
    )


def _statements(quotation: Quotation, citation: int) -> Iterable[Statement]:
    verb = quotation.governing.verb if quotation.governing else None
    for sentence in quotation.sentences:
        verb = sentence.verb or verb
        yield Statement(text=sentence.text, role=sentence.role, verb=verb, citations=(citation,))


class _Markdown:
    """The answer as it is read: documents and headings once, items under the words that govern them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._document: int | None = None
        self._section: tuple[str, ...] | None = None
        self._governing: Sentence | None = None

    def begin(self, hit: Hit) -> None:
        """Head what follows with its document and heading, where they are new."""
        if hit.header.id != self._document:
            self._document, self._section = hit.header.id, None
            edition = "" if hit.header.edition == "issued" else f" ({hit.header.edition})"
            self._lines += ["", f"**{escaped(hit.header.title)}** · {hit.header.symbol}{edition}"]
        if hit.paragraph.section != self._section:
            self._section = hit.paragraph.section
            self._lines += ["", f"*{escaped(' › '.join(self._section))}*", ""] if self._section else [""]
        self._governing = None

    def add(self, quotation: Quotation, citation: Citation) -> None:
        """One quotation with its link, below the sentence that governs it."""
        place = citation.label.removeprefix(f"{citation.symbol}, ")
        edition = "" if citation.edition == "issued" else f", {citation.edition}"
        link = f"[{place}{edition}]({citation.href})"
        if quotation.governing is None:
            # where the words that govern the items are quoted here, the items need them no more
            self._governing = quotation.sentences[-1]
            self._lines.append(f"- {_act(quotation.sentences)}: “{escaped(citation.quote)}” {link}")
            return
        if quotation.governing is not self._governing:
            self._governing = quotation.governing
            self._lines.append(f"- {_act([quotation.governing])}: “{escaped(quotation.governing.text)}”")
        marker = _STRAY.sub("", quotation.place.label_printed)
        self._lines.append(f"    - {marker} “{escaped(citation.quote)}” {link}")

    def joined(self) -> str:
        """The whole text."""
        return "\n".join(self._lines).strip()


def _act(sentences: Sequence[Sentence]) -> str:
    """What sentences do, with their printed verbs: `**Concern** (is seriously concerned)`."""
    roles = " and ".join(_ROLE_NAMES[role] for role in dict.fromkeys(s.role for s in sentences))
    verbs = ", ".join(dict.fromkeys(s.verb for s in sentences if s.verb))
    return f"**{roles}** ({verbs})" if verbs else f"**{roles}**"
