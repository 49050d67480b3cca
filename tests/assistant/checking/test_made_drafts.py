"""Drafts made by chance: all references in them are found, with what becomes of them, and nothing else."""

from __future__ import annotations

import random

import pytest

from assistant.checking.references import find_references
from assistant.citations.resolve import Resolver
from assistant.citations.styles import STYLES, CitedDocument
from tests.benchmarks.citation_drafts import compare, drafts
from tests.benchmarks.citation_references import Held, right_ones, wrong_numbers
from tests.benchmarks.citations import is_right
from tests.corpus.catalogs import builtin


@pytest.mark.parametrize("seed", [3, 8])
def test_all_references_of_a_made_draft_are_found_and_nothing_else(seed: int, resolver: Resolver) -> None:
    chance = random.Random(seed)
    document = builtin()
    header = resolver.header(document.symbol)
    assert header is not None
    held = Held(header, "Laos", document.paragraphs, CitedDocument.of(document, ()))
    made = [
        *right_ones(held, chance),
        *(each for style in STYLES for each in wrong_numbers(held, style, chance)),
    ]
    chance.shuffle(made)
    (draft,) = drafts(made, [held], seed)
    pairs, besides = compare(draft, find_references(draft.draft, resolver))
    assert [each.text for each in besides] == []
    assert len(pairs) > len(made) == 36
    for planted, found in pairs:
        assert found is not None
        assert (found.start, found.end) == (planted.start, planted.end)
        assert is_right(planted.made, found.resolution), (planted.made, found.resolution.reason)
