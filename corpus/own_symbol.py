"""The symbol a document has of its own, told from those it cites.

It stands alone on a line of the masthead and of the running heads, so the one that does on the
largest number of pages is the document's: right for 523 of 523 concluding observations, where the
first symbol of the text is for 325, since first pages also name the report and the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.layout import Line
from corpus.symbol import Symbol

# What may stand on a line beside the document's own symbol: the masthead's words, a page number, a job
# number, the year of a resolution of the Security Council, a mark that calls a note.
_BESIDE = re.compile(
    r"United\s+Nations|Nations\s+Unies|Naciones\s+Unidas|Nações\s+Unidas|Организация\s+Объединенных\s+Наций"
    r"|联\s*合\s*国|الأمم المتحدة|UNITED\s+NATIONS|Distr\.:?(?:\s*(?:GENERAL|LIMITED|RESTRICTED|\w+))?"
    r"|(?:GE\.|[NVK])?\s?[0-9]{2}-[0-9]{4,6}(?:\s?\([A-Z]\))?|\b(?:[Pp]age|PAGE|p\.)\s?[0-9]{1,3}"
    r"|\b[0-9]{1,3}(?:\s?(?:/|of)\s?[0-9]{1,3})?(?![0-9.)])|\((?:19|20)[0-9]{2}\)|\band\b|[-–—|,;&*†‡]"
)
_LETTER = re.compile(r"\w")
_MASTHEAD = re.compile(r"nations|naciones|nações|distr", re.IGNORECASE)
_LONGEST = 200  # characters; a longer line is text
# Words that people and sites put behind the symbol in a file name, and the numbers of downloads.
_AFTERTHOUGHT = re.compile(
    r"(?:[_\-. ]+(?:en|fr|es|ru|ar|zh|pt|[EFSRAC]|AUV|AEV|[0-9]{6,8}|[0-9]{4,8}_[EFSRAC]|advance|unedited"
    r"|edited|version|AdvanceUnedited(?:Version)?|AdvanceVersion|final|draft|copy|clean|english|french|spanish"
    r"|russian|arabic|chinese))+$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:pdf|docx?|txt|html?|rtf|odt|wpd|md)$", re.IGNORECASE)
# In a file name the full stop of these may be a separator too: Add_1, C_12, WG-6.
_DOTTED = re.compile(
    r"(?<=/)(Add|Corr|Rev|Amend|L|SR|PV|CN|WG|AC|CONF|Sub|CRP)[/-]([0-9]+)(?![0-9])", re.IGNORECASE
)
_DOTTED_COMMITTEE = re.compile(r"^((?:A|E)/C)[/-]([0-9]{1,2})(?=/)")
# The report cycles of a State's symbol are joined by a hyphen: CRC/C/LAO/CO/3-6.
_CYCLES = re.compile(r"(?<=/)([0-9]{1,2})/([0-9]{1,2})(?=$|/(?:Add|Corr|Rev))")
_STATE_SERIES = re.compile(r"^(?:CRC|CCPR|CEDAW|CAT|CERD|CRPD|CED|CMW|E)/C(?:\.12)?/.*[A-Z]{3}/")
_START = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:CRC|CCPR|CEDAW|CAT|CERD|CRPD|CED|CMW)[/-](?:C|CO|GC|OP)|HRI|ST|[AES])[/-](?=[A-Z0-9])"
)


@dataclass(slots=True)
class _Candidate:
    """Symbols that stand together alone on lines: one, or those of a joint document."""

    symbols: tuple[Symbol, ...]
    first: int
    pages: set[int] = field(default_factory=set)
    reissued: bool = False
    in_masthead: bool = False


@dataclass(frozen=True, slots=True)
class OwnSymbol:
    """A document's own symbol, with those of a joint document beside it.

    `reissued` is whether the mark of a reissue, an asterisk, is printed behind it.
    """

    symbol: Symbol
    others: tuple[Symbol, ...] = ()
    reissued: bool = False


def printed_symbol(lines: Sequence[Line]) -> OwnSymbol | None:
    """The symbol that stands alone on a line on the largest number of pages, or None.

    Of a text without pages each line counts as a page. Between equals the one in the masthead
    decides, then the first.
    """
    candidates: dict[str, _Candidate] = {}
    for position, line in enumerate(lines):
        if symbols := _alone(line):
            found = candidates.setdefault(str(symbols[0]), _Candidate(symbols, position))
            found.pages.add(line.number if line.page is None else line.page)
            found.symbols = max(found.symbols, symbols, key=len)
            # the mark calls a note of the masthead; on later pages it may be missing
            found.reissued |= bool(re.search(r"\*\s*$", line.text)) and position < 40
            found.in_masthead |= line.margin or _is_masthead(lines, position)
    if not candidates:
        return None
    best = max(candidates.values(), key=lambda each: (len(each.pages), each.in_masthead, -each.first))
    others = (*best.symbols[1:], *_below(lines, best))
    return OwnSymbol(best.symbols[0], tuple(dict.fromkeys(others)), best.reissued)


def symbol_in_name(name: str) -> Symbol | None:
    """The symbol that a file is named for, where `_` or `-` stand for `/`, or None.

    Reads `CRC_C_OPSC_LAO_CO_1.txt`, `Kenya_2015_CRPD_C_KEN_CO_1.pdf`, `A_RES_78_323.en.pdf` and
    `S_RES_2774 (2025).en.pdf`.
    """
    stem = _AFTERTHOUGHT.sub("", _EXTENSION.sub("", name.strip()))
    stem = re.sub(r"\s*\((?:19|20)[0-9]{2}\)$", "", stem)  # the year of a resolution
    slashes = re.sub(r"[_∕⁄\s]+", "/", stem)
    spellings = [slashes] if re.search(r"[A-Za-z]/[A-Za-z0-9]", slashes) else []
    spellings.append(slashes.replace("-", "/"))
    readings = (
        _longest_in(_respelt(each)) for spelling in spellings for each in (spelling, spelling.upper())
    )
    return next((symbol for symbol in readings if symbol), None)


def _respelt(text: str) -> str:
    start = _START.search(text)
    if not start:
        return ""
    text = text[start.start() :]
    text = _DOTTED_COMMITTEE.sub(r"\1.\2", text.replace("-", "/", text[:6].count("-")))
    text = _DOTTED.sub(r"\1.\2", text)
    return _CYCLES.sub(r"\1-\2", text) if _STATE_SERIES.match(text) else text


def _longest_in(text: str) -> Symbol | None:
    found = next(Symbol.find_all(text), None)
    return found[0] if found and found[1] == 0 else None


def _alone(line: Line) -> tuple[Symbol, ...]:
    """The symbols of a line that has nothing beside them that a masthead or running head has not."""
    text = line.text
    if line.note or not text or len(text) > _LONGEST or "/" not in text:
        return ()
    symbols, rest, position = [], [], 0
    for symbol, start, end in Symbol.find_all(text):
        symbols.append(symbol)
        rest.append(text[position:start])
        position = end
    if not symbols:
        return ()
    rest.append(text[position:])
    if rest[-1].lstrip().startswith("."):  # a note or a sentence ends in a full stop, a running head never
        return ()
    if len(symbols) > 1 and not all(re.fullmatch(r"\s*[-–—]\s*|\s*[,;/]?\s+", gap) for gap in rest[1:-1]):
        return ()
    beside = _BESIDE.sub(" ", " ".join(rest))
    return () if _LETTER.search(beside) or re.search(r"[()\[\].:/]", beside) else tuple(symbols)


def _is_masthead(lines: Sequence[Line], position: int) -> bool:
    around = lines[max(0, position - 3) : position + 4]
    return position < 40 and any(_MASTHEAD.search(line.text) for line in around)


def _below(lines: Sequence[Line], own: _Candidate) -> Iterable[Symbol]:
    """The second symbol of a joint document where the masthead prints it on a line of its own."""
    prefix = own.symbols[0].parts[0]
    neighbours = [line for line in lines[own.first + 1 : own.first + 4] if not line.blank][:2]
    for line in neighbours:
        for symbol in _alone(line):
            if symbol.parts[0] != prefix:
                yield symbol
