"""Words of a question that no document has, read as the nearest that one has: "acessible" as "accessible"."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from index.engine import Searcher
from index.vocabulary import Vocabulary
from index.words import terms, words_as_printed

_WORD = re.compile(r"[^\W\d_]{5,}")
_NEAR = 0.84  # of the letters of both, in order: two in ten may differ
_LIKE = 3_000  # printed words that begin alike, among which the nearest is looked for


def respelt(text: str, searcher: Searcher, vocabulary: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """A text with its unknown words as the documents spell the nearest ones, and these words.

    A word is unknown that no passage has in any form and that stands for no other. Names are left as
    they are: another name is another thing.
    """
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isupper() or word in found or vocabulary.variants(word):
            continue
        stems = terms(word)
        if stems and not any(map(searcher.passages_with, stems)):
            like = _nearest(word.lower(), tuple(searcher.words_beginning(word[:2].lower(), _LIKE)))
            if like:
                found[word] = like
    for word, like in found.items():
        text = re.sub(rf"\b{re.escape(word)}\b", like, text)
    return text, tuple(found.values())


@lru_cache(maxsize=256)
def _nearest(word: str, printed: tuple[str, ...]) -> str | None:
    letters = words_as_printed(word)
    return next(iter(get_close_matches(letters[0], printed, 1, _NEAR)), None) if letters else None
