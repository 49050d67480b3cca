"""Drafts made to be slow to search."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.checking.draft import Draft, NoteCall, Part
from assistant.checking.references import find_references
from assistant.checking.unknown_sources import may_cite_in_note, may_cite_in_text
from assistant.citations.resolve import Resolver
from tests.growth import grows_in_proportion

_LENGTH = 100_000
_UNITS = (
    "A/", "c1/", "a-1-", "¶", "(Smith 2010, ", "Smith of the ", "A v B ", "https://a.b/", "“", "(a ",
    "Committee against Torture, Concluding observations on ", "the CRC’s 2015 ", "hereinafter: the a ",
)  # fmt: skip
_REFERENCES = (
    "((CRC/C/LAO/CO/1 ", "para. 1, ", "¶ 1 of ", "article 3 (para. 1) ", "(n 1) ", "op. cit. ",
    f"CRC/C/OPSC/LAO/CO/1 {'(of)' * 20}x https://a.b/ ",
    f"CRC/C/OPSC/LAO/CO/1 {'1' * 60}{'(of)' * 5}x (“x y”) ",
    "CRC/C/OPSC/LAO/CO/1 (hereinafter “x y”) the x y, para. 1 ",
    "The Committee against Torture, a, urged Kenya (CRC/C/OPSC/LAO/CO/1, para. 1). ",
    "In its concluding observations of 2006 it has also a b c (CRC/C/OPSC/LAO/CO/1, para. 1), in Kenya ",
    "In paragraph 3 it urged a law (Observations x, Observations y, CRC/C/OPSC/LAO/CO/1). ",
    "CRC/C/OPSC/LAO/CO/1 In Aa Aa Aa (Aa, 2014 [1] ibid. ", "Aa, cited in CRC/C/OPSC/LAO/CO/1 (Aa ",
    "CRC/C/OPSC/LAO/CO/1 (adopted on in of [3], [4], § 3, § 4 through 5 ",
    "Committee against Torture, general comment No. 4 (a (b) c, ", "supra, para. 3, CRC/C/OPSC/LAO/CO/1 ",
)  # fmt: skip


def _of(unit: str, length: int) -> Draft:
    text = (unit * (length // len(unit) + 1))[:length]
    return Draft("a", "text", text, (Part("text", 0, length), Part("note", 0, length, (), "1")))


@pytest.mark.parametrize(
    ("unit", "length"),
    [*((unit, _LENGTH) for unit in _UNITS), *((unit, _LENGTH // 8) for unit in _REFERENCES)],
)
def test_four_times_the_text_takes_about_four_times_as_long(
    unit: str, length: int, resolver: Resolver
) -> None:
    assert grows_in_proportion(lambda size: find_references(_of(unit, size), resolver), length // 4)


@pytest.mark.parametrize(
    "unit",
    [
        "In Aa ", "Court of Aa Aa ", "2014 a-a ", "report by the Aa Aa ", "Aa’s a a ", "(Aa, ",
        "Aa (2014, a ", "[1, 2, ", "\ufffc on a ", "\ufffc [a ", "a, \ufffc", "Aa ; ", "Aa. ",
        "interview ", "Aa, “a",
    ],
)  # fmt: skip
@pytest.mark.parametrize("may_cite", [may_cite_in_note, may_cite_in_text])
def test_so_does_text_that_may_cite_what_is_not_known(unit: str, may_cite: Callable[[str], bool]) -> None:
    def read(size: int) -> None:
        may_cite((unit * (size // len(unit) + 1))[:size])

    assert grows_in_proportion(read, _LENGTH // 4)


def test_so_do_four_times_the_notes(resolver: Resolver) -> None:
    def draft(count: int) -> Draft:
        first = "; ".join(f"CRC/C/LAO/CO/{number}, para. 1" for number in range(count // 4))
        shapes = (
            "Ibid., para. 3.",
            "Supra note 1, para. 3.",
            "Para. 3.",
            "Committee on the Rights of the Child (n 1) 3.",
        )
        blocks = ["It is so, as is said." * count, first, *(shapes[at % 4] for at in range(count))]
        starts = [sum(len(block) + 1 for block in blocks[:at]) for at in range(len(blocks))]
        parts = [
            Part("note" if at else "text", start, start + len(block), (), str(at) if at else None)
            for at, (start, block) in enumerate(zip(starts, blocks, strict=True))
        ]
        calls = tuple(NoteCall(21 * at, str(at)) for at in range(1, count))
        return Draft("a", "text", "\n".join(blocks), tuple(parts), calls)

    assert grows_in_proportion(lambda count: find_references(draft(count), resolver), 200)
