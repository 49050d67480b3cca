"""The document that ships with Pilcrow, and what is in it."""

from importlib.resources import files

from corpus.layout import Reading
from corpus.model import Item, Paragraph
from corpus.structure import Structure

NAME = "CRC_C_OPSC_LAO_CO_1.txt"
DATA = files("corpus").joinpath("builtin", NAME).read_bytes()

TITLE = (
    "Concluding observations on the report submitted by Laos under article 12, paragraph 1, of the"
    " Optional Protocol to the Convention on the Rights of the Child on the sale of children, child"
    " prostitution and child pornography"
)


def line_of(reading: Reading, offset: int) -> int:
    return reading.text.count("\n", 0, offset) + 1


def paragraph(parsed: Structure, number: int) -> Paragraph:
    return next(found for found in parsed.paragraphs if found.label == str(number))


def all_places(parsed: Structure) -> list[Paragraph | Item]:
    return [found for each in parsed.paragraphs for found in each.places()]
