"""The names of States and territories, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Written in capitals only: "us" is a word.
_SHORT = ("USA", "US", "UK", "UAE", "DRC")
# Names people use that the Unicode list of territories has in another form.
_ALSO = ("Turkey", "Burma", "Czech Republic", "Ivory Coast", "Cape Verde", "Swaziland", "Congo")
# Names none of whose words a document's title may have, and the one its title has.
_USUAL = {"lao pdr": "Laos"}


def states_in(text: str) -> tuple[str, ...]:
    """The States and territories a text names, in order, as it writes them."""
    return tuple(dict.fromkeys(_USUAL.get(name.lower(), name) for name, _, _ in find_states(text)))


def find_states(text: str) -> Iterator[tuple[str, int, int]]:
    """Each State a text names, as written, with its start and end."""
    for match in _pattern().finditer(text):
        yield match[0], match.start(), match.end()


@cache
def _pattern() -> re.Pattern[str]:
    # imported here, since only questions and look-ups by name need it
    from babel import Locale

    territories = Locale("en").territories
    names = {name for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    longest_first = sorted({*names, *_ALSO, *_USUAL}, key=len, reverse=True)
    any_case = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"\b(?:(?i:{any_case})|(?:{'|'.join(_SHORT)}))\b")
