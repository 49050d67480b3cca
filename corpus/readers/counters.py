"""How automatic numbers are printed: the formats of Word's lists and notes and of HTML's lists."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS = 30  # a letter repeated more often than this is no number that anyone prints
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_ONES = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_ORDINAL_ENDS = {"nine": "ninth", "twelve": "twelfth"}
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщыэюя"  # Word leaves out ё, й, ъ and ь
_CHICAGO = "*†‡§"


def roman(value: int) -> str:
    """A Roman numeral in small letters; beyond 3,999 and below 1 there are none, so digits."""
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def repeated(value: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """A letter as Word counts: a to z, then aa, bb; digits where letters would be too many."""
    turns, place = divmod(value - 1, len(alphabet))
    return alphabet[place] * (turns + 1) if 0 <= turns < _MOST_LETTERS else str(value)


def alphabetic(value: int) -> str:
    """A letter as browsers count: a to z, then aa, ab."""
    text, rest = "", value
    while rest > 0:
        rest, place = divmod(rest - 1, 26)
        text = chr(ord("a") + place) + text
    return text or str(value)


def ordinal(value: int) -> str:
    """An English ordinal in digits, as 1st and 12th."""
    last = abs(value) % 10 if abs(value) % 100 not in (11, 12, 13) else 0
    return f"{value}{('th', 'st', 'nd', 'rd')[last if last < 4 else 0]}"


def cardinal_word(value: int) -> str:
    """An English number in words, as Word prints it: twenty-one; digits beyond 9,999."""
    if not 0 <= value < 10_000:
        return str(value)
    words = []
    for worth, name in ((1000, "thousand"), (100, "hundred")):
        count, value = divmod(value, worth)
        words += [f"{_ONES[count]} {name}"] if count else []
    tens, ones = divmod(value, 10)
    if value >= 20:
        words.append(_TENS[tens] + (f"-{_ONES[ones]}" if ones else ""))
    elif value or not words:
        words.append(_ONES[value])
    return " ".join(words)


def ordinal_word(value: int) -> str:
    """An English ordinal in words: first, twenty-first, thirtieth."""
    words = cardinal_word(value)
    if words.lstrip("-").isdigit():
        return ordinal(value)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:cut], words[cut:]
    if last in _ORDINAL_ENDS:
        return head + _ORDINAL_ENDS[last]
    if last in _ORDINAL_ONES:
        return head + _ORDINAL_ONES[last]
    return head + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "lowerLetter": repeated,
    "upperLetter": lambda value: repeated(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "ordinal": ordinal,
    "cardinalText": lambda value: cardinal_word(value).capitalize(),
    "ordinalText": lambda value: ordinal_word(value).capitalize(),
    "chicago": lambda value: repeated(value, _CHICAGO),
    "russianLower": lambda value: repeated(value, _CYRILLIC),
    "russianUpper": lambda value: repeated(value, _CYRILLIC).upper(),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "bullet": lambda value: "",
    "none": lambda value: "",
}


def is_known(number_format: str) -> bool:
    """Whether a number format of Word is printed as it is there; others are printed in digits."""
    return number_format in _FORMATS


def printed(value: int, number_format: str) -> str:
    """A number in one of Word's formats (ISO/IEC 29500-1, 17.18.59)."""
    return _FORMATS.get(number_format, str)(value)
