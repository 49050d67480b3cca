"""Taking references apart takes time in proportion to their length, whatever they are made of."""

from __future__ import annotations

import pytest

from assistant.citations import look_alikes
from assistant.citations.reading import read_reference
from assistant.citations.said import read_said
from tests.growth import grows_in_proportion

LONG = 100_000
_PARTS = {
    "a slash path": "A/",
    "parts of a symbol": "CRC/C/",
    "part of a symbol with digits": "1/2-",
    "damaged symbols": "CRC/C/LA0/C0/l ",
    "slugs": "crc-c-",
    "look-alike dashes": "1–",
    "spaced slashes": "a / ",
    "opening brackets": "(",
    "items": "(a)",
    "a pinpoint of items": "para. 1 (a) ",
    "numbers in a list": "1, ",
    "words for a paragraph": "para ",
    "pilcrows": "¶",
    "articles": "art. 1, ",
    "articles with paragraphs": "article 1, paragraph 1 (a), ",
    "spaces": " ",
    "line breaks": "\n",
    "the reference before": "ibid. ",
    "notes": "supra note 3 (n 3) ",
    "dates": "5 June 2015 ",
    "months": "June ",
    "years": "2015 ",
    "general comments": "general comment No. 1 (2001) and ",
    "joint words": "Joint ",
    "resolutions": "resolution 62/228 and ",
    "committees": "Committee on the ",
    "abbreviated authors": "Comm. on the Rts. ",
    "letters": "a",
    "digits": "1",
    "pages": "pp. ",
}  # fmt: skip


@pytest.mark.parametrize("begun", ["", "CRC/C/OPSC/LAO/CO/1, paras. 1"], ids=["bare", "after a reference"])
@pytest.mark.parametrize("part", _PARTS.values(), ids=_PARTS)
def test_a_reference_of_eight_times_the_length_takes_no_more_than_in_proportion(
    begun: str, part: str
) -> None:
    """In proportion is 8 times; what goes by the square takes 64 times."""
    whole = begun + part * (LONG // len(part) + 1)
    assert grows_in_proportion(lambda size: read_reference(whole[:size]), LONG // 8, times=8)


@pytest.mark.parametrize("part", ["June 1, ", "Committee on the ", "2015", "crc ", "(a)", " "])
def test_what_a_reference_says_is_read_in_proportion_to_its_length(part: str) -> None:
    whole = part * (LONG // len(part) + 1)
    assert grows_in_proportion(lambda size: read_said(whole[:size]), LONG // 8, times=8)


def test_a_token_that_is_built_like_a_symbol_is_found_where_it_stands() -> None:
    text = "see CRC/C/OPSC/LA0/C0/l, para. 3, and/or that"
    (found,) = look_alikes.tokens_in(text)
    assert found == ("CRC/C/OPSC/LA0/C0/l", 4, 23)


@pytest.mark.parametrize("text", ["and/or/maybe", "24/7", "a/b", "he/she/they said", "5-6-7", "well-to-do-2"])
def test_words_with_slashes_are_no_symbols(text: str) -> None:
    assert not [token for token, _, _ in look_alikes.tokens_in(text) if "/" in token and token[0] == "C"]
    assert read_reference(text).symbols == ()


def test_two_held_symbols_that_look_alike_are_told_apart_by_no_damage() -> None:
    assert look_alikes.spelt_alike("A/C0/1", look_alikes.keyed(["A/CO/1", "A/C0/I"])) is None
    held = look_alikes.keyed(["CRPD/C/MEX/CO/2-3"])
    assert look_alikes.spelt_alike("CRPD/C/MEX/CO/23", held) is None
    assert look_alikes.spelt_alike("CRPD/C/MEX/C0/2–3", held) == "CRPD/C/MEX/CO/2-3"
