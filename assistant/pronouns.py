"""Words that stand for what was spoken of: "it", "his", "these children", "the plan"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.content_words import content_terms

# "The plan", "the former": a thing spoken of, which its name alone does not tell.
_SPOKEN_OF = re.compile(
    r"\b(?:the\s+)?ones\b|\bthe\s+(?:practices?|acts?|laws?|plans?|provisions?|programmes?|measures?"
    r"|institutions?|policy|policies|groups?"
    r"|cases?|decrees?|bills?|reforms?|projects?|systems?|schemes?|body|bodies|agreements?|treaty"
    r"|conventions?|former|latter|two|places?)\b",
    re.IGNORECASE,
)

_FEW_WORDS = 3  # content words of a question in which such a name is likely to mean what was spoken of

_AFTER_PRONOUN = (
    r"(?=\s*(?:[?.!,;:]|$)|\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|should|must|will|would"
    r"|may|apply"
    r"|applies|in|on|for|to|of|by|at|with|from|and|or|but|as|too|also|still|again|now|only|really|so|about"
    r"|there|here"
    r"|be|been|being|mean|means|happen|happens|happened|work|works|say|says|cover|covers|include|includes"
    r"|ever|already|not|then|used"
    r"|get|gets|need|needs|receive|receives)\b)"
)

_PERSON = re.compile(r"\b(?P<possessive>his|her(?=\s+\w))\b|\b(?P<plain>he|she|him|hers?)\b", re.IGNORECASE)

_PRONOUN = re.compile(
    rf"\b(?:(?P<possessive>its|their)\b|(?P<plain>it\b|they\b|them\b"
    rf"|(?:this|that|these|those|the\s+same(?:\s+thing)?){_AFTER_PRONOUN}))",
    re.IGNORECASE,
)

_DETERMINER = re.compile(
    r"\b(?:this|these|those|such|said|the\s+same|that(?!\s+(?:the|a|an|it|they|he|she|we|you|there|all"
    r"|every|no|any|children|people|persons)\b))"
    r"(?=\s+[a-z])",
    re.IGNORECASE,
)

_COMMITTEE_IT = re.compile(
    r"\b(?:did|does|do|has|have|had|was|is|were|are)\s+(?P<it>it|they)\s+(?:also\s+|really\s+|ever\s+"
    r"|not\s+)*"
    r"(?:say|said|recommend(?:ed)?|suggest(?:ed)?|advise[d]?|urge[d]?|note[d]?|ask(?:ed)?"
    r"|call(?:ed)?\s+(?:for|on|upon)|welcome[d]?"
    r"|regret(?:ted)?|want(?:ed)?|express(?:ed)?|mention(?:ed)?|request(?:ed)?|find|found|concerned"
    r"|worried|alarmed|praise[d]?"
    r"|commend(?:ed)?|appreciate[d]?|criticise[d]?|criticize[d]?|raise[d]?|propose[d]?|encourage[d]?"
    r"|observe[d]?|think|thought|tell|told)\b",
    re.IGNORECASE,
)


def means_person(text: str) -> bool:
    """Whether it speaks of a person by a pronoun."""
    return bool(_PERSON.search(text))


def with_person(text: str, name: str) -> str:
    """The text with the person's name for the pronouns."""
    return _PERSON.sub(lambda match: possessive(name) if match["possessive"] else name, text)


def possessive(name: str) -> str:
    """A name as the one that something belongs to."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def refers_back(text: str) -> bool:
    """Whether it speaks of something by a pronoun: the committee that speaks apart."""
    named = _SPOKEN_OF.search(text) and len(content_terms(text)) <= _FEW_WORDS
    return bool(named or _DETERMINER.search(text)) or any(_pronouns(text))


def with_subject(text: str, subject: str) -> str | None:
    """The text with the subject for the pronouns that stand alone; None where there is none such."""
    spans = list(_pronouns(text))
    if not spans:
        return None
    for match in reversed(spans):
        said = possessive(subject) if match["possessive"] else subject
        text = text[: match.start()] + said + text[match.end() :]
    return text


def _pronouns(text: str) -> Iterator[re.Match[str]]:
    speaks = {match.start("it") for match in _COMMITTEE_IT.finditer(text)}
    return (match for match in _PRONOUN.finditer(text) if match.start() not in speaks)
