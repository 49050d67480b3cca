"""Where sentences end in the English of UN documents."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "no nos art arts para paras par sect sects chap vol vols add corr rev amend doc docs res ed eds "
    "mr mrs ms dr prof st vs cf e.g i.e etc al ibid op cit fig figs p pp approx inc ltd u.n u.s "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_END = re.compile(r"(?<![.!?])[.!?]+[\"”’»)\]]*(?=\s+[\"“‘«(\[]?[A-Z0-9À-ÖØ-Þ])|\n+")
_WORD_BEFORE = re.compile(r"[\w.]+$")
_LONGEST_WORD = 24  # characters before a full stop that are looked at, so that long texts stay fast
_INITIAL = re.compile(r"[A-Z](?:\.[A-Z])*")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence, without the space between; a line break ends one too.

    A full stop after an abbreviation (`No.`, `art.`, `para.`, `e.g.`) or an initial ends none.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        before = text[max(start, match.start() - _LONGEST_WORD) : match.start()]
        if match[0].startswith(".") and _is_abbreviation(before):
            continue
        end = match.start() if match[0].startswith("\n") else match.end()
        _append(spans, text, start, end)
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    stripped = text[start:end]
    start += len(stripped) - len(stripped.lstrip())
    if stripped.strip():
        spans.append((start, start + len(stripped.strip())))


def _is_abbreviation(before: str) -> bool:
    word = _WORD_BEFORE.search(before)
    if not word:
        return False
    return word[0].lower() in _ABBREVIATIONS or bool(_INITIAL.fullmatch(word[0]))
