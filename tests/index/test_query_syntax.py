import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.conditions import AllOf, AnyOf, Not, Phrase, TermCondition, Word, described, excludes, required
from index.query_syntax import MOST_CLAUSES, read_query
from index.query_tokens import DEEPEST

A, B, C, D = map(Word, ("adoption", "birth", "children", "dams"))

_PIECES = st.sampled_from(
    [
        "AND", "OR", "NOT", "(", ")", '"', "“", "”", "„", "«", "»", "*", "-", "+", " ", "a", "of", "Laos",
        "best interests", "traffick*", "-treaty", "+law", "re-admission", "’", "–", "?", "22 (c)", "子ども",
    ]
)  # fmt: skip
_TYPED = st.lists(_PIECES, max_size=12).map(" ".join) | st.lists(_PIECES, max_size=12).map("".join)


def condition_of(text: str) -> TermCondition | None:
    return read_query(text).condition


# -- texts without syntax


@pytest.mark.parametrize(
    "text",
    [
        "What did the Committee say about extradition?",
        "children and adoption or dams, not birth",
        "What is re-admission - a list of self-help groups?",
        "the 1–2 year-old's \"rights",
        "6\" pipes and 5\" pipes",
        "States' and children's rights",
        "extradition (art. 5 (2)) and para 22 (c)",
        "child(ren) and/or AND/OR guardian(s)",
        "- adoption - birth",
        "-adoption\n-birth",
        "children -including girls- at risk",
        "gender-based and non -5 and + 3",
        "AND", "OR OR", "NOT", "AND (OR) NOT", "training AND", "OR training", "NOT (", "*", "a*", "**",
        "*children*", "**children**", "2*3", "traffick**", "what? why?? wh?t",
        "((((", "))))", "()", '""', "“”", "« »", '"?!"', "“ ” AND",
        "WHAT DID IT SAY ABOUT TRAINING AND JUDGES?",
        "",
    ],
)  # fmt: skip
def test_a_text_without_syntax_is_left_as_it_is(text: str) -> None:
    read = read_query(text)
    assert read.condition is None
    assert read.words == read.unquoted == read.beside == text


@given(st.text(st.characters(exclude_characters='"“”„«»*+-'), max_size=60))
def test_no_text_without_operators_sets_a_condition(text: str) -> None:
    lower = text.lower()
    assert condition_of(lower) is None
    assert read_query(lower).words == lower


# -- phrases


@pytest.mark.parametrize(
    "text",
    ['"best interests"', "“best interests”", "«best interests»", "„best interests“", "« best  interests, »"],
)
def test_quotation_marks_make_a_phrase(text: str) -> None:
    assert condition_of(text) == Phrase("best interests")
    assert condition_of(f"What did it say about {text}?") == Phrase("best interests")


def test_a_phrase_keeps_its_words_for_the_ranking() -> None:
    read = read_query('What did it say about "best interests" in court?')
    assert read.words == "What did it say about best interests in court?"
    assert read.beside == read.unquoted == "What did it say about in court?"


def test_all_phrases_bind() -> None:
    assert condition_of('"best interests" of "the child"') == AllOf(
        (Phrase("best interests"), Phrase("the child"))
    )


def test_a_quotation_mark_by_itself_does_not_hide_the_pair_after_it() -> None:
    for text in ('5" of “the child”', '“so and "the child"', '"so and "the child"', '""the child""'):
        assert condition_of(text) == Phrase("the child"), text


def test_quotation_marks_inside_a_phrase_are_part_of_it() -> None:
    assert condition_of('"the “best” interests"') == Phrase("the best interests")


def test_syntax_inside_a_phrase_is_text() -> None:
    read = read_query("“training AND (judges) -police”")
    assert read.condition == Phrase("training AND (judges) -police")
    assert read.words == "training and judges police"


# -- operators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("adoption AND birth", AllOf((A, B))),
        ("adoption OR birth", AnyOf((A, B))),
        ("NOT adoption", Not(A)),
        ("adoption NOT birth", Not(B)),
        ("adoption AND NOT birth", AllOf((A, Not(B)))),
        ("adoption OR NOT birth", AnyOf((A, Not(B)))),
        ("adoption AND birth AND children", AllOf((A, B, C))),
        ("adoption OR birth AND children", AnyOf((A, AllOf((B, C))))),
        ("(adoption OR birth) AND children", AllOf((AnyOf((A, B)), C))),
        ("adoption AND (birth OR NOT (children AND dams))",
         AllOf((A, AnyOf((B, Not(AllOf((C, D)))))))),
        ("NOT (adoption OR birth)", Not(AnyOf((A, B)))),
        ("adoption AND birth, children OR dams", AllOf((A, B, AnyOf((C, D))))),
        ("adoption -birth", Not(B)),
        ("adoption +birth", B),
        ("+adoption +birth", AllOf((A, B))),
        ("adoption -(birth OR dams)", Not(AnyOf((B, D)))),
        ('adoption -"the child"', Not(Phrase("the child"))),
        ('adoption +"the child"', Phrase("the child")),
        ("(adoption -birth)", Not(B)),
        ("re-admission AND adoption", AllOf((Word("re-admission"), A))),
        ("HIV AND AIDS", AllOf((Word("HIV"), Word("AIDS")))),
        ("子ども AND 教育", AllOf((Word("子ども"), Word("教育")))),
    ],
)  # fmt: skip
def test_operators_bind_what_stands_beside_them(text: str, expected: TermCondition) -> None:
    assert condition_of(text) == expected


def test_only_the_words_beside_an_operator_bind() -> None:
    read = read_query("What did the Committee say about sale of children AND adoption in Laos?")
    assert read.condition == AllOf((C, A))
    assert read.words == "What did the Committee say about sale of children adoption in Laos?"
    assert read.beside == "What did the Committee say about sale of in Laos?"


def test_words_in_a_bracket_that_is_joined_belong_together() -> None:
    assert condition_of("(birth of children) AND adoption") == AllOf((B, C, A))
    assert condition_of("adoption OR (birth dams)") == AnyOf((A, AllOf((B, D))))
    assert condition_of("(of the) AND adoption") == AllOf((Word("of"), Word("the"), A))


def test_brackets_that_join_nothing_are_ordinary() -> None:
    assert condition_of("adoption (birth) “the child” (dams)") == Phrase("the child")
    assert condition_of("para (22) (c) traffick*") == Phrase("traffick", begins=True)


def test_what_is_excluded_is_not_searched_for() -> None:
    for text in ("adoption NOT birth", "adoption -birth", "adoption NOT (birth OR “the child”)"):
        assert read_query(text).words == "adoption"
    assert read_query("adoption NOT (birth AND NOT children)").words == "adoption children"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AND adoption AND birth OR", AllOf((A, B))),
        ("adoption AND OR birth", AnyOf((A, B))),
        ("adoption AND AND birth", AllOf((A, B))),
        ("NOT NOT adoption", Not(A)),
        ("adoption AND (", None),
        ("(adoption AND birth", AllOf((A, B))),
        ("adoption AND birth)))", AllOf((A, B))),
        ("adoption AND () birth", AllOf((A, B))),
        ("adoption AND — birth", AllOf((A, B))),
        ("adoption AND “” birth", AllOf((A, B))),
        ("( ( adoption ) ) AND birth", AllOf((A, B))),
        ("+AND adoption", Phrase("AND")),
    ],
)
def test_what_is_malformed_is_read_as_far_as_it_can_be(text: str, expected: TermCondition | None) -> None:
    assert condition_of(text) == expected


# -- beginnings of words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("traffick*", Phrase("traffick", begins=True)),
        ("traffick*?", Phrase("traffick", begins=True)),
        ("“best interest*”", Phrase("best interest", begins=True)),
        ("re-admiss*", Phrase("re-admiss", begins=True)),
        ("tr*", Phrase("tr", begins=True)),
        ("birth NOT traffick*", Not(Phrase("traffick", begins=True))),
        ("“the child a*”", Phrase("the child a")),
        ("“best* interests”", Phrase("best* interests")),
    ],
)
def test_a_star_ends_the_beginning_of_a_word(text: str, expected: TermCondition) -> None:
    assert condition_of(text) == expected


def test_a_beginning_is_no_word_to_search_for() -> None:
    assert read_query("traffick* of women").words == "of women"
    assert read_query("“best interest*” of women").words == "best interest of women"


# -- any text


@given(_TYPED | st.text(max_size=80))
@example("„ NOT AND “")
def test_any_text_can_be_read(text: str) -> None:
    read = read_query(text)
    assert read_query(read.words).condition is None
    if read.condition is None:
        assert read.words == text
        return
    searched = [leaf for leaf in required(read.condition) if not isinstance(leaf, Phrase) or not leaf.begins]
    assert all(word.lower() in read.words.lower() for leaf in searched for word in _letters(leaf.text))
    operators = re.sub("“[^”]*”", "", described(read.condition))  # a phrase may have the word itself
    assert excludes(read.condition) == ("NOT " in operators)


@given(_TYPED)
def test_a_condition_can_be_typed_again(text: str) -> None:
    condition = condition_of(text)
    if condition is not None:
        assert condition_of(described(condition)) == condition


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        ")",
        '"',
        "“",
        "«",
        "( ",
        '" ',
        "(a AND ",
        "NOT ",
        "a AND ",
        "a(",
        "-a ",
        "*",
        "a*",
        "“a” ",
        "(a) OR ",
    ],
)
def test_long_and_malformed_texts_are_read(piece: str) -> None:
    """A reader that went over the text again at every piece would not come to an end here."""
    long = piece * (300_000 // len(piece))
    read = read_query(long)
    assert read.condition is None
    assert read.words == long


def test_more_clauses_than_a_query_has_set_no_condition() -> None:
    most = " OR ".join(f"word{n}" for n in range(MOST_CLAUSES))
    assert condition_of(most) is not None
    assert condition_of(f"{most} OR more") is None
    assert read_query(f"{most} OR more").words == f"{most} OR more"


def test_brackets_too_deep_group_nothing() -> None:
    def nested(depth: int) -> str:
        return "(adoption AND (birth OR " * depth + "children NOT dams" + "))" * depth

    assert _depth(condition_of(nested(DEEPEST // 2))) == DEEPEST
    assert _depth(condition_of(nested(DEEPEST))) <= DEEPEST + 2
    assert condition_of("(" * 500 + "adoption OR birth" + ")" * 500) == AnyOf((A, B))


def _depth(condition: TermCondition | None) -> int:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return 1 + max(map(_depth, parts))
        case Not(part):
            return 1 + _depth(part)
    return 0


def _letters(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()
