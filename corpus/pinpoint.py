"""Pinpoints: places in a document as people type, print and order them.

Reading follows what UN documents and their readers write (`para. 22 (a)`, `¶¶ 33–34`,
`at [12]–[14]`); the machine ids follow the naming convention of Akoma Ntoso (OASIS, AKN-NC 1.0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import total_ordering
from string import ascii_lowercase
from typing import Literal, NamedTuple

from corpus.errors import PinpointInvalid
from corpus.numerals import letter_value, roman_value

Style = Literal["un", "oscola", "aglc", "bluebook", "mcgill", "chicago"]


class _StyleForms(NamedTuple):
    one: str
    several: str
    space: str  # between the number and its letters
    last_separator: str  # before the last of a list


_STYLES: dict[Style, _StyleForms] = {
    "un": _StyleForms("para. ", "paras. ", " ", " and "),
    "oscola": _StyleForms("para ", "paras ", "", ", "),
    "aglc": _StyleForms("para ", "paras ", "", ", "),
    "bluebook": _StyleForms("¶ ", "¶¶ ", "", ", "),
    "mcgill": _StyleForms("at para ", "at paras ", "", ", "),
    "chicago": _StyleForms("para. ", "paras. ", "", ", "),
}
_LATIN_RANKS = {"": 0, "bis": 1, "ter": 2, "quater": 3}

_DASH = r"[-\u2010-\u2015\u2212]"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_DOUBLED = "|".join(letter * 2 for letter in ascii_lowercase)
_ITEM = (
    rf"\s?\((?:[a-z](?:{_DASH}[a-z])?|{_DOUBLED}|[ivxl]{{2,6}}"
    rf"|[ivxl]{{1,6}}{_DASH}[ivxl]{{1,6}}|[0-9]{{1,2}})\)"
)
# A year is no paragraph, nor is a number before a month; decisions do reach paragraph 1054.
_NUMBER = (
    r"(?:[0-9]{1,3}|(?!(?:19|20)[0-9]{2})[0-9]{4})(?![0-9])(?:\.[0-9]{1,3}(?![0-9]))?"
    rf"(?:[A-Za-z](?![A-Za-z]))?(?:[\s-]?(?:bis|ter|quater)\b)?(?!\s+{_MONTH})"
)
_ONE = rf"{_NUMBER}(?:{_ITEM}){{0,3}}(?:,?\s+sub-?para(?:graph)?s?\.?{_ITEM})?"
_RANGE = rf"{_ONE}(?:\s?(?:{_DASH}|to)\s?{_ONE}|\s?(?:{_DASH}|to){_ITEM})?"
_LIST = (
    rf"{_RANGE}(?:(?:\s?[,;]\s?(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+)"
    rf"(?:{_RANGE}|{_ITEM}(?:\s?(?:{_DASH}|to){_ITEM})?))*"
)
_PREFIX = r"(?:at\s+)?(?:(?i:paras?\.?|paragraphs?|pars?\.?)|¶{1,2})\s*"
_BRACKETED = rf"\[{_LIST}\](?:\s?{_DASH}\s?\[{_LIST}\])?"
_CITED = re.compile(
    rf"(?<![\w-]){_PREFIX}(?P<pin>{_LIST})(?P<open>\s+(?:ff?\b|et\s+seq\b)\.?)?"
    rf"|(?P<bracket>{_BRACKETED})"
)
_TYPED = re.compile(
    rf"(?:{_PREFIX})?(?P<pin>{_LIST})(?:\s+(?:ff?|et\s+seq)\.?)?|(?:at\s+)?(?P<bracket>{_BRACKETED})",
    re.IGNORECASE,
)
_ARTICLE = r"[0-9]{1,3}(?![0-9])(?:\s?\((?:[a-z]|[ivx]{2,5}|[0-9]{1,2})\)){0,3}"
_TREATY = re.compile(
    rf"\b[Aa]rt(?:icles?|s?\.)\s*{_ARTICLE}"
    rf"(?:\s*(?:[,;]|and|to|{_DASH})\s*(?:and\s+)?(?:[Aa]rt(?:icles?|s?\.)\s*)?{_ARTICLE}"
    rf"|\s*,\s*(?:[Pp]aras?\.?|[Pp]aragraphs?)\s*{_LIST})*"
)
_TOKEN = re.compile(
    r"(?P<number>[0-9]{1,4}(?:\.[0-9]{1,3})?(?:[A-Za-z](?![A-Za-z]))?"
    r"(?:[\s-]?(?:bis|ter|quater)\b)?)"
    r"|\((?P<item>[a-z0-9]{1,6})\)"
    rf"|\((?P<first>[a-z]{{1,6}}){_DASH}(?P<last>[a-z]{{1,6}})\)"
    rf"|(?P<range>{_DASH}|to)|(?P<comma>[,;&]|\band\b|\bor\b)|(?P<sub>\bsub-?para[a-z]*\.?)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<number>[0-9]{1,4})(?P<decimals>(?:\.[0-9]{1,3})*)(?P<letter>[A-Za-z]?)"
    r"\s?(?P<latin>bis|ter|quater|)"
)
# A paragraph without a number is named by its place among those without one.
_UNNUMBERED = re.compile(r"unnumbered ([0-9]{1,4})")
_UNNUMBERED_TYPED = re.compile(
    r"(?:unnumbered|nn)[ _-]?(?:paras?\.?|paragraphs?)?\s?([0-9]{1,4})", re.IGNORECASE
)
_UNNUMBERED_ID = re.compile(r"para_nn_([0-9]{1,4})")
_PARAGRAPH_ID = re.compile(r"para_([0-9]+(?:-[0-9]+)*)([A-Za-z]?)(bis|ter|quater|)(?:_[0-9]+)?")
_ITEM_ID = re.compile(r"(?:subpara|point)_([a-z0-9]+)(?:_[0-9]+)?")
_AFTER_UNNUMBERED = re.compile(r"\bunnumbered\s*$", re.IGNORECASE)
_AFTER_AT = re.compile(r"\bat\s*$", re.IGNORECASE)


@total_ordering
@dataclass(frozen=True)
class Pinpoint:
    """One place such as `22 (c)`, or a range of places such as `33–34` when `last` is given.

    `label` is the printed paragraph number without its full stop (`34`, `12 bis`, `121.4`), or
    `unnumbered 3` for the third paragraph that has none;
    `items` are the letters and numerals below it, outermost first.
    """

    label: str
    items: tuple[str, ...] = ()
    last: Pinpoint | None = None

    @classmethod
    def parse(cls, text: str) -> Pinpoint:
        """Read one place or range, with or without a word before it; raises `PinpointInvalid`."""
        found = cls.parse_all(text)
        if len(found) != 1:
            raise PinpointInvalid(f"{text.strip()!r} names {len(found)} places.", "Give one, such as 22 (c).")
        return found[0]

    @classmethod
    def parse_all(cls, text: str) -> tuple[Pinpoint, ...]:
        """Read a list such as `paras. 2, 5 and 7–9`, in its order; raises `PinpointInvalid`."""
        if unnumbered := _UNNUMBERED_TYPED.fullmatch(text.strip()):
            return (cls(unnumbered_label(int(unnumbered[1]))),)
        match = _TYPED.fullmatch(text.strip())
        if not match:
            raise PinpointInvalid(
                f"{text.strip()[:60]!r} is not a paragraph number.", "One looks like 34 or 22 (c)."
            )
        return _read(match["pin"] or match["bracket"])

    @classmethod
    def find_all(cls, text: str) -> Iterator[tuple[tuple[Pinpoint, ...], int, int]]:
        """Every list of places cited in running text with its start and end.

        Treaty articles are passed over: the paragraph of `article 12, paragraph 1` is none of
        a document's own. Numbers in square brackets count only after `at`, elsewhere they are
        footnote calls.
        """
        masked = _TREATY.sub(lambda m: "\0" * len(m[0]), text)
        for match in _CITED.finditer(masked):
            before = masked[max(0, match.start() - 12) : match.start()]
            if match["bracket"] and not _AFTER_AT.search(before):
                continue
            places, start = _read(match["pin"] or match["bracket"]), match.start()
            if unnumbered := _AFTER_UNNUMBERED.search(before):
                places = tuple(cls(f"unnumbered {p.label}") if p.label.isdigit() else p for p in places)
                start -= len(unnumbered[0])
            yield places, start, match.end()

    @classmethod
    def from_eid(cls, eid: str) -> Pinpoint:
        """The place a machine id names; an id of something else raises `PinpointInvalid`."""
        head, *below = eid.split("__")
        if unnumbered := _UNNUMBERED_ID.fullmatch(eid):
            return cls(unnumbered_label(int(unnumbered[1])))
        match = _PARAGRAPH_ID.fullmatch(head)
        items = [_ITEM_ID.fullmatch(part) for part in below]
        if not match or not all(items):
            raise PinpointInvalid(f"{eid!r} is not the id of a paragraph.", "One is para_22__subpara_c.")
        label = match[1].replace("-", ".") + match[2] + (f" {match[3]}" if match[3] else "")
        return cls(label, tuple(item[1] for item in items if item))

    @property
    def eid(self) -> str:
        """The machine id: para_22__subpara_b__point_i. Of a range, the id of its first place."""
        names = ("subpara", *["point"] * len(self.items))
        below = (f"__{name}_{item}" for name, item in zip(names, self.items, strict=False))
        return f"para_{label_id(self.label)}" + "".join(below)

    @property
    def paragraph(self) -> Pinpoint:
        """The paragraph the place is in."""
        return Pinpoint(self.label)

    @property
    def parent(self) -> Pinpoint | None:
        """The place one level up, or None for a paragraph."""
        return Pinpoint(self.label, self.items[:-1]) if self.items else None

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Orders 12, 12A, 12 bis, 13; 121.2 before 121.10; 22 before 22 (a)."""
        # the printed forms last, so that no two places stand in the same position
        items = tuple((_item_key(depth, item), item) for depth, item in enumerate(self.items))
        return _label_key(self.label), items, self.label

    def expand(self, held: Sequence[Pinpoint]) -> list[Pinpoint]:
        """The held places this one stands for: of a range all between its ends, in their order.

        A range of paragraphs covers whole paragraphs, so `33–36` includes a printed 34 bis.
        """
        if self.last is None:
            return [p for p in held if (p.label, p.items) == (self.label, self.items)]
        if self._in_one_list:
            siblings = [p for p in held if p.parent == self.parent]
            value = _counting(p.items[-1] for p in siblings)
            first, last = value(self.items[-1]), value(self.last.items[-1])
            return [p for p in siblings if first <= value(p.items[-1]) <= last]
        depth = len(self.last.items)
        start, end = self.sort_key, self.last.sort_key
        return [p for p in held if len(p.items) == depth and start <= p.sort_key <= end]

    @property
    def _in_one_list(self) -> bool:
        """Whether it is a range of items of the same list."""
        return self.last is not None and self.parent is not None and self.last.parent == self.parent

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Pinpoint):
            return NotImplemented
        mine, theirs = ((p.sort_key, p.last.sort_key if p.last else ()) for p in (self, other))
        return mine < theirs

    def __str__(self) -> str:
        return self._print(" ")

    def format(self, style: Style = "un") -> str:
        """The place as a citation style prints it: `para. 22 (a)`, `¶¶ 33–34`."""
        return format_list([self], style)

    def _print(self, space: str) -> str:
        text = space.join([self.label, *(f"({item})" for item in self.items)])
        if self.last is None:
            return text
        if self._in_one_list:
            return f"{text}–({self.last.items[-1]})"
        return f"{text}–{self.last._print(space)}"


def format_list(pinpoints: Sequence[Pinpoint], style: Style = "un") -> str:
    """Several places as a citation style prints them: `paras. 33 and 34`."""
    forms = _STYLES[style]
    if len(pinpoints) == 1 and (unnumbered := _UNNUMBERED.fullmatch(pinpoints[0].label)):
        return f"unnumbered {forms.one}{unnumbered[1]}"
    printed = [pinpoint._print(forms.space) for pinpoint in pinpoints]
    one = len(pinpoints) == 1 and (pinpoints[0].last is None or pinpoints[0].last.label == pinpoints[0].label)
    joined = printed[-1]
    if printed[1:]:
        joined = ", ".join(printed[:-1]) + forms.last_separator + joined
    return (forms.one if one else forms.several) + joined


def without_articles(text: str) -> str:
    """A text of the same length in which articles of treaties, with their paragraphs, are blanked out."""
    return _TREATY.sub(lambda match: " " * len(match[0]), text)


def unnumbered_label(position: int) -> str:
    """The label of a paragraph without a number, which says that it has none."""
    return f"unnumbered {position}"


def label_id(label: str) -> str:
    """A printed number as part of a machine id: `12 bis` is 12bis, `121.4` is 121-4."""
    if unnumbered := _UNNUMBERED.fullmatch(label):
        return f"nn_{unnumbered[1]}"
    return re.sub(r"\W+", "-", re.sub(r"\s+", "", label)).strip("-")


def _read(text: str) -> tuple[Pinpoint, ...]:
    """Read a list that the patterns have already found to be well-formed."""
    text = re.sub(rf"\]\s?({_DASH})\s?\[", r"\1", text).strip("[] ")
    places: list[Pinpoint] = []
    in_range = False  # the next place ends the range that the last one began
    fresh = True  # the next item begins a place of its own
    for token in _TOKEN.finditer(text):
        if token["number"]:
            _add(places, Pinpoint(_normal_label(token["number"])), in_range)
            in_range = fresh = False
        elif token["item"]:
            _add_item(places, token["item"].lower(), in_range, fresh)
            in_range = fresh = False
        elif token["first"]:
            _add_item(places, token["first"].lower(), in_range, fresh)
            _add_item(places, token["last"].lower(), True, False)
            in_range = fresh = False
        elif token["range"]:
            in_range = fresh = True
        elif token["comma"]:
            fresh = True
        else:  # ", subparagraph (b)" goes on with the place before the comma
            fresh = False
    return tuple(places)


def _add(places: list[Pinpoint], place: Pinpoint, in_range: bool) -> None:
    """Add a place to those before it, or let it end the range that the last one began."""
    if not in_range:
        places.append(place)
        return
    first = places[-1]
    if place.label.isdigit() and first.label.isdigit() and int(place.label) < int(first.label):
        # 33–6 is short for 33–36
        place = Pinpoint(first.label[: -len(place.label)] + place.label, place.items)
    places[-1] = Pinpoint(first.label, first.items, place)


def _add_item(places: list[Pinpoint], item: str, in_range: bool, fresh: bool) -> None:
    base = places[-1]
    if in_range:  # 22 (a)–(c), 22 (b) (ii)–(iv)
        _add(places, Pinpoint(base.label, (*base.items[:-1], item)), True)
    elif fresh:  # 22 (a) and (c): a sibling of the item before
        end = base.last or base
        places.append(Pinpoint(end.label, (*end.items[:-1], item)))
    elif base.last is not None:
        deeper = Pinpoint(base.last.label, (*base.last.items, item))
        places[-1] = Pinpoint(base.label, base.items, deeper)
    else:
        places[-1] = Pinpoint(base.label, (*base.items, item))


def _normal_label(text: str) -> str:
    match = _LABEL.fullmatch(re.sub(r"[\s-]+", " ", text.lower()))
    if not match:
        raise PinpointInvalid(f"{text!r} is not a paragraph number.", "One looks like 34 or 12 bis.")
    latin = f" {match['latin']}" if match["latin"] else ""
    return str(int(match["number"])) + match["decimals"] + match["letter"].upper() + latin


def _label_key(label: str) -> tuple[int, tuple[int, ...], int, str]:
    if unnumbered := _UNNUMBERED.fullmatch(label):
        return -1, (int(unnumbered[1]),), 0, ""
    match = _LABEL.fullmatch(label)
    if not match:
        raise PinpointInvalid(f"{label!r} is not a paragraph number.", "One looks like 34 or 12 bis.")
    decimals = tuple(int(part) for part in match["decimals"].split(".") if part)
    return int(match["number"]), decimals, _LATIN_RANKS[match["latin"]], match["letter"].upper()


def _item_key(depth: int, item: str) -> int:
    """The place of an item in its list: letters at the first level, Roman numerals below it."""
    readings = (letter_value, roman_value) if depth % 2 == 0 else (roman_value, letter_value)
    return _value(item, (_digit_value, *readings))


def _counting(labels: Iterable[str]) -> Callable[[str], int]:
    """How a list counts that has these labels: a list of letters has one that is no numeral."""
    numerals = all(roman_value(label) is not None for label in labels)
    readings = (roman_value, letter_value) if numerals else (letter_value, roman_value)
    return lambda label: _value(label, (_digit_value, *readings))


def _value(label: str, readings: Iterable[Callable[[str], int | None]]) -> int:
    return next((value for read in readings if (value := read(label)) is not None), 0)


def _digit_value(label: str) -> int | None:
    return int(label) if label.isdecimal() else None
