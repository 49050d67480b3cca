"""Quotations that join what does not stand together, or are given with another reference."""

from __future__ import annotations

import random

from rapidfuzz import fuzz, process

from corpus.model import Item, pinpoint_of
from tests.benchmarks.quotation_material import (
    STITCHED,
    MadeQuotation,
    Material,
    Sentence,
    count_of,
    following,
    has_words,
    part_of,
    places_of,
    plain,
    reference_at_times,
)


def stitched_here(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """Sentences of two paragraphs of one document."""
    other = chance.choice(material.sentences[sentence.document.symbol])
    if other.paragraph is sentence.paragraph or other.paragraph is following(sentence):
        return None
    return _two(sentence, other, "stitched in a document", material, chance, 8)


def stitched_backwards(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """Two sentences of a paragraph in the other order."""
    others = [
        each for each in material.sentences[sentence.document.symbol] if each.paragraph is sentence.paragraph
    ]
    if len(others) < 2 or count_of(sentence.document, " ".join(others[0].words[:30])) > 1:
        return None
    return _two(others[-1], others[0], "stitched backwards, with an ellipsis", material, chance, 8, " … ")


def stitched_afar(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """Sentences of two documents."""
    other = chance.choice(material.all)
    if other.document is sentence.document:
        return None
    return _two(sentence, other, "stitched across documents", material, chance, 14)


def left_a_clause_out(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """A sentence without many of its words."""
    words = sentence.words
    if len(words) < 36:
        return None
    start = chance.randrange(8, len(words) - 26)
    end = chance.randrange(start + 14, len(words) - 10)
    text = " ".join([*words[:start], *words[end:]])
    if material.stands(text):
        return None
    return MadeQuotation(
        "clause left out", text, STITCHED, places_of(sentence), reference_at_times(sentence, chance)
    )


def _two(
    one: Sentence, other: Sentence, kind: str, material: Material, chance: random.Random, least: int,
    mark: str = " ",
) -> MadeQuotation | None:  # fmt: skip
    before, after = one.words[:30], other.words[:30]
    if min(len(before), len(after)) < least:
        return None
    text = mark.join((" ".join(before), " ".join(after)))
    if material.stands(" ".join([*before, *after])) or plain(" ".join(before)) == plain(" ".join(after)):
        return None
    return MadeQuotation(kind, text, STITCHED)


def other_paragraph(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """Words under another paragraph of the document."""
    text, document = part_of(sentence, chance, 8, 40), sentence.document
    other = chance.choice(document.paragraphs)
    if text is None or other.label.startswith("unnumbered") or has_words(other, text):
        return None
    if other.eid == sentence.paragraph.eid or any(
        p.label == other.label for p in document.paragraphs if p is not other
    ):
        return None
    cited = f"{document.symbol}, para. {other.label}"
    return MadeQuotation(
        "another paragraph", text, frozenset({"elsewhere_in_document"}), places_of(sentence), cited
    )


def other_item(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """An item under another one of its paragraph."""
    if not isinstance(sentence.place, Item) or len(sentence.words) < 8:
        return None
    others = [each for each in sentence.paragraph.items if each.eid != sentence.place.eid]
    if not others or sentence.place not in sentence.paragraph.items:
        return None
    other = chance.choice(others)
    if plain(sentence.text) in plain(other.full_text):
        return None
    labels = [paragraph.label for paragraph in sentence.document.paragraphs]
    if labels.count(sentence.paragraph.label) > 1 or [each.label for each in others].count(other.label) > 1:
        return None
    cited = f"{sentence.document.symbol}, {pinpoint_of(sentence.paragraph, other).format('un')}"
    wanted = frozenset({"elsewhere_in_document"})
    return MadeQuotation("another item", sentence.text, wanted, places_of(sentence), cited)


def other_document(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """Words under another document."""
    text, other = part_of(sentence, chance, 10, 40), chance.choice(material.documents)
    if text is None or other is sentence.document or f" {plain(text)} " in f" {other.plain} ":
        return None
    words = plain(text)
    best = process.extractOne(
        words, [p for each, p in zip(material.all, material.plain, strict=True) if each.document is other],
        scorer=fuzz.partial_ratio, score_cutoff=70,
    )  # fmt: skip
    if best is not None:
        return None
    cited = f"{other.symbol}, para. {chance.choice(other.paragraphs[1:]).label}"
    return MadeQuotation(
        "another document", text, frozenset({"elsewhere_in_corpus"}), places_of(sentence), cited
    )
