"""Quoted words that a draft gives another source than the reference nearby: a treaty, a law, a judgment.

Such words stand in no document that is held, or by chance only. Beside a reference they would be compared
with what it leads to, and found to be wrong.
"""

from __future__ import annotations

import re

LONGEST_SOURCE = 160
"""Characters behind a quotation in which the brackets of its source are looked for."""

LONGEST_CLAUSE = 300
"""Characters before a quotation in which a clause says whose words it has."""

_SIGNS = r"[\s.,;:!?…’”\"'»›_*]{0,8}"
_CITED = re.compile(
    rf"{_SIGNS}[(\[](?=(?P<inside>[^()\[\]]{{0,{LONGEST_SOURCE}}}))"
    r"(?:(?:see|cf|ibid)\b[.,:]?\s)?(?:also\s)?"
    r"(?:(?:[\w’'-]{1,24}[\s,]{1,2}){0,12}?)"
    r"(?:arts?\.|articles?\b|sects?\.|sections?\b|s\.\s?\d|§|pp?\.\s?\d|chap(?:ter|\.)|preamble\b|rules?\s\d)",
    re.IGNORECASE,
)
_SOURCE = (
    r"(?:[Cc]onventions?|[Cc]ovenants?|[Pp]rotocols?|[Cc]harters?|[Tt]reat(?:y|ies)|[Dd]eclarations?|[Cc]onstitution"
    r"|[Ll]aws?|[Ll]egislation|Act|[Bb]ill|[Cc]ode|[Ss]tatutes?|[Dd]ecrees?|[Oo]rdinances?|[Cc]ourts?|[Jj]udge?s?"
    r"|[Jj]udge?ments?|[Tt]ribunals?|[Aa]rticles?|[Ss]ections?)"
)
_SAYS = (
    r"(?:obliges?|obligates?|requires?|provides?|says|state[sd]|reads?|guarantees?|prohibits?|forbids?|speaks|defines?"
    r"|lays|declares?|demands?|calls|commits|binds|recogni[sz]es?|allows?|permits?|enjoins?|entitles|protects|promises"
    r"|punishes|obliged|required|provided|said|prohibited|guaranteed|defined|declared|recogni[sz]ed|allowed|held|holds"
    r"|ruled|found|finds|decided|wrote|called)"
)
_SPEAKS = re.compile(rf"\b{_SOURCE}\b[^.;:()]{{0,100}}?\s{_SAYS}\b")
_BODY = re.compile(r"\b(?:Committee|[Ii]t|[Tt]hey|[Oo]bservations|[Rr]ecommend\w{1,8})\b")
_NEW_CLAUSE = re.compile(
    r"[\s,]{0,2}(?:[)\]]|;|,?\s?(?:although|though|while|whereas|but|and|yet|as|since)\b)"
)


def other_source_behind(text: str) -> int | None:
    """Where the brackets end, right behind a quotation, in which an article or a page is its source.

    `text` is what is printed behind the quotation; None where there are no such brackets.
    """
    found = _CITED.match(text)
    if found is None:
        return None
    depth = 0
    for position in range(found.start("inside") - 1, min(len(text), found.start("inside") + LONGEST_SOURCE)):
        depth += (text[position] in "([") - (text[position] in ")]")
        if not depth:
            return position + 1
    return None


def is_of_other_source(between: str, *, in_note: bool) -> bool:
    """Whether, from a reference to a quotation, a new clause gives the words to a treaty, law or court."""
    if not in_note and not _NEW_CLAUSE.match(between):
        return False
    clause = between[-LONGEST_CLAUSE:]
    speaks = _SPEAKS.search(clause)
    return speaks is not None and not _BODY.search(f"{clause[: speaks.start()]} {clause[speaks.end() :]}")
