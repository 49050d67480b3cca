"""References to held documents, right and damaged, each with what should become of it.

They are made from the documents' own paragraphs and the States of `eval/crpd_headings.jsonl`; the six styles
print the full ones. What a damage must lead to follows from how it was done, not from what Pilcrow says.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.citations.later_references import next_reference
from assistant.citations.styles import STYLES, CitedDocument, first_reference
from corpus.model import DocumentHeader, Paragraph, pinpoint_of
from corpus.pinpoint import Pinpoint

OTHER_AUTHORS = (
    "Committee against Torture",
    "Committee on the Rights of the Child",
    "Human Rights Committee",
    "Committee on the Elimination of Discrimination against Women",
)
# States on which the data folder has no document.
OTHER_STATES = (
    ("Nepal", "NPL"),
    ("Ghana", "GHA"),
    ("Norway", "NOR"),
    ("Bolivia", "BOL"),
    ("Fiji", "FJI"),
    ("Chad", "TCD"),
)
_LOOK_ALIKES = {"O": "0", "1": "lI", "S": "5", "B": "8", "I": "1l"}
_UNREADABLE = frozenset({"malformed", "symbol_not_held"})


@dataclass(frozen=True)
class Held:
    """A held document with its paragraphs and its State as the labels call it."""

    header: DocumentHeader
    state: str
    paragraphs: Sequence[Paragraph]
    cited: CitedDocument

    @property
    def symbol(self) -> str:
        """Its symbol."""
        return self.header.symbol


@dataclass(frozen=True)
class Made:
    """A reference with the verdicts that are right for it, its places and what it says that is not so.

    A code with a question mark may be told and need not.
    """

    kind: str
    text: str
    verdicts: frozenset[str]
    symbol: str | None = None
    eids: frozenset[str] = frozenset()
    mismatches: frozenset[str] = frozenset()
    after: str | None = None


def references(documents: Sequence[Held], seed: int) -> list[Made]:
    """References to every document, the same for the same seed."""
    chance = random.Random(seed)
    made: list[Made] = []
    for held in documents:
        made += [*right_ones(held, chance), *_typed(held, documents, chance)]
        made += [*_damaged(held, documents, chance), *_damaged_names(held, documents, chance)]
    chance.shuffle(made)
    return made


# -- right ones


def right_ones(held: Held, chance: random.Random) -> Iterator[Made]:
    """Full references in each style to one place, an item, a range and a list."""
    for style in STYLES:
        for shape, choose in _SHAPES.items():
            pinpoints, eids = choose(held, chance)
            text = first_reference(held.cited, pinpoints, style)
            yield Made(f"{style}, {shape}", text, frozenset({"resolved"}), held.symbol, eids)


def _typed(held: Held, documents: Sequence[Held], chance: random.Random) -> Iterator[Made]:
    """What people type: small letters, other signs, line ends, names, `ibid.`."""
    resolved = frozenset({"resolved"})
    place, eids = _item(held, chance)
    number = str(place[0])
    symbol = held.symbol
    for text in (
        f"{symbol.lower()} {number.replace(' ', '')}",
        f"see {symbol.replace('/', '/ ', 1)}, at para {number}",
        f"{symbol.replace('/', chr(10) + '/', 3)} ¶ {number}",
        f"https://docs.un.org/en/{symbol} paragraph {number}",
        f"{symbol.replace('/', '%2F')}, PARA. {number.upper()}",
        f"{symbol.replace('-', '–')}, para.{number}",
    ):
        yield Made("typed symbol", text, resolved, symbol, eids)
    header = held.header
    assert header.adopted
    day = f"{header.adopted.day} {header.adopted:%B %Y}"
    for text in (
        f"UN {header.committee}, {held.state}, {day}, {symbol}, para. {number}",
        f"Concluding observations: {held.state} ({symbol}, {header.adopted.year}), paragraph {number}.",
        f"CRPD, Concluding observations on {held.state}, U.N. Doc. {symbol} ({day}) ¶{number}",
        f"See, inter alia, {symbol}, {day}, § {number}.",
    ):
        yield Made("typed, other forms", text, resolved, symbol, eids)
    year = held.header.year
    alike = [other for other in documents if other.state == held.state]
    name = f"CRPD concluding observations {held.state}"
    yield Made("typed names", f"{name} {year} para {number}", resolved, symbol, eids)
    yield Made("typed names", f"{held.state}, CRPD ({year}), ¶ {number}", resolved, symbol, eids)
    if len(alike) == 1:
        yield Made("typed names", f"{name}, paragraph {number}", resolved, symbol, eids)
    else:
        yield Made("typed names", f"{name}, paragraph {number}", frozenset({"ambiguous"}))
    for style in STYLES[:5]:
        before = first_reference(held.cited, _one(held, chance)[0], style)
        text = next_reference(held.cited, place, style)
        yield Made("ibid.", text, resolved, symbol, eids, after=before)


# -- damaged ones


def _damaged(held: Held, documents: Sequence[Held], chance: random.Random) -> Iterator[Made]:
    one, eids = _one(held, chance)
    for style in STYLES:
        full = first_reference(held.cited, one, style)
        yield from wrong_numbers(held, style, chance)
        state, code = chance.choice(OTHER_STATES)
        other = re.sub(r"(?<=/)[A-Z]{3}(?=/CO/)", code, held.symbol)
        yield Made(
            "wrong symbol, not held",
            first_reference(_renamed(held, other, state), one, style),
            frozenset({"symbol_not_held"}),
            other,
        )
        yield _of_another(held, documents, style, chance)
        yield _scanned_number(held, style, chance)
        if style != "un":  # whose references name no author
            author = chance.choice(OTHER_AUTHORS)
            text = first_reference(replace(held.cited, authors=(author,)), one, style)
            codes = frozenset({"author_symbol_mismatch"})
            yield Made("swapped author", text, frozenset({"resolved"}), held.symbol, eids, codes)
        yield Made(
            "OCR, look-alikes",
            full.replace(held.symbol, _scanned(held.symbol, chance)),
            frozenset({"resolved"}),
            held.symbol,
            eids,
        )
        broken = _broken(held.symbol, {each.symbol for each in documents}, chance)
        # which may be the code of another State, and then contradicts the title
        codes = frozenset({"state_mismatch?"})
        text = full.replace(held.symbol, broken)
        yield Made("OCR, signs lost or changed", text, _UNREADABLE, mismatches=codes)
    for style in ("oscola", "chicago"):
        yield _of_another_day(held, style, chance)


def wrong_numbers(held: Held, style: str, chance: random.Random) -> Iterator[Made]:
    """A paragraph beyond the last, and an item that a paragraph has not."""
    last = max(int(paragraph.label) for paragraph in held.paragraphs if paragraph.label.isdigit())
    beyond = [Pinpoint(str(last + chance.randint(1, 60)))]
    text = first_reference(held.cited, beyond, style)  # type: ignore[arg-type]
    yield Made("wrong number", text, frozenset({"no_such_paragraph"}), held.symbol)
    paragraph = chance.choice([each for each in held.paragraphs if each.label.isdigit()])
    letter = chr(ord("a") + len(paragraph.items) + chance.randint(1, 3))
    missing = [Pinpoint(paragraph.label, (letter,))]
    text = first_reference(held.cited, missing, style)  # type: ignore[arg-type]
    eids = frozenset({paragraph.eid})
    yield Made("wrong item", text, frozenset({"resolved_parent"}), held.symbol, eids)


def _scanned_number(held: Held, style: str, chance: random.Random) -> Made:
    """A number in which one digit became a letter that looks like it."""
    looks = {"0": "O", "1": "lI", "5": "S"}
    paragraph = chance.choice([each for each in _numbered(held) if set(each.label) & looks.keys()])
    place = chance.choice([at for at, digit in enumerate(paragraph.label) if digit in looks])
    letter = chance.choice(looks[paragraph.label[place]])
    printed = paragraph.label[:place] + letter + paragraph.label[place + 1 :]
    text = first_reference(held.cited, [Pinpoint(paragraph.label)], style)  # type: ignore[arg-type]
    text = re.sub(rf"((?:para\.?|¶) ){paragraph.label}\b", rf"\g<1>{printed}", text)
    return Made("OCR, number", text, frozenset({"malformed"}), held.symbol)


def _of_another(held: Held, documents: Sequence[Held], style: str, chance: random.Random) -> Made:
    """The author, title and date of a document with the symbol of another one that is held."""
    other = chance.choice([each for each in documents if each.state != held.state and "CRPD" in each.symbol])
    pinpoints, eids = _one(other, chance)
    swapped = replace(held.cited, symbols=(other.symbol,))
    text = first_reference(swapped, pinpoints, style)  # type: ignore[arg-type]
    codes = set() if style == "un" else {"state_mismatch"}  # that of a UN reference is another right one
    if codes and (other.header.adopted != held.header.adopted or other.header.issued != held.header.issued):
        codes.add("date_mismatch?")
    return Made("wrong symbol, held", text, frozenset({"resolved"}), other.symbol, eids, frozenset(codes))


def _of_another_day(held: Held, style: str, chance: random.Random) -> Made:
    pinpoints, eids = _one(held, chance)
    assert held.header.adopted
    before = replace(held.cited, adopted=held.header.adopted - timedelta(chance.randint(20, 900)))
    text = first_reference(before, pinpoints, style)  # type: ignore[arg-type]
    return Made("wrong date", text, frozenset({"resolved"}), held.symbol, eids, frozenset({"date_mismatch"}))


def _damaged_names(held: Held, documents: Sequence[Held], chance: random.Random) -> Iterator[Made]:
    not_held = frozenset({"symbol_not_held"})
    year = held.header.year or 0
    years = {each.header.year for each in documents} | {
        each.header.issued.year for each in documents if each.header.issued
    }
    other = chance.choice([y for y in range(2000, 2030) if y not in years])
    yield Made("names that fit nothing", f"CAT concluding observations {held.state} {year} para 3", not_held)
    yield Made(
        "names that fit nothing", f"CRPD concluding observations {held.state} {other} para 3", not_held
    )
    state, _ = chance.choice(OTHER_STATES)
    yield Made("names that fit nothing", f"CRPD concluding observations on {state}, para. 3", not_held)
    yield Made(
        "ibid. of the unknown", "ibid., para. 3", frozenset({"not_checked"}), after="Smith v Jones [2001] 3"
    )
    yield Made(
        "ibid. of the unknown", "Id. ¶ 3", not_held, after=f"CRPD/C/{OTHER_STATES[0][1]}/CO/1, para. 3"
    )
    sentences = [p.text for p in held.paragraphs if p.text and "/" not in p.text and len(p.text) < 1500]
    prose = frozenset({"malformed", "symbol_not_held", "not_checked", "ambiguous"})
    for sentence in chance.sample(sentences, 3):
        yield Made("prose", sentence, prose)


def _renamed(held: Held, symbol: str, state: str) -> CitedDocument:
    return replace(
        held.cited, symbols=(symbol,), title=f"Concluding observations on the initial report of {state}"
    )


def _scanned(symbol: str, chance: random.Random) -> str:
    """A symbol with one or two signs that look like others."""
    places = [place for place, sign in enumerate(symbol) if sign in _LOOK_ALIKES]
    signs = list(symbol)
    for place in chance.sample(places, min(len(places), chance.randint(1, 2))):
        signs[place] = chance.choice(_LOOK_ALIKES[signs[place]])
    return "".join(signs)


def _broken(symbol: str, held: set[str], chance: random.Random) -> str:
    """A symbol in which one letter or digit is lost, doubled with another, or another one.

    A sign that merely looks like the right one is left to `_scanned`, and what makes another held symbol out.
    """
    places = [place for place, sign in enumerate(symbol) if sign.isalnum()]
    while True:
        place = chance.choice(places)
        sign = symbol[place]
        other = chance.choice("ACDEFGHKMNPQRTUVWXYZ234679")
        put = chance.choice(("", sign + other, other))
        broken = symbol[:place] + put + symbol[place + 1 :]
        if broken not in held and broken != symbol:
            return broken


# -- places


_Chosen = tuple[list[Pinpoint], frozenset[str]]


def _numbered(held: Held) -> list[Paragraph]:
    labels = [paragraph.label for paragraph in held.paragraphs]
    return [each for each in held.paragraphs if each.label.isdigit() and labels.count(each.label) == 1]


def _one(held: Held, chance: random.Random) -> _Chosen:
    paragraph = chance.choice(_numbered(held))
    return [Pinpoint(paragraph.label)], frozenset({paragraph.eid})


def _item(held: Held, chance: random.Random) -> _Chosen:
    paragraph = chance.choice([each for each in _numbered(held) if each.items])
    item = chance.choice(paragraph.items)
    return [pinpoint_of(paragraph, item)], frozenset({item.eid})


def _range(held: Held, chance: random.Random) -> _Chosen:
    numbered = _numbered(held)
    start = chance.randrange(len(numbered) - 4)
    some = numbered[start : start + chance.randint(2, 4)]
    return [Pinpoint(some[0].label, last=Pinpoint(some[-1].label))], frozenset(each.eid for each in some)


def _list(held: Held, chance: random.Random) -> _Chosen:
    some = sorted(chance.sample(_numbered(held), 3), key=lambda paragraph: paragraph.ordinal)
    return [Pinpoint(each.label) for each in some], frozenset(each.eid for each in some)


def places_like(held: Held, chance: random.Random) -> _Chosen:
    """A place, an item, a range or a list of a document, with the ids it leads to."""
    return chance.choice(list(_SHAPES.values()))(held, chance)


_SHAPES: dict[str, Callable[[Held, random.Random], _Chosen]] = {
    "a paragraph": _one,
    "an item": _item,
    "a range": _range,
    "a list": _list,
}
