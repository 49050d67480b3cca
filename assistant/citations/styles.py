"""Full first references to places of a document, in the styles that lawyers and the UN write.

The patterns are those of the guides named beside each; what no guide says is common usage. What a
document does not tell of itself (an author, a date) is left out and nothing stands for it: the dates of
adoption and of issue are never taken for each other. All is plain text; `Frame` says which title a
style sets in italics.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from assistant.citations.titles import title_case
from corpus.model import Document, DocumentHeader
from corpus.organs import organ_of
from corpus.pinpoint import Pinpoint, format_list
from corpus.pinpoint import Style as Style  # named here for front ends, which know the assistant only
from corpus.symbol import Symbol

STYLES: tuple[Style, ...] = get_args(Style)
STYLE_NAMES: Mapping[Style, str] = {
    "un": "UN",
    "oscola": "OSCOLA",
    "aglc": "AGLC",
    "bluebook": "Bluebook",
    "mcgill": "McGill",
    "chicago": "Chicago",
}
"""What the styles are called."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
# Common usage of the Bluebook, which leaves May, June and July whole.
_MONTHS_SHORT = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
# The Bluebook's short forms of words in the names of authors, common usage; `G.A.` is confirmed.
AUTHORS_SHORT = {
    "General Assembly": "G.A.",
    "Security Council": "S.C.",
    "Subcommittee": "Subcomm.",
    "Committee": "Comm.",
    "Human": "Hum.",
    "Rights": "Rts.",
    "Economic": "Econ.",
    "Social": "Soc.",
}


@dataclass(frozen=True)
class CitedDocument:
    """What a reference says of a document; a joint document has several authors and symbols."""

    authors: tuple[str, ...]
    title: str
    symbols: tuple[str, ...]
    adopted: date | None
    issued: date | None
    language: str = "en"

    @classmethod
    def of(cls, document: Document | DocumentHeader, other_symbols: tuple[str, ...]) -> CitedDocument:
        """What is cited of a held document; `other_symbols` are those a joint one has beside the first."""
        others = [organ_of(Symbol.parse(symbol)) for symbol in other_symbols]
        authors = [document.committee, *(organ.name for organ in others if organ)]
        return cls(
            tuple(dict.fromkeys(author for author in authors if author)),
            document.title,
            (document.symbol, *other_symbols),
            document.adopted,
            document.issued,
            document.language,
        )

    @property
    def author(self) -> str:
        """The authors in one phrase, empty where none is known."""
        return " and ".join(self.authors)

    @property
    def symbol(self) -> str:
        """The symbol; those of a joint document with a dash between, as such documents print them."""
        return "–".join(self.symbols)

    @property
    def headline(self) -> str:
        """The title in title case where it is English, as all styles but the UN's print it."""
        return title_case(self.title) if self.language == "en" else self.title


@dataclass(frozen=True)
class Frame:
    """What a style prints around a pinpoint: `lead`, `title`, `middle`, then the places, then `end`."""

    lead: str
    title: str
    middle: str
    end: str
    italic: bool = False
    """Whether the style sets the title in italics."""

    def around(self, pinpoint: str) -> str:
        """The whole reference with a pinpoint that is already in the form of the style."""
        return f"{self.lead}{self.title}{self.middle}{pinpoint}{self.end}"


def first_reference(cited: CitedDocument, places: Sequence[Pinpoint], style: Style) -> str:
    """A full first reference to one or more places of a document, as a footnote of the style has it."""
    return frame_of(cited, style).around(format_list(places, style))


def frame_of(cited: CitedDocument, style: Style) -> Frame:
    """What a style prints around the pinpoints of a document, the same for all of its places."""
    return _FRAMES[style](cited)


def _un(cited: CitedDocument) -> Frame:
    """`CRC/C/OPSC/LAO/CO/1, para. 34.`: the symbol alone suffices (UN Editorial Manual)."""
    return Frame("", "", f"{cited.symbol}, ", ".")


def _oscola(cited: CitedDocument) -> Frame:
    """Author, ‘title’ (date) number (OSCOLA 4, 2006 international part).

    As the guides of the University of West London and the Graduate Institute give it.
    """
    return _framed(cited, "‘{}’", f"{_dated(_british(_day(cited)))} UN Doc {cited.symbol}, ", "")


def _aglc(cited: CitedDocument) -> Frame:
    """Full dates of issue and adoption, no comma before the pinpoint (AGLC 4, rule 9.2).

    As the guides of Southern Cross, Melbourne and ACU give it.
    """
    adopted = cited.adopted and f"adopted {_british(cited.adopted)}"
    dates = ", ".join(each for each in (_british(cited.issued), adopted) if each)
    return _framed(cited, "{}", f", UN Doc {cited.symbol}{_dated(dates)} ", ".", italic=True)


def _bluebook(cited: CitedDocument) -> Frame:
    """Places before `U.N. Doc.` and the date of issue (Bluebook, rule 21.7).

    The order is that of General Assembly resolutions (Graduate Institute), for treaty bodies common usage.
    """
    when = _american(cited.issued, _MONTHS_SHORT)
    if cited.issued is None and cited.adopted is not None:
        when = f"adopted {_american(cited.adopted, _MONTHS_SHORT)}"
    end = f", U.N. Doc. {cited.symbol}{_dated(when)}."
    return _framed(cited, "{}", ", ", end, author=bluebook_author(cited))


def bluebook_author(cited: CitedDocument) -> str:
    """The authors with the words shortened that the Bluebook shortens."""
    author = cited.author
    for word, short in AUTHORS_SHORT.items():
        author = author.replace(word, short)
    return author


def _mcgill(cited: CitedDocument) -> Frame:
    """`at para` without full stops (guide of the University of Ottawa); the order is common usage."""
    when = cited.issued or cited.adopted
    year = str(when.year) if when else ""
    return _framed(cited, "{}", f", UN Doc {cited.symbol}{_dated(year)} ", ".", italic=True)


def _chicago(cited: CitedDocument) -> Frame:
    """A note of the Chicago Manual of Style; for UN documents all of it is common usage."""
    title = cited.headline.replace("“", "‘").replace("”", "’")  # quotation marks within others
    when = _dated(_american(_day(cited), _MONTHS))
    return _framed(cited, "“{},”", f" {cited.symbol}{when}, ", ".", title=title)


_FRAMES: Mapping[Style, Callable[[CitedDocument], Frame]] = {
    "un": _un,
    "oscola": _oscola,
    "aglc": _aglc,
    "bluebook": _bluebook,
    "mcgill": _mcgill,
    "chicago": _chicago,
}


def _framed(
    cited: CitedDocument,
    quoted: str,
    middle: str,
    end: str,
    *,
    author: str | None = None,
    title: str | None = None,
    italic: bool = False,
) -> Frame:
    """Author and title, each with what separates it from what follows, where there is one."""
    author = cited.author if author is None else author
    title = cited.headline if title is None else title
    before, _, after = quoted.partition("{}")
    if not title:
        separator = ", " if author else ""
        return Frame(author + separator, "", middle.removeprefix(",").lstrip(), end)
    return Frame(f"{author}, {before}" if author else before, title, after + middle, end, italic)


def _day(cited: CitedDocument) -> date | None:
    """The one date that a style without a word for adoption prints."""
    return cited.adopted or cited.issued


def _dated(text: str | None) -> str:
    return f" ({text})" if text else ""


def _british(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def _american(day: date | None, months: Sequence[str]) -> str:
    return f"{months[day.month - 1]} {day.day}, {day.year}" if day else ""
