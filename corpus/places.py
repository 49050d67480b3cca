"""The names of States and territories, as people write them, and the codes they share.

Names are those of the Unicode CLDR, with the names and aliases of `places.toml` beside them. Two
names of one State have one code (ISO 3166-1, two letters), by which they are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.organs import table

# Codes of the CLDR that stand for no State or territory.
_NO_PLACES = frozenset(["EZ", "QO", "UN", "XA", "XB", "ZZ"])
# Names none of whose words a document's title may have, and the one its title has.
_USUAL = {"lao pdr": "Laos"}
_QUESTION = 300  # characters of a text that is likely to be read again
_ARTICLE = re.compile(r"the ")
# Formal names: the Republic of Slovenia, the Hashemite Kingdom of Jordan.
_FORMAL = re.compile(
    r"(?:the )?(?:[a-z]+ ){0,2}(?:republic|kingdom|state|commonwealth|principality|sultanate|duchy) of"
    r" (?:the )?"
)


@dataclass(frozen=True)
class _Names:
    """Every name by its key, and how each State is usually named in UN documents."""

    codes: dict[str, str]
    usual: dict[str, str]
    pattern: re.Pattern[str]


def states_in(text: str) -> tuple[str, ...]:
    """The States and territories a text names, in order, as it writes them."""
    return tuple(dict.fromkeys(_USUAL.get(name.lower(), name) for name, _, _ in find_states(text)))


def find_states(text: str) -> Iterator[tuple[str, int, int]]:
    """Each State a text names, as written, with its start and end."""
    yield from _found_again(text) if len(text) <= _QUESTION else _found(text)


@lru_cache(maxsize=512)
def _found_again(text: str) -> tuple[tuple[str, int, int], ...]:
    """What a short text names: a question is read several times, and after it those that follow."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _names().pattern.finditer(text):
        yield match[0], match.start(), match.end()


def find_adjectives(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word such as Kenyan that a text has: the usual name of the State, start and end."""
    pattern, codes = _adjectives()
    for match in pattern.finditer(text):
        if name := state_name(codes[match[0]]):
            yield name, match.start(), match.end()


def state_code(name: str) -> str | None:
    """The two-letter code of a State by any of its names, or of its three-letter code; else None.

    `state_code("Laos") == state_code("Lao PDR") == state_code("LAO") == "LA"`: what asks for a State
    is compared with what documents call it by these codes.
    """
    stripped, key = name.strip(), _key(name)
    codes = _names().codes
    forms = (stripped, key, _ARTICLE.sub("", key, count=1), _FORMAL.sub("", key, count=1))
    return next((codes[form] for form in forms if form in codes), None) or code_of_symbol(stripped)


def same_state(one: str, other: str) -> bool:
    """Whether two names are of one State; names that are not known are compared as words."""
    codes = state_code(one), state_code(other)
    return codes[0] == codes[1] if any(codes) else _key(one) == _key(other)


def state_name(code: str) -> str | None:
    """The usual name in UN documents of the State with this two-letter code."""
    return _names().usual.get(code)


def in_a_sentence(name: str) -> str:
    """A name of a State with the article, where it takes one: the Lao PDR, the Sudan, South Sudan."""
    article: dict[str, list[str]] = table()["state"]["article"]
    own = name.partition("(")[0].split()
    takes = name in article["names"] or (
        name not in article["without"] and any(word in own for word in article["words"])
    )
    return f"the {name}" if takes and own[0].lower() != "the" else name


def whole_of(code: str) -> str | None:
    """The code of the State in whose documents a territory with this code reports."""
    parts: dict[str, list[str]] = table()["state"]["parts"]
    return next((whole for whole, codes in parts.items() if code in codes), None)


def code_of_symbol(segment: str) -> str | None:
    """The two-letter code of the State that a segment of a symbol names, such as LAO or EU."""
    from babel.core import get_global

    if found := table()["state"]["codes"].get(segment):
        return str(found)
    aliases = get_global("territory_aliases").get(segment, ()) if len(segment) == 3 else ()
    return next((code for code in aliases if code in _names().usual and len(aliases) == 1), None)


@cache
def _adjectives() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {word: code for code, words in table()["state"]["adjectives"].items() for word in words}
    longest_first = sorted(codes, key=len, reverse=True)
    # a capital tells Polish from polish
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])"), codes


@cache
def _names() -> _Names:
    # imported here, since only names of States need it
    from babel import Locale

    territories = Locale("en").territories
    own = {code: names for code, names in table()["state"].items() if isinstance(names, list)}
    capitals = {name: code for code, names in table()["state"]["capitals"].items() for name in names}
    usual: dict[str, str] = {}
    codes: dict[str, str] = dict(capitals)
    printed: set[str] = set()
    for code, name in territories.items():
        if len(code) != 2 or not code.isalpha() or code in _NO_PLACES:
            continue
        names = [*own.get(code, ()), *_spellings(name)]
        usual[code] = names[0]
        for each in names:
            codes.setdefault(_key(each), code)
        printed.update(names)
    longest_first = sorted(printed, key=len, reverse=True)
    any_case = "|".join(_as_pattern(name) for name in longest_first)
    as_is = "|".join(re.escape(name) for name in sorted(capitals, key=len, reverse=True))
    return _Names(codes, usual, re.compile(rf"(?<!\w)(?:(?i:{any_case})|(?:{as_is}))(?!\w)"))


def _spellings(name: str) -> list[str]:
    """A name of the CLDR with the words that UN documents have for its signs, then as it is."""
    spelt = name.replace(" & ", " and ").removesuffix(" SAR China")
    spelt = re.sub(r"^St\. ", "Saint ", spelt)
    bracketed = re.fullmatch(r"(.+?) \((.+)\)", name)
    return list(dict.fromkeys([spelt, name, *(bracketed.groups() if bracketed else ())]))


def _key(name: str) -> str:
    """A name without what differs between its spellings: case, accents, apostrophes, spaces."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"\s+", " ", re.sub("[’‘ʼ`´']", "", plain)).replace("ı", "i").strip()


def _as_pattern(name: str) -> str:
    """A name with or without its accents, with any apostrophe and over a line break."""
    parts = []
    for sign in name:
        plain = unicodedata.normalize("NFD", sign)[0]
        if sign.isspace():
            parts.append(r"\s+")
        elif sign in "’'":
            parts.append("[’‘ʼ']?")
        elif plain != sign:
            parts.append(f"[{sign}{plain}]")
        else:
            parts.append(re.escape(sign))
    return "".join(parts)
