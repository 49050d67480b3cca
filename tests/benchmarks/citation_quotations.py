"""Quotations of held documents, right and wrong, each with what should become of it.

They are made from the documents' own sentences; what a change must lead to follows from how it was done.
Where chance makes words that stand somewhere after all, plain comparing of strings finds that out and they
are left out, so that no verdict rests on what Pilcrow says.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.benchmarks.quotation_changes import BRACKETS, CHANGES, FORMS, replaced_word
from tests.benchmarks.quotation_inventions import chained, composed, left_out, with_reference
from tests.benchmarks.quotation_material import (
    ALTERED,
    EXACT,
    MARKED,
    NORMALISED,
    MadeQuotation,
    Make,
    Material,
    Quoted,
    Sentence,
    count_of,
    following,
    part_of,
    place_in,
    places_of,
    reference_at_times,
)
from tests.benchmarks.quotation_misplaced import (
    left_a_clause_out,
    other_document,
    other_item,
    other_paragraph,
    stitched_afar,
    stitched_backwards,
    stitched_here,
)


def quotations(documents: Sequence[Quoted], seed: int) -> list[MadeQuotation]:
    """Quotations of every document, the same for the same seed; about fifty a document."""
    chance = random.Random(seed)
    material = Material(documents)
    made: list[MadeQuotation] = []
    for document in documents:
        sentences = material.sentences[document.symbol]
        for make, count in _KINDS:
            done, tries = 0, 0
            while done < count and tries < 20 * count and sentences:
                tries += 1
                one = make(chance.choice(sentences), material, chance)
                if one is not None:
                    made.append(one)
                    done += 1
    made += left_out(material, chance)
    chance.shuffle(made)
    return made


def _sentence(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    return _verbatim("sentence", sentence, sentence.text)


def _fragment(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    return _verbatim("fragment of 8 to 25 words", sentence, part_of(sentence, chance, 8, 25))


def _few_words(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    return _verbatim("4 to 7 words", sentence, part_of(sentence, chance, 4, 7))


def _verbatim(kind: str, sentence: Sentence, text: str | None) -> MadeQuotation | None:
    if text is None or len(text) < 20 or len(text.split()) < 4:
        return None
    few = len(text.split()) < 8  # whose places are told up to a limit
    return MadeQuotation(kind, text, EXACT, frozenset() if few else places_of(sentence))


def _paragraph(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    if sentence.paragraph.items:
        return None
    text = sentence.paragraph.text
    return MadeQuotation("paragraph", text, EXACT, place_in(sentence.document, sentence.paragraph.eid))


def _across_items(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    items = sentence.paragraph.items
    if len(items) < 2 or items[0].items or not sentence.paragraph.text:
        return None
    last = chance.randint(1, min(len(items), 4))
    lines = [sentence.paragraph.text, *(f"{each.label_printed} {each.text}" for each in items[:last])]
    if any(each.items or each.closing for each in items[: last - 1]):
        return None
    places = place_in(sentence.document, items[last - 1].eid)
    return MadeQuotation("lead-in and items", "\n".join(lines), EXACT, places)


def _items_run_in(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    items = sentence.paragraph.items
    if not items or items[0].items or not sentence.paragraph.text or len(items[0].text.split()) < 3:
        return None
    text = f"{sentence.paragraph.text} {items[0].text}"
    return MadeQuotation("items run in", text, MARKED, place_in(sentence.document, items[0].eid))


def _across_paragraphs(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    after = following(sentence)
    if sentence.paragraph.items or after is None or len(after.text.split()) < 5:
        return None
    text = f"{sentence.paragraph.text}\n{after.label_printed} {after.text}"
    return MadeQuotation("two paragraphs", text, EXACT, place_in(sentence.document, after.eid))


def _other_form(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    text = part_of(sentence, chance, 8, 40)
    if text is None:
        return None
    change = chance.choice(list(FORMS))
    changed = FORMS[change](text, chance)
    if changed == text:
        return None
    return MadeQuotation(f"form: {change}", changed, NORMALISED, places_of(sentence))


def _altered(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    text = part_of(sentence, chance, 9, 40)
    if text is None:
        return None
    change = chance.choice(list(CHANGES))
    words = text.split(" ")
    changed = CHANGES[change](words, chance)
    if changed is None or material.stands(changed):
        return None
    cited = sentence.reference if chance.random() < 0.6 else None
    places = places_of(sentence) if cited else frozenset[tuple[str, str]]()
    return MadeQuotation(f"altered: {change}", changed, ALTERED, places, cited)


def _ellipsis(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    words = sentence.words
    if len(words) < 14:
        return None
    start = chance.randrange(4, len(words) - 8)
    end = chance.randrange(start + 2, len(words) - 4)
    mark = chance.choice(("…", "...", ". . .", "[…]", "[...]", "(...)", "* * *"))
    text = " ".join([*words[:start], mark, *words[end:]])
    cited = reference_at_times(sentence, chance)
    return MadeQuotation("ellipsis", text, MARKED, material.places(sentence, sentence.text), cited)


def _ellipsis_across(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    after = following(sentence)
    if after is None or len(after.text.split()) < 8 or len(sentence.words) < 8:
        return None
    text = f"{' '.join(sentence.words[:8])} … {' '.join(after.text.split()[:8])}"
    if count_of(sentence.document, " ".join(sentence.words[:8])) > 1:
        return None
    places = place_in(sentence.document, after.eid)
    return MadeQuotation("ellipsis across paragraphs", text, MARKED, places, sentence.document.symbol)


def _brackets(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    text = part_of(sentence, chance, 10, 40)
    if text is None:
        return None
    change = chance.choice(list(BRACKETS))
    changed = BRACKETS[change](text, chance)
    if changed is None or changed == text:
        return None
    cited = reference_at_times(sentence, chance)
    return MadeQuotation(f"brackets: {change}", changed, MARKED, material.places(sentence, text), cited)


def _marked_and_altered(
    sentence: Sentence, material: Material, chance: random.Random
) -> MadeQuotation | None:
    words = sentence.words
    if len(words) < 22:
        return None
    changed = replaced_word(words[:10], chance)
    return MadeQuotation(
        "marked and altered",
        f"{changed} … {' '.join(words[13:])}",
        ALTERED,
        places_of(sentence),
        sentence.reference,
    )


def _short(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    text = part_of(sentence, chance, 1, 3)
    return MadeQuotation("too short", text, frozenset({"too_short"})) if text else None


_KINDS: tuple[tuple[Make, int], ...] = (
    (_sentence, 4), (_fragment, 4), (_few_words, 3), (_paragraph, 2), (_across_items, 2), (_items_run_in, 1),
    (_across_paragraphs, 1), (_other_form, 6), (_altered, 9), (_ellipsis, 4), (_ellipsis_across, 1),
    (_brackets, 5),
    (_marked_and_altered, 1), (stitched_here, 2), (stitched_backwards, 1), (stitched_afar, 2),
    (left_a_clause_out, 1), (other_paragraph, 2), (other_item, 1), (other_document, 2), (composed, 2),
    (chained, 2), (with_reference, 1), (_short, 1),
)  # fmt: skip
"""What is made, and how many of it of each document."""
