"""Documents of numbered paragraphs, made up together with what they must be parsed into."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

from hypothesis import strategies as st

from tests.corpus.parsing import numeral

_WORDS = (
    "the law", "children", "State party’s report", "long-term plans", "and", "in accordance with",
    "National Commission", "under article 9, paragraph 4, of the Protocol", "No. 138", "(grooming)",
    "covered by article 2 (a) and article 3, paragraph 1 (a) (i) of it", "on 5 June 2015", "2 to 3",
    "arts. 3; 4, paras. 2 and 3; 5; 6 and 7", "at its 2004th meeting", "between 10-18 years",
    "(CRC/C/UTO/CO/2, para. 45, 2011)", "paragraphs 12 and 13 above", "“as it says”", "i.e. now",
)  # fmt: skip
_OPENINGS = (
    "The Committee",
    "It",
    "“Quoted words”",
    "Children",
    "In 2014, the State party",
    "A law",
)
_ENDINGS = ("of children", "in December 2014", "by law", "under the Optional Protocol (OPSC)")
_TITLES = (
    "Prevention", "General observations", "Adoption", "Child sex tourism", "Civil society",
    "Protection of the rights of child victims (arts. 8 and 9, paras. 3 and 4)",
    "Measures adopted to protect the rights and interests of child victims of all offences",
    "Ratification of the Optional Protocol on a Communications Procedure", "Follow-up",
)  # fmt: skip


@dataclass
class Unit:
    """A paragraph, an item or a heading: its printed marker, its text and how it is set."""

    marker: str
    text: str
    indent: int = 0
    eid: str = ""
    heading: bool = False


@dataclass
class Made:
    """A document with the texts of its places and the headings above its paragraphs."""

    units: list[Unit] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    sections: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, unit: Unit) -> None:
        self.units.append(unit)
        if unit.eid:
            self.texts[unit.eid] = unit.text


@st.composite
def _sentence(draw: st.DrawFn, end: str = ".") -> str:
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6))
    return " ".join([draw(st.sampled_from(_OPENINGS)), *words, draw(st.sampled_from(_ENDINGS))]) + end


@st.composite
def documents(draw: st.DrawFn) -> Made:
    made = Made()
    number = 0
    for chapter in range(1, draw(st.integers(1, 2)) + 1):
        title = draw(st.sampled_from(_TITLES))
        made.add(Unit(f"{numeral(chapter).upper()}.", title, 1, heading=True))
        for part in range(draw(st.integers(0, 2)) + 1):
            path: tuple[str, ...] = (title,)
            if part:
                below = draw(st.sampled_from(_TITLES))
                made.add(Unit("", below, 2, heading=True))
                path = (title, below)
            for _ in range(draw(st.integers(1, 2))):
                number += 1
                made.sections[f"para_{number}"] = path
                draw(_paragraph(made, number))
    return made


@st.composite
def _paragraph(draw: st.DrawFn, made: Made, number: int) -> None:
    count = draw(st.sampled_from([0, 0, 2, 3, 10]))
    sentences = draw(st.lists(_sentence(), max_size=2))
    last = draw(_sentence(draw(st.sampled_from([":", "."])) if count else "."))
    eid = f"para_{number}"
    made.add(Unit(f"{number}.", " ".join([*sentences, last]), 0, eid))
    for position in range(count):
        below = draw(st.sampled_from([0, 0, 0, 2, 6])) if count < 10 or position in (7, 8) else 0
        end = ":" if below else _item_end(position, count)
        item = f"{eid}__subpara_{ascii_lowercase[position]}"
        made.add(Unit(f"({ascii_lowercase[position]})", draw(_sentence(end)), 1, item))
        for point in range(below):
            label = numeral(point + 1)
            text = draw(_sentence(_item_end(point, below)))
            made.add(Unit(f"({label})", text, 1, f"{item}__point_{label}"))


def _item_end(position: int, count: int) -> str:
    return {count - 1: ".", count - 2: "; and"}.get(position, ";")


# -- how a document is set


def _lines(unit: Unit, width: int) -> list[str]:
    first, *others = textwrap.wrap(f"{unit.marker} {unit.text}".strip(), width)
    return [" " * unit.indent + first, *others]


@st.composite
def loosely_set(draw: st.DrawFn, made: Made) -> str:
    """Blank lines left out between units and put into sentences, as page breaks do."""
    width = draw(st.integers(30, 100))
    lines = ["Concluding observations on the report of Utopia", ""]
    before_heading = True
    for unit in made.units:
        least = 1 if unit.heading or (before_heading and not unit.eid) else 0
        lines += [""] * draw(st.integers(least, 2))
        for line in _lines(unit, width):
            mid_sentence = lines[-1][-1:].isalpha() and line[0].isalpha() and not unit.heading
            lines += [""] * (mid_sentence and draw(st.integers(0, 9)) == 0)
            lines.append(line)
        before_heading = unit.heading
    return _spaced(draw, lines)


@st.composite
def set_on_pages(draw: st.DrawFn, made: Made) -> str:
    """Pages of a usual length, the first line of each with one extra space and no blank line."""
    width = draw(st.integers(30, 100))
    length = draw(st.integers(32, 60))
    lines: list[str] = []
    on_page = 0
    for line, may_break in _with_blank_lines(made, width):
        if on_page >= length and may_break:
            if not line:
                continue
            while not lines[-1]:
                lines.pop()
            line, on_page = " " + line, 0
        lines.append(line)
        on_page += 1
    return _spaced(draw, lines)


def _with_blank_lines(made: Made, width: int) -> Iterator[tuple[str, bool]]:
    """Each line and whether a page may begin with it."""
    yield "Concluding observations on the report of Utopia", False
    for unit in made.units:
        yield "", True
        for position, line in enumerate(_lines(unit, width)):
            yield line, not (unit.heading and position)


def _spaced(draw: st.DrawFn, lines: list[str]) -> str:
    """Lines that end as the source's do, with runs of spaces and no-break spaces here and there."""
    end = draw(st.sampled_from(["\n", " \n", "\u00a0\n", "\r\n"]))
    wide = draw(st.sampled_from([" ", "  ", "\u00a0", " \u00a0 "]))
    every = draw(st.integers(1, 5))
    set_lines = []
    for position, line in enumerate(lines):
        text = line.lstrip(" ")
        indent = line[: len(line) - len(text)]
        set_lines.append(indent + (text.replace(" ", wide) if position % every == 0 else text))
    return end.join(set_lines) + end
