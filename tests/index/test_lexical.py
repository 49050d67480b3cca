from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import EngineDamaged
from corpus.model import Role
from index import lexical
from index.condition_query import condition_query, singular_and_plural
from index.conditions import AllOf, Not, Phrase, Word
from index.engine import PassageFilter
from index.lexical import VARIANT_WEIGHT, LexicalIndex, weighted_words
from index.passages import PassageKey
from index.words import terms, words_as_printed
from tests.index.engine_reference import ALL, passages_from, query_of

TEXTS = [
    "extradition of persons for trial",
    "extradition and extradition treaties",
    "adoption of a law on adoption",
    "training of judges, training of prosecutors and training of police officers on the new law",
]


@pytest.fixture(autouse=True, params=[50_000, 0], ids=["few", "many"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From how many passages on frequent words are avoided."""
    monkeypatch.setattr(lexical, "_MANY", request.param)


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    made = LexicalIndex.create(tmp_path / "lexical", None)
    made.change((), passages_from(1, TEXTS, [Role.CONCERN]))
    return made


def numbers(*ordinals: int) -> list[int]:
    return [int(PassageKey(1, ordinal)) for ordinal in ordinals]


def words(*of: str) -> dict[str, float]:
    return {term: 1.0 for word in of for term in terms(word)}


# -- words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Extradition of children", ["extradit", "children"]),
        ("ADOPTED adopting adoptions", ["adopt", "adopt", "adopt"]),
        ("Côte d’Ivoire", ["cote", "d", "ivoir"]),
        ("CRC/C/LAO/CO/2, para. 45", ["crc", "c", "lao", "co", "2", "para", "45"]),
        ("What did they say about it?", []),
        ("子ども", ["子ども"]),
        ("x" * 41 + " law", ["law"]),
        ("", []),
    ],
)
def test_words_are_compared_without_their_form(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@given(st.text(max_size=40))
def test_any_text_has_words_that_do_not_depend_on_case(text: str) -> None:
    ascii_only = text.encode("ascii", "ignore").decode()
    assert terms(ascii_only.upper()) == terms(ascii_only.lower())
    assert all(term == term.lower() and not term.isspace() for term in terms(ascii_only))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Best Interests of", ["the", "best", "interests", "of"]),
        ("Côte d’Ivoire", ["cote", "d", "ivoire"]),
        ("Co\u0302te d'Ivoire", ["cote", "d", "ivoire"]),
        ("well-being, well–being, Straße", ["well", "being", "well", "being", "strasse"]),
        ("x" * 41 + " law", ["x" * 41, "law"]),
        ("?!", []),
    ],
)
def test_words_as_printed_keep_their_endings_and_their_company(text: str, expected: list[str]) -> None:
    assert words_as_printed(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("judge", {"judge", "judges"}),
        ("judges", {"judges", "judgess", "judge"}),
        ("party", {"party", "partys", "parties"}),
        ("parties", {"parties", "partiess", "partie", "party"}),
        ("witness", {"witness", "witnesss"}),
        ("women", {"women", "womens", "woman"}),
        ("child", {"child", "childs", "children"}),
    ],
)
def test_a_word_has_a_singular_and_a_plural(word: str, expected: set[str]) -> None:
    assert singular_and_plural(word) == expected


def test_words_that_only_variants_bring_count_for_less() -> None:
    query = query_of("adopting kids", "adoption of children", "children and minors")
    assert weighted_words(query) == {
        "adopt": 1.0,
        "kid": 1.0,
        "children": VARIANT_WEIGHT,
        "minor": VARIANT_WEIGHT,
    }


# -- scores


def test_passages_with_more_of_the_words_come_first(index: LexicalIndex) -> None:
    assert index.search(words("extradition", "treaties"), ALL, 10) == numbers(1, 0)
    assert index.search(words("law"), ALL, 10) == numbers(2, 3)
    assert (
        index.search(words("extradition", "law"), ALL, 2)
        == index.search(words("law", "extradition"), ALL, 10)[:2]
    )


def test_no_words_find_no_passages(index: LexicalIndex) -> None:
    assert index.search({}, ALL, 10) == []
    assert index.search(words("fisheries"), ALL, 10) == []
    assert index.search(words("law"), ALL, 0) == []
    assert index.scores({}, numbers(0, 1)) == [0.0, 0.0]
    assert index.scores(words("law"), []) == []


def test_the_score_of_several_words_is_the_sum_of_theirs(index: LexicalIndex) -> None:
    everything = numbers(0, 1, 2, 3)
    single = [index.scores(words(word), everything) for word in ("extradition", "law", "adoption")]
    together = index.scores(words("extradition", "law", "adoption"), everything)
    assert together == pytest.approx([sum(scores) for scores in zip(*single, strict=True)], rel=1e-5)


def test_a_query_of_hundreds_of_words_is_scored_like_a_short_one(index: LexicalIndex) -> None:
    many = {**{f"word{number}": 1.0 for number in range(500)}, **words("law", "adoption")}
    assert index.scores(many, numbers(0, 2)) == pytest.approx(
        index.scores(words("law", "adoption"), numbers(0, 2))
    )
    assert index.search(many, ALL, 10) == numbers(2, 3)


def test_a_weight_multiplies_the_score_of_its_word(index: LexicalIndex) -> None:
    (whole,) = index.scores({"law": 1.0}, numbers(2))
    assert index.scores({"law": VARIANT_WEIGHT}, numbers(2)) == pytest.approx([whole * VARIANT_WEIGHT])


def test_the_order_does_not_depend_on_the_filter(index: LexicalIndex) -> None:
    where = PassageFilter(frozenset({1}), frozenset({Role.CONCERN}))
    for words_of in (words("law", "adoption"), words("extradition", "law", "training")):
        assert index.search(words_of, where, 10) == index.search(words_of, ALL, 10)


def test_scores_come_in_the_order_asked_for(index: LexicalIndex) -> None:
    forwards = index.scores(words("law", "extradition"), numbers(0, 1, 2, 3))
    assert index.scores(words("law", "extradition"), numbers(3, 2, 1, 0)) == forwards[::-1]
    assert index.scores(words("adoption"), numbers(0, 1, 2, 3))[:2] == [0.0, 0.0]


def test_the_ceiling_is_that_of_all_words_once(index: LexicalIndex) -> None:
    assert index.ceiling("adoption") > index.ceiling("law") > 0
    assert index.ceiling("law law laws") == pytest.approx(index.ceiling("law"))
    assert index.ceiling("adoption law") == pytest.approx(index.ceiling("adoption") + index.ceiling("law"))
    assert index.ceiling("the of and") == 0


# -- conditions


def test_a_condition_leaves_the_best_of_what_meets_it(index: LexicalIndex) -> None:
    without_treaties = condition_query(Not(Word("treaties")), index)
    assert index.search(words("extradition", "law"), ALL, 10, without_treaties) == [
        number for number in index.search(words("extradition", "law"), ALL, 10) if number != numbers(1)[0]
    ]
    assert index.search(words("law"), ALL, 10, condition_query(Phrase("on the new law"), index)) == numbers(3)


def test_a_condition_changes_no_score(index: LexicalIndex) -> None:
    everything = numbers(0, 1, 2, 3)
    before = index.scores(words("law", "extradition"), everything)
    index.search(words("law"), ALL, 10, condition_query(Word("law"), index))
    assert index.scores(words("law", "extradition"), everything) == before


def test_passages_that_meet_a_condition_are_counted_and_listed(index: LexicalIndex) -> None:
    index.change([], passages_from(2, ["a law on adoption"], [Role.REQUEST]))
    other = [int(PassageKey(2, 0))]
    condition = condition_query(AllOf((Word("law"), Word("adoption"))), index)
    assert index.count(condition, ALL) == 2
    assert sorted(index.meeting(condition, ALL, 2)) == sorted([*numbers(2), *other])
    where = PassageFilter(roles=frozenset({Role.REQUEST}))
    assert (index.count(condition, where), index.meeting(condition, where, 5)) == (1, other)
    assert index.those_meeting(condition, [*other, *numbers(3, 2)]) == [*other, *numbers(2)]
    assert index.those_meeting(condition, []) == index.meeting(condition, ALL, 0) == []


def test_a_beginning_stands_for_the_most_frequent_words_at_the_end_of_a_phrase(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.condition_query.MOST_PHRASES", 1)
    index.change([], passages_from(2, ["training on treaties", "on trial", "on trial"]))
    found = index.meeting(condition_query(Phrase("on tr", begins=True), index), ALL, 10)
    assert sorted(found) == [int(PassageKey(2, 1)), int(PassageKey(2, 2))]


# -- changes


def test_a_change_on_a_base_leaves_the_base(index: LexicalIndex, tmp_path: Path) -> None:
    following = LexicalIndex.create(tmp_path / "next", tmp_path / "lexical")
    following.change([1], passages_from(2, ["law"]))
    assert (len(index), len(following)) == (4, 1)
    assert following.search(words("law"), ALL, 10) == [int(PassageKey(2, 0))]
    assert index.search(words("law"), ALL, 10) == numbers(2, 3)
    assert LexicalIndex(tmp_path / "lexical").search(words("law"), ALL, 10) == numbers(2, 3)


def test_a_removed_passage_counts_for_no_word(index: LexicalIndex) -> None:
    assert index.passages_with("law") == 2
    index.change([], passages_from(2, ["law"] * 5))
    assert index.passages_with("law") == 7
    index.change([2], [])
    assert index.passages_with("law") == 2
    assert index.passages_with("fisheri") == 0


def test_filters_bind_and_empty_ones_find_nothing(index: LexicalIndex) -> None:
    index.change([], passages_from(2, ["law"], [Role.REQUEST]))
    other = [int(PassageKey(2, 0))]
    assert index.search(words("law"), PassageFilter(documents=frozenset({2})), 10) == other
    assert index.search(words("law"), PassageFilter(roles=frozenset({Role.REQUEST})), 10) == other
    for nothing in (
        PassageFilter(documents=frozenset()),
        PassageFilter(roles=frozenset()),
        PassageFilter(frozenset({1}), frozenset({Role.REQUEST})),
    ):
        assert index.search(words("law"), nothing, 10) == []


def test_a_folder_without_an_index_is_damage(tmp_path: Path) -> None:
    for content in (None, "{}"):
        folder = tmp_path / str(content)
        folder.mkdir()
        if content:
            (folder / "meta.json").write_text(content)
        with pytest.raises(EngineDamaged, match="cannot be read"):
            LexicalIndex(folder)
    with pytest.raises(EngineDamaged):
        LexicalIndex(tmp_path / "missing")


def test_a_role_that_few_passages_have_is_found_below_many_better_ones(index: LexicalIndex) -> None:
    index.change([], passages_from(2, ["law law"] * 50, [Role.CONTEXT]))
    index.change([], passages_from(3, ["a law on the training of judges"] * 2, [Role.REQUEST, Role.CONTEXT]))
    where = PassageFilter(roles=frozenset({Role.REQUEST}))
    expected = [int(PassageKey(3, ordinal)) for ordinal in (0, 1)]
    for limit in (1, 2, 10, 100):
        assert sorted(index.search(words("law"), where, limit)) == expected[:limit]
    where = PassageFilter(roles=frozenset({Role.CONCERN, Role.REQUEST}))
    assert set(index.search(words("law"), where, 4)) == {*numbers(2, 3), *expected}


_FREQUENT = ["law", "judges"]
_RARE = [f"word{number}" for number in range(8)]
_texts = st.lists(st.sampled_from(_FREQUENT * 6 + _RARE), max_size=6).map(" ".join)


@given(
    texts=st.lists(
        st.lists(st.sampled_from(_FREQUENT * 6 + _RARE), max_size=6).map(" ".join), min_size=1, max_size=40
    ),
    asked=st.lists(st.sampled_from(_FREQUENT + _RARE), min_size=1, max_size=5, unique=True),
    limit=st.integers(1, 12),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_avoiding_frequent_words_finds_the_same_scores(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], asked: list[str], limit: int
) -> None:
    made = LexicalIndex.create(tmp_path_factory.mktemp("terms") / "lexical", None)
    made.change((), passages_from(1, texts))
    everything = sorted(made.scores(words(*asked), numbers(*range(len(texts)))), reverse=True)
    found = made.search(words(*asked), ALL, limit)
    best = [score for score in everything if score > 0][:limit]
    assert made.scores(words(*asked), found) == pytest.approx(best, rel=1e-5)


def test_frequent_words_are_avoided_where_the_others_decide(
    index: LexicalIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexical, "_MANY", 0)
    index.change([], passages_from(2, [*["law"] * 50, "law on adoption and adoption of treaties"]))
    asked = words("law", "adoption", "treaties")
    best = index._by_rarer(asked, ALL, 1, None)
    assert best == index.search(asked, ALL, 1) == [int(PassageKey(2, 50))]
    assert index._by_rarer(asked, ALL, 20, None) is None  # fewer have one of the others
    assert index._by_rarer(words("law"), ALL, 1, None) is None


def test_an_index_in_memory_needs_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/dev/null/nowhere")
    held = LexicalIndex.in_memory()
    held.change((), passages_from(1, TEXTS))
    assert held.search(dict.fromkeys(terms("judges"), 1.0), ALL, 5) == numbers(3)
    held.change([1], ())
    assert len(held) == 0
