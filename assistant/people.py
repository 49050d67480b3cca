"""The people a text names, so that "his disappearance" can be understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.places import find_states

_TITLED = re.compile(r"\b(?:Mr|Ms|Mrs|Dr|Sr|Sra|Mme)\.?\s+((?:[A-Z][\w’'-]+(?:\s+|$)){1,3})")
_NAME = re.compile(
    r"\b[A-Z][a-zà-ÿ’'-]+(?:\s+(?:bin|al|de|van|von|da|del|ibn|el))?(?:\s+[A-Z][a-zà-ÿ’'-]+){1,2}\b"
)
# Words of the names of bodies, texts and days, which are capitalised like those of people.
_NO_PEOPLE = frozenset(
    "committee state states party parties convention protocol optional covenant government "
    "ministry national nations united international general assembly council human rights child "
    "children act law code constitution commission court office department agency plan "
    "programme strategy policy centre center institute university organization union republic "
    "kingdom federation province district region city south north east west central the article "
    "section commissioner rapporteur special secretary president minister supreme high penal "
    "criminal civil family public january february march april may june july august september "
    "october november december sustainable development goals agenda day world european african "
    "american asian council's down syndrome sign language easy read marrakesh treaty board body "
    "bureau authority fund bank framework action declaration guidelines principles".split()
)


def people_in(texts: Iterable[str]) -> Iterator[str]:
    """The names of people in some texts, in order, each once."""
    seen: set[str] = set()
    for text in texts:
        states = [range(start, end) for _, start, end in find_states(text)]
        found = [(match.start(1), match[1].strip()) for match in _TITLED.finditer(text)]
        found += [
            (match.start(), match[0])
            for match in _NAME.finditer(text)
            if not _NO_PEOPLE & set(match[0].lower().split())
            and not any(match.start() in state for state in states)
        ]
        for _, name in sorted(found):
            if name not in seen:
                seen.add(name)
                yield name
