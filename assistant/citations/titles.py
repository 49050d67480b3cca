"""Titles as citation styles print them."""

from __future__ import annotations

import re

# Articles, conjunctions and prepositions, which stay small within a title.
_SMALL = frozenset(
    "a an the and or nor but as at by for from in into of off on onto per to under upon via with within "
    "without against among between during over through towards concerning regarding including".split()
)
_WORD = re.compile(r"(?<!\w)[^\W\d_][^\W_]*(?:[’'][^\W\d_]+)*")
_BEGINS_AGAIN = re.compile(r"[:.?!–—][\"”’»)\s]*\s$")


def title_case(title: str) -> str:
    """An English title with a capital on every word but articles, conjunctions and prepositions.

    The first word, the last one and one after a colon have a capital whatever they are; a word that is
    printed with a capital anywhere keeps its form.
    """
    words = list(_WORD.finditer(title))
    ends = {words[0].start(), words[-1].start()} if words else set()

    def cased(match: re.Match[str]) -> str:
        word = match[0]
        begins = match.start() in ends or bool(_BEGINS_AGAIN.search(title, 0, match.start()))
        if not word.islower() or (word in _SMALL and not begins):
            return word
        capital = word[0].upper()
        return capital + word[1:] if len(capital) == 1 else word  # ß and ŉ begin no word with a capital

    return _WORD.sub(cased, title)
