from itertools import pairwise

import pytest
from hypothesis import given, settings

from assistant.checking.quotations import FoundQuotation, find_quotations, quotation_warnings
from assistant.checking.reading import draft_of_text
from tests.corpus.strategies import assembled


def found(text: str, *, markdown: bool = False) -> list[FoundQuotation]:
    return find_quotations(draft_of_text(text, markdown=markdown))


def quoted(text: str, *, markdown: bool = False) -> list[str]:
    return [quotation.text for quotation in found(text, markdown=markdown)]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("It “recommends that” and \"urges it\".", ["recommends that", "urges it"]),
        ("It ‘recommends that’ and 'urges it'.", ["recommends that", "urges it"]),
        ("Il «prend note» de « la loi » et ‹d’autres›.", ["prend note", "la loi", "d’autres"]),
        ("Er „nimmt zur Kenntnis“ und „dass” und »stellt fest« und ›hier‹, ‚einfach‘.",
         ["nimmt zur Kenntnis", "dass", "stellt fest", "hier", "einfach"]),
        ("Den ”rekommenderar att” den.", ["rekommenderar att"]),
        ("It ``recommends that'' it.", ["recommends that"]),
        # the same mark on both sides, as programs set it
        ("It “recommends that“ it and ”urges it”.", ["recommends that", "urges it"]),
        ("(“in brackets”); [‘here’]—“after a dash”—“and.”", ["in brackets", "here", "after a dash", "and."]),
        ("The “end.”1 And “one”.2", ["end.", "one"]),
        ("It \"urges\" it to \" act\" now.", ["urges", "act"]),
        ("“one word” “two” “”, “ ”", ["one word", "two"]),
    ],
)  # fmt: skip
def test_marks_of_many_languages_quote(text: str, quotations: list[str]) -> None:
    assert quoted(text) == quotations


@pytest.mark.parametrize(
    "text",
    [
        "the children’s rights, the States’ obligations and Laos' duties",
        "in the ’90s and the '90s, the ‘90s, ’tis and 'twas so",
        "the Committee’s and the parties’ and the Government's",
        "it doesn't, we'll, rock 'n' roll, l'article, Côte d’Ivoire",
        'a board of 5" and 6\' or 5\'11", 3" x 4", at 40° 26′ 46″',
        "one closing ” mark",
    ],
)
def test_apostrophes_and_measures_are_no_quotation_marks(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("of ‘the States’ obligations.’ It", ["the States’ obligations."]),
        ("‘rights’ and the States’ duties", ["rights"]),
        ("‘children’ in States’ law are ‘persons’", ["children", "persons"]),
        ("the States’ ‘best interests’ of children’s lives", ["best interests"]),
        ("'the children's rights' are", ["the children's rights"]),
        ("the '90s were 'bad times' indeed", ["bad times"]),
        ("‘it does n’t end’, they said", ["it does n’t end"]),
    ],
)
def test_apostrophes_within_single_marks_do_not_end_a_quotation(text: str, quotations: list[str]) -> None:
    assert quoted(text) == quotations


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("“the ‘best interests’ of it”", [("the ‘best interests’ of it", None), ("best interests", 0)]),
        ("‘the “best interests” of it’", [("the “best interests” of it", None), ("best interests", 0)]),
        ("\"the 'best' of \" and \"more\"", [("the 'best' of", None), ("best", 0), ("more", None)]),
        ("“a “b b” c ‘d “e” f’” “g”",
         [("a “b b” c ‘d “e” f’", None), ("b b", 0), ("d “e” f", 0), ("e", 2), ("g", None)]),
    ],
)  # fmt: skip
def test_quotations_within_others_name_them(text: str, quotations: list[tuple[str, int | None]]) -> None:
    assert [(quotation.text, quotation.outer) for quotation in found(text)] == quotations


@pytest.mark.parametrize(("left", "right"), ["“”", '""', "‘’", "«»", "„“"])
def test_a_quotation_runs_over_paragraphs_that_each_open_it(left: str, right: str) -> None:
    text = f"It {left}one two.\n\n{left}Three ‹four›.\n\n{left}Five{right} and {left}six{right}.\n"
    first, inner, last = found(text)
    assert first.text == "one two.\nThree ‹four›.\nFive"
    assert first.parts == (0, 1, 2)
    assert [text[start:end] for start, end in first.stretches] == ["one two.", "Three ‹four›.", "Five"]
    assert (inner.text, inner.outer, last.text) == ("four", 0, "six")


def test_a_quotation_in_notes_goes_on_in_the_next_paragraph_of_its_note() -> None:
    text = "One[^1] two[^2].\n\n[^1]: “three\n\n    “four”\n\n[^2]: “five”\n"
    assert quoted(text, markdown=True) == ["three\nfour", "five"]


def test_a_quotation_without_its_second_mark_ends_with_its_paragraph_and_is_told() -> None:
    text = "Title\n=====\n\nIt “recommends that.\n\nIt “urges” it.\n"
    draft = draft_of_text(text)
    open_, closed = quotations = find_quotations(draft)
    assert (open_.text, open_.closed) == ("recommends that.", False)
    assert (closed.text, closed.closed) == ("urges", True)
    assert quotation_warnings(draft, quotations) == [
        "The quotation that begins on line 4 has no closing quotation mark."
    ]


def test_a_lost_mark_does_not_swallow_the_quotations_behind_it() -> None:
    text = "It “recommends that. It “urges the party” and “the ‘State’ party”."
    assert [(q.text, q.outer, q.closed) for q in found(text)] == [
        ("recommends that. It", None, False), ("urges the party", None, True),
        ("the ‘State’ party", None, True), ("State", 2, True),
    ]  # fmt: skip


def test_marks_in_code_and_comments_quote_nothing() -> None:
    text = 'Run `print("a b")` <!-- “no” --> and [it](http://x "no title") “yes”.\n\n```\n“no”\n```\n'
    assert quoted(text, markdown=True) == ["yes"]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("> one two\n> three\n>\n> “four” five", [("one two three\n“four” five", True), ("four", False)]),
        ("> “one two\n>\n> “three”", [("one two\nthree", True)]),
        ("> “One two three”\n\n> “Four five six”", [("One two three", True), ("Four five six", True)]),
        ("> one two\n\n> three four", [("one two", True), ("three four", True)]),
        ("> one two\n\ntext\n\n> three", [("one two", True), ("three", True)]),
        ("> “one two three four” (CRC/C/1, para. 22 (c))", [("one two three four", True)]),
        ("> one two (see below) three (CRC/C/1, para. 22 (c)).", [("one two (see below) three", True)]),
        ("> one two three (the party).", [("one two three (the party).", True)]),
        ("> one two\n>\n> — The Committee, 2015", [("one two", True)]),
        ("> one two (CRC/C/1, para. 3)\n>\n> three (ibid., para. 4)", [("one two", True), ("three", True)]),
        ("> one two\n>\n> (CRC/C/1, para. 3)", [("one two", True)]),
        ("> one\n> > two\n>\n> three", [("one\ntwo\nthree", True)]),
        ("> “Trafficking” means the recruitment of persons",
         [("“Trafficking” means the recruitment of persons", True), ("Trafficking", False)]),
    ],
)  # fmt: skip
def test_a_block_is_one_quotation(text: str, quotations: list[tuple[str, bool]]) -> None:
    assert [(quotation.text, quotation.block) for quotation in found(text, markdown=True)] == quotations


def test_the_words_stand_where_it_is_said_though_lines_end_within_them() -> None:
    text = "He said: “the *Tibeto-\nBurman*\n   groups”, so.\n"
    [quotation] = found(text, markdown=True)
    assert quotation.text == "the Tibeto-Burman groups"
    assert text[quotation.start : quotation.end] == "the *Tibeto-\nBurman*\n   groups"


# -- properties

_typed = assembled(
    "word ", "s", "5", " ", "\n\n", "> ", "“", "”", "„", "‘", "’", "'", '"', "«", "»", "``", "''", ".", "(",
    ")", "*", "—", "[^1]", "\n\n[^1]: ", "states’ ",
    max_size=40,
)  # fmt: skip


@given(_typed)
@settings(max_examples=120)
def test_quotations_stand_in_their_parts_and_nest(text: str) -> None:
    draft = draft_of_text(text)
    quotations = find_quotations(draft)
    for index, quotation in enumerate(quotations):
        assert quotation.text.strip()
        for part, (start, end) in zip(quotation.parts, quotation.stretches, strict=True):
            assert draft.parts[part].start <= start < end <= draft.parts[part].end
        if quotation.outer is not None:
            outer = quotations[quotation.outer]
            assert quotation.outer < index
            assert outer.start <= quotation.start < quotation.end <= outer.end
    tops = sorted(stretch for q in quotations if q.outer is None for stretch in q.stretches)
    assert all(before[1] <= after[0] for before, after in pairwise(tops))
