"""What is done to the words of a quotation: other forms, one word altered, brackets put in."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_OTHER_WORDS = (
    "purple", "obsolete", "maritime", "weekly", "seldom", "voluntary", "domestic", "prior", "alleged",
    "optional", "several", "merely",
)  # fmt: skip
_NAMES = ("[the State]", "[Government]", "[the authorities]", "[Country]", "[it]")


def _line_breaks(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(1, len(words))
    return " ".join(words[:at]) + "\n" + " ".join(words[at:])


def _split_word(text: str, chance: random.Random) -> str:
    long = list(re.finditer(r"[a-z]{8,}", text))
    if not long:
        return text
    at = chance.choice(long).start() + chance.randint(2, 5)
    return f"{text[:at]} {text[at:]}"


def _lost_space(text: str, chance: random.Random) -> str:
    gaps = [match.start(1) for match in re.finditer(r"[a-z]( )[a-z]", text)]
    if not gaps:
        return text
    at = chance.choice(gaps)
    return text[:at] + text[at + 1 :]


def _soft_hyphen(text: str, chance: random.Random) -> str:
    long = re.search(r"[a-z]{8,}", text)
    return text if long is None else f"{text[: long.start() + 4]}\u00ad{text[long.start() + 4 :]}"


FORMS: dict[str, Callable[[str, random.Random], str]] = {
    "doubled spaces": lambda text, chance: text.replace(" ", "  ", 3),
    "no-break spaces": lambda text, chance: text.replace(" ", "\u00a0", 2),
    "line breaks": _line_breaks,
    "straight marks": lambda text, chance: text.translate(str.maketrans("’‘“”", "''\"\"")),
    "French marks": lambda text, chance: re.sub("“([^”]{1,80})”", "« \\1 »", text),
    "dashes": lambda text, chance: text.replace("-", "–") if "-" in text else text.replace("–", "-"),
    "split word": _split_word,
    "lost space": _lost_space,
    "soft hyphen": _soft_hyphen,
    "comma inside the marks": lambda text, chance: f"{text.rstrip('.,;: ')},",
    "ligatures": lambda text, chance: text.replace("fi", "ﬁ"),
}
"""Changes of form."""


def _inside(words: Sequence[str], chance: random.Random) -> int:
    return chance.randrange(2, len(words) - 2)


def _drop(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance)
    return " ".join([*words[:at], *words[at + 1 :]]) if words[at].isalpha() else None


def replaced_word(words: list[str], chance: random.Random) -> str | None:
    """A word of them as another one."""
    at = _inside(words, chance)
    return " ".join([*words[:at], chance.choice(_OTHER_WORDS), *words[at + 1 :]])


def _insert(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance)
    return " ".join([*words[:at], chance.choice(_OTHER_WORDS), *words[at:]])


def _negate(words: list[str], chance: random.Random) -> str | None:
    if "not" in words[2:-2]:
        at = words.index("not", 2)
        return " ".join([*words[:at], *words[at + 1 :]])
    verbs = [
        i for i, word in enumerate(words[:-2]) if word in ("is", "are", "should", "has", "have", "be", "to")
    ]
    if not verbs:
        return None
    at = chance.choice(verbs) + 1
    return " ".join([*words[:at], "not", *words[at:]])


def _number(words: list[str], chance: random.Random) -> str | None:
    numbers = [i for i, word in enumerate(words) if re.fullmatch(r"\d{1,4}", word)]
    if not numbers:
        return None
    at = chance.choice(numbers)
    return " ".join([*words[:at], str(int(words[at]) + 1), *words[at + 1 :]])


def _swap(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance) - 1
    if words[at].lower() == words[at + 1].lower():
        return None
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def _misspell(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance)
    word = words[at]
    if len(word) < 6 or not word.isalpha():
        return None
    return (
        " ".join([*words[:at], f"{word[:2]}{word[3]}{word[2]}{word[4:]}", *words[at + 1 :]])
        if word[2] != word[3]
        else None
    )


CHANGES: dict[str, Callable[[list[str], random.Random], str | None]] = {
    "word left out": _drop,
    "word replaced": replaced_word,
    "word put in": _insert,
    "not": _negate,
    "number": _number,
    "words swapped": _swap,
    "letters swapped": _misspell,
}
"""Changes of one word; none where the words do not lend themselves to it."""


def _named(text: str, chance: random.Random) -> str | None:
    return text.replace("the State party", chance.choice(_NAMES), 1)


def _letter(text: str, chance: random.Random) -> str | None:
    first = text[0]
    return f"[{first.swapcase()}]{text[1:]}" if first.isalpha() and text[1:2].isalpha() else None


def _remark(text: str, chance: random.Random) -> str | None:
    words = text.split(" ")
    at = chance.randrange(1, len(words))
    if not words[at - 1].isalpha():
        return None
    return " ".join([*words[:at], "[sic]", *words[at:]])


def _inserted(text: str, chance: random.Random) -> str | None:
    words = text.split(" ")
    at = chance.randrange(1, len(words))
    return " ".join([*words[:at], "[as of 2016]", *words[at:]])


def _ending(text: str, chance: random.Random) -> str | None:
    return re.sub(r"\b(recommend|urge|note|regret)s\b", r"\1[ed]", text, count=1)


BRACKETS: dict[str, Callable[[str, random.Random], str | None]] = {
    "name": _named,
    "letter": _letter,
    "sic": _remark,
    "words put in": _inserted,
    "ending": _ending,
    "emphasis": lambda text, chance: f"{text} (emphasis added)",
}
"""Changes that brackets tell of."""
