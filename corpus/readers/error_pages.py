"""Tells the page that a server sends in place of a document from a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout import Line

_LONGEST = 2500  # characters that such a page shows; the longest explain at length what to do
_SHORT = 400  # characters that may be all of a page that a script would fill
_OPENING = 4  # lines among which its heading is
_CODE = r"(?:40[0134568]|410|429|50[0-4]|52[0-7])"
# What servers, firewalls and pages made by scripts say in place of a document.
_SAID = (
    rf"(?:error|http|status)(?:\s*code)?:?\s*{_CODE}",
    rf"(?<![\w/.-]){_CODE}\W{{0,3}}(?:error|page|not\s+found|forbidden|unauthori[sz]ed|access|bad|service"
    r"|internal|gateway|too\s+many|gone|file)",
    rf"^{_CODE}$",
    r"(?:page|file|document|resource|url|site)\b[^.]{0,40}\b(?:not\s+found|(?:cannot|could\s+not|can['’]t)\s+be"
    r"\s+found|does\s+not\s+exist|is\s+not\s+available|no\s+longer\s+exists|unavailable)",
    r"not\s+found$",
    r"access\s+(?:is\s+|has\s+been\s+)?(?:denied|restricted|forbidden)",
    r"request\s+(?:rejected|blocked|unsuccessful)",
    r"requested\s+url\s+was\s+(?:rejected|not\s+found)",
    r"you\s+don['’]t\s+have\s+permission",
    r"permission\s+denied",
    r"forbidden$",
    r"(?:service|temporarily)\s+unavailable",
    r"bad\s+(?:gateway|request)",
    r"gateway\s+time-?out",
    r"(?:internal\s+server|server|runtime)\s+error",
    r"too\s+many\s+requests",
    r"just\s+a\s+moment",
    r"attention\s+required",
    r"checking\s+your\s+browser",
    r"verify(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human",
    r"are\s+you\s+a\s+(?:robot|human)",
    r"pardon\s+our\s+interruption",
    r"security\s+check",
    r"captcha",
    r"(?:enable|requires?|turn\s+on|activate)\s+(?:\w+\s+){0,3}javascript",
    r"javascript\s+(?:is\s+)?(?:required|disabled)",
    r"javascript\s+(?:and\s+cookies\s+)?(?:must\s+be|needs?\s+to\s+be)\s+enabled",
    r"session\s+(?:has\s+)?(?:expired|timed\s+out)",
    r"object\s+moved",
    r"under\s+maintenance",
    r"p[aá]g(?:e|ina)\s+(?:introuvable|no\s+encontrada)",
    r"acc[eè]s\s+(?:refus[eé]|interdit)",
    r"acceso\s+denegado",
)
_PHRASES = re.compile("|".join(rf"(?<!\w)(?:{phrase})" for phrase in _SAID), re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,3}\.\s+[A-Z“\"]")


def error_page(title: str, lines: Sequence[Line], *, has_scripts: bool) -> str | None:
    """What shows that a page is an error page, as the end of a sentence, or None for a document."""
    shown = [line.text for line in lines if not line.margin] or [line.text for line in lines]
    size = sum(map(len, shown))
    if size > _LONGEST or sum(_NUMBERED.match(text) is not None for text in shown) > 1:
        return None
    for text in (" ".join(title.split()), *shown[:_OPENING]):
        if len(text) < _SHORT and (match := _PHRASES.search(text)):
            return f"it says “{_around(text, match)}”"
    if has_scripts and size < _SHORT and not any(_NUMBERED.match(text) for text in shown):
        longer = next((m for text in shown if (m := _PHRASES.search(text))), None)
        if longer is not None:
            return f"it says “{longer[0]}”"
        if not any(character.isalnum() for text in shown for character in text):
            return "it is empty until its scripts are run"
    return None


def _around(text: str, match: re.Match[str]) -> str:
    """The text itself if it is short, else the words that were found."""
    return text if len(text) <= 80 else match[0].strip()
