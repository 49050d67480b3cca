"""What quotations are made of: the sentences of documents, and plain comparing of strings."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from corpus.model import DocumentHeader, Item, Paragraph, pinpoint_of

INVENTED_LIKE = 80.0
"""Of 100: a made sentence that is so like a printed one is no invention but an alteration."""

TRUE_RUN = 10
"""Words: a made sentence with so long a run of a printed one is none either."""

EXACT = frozenset({"exact"})
NORMALISED = frozenset({"exact_normalised"})
MARKED = frozenset({"altered_ok"})
ALTERED = frozenset({"altered"})
STITCHED = frozenset({"stitched"})
NOT_FOUND = frozenset({"not_found"})


@dataclass(frozen=True)
class Quoted:
    """A document to quote from."""

    header: DocumentHeader
    paragraphs: Sequence[Paragraph]

    @property
    def symbol(self) -> str:
        """Its symbol."""
        return self.header.symbol

    @cached_property
    def plain(self) -> str:
        """All that its paragraphs print, in the form that is compared here, without labels of items."""
        return " ".join(plain(texts_of(paragraph)) for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a place of a document."""

    document: Quoted
    paragraph: Paragraph
    place: Paragraph | Item
    text: str

    @property
    def words(self) -> list[str]:
        """Its words with what is printed against them."""
        return self.text.split(" ")

    @property
    def reference(self) -> str:
        """A reference to its place."""
        return f"{self.document.symbol}, {pinpoint_of(self.paragraph, self.place).format('un')}"


@dataclass(frozen=True)
class MadeQuotation:
    """A quotation with the verdicts that are right for it, and where its words stand.

    `places` are symbols and ids, one of which must be told; none where nothing need be. `held` says whether
    all documents are held or only every other one.
    """

    kind: str
    text: str
    verdicts: frozenset[str]
    places: frozenset[tuple[str, str]] = frozenset()
    cited: str | None = None
    held: str = "all"


def plain(text: str) -> str:
    """A text as it is compared here: lower case, words by single spaces, no signs but letters and digits."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(re.findall(r"[^\W_]+", folded))


class Material:
    """The sentences of all documents, and what is needed to see whether words stand somewhere."""

    def __init__(self, documents: Sequence[Quoted]) -> None:
        self.documents = documents
        self.sentences = {each.symbol: list(sentences_of(each)) for each in documents}
        self.all = [each for some in self.sentences.values() for each in some]
        self.plain = [plain(each.text) for each in self.all]

    def stands(self, text: str, documents: Sequence[Quoted] | None = None) -> bool:
        """Whether the words of a text stand somewhere in this order."""
        words = f" {plain(text)} "
        return any(words in f" {each.plain} " for each in documents or self.documents)

    def places(self, sentence: Sentence, text: str) -> frozenset[tuple[str, str]]:
        """The place of words that stand there only; none where others have them too."""
        words = f" {plain(text)} "
        count = sum(f" {each.plain} ".count(words) for each in self.documents)
        return places_of(sentence) if count == 1 else frozenset()

    def is_like(self, text: str, symbols: Sequence[str] | None = None, least: float = INVENTED_LIKE) -> bool:
        """Whether a sentence of some documents, or of all, is like a text."""
        some = [p for each, p in zip(self.all, self.plain, strict=True)
                if symbols is None or each.document.symbol in symbols]  # fmt: skip
        return process.extractOne(plain(text), some, scorer=fuzz.ratio, score_cutoff=least) is not None

    @cached_property
    def chain(self) -> dict[tuple[str, str], list[str]]:
        """Which word follows which two."""
        follows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for sentence in self.all:
            words = sentence.words
            for one, two, three in zip(words, words[1:], words[2:], strict=False):
                follows[one, two].append(three)
        return dict(follows)

    @cached_property
    def all_runs(self) -> set[tuple[str, ...]]:
        """All runs of `TRUE_RUN` words of all documents."""
        return self.true_runs(self.documents)

    def true_runs(self, documents: Sequence[Quoted]) -> set[tuple[str, ...]]:
        """All runs of `TRUE_RUN` words."""
        return {run for each in documents for run in runs_of(each.plain)}


Make = Callable[[Sentence, Material, random.Random], MadeQuotation | None]
"""Makes a quotation of a sentence, or none where it does not lend itself to it."""


def part_of(sentence: Sentence, chance: random.Random, least: int, most: int) -> str | None:
    """Some words of a sentence in a row; none of a sentence that is too short."""
    words = sentence.words
    if len(words) < least:
        return None
    count = chance.randint(least, min(most, len(words)))
    start = chance.randint(0, len(words) - count)
    part = " ".join(words[start : start + count])
    return part if re.match(r"[\w“]", part) else None


def places_of(sentence: Sentence) -> frozenset[tuple[str, str]]:
    """Where a sentence stands."""
    return place_in(sentence.document, sentence.place.eid)


def place_in(document: Quoted, eid: str) -> frozenset[tuple[str, str]]:
    """A place of a document."""
    return frozenset({(document.symbol, eid)})


def reference_at_times(sentence: Sentence, chance: random.Random) -> str | None:
    """The reference to a sentence, every other time."""
    return sentence.reference if chance.random() < 0.5 else None


def following(sentence: Sentence) -> Paragraph | None:
    """The paragraph after that of a sentence."""
    after = [p for p in sentence.document.paragraphs if p.ordinal == sentence.paragraph.ordinal + 1]
    return after[0] if after else None


def has_words(paragraph: Paragraph, text: str) -> bool:
    """Whether a paragraph has the words of a text in this order."""
    return f" {plain(text)} " in f" {plain(texts_of(paragraph))} "


def count_of(document: Quoted, text: str) -> int:
    """How often a document has the words of a text."""
    return document.plain.count(plain(text))


def texts_of(paragraph: Paragraph) -> str:
    """All that a paragraph prints, without numbers and letters."""
    return " ".join(f"{place.text} {place.closing}" for place in paragraph.places())


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    """All runs of `TRUE_RUN` words of a plain text."""
    words = text.split()
    return (tuple(words[at : at + TRUE_RUN]) for at in range(len(words) - TRUE_RUN + 1))


def sentences_of(document: Quoted) -> Iterator[Sentence]:
    """The sentences of a document, but for those with marks of their own."""
    for paragraph in document.paragraphs:
        if paragraph.label.startswith("unnumbered"):
            continue
        for place in paragraph.places():
            for sentence in place.sentences:
                if sentence.text in place.text and not re.search(r"[\[\]…]|\.\.", sentence.text):
                    yield Sentence(document, paragraph, place, sentence.text)
