"""Places, as they are typed and at random."""

from string import ascii_lowercase

from hypothesis import strategies as st

from corpus.pinpoint import Pinpoint
from tests.corpus.strategies import assembled


def place(text: str) -> Pinpoint:
    return Pinpoint.parse(text)


_numbers = st.integers(1, 999) | st.integers(1000, 1899) | st.integers(2100, 9999)
paragraph_labels = st.builds(
    "{}{}{}{}".format,
    _numbers,
    st.just("") | st.integers(0, 999).map(".{}".format),
    st.just("") | st.sampled_from("ABCDZ"),
    st.sampled_from(["", " bis", " ter", " quater"]),
)
_letters = st.sampled_from([*ascii_lowercase, *(letter * 2 for letter in ascii_lowercase)])
_numerals = st.sampled_from(["i", "ii", "iii", "iv", "v", "vi", "ix", "x", "xii", "xl", "liv"])
_items = st.lists(_letters | _numerals | st.integers(1, 99).map(str), max_size=3).map(tuple)
places = st.builds(Pinpoint, paragraph_labels, _items)


@st.composite
def ranges(draw: st.DrawFn) -> Pinpoint:
    """Ranges as they are written: of paragraphs, or of items on one level."""
    first, last = sorted([draw(_numbers), draw(_numbers)])
    if draw(st.booleans()):
        return Pinpoint(str(first), (), Pinpoint(str(last)))
    above = draw(_items.filter(lambda items: len(items) < 3))
    start, end = draw(_letters), draw(_letters)
    last_above = draw(st.just(above) | _items.filter(lambda items: len(items) < 3))
    label = str(first) if last_above == above else str(last)
    return Pinpoint(str(first), (*above, start), Pinpoint(label, (*last_above, end)))


near_pinpoints = assembled(
    "para.", "paras. ", "¶", "at ", "[", "]", "(", ")", "34", "7", "2014", "bis", "-bis", " ", "–",
    "-", " to ", ", ", " and ", ";", "a", "b", "iv", "(a)", "(ii)", "(a–c)", ", subpara. ",
    "article 3", " June", ".", "٣", "²", "\u00a0", "\0", "ff.", "A",
    max_size=14,
)  # fmt: skip
