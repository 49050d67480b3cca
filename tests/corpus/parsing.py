"""Short ways to parse a text and to look at what came of it."""

from corpus.model import Item, Paragraph
from corpus.readers import read
from corpus.structure import Structure, structure


def parse(text: str) -> Structure:
    return structure(read(text.encode(), "a.txt"))


def labels(parsed: Structure) -> list[str]:
    return [paragraph.label for paragraph in parsed.paragraphs]


def eids(parsed: Structure) -> list[str]:
    """The ids of all places in printed order."""
    return [place.eid for paragraph in parsed.paragraphs for place in paragraph.places()]


def warned(parsed: Structure) -> list[tuple[str, int | None]]:
    """The code and line of each warning."""
    return [(warning.code, warning.line) for warning in parsed.warnings]


def place(parsed: Structure, eid: str) -> Paragraph | Item:
    found = (paragraph.place(eid) for paragraph in parsed.paragraphs)
    return next(place for place in found if place)


def texts(parsed: Structure) -> dict[str, str]:
    """The text of each place by its id."""
    return {place.eid: place.text for paragraph in parsed.paragraphs for place in paragraph.places()}


def headings(parsed: Structure) -> list[tuple[str | None, int, str]]:
    return [(section.number, section.level, section.title) for section in parsed.sections]


def sections_of(parsed: Structure) -> dict[str, tuple[str, ...]]:
    """The headings above each paragraph, by its id."""
    return {paragraph.eid: paragraph.section for paragraph in parsed.paragraphs}


def assert_spans_cover(parsed: Structure, text: str) -> None:
    position = 0
    for span in parsed.spans:
        assert span.start == position
        assert span.end > span.start
        position = span.end
    assert position == len(text)


def numeral(number: int) -> str:
    """A number below forty as a Roman numeral in small letters."""
    signs = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
    text = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        text += sign * count
    return text
