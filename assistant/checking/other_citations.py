"""Citations that are not of UN documents: cases, books, statutes, pages of the web, articles of treaties.

They are never looked up. They are found because a reference such as `ibid.` or a bare number must not
reach over one: what it stands for is then not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from corpus.symbol import Symbol

OtherKind = Literal["other", "article"]

_YEAR = r"(?:1[6-9]|20)[0-9]{2}"
_MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
)
_NAME = r"[A-Z][\w’'-]{1,30}"
_PUBLISHED = (
    r"Press|OUP|CUP|Publish\w{1,5}|Verlag|Routledge|Brill|Nijhoff|Springer|Hart|Oxford|Cambridge|edn|Intersentia"
    r"|Elgar"
)
_CASE = re.compile(rf"\sv\.?\s(?={_NAME})")
_PARTY = re.compile(rf"{_NAME}(?:\s(?:of\s|the\s|and\s|&\s)?{_NAME}){{0,4}}$")
_LONGEST_PARTY = 120
# What stands in brackets: [2001] 1 AC 3, (2001) 12 HRQ, (OUP 2010), (Smith 2010, 34).
_BRACKETS = re.compile(
    rf"\[{_YEAR}\]\s(?:[0-9]{{1,3}}\s)?[A-Z][A-Za-z.]{{0,9}}"
    rf"|\({_YEAR}\)\s[0-9]{{1,3}}\s[A-Z][A-Za-z.]{{1,9}}"
    rf"|\([^()]{{0,80}}\b(?:{_PUBLISHED})\b[^()]{{0,40}}\b{_YEAR}\)"
    rf"|\((?:[Ss]ee\s(?:also\s)?|[Cc]f\.\s)?(?!(?:{_MONTHS}|UN|Geneva|New)\b){_NAME}"
    rf"(?:(?:\sand|\s&|,)\s{_NAME}){{0,3}}(?:\set\sal\.?)?,?\s{_YEAR}[a-z]?(?:[,:]\s?[^()]{{1,30}})?\)"
)
_VOLUME = re.compile(rf"\b[0-9]{{1,3}}\s?\([0-9]{{1,2}}\)\s?(?:\({_YEAR}\)|[A-Z])|\b10\.[0-9]{{4,5}}/")
_WORDS = re.compile(
    r"\b(?:(?:[Aa]pp(?:lication|l\.|\.)|[Cc]ase|[Cc]ommunication|[Cc]omplaint)\s[Nn]os?\.?\s?[0-9]"
    r"|(?:Act|Law|Decree|Code|Ordinance|Regulation)\s(?:[Nn]o\.?\s?)?[0-9]"
    r"|ISBN\b|doi:|ECtHR\b|UNTS\b|U\.N\.T\.S\."
    rf"|[A-Z]{{2,6}}/[A-Z][A-Za-z]{{1,9}}\s?\({_YEAR}\)\s?[0-9]"  # CPT/Inf (2020) 1
    r"|(?:previous|earlier|prior|last|former)\s(?:concluding\s)?(?:observations|comments|recommendations)\b)"
)
_URL = re.compile(r"\bhttps?://[^\s,;)\]>]{1,300}|\bwww\.[^\s,;)\]>]{1,300}")
_ARTICLE = re.compile(r"\b[Aa]rt(?:icles?|s?\.)\s{0,3}[0-9]{1,3}")


def other_citations(text: str) -> Iterator[tuple[OtherKind, int, int]]:
    """Each citation of another kind, with start and end of what tells it."""
    for pattern in (_BRACKETS, _VOLUME, _WORDS):
        for match in pattern.finditer(text):
            yield "other", match.start(), match.end()
    for match in _CASE.finditer(text):
        party = _PARTY.search(text, max(0, match.start() - _LONGEST_PARTY), match.start())
        if party:
            yield "other", party.start(), match.end()
    for match in _URL.finditer(text):
        if "/" not in match[0] or next(Symbol.find_all(match[0]), None) is None:
            yield "other", match.start(), match.end()
    for match in _ARTICLE.finditer(text):
        yield "article", match.start(), match.end()
