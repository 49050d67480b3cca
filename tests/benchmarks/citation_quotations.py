"""Quotations of held documents, right and wrong, each with what should become of it.

They are made from the documents' own sentences; what a change must lead to follows from how it was done. Where
chance makes words that stand somewhere after all, plain comparing of strings finds that out and they are left
out, so that no verdict rests on what Pilcrow says.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process

from corpus.model import DocumentHeader, Item, Paragraph, pinpoint_of

INVENTED_LIKE = 80.0
"""Of 100: a made sentence that is so like a printed one is no invention but an alteration."""

TRUE_RUN = 10
"""Words: a made sentence with so long a run of a printed one is none either."""

_EXACT = frozenset({"exact"})
_NORMALISED = frozenset({"exact_normalised"})
_MARKED = frozenset({"altered_ok"})
_ALTERED = frozenset({"altered"})
_STITCHED = frozenset({"stitched"})
_NOT_FOUND = frozenset({"not_found"})
_OTHER_WORDS = (
    "purple", "obsolete", "maritime", "weekly", "seldom", "voluntary", "domestic", "prior", "alleged",
    "optional", "several", "merely",
)  # fmt: skip
_NAMES = ("[the State]", "[Government]", "[the authorities]", "[Country]", "[it]")


@dataclass(frozen=True)
class Quoted:
    """A document to quote from."""

    header: DocumentHeader
    paragraphs: Sequence[Paragraph]

    @property
    def symbol(self) -> str:
        """Its symbol."""
        return self.header.symbol

    @cached_property
    def plain(self) -> str:
        """All that its paragraphs print, in the form that is compared here, without labels of items."""
        return " ".join(plain(_texts(paragraph)) for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a place of a document."""

    document: Quoted
    paragraph: Paragraph
    place: Paragraph | Item
    text: str

    @property
    def words(self) -> list[str]:
        """Its words with what is printed against them."""
        return self.text.split(" ")

    @property
    def reference(self) -> str:
        """A reference to its place."""
        return f"{self.document.symbol}, {pinpoint_of(self.paragraph, self.place).format('un')}"


@dataclass(frozen=True)
class MadeQuotation:
    """A quotation with the verdicts that are right for it, and where its words stand.

    `places` are symbols and ids, one of which must be told; none where nothing need be. `held` says whether
    all documents are held or only every other one.
    """

    kind: str
    text: str
    verdicts: frozenset[str]
    places: frozenset[tuple[str, str]] = frozenset()
    cited: str | None = None
    held: str = "all"


def plain(text: str) -> str:
    """A text as it is compared here: lower case, words by single spaces, no signs but letters and digits."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(re.findall(r"[^\W_]+", folded))


def quotations(documents: Sequence[Quoted], seed: int) -> list[MadeQuotation]:
    """Quotations of every document, the same for the same seed; about fifty a document."""
    chance = random.Random(seed)
    material = _Material(documents)
    made: list[MadeQuotation] = []
    for document in documents:
        sentences = material.sentences[document.symbol]
        for make, count in _KINDS:
            done, tries = 0, 0
            while done < count and tries < 20 * count and sentences:
                tries += 1
                one = make(chance.choice(sentences), material, chance)
                if one is not None:
                    made.append(one)
                    done += 1
    made += _left_out(material, chance)
    chance.shuffle(made)
    return made


class _Material:
    """The sentences of all documents, and what is needed to see whether words stand somewhere."""

    def __init__(self, documents: Sequence[Quoted]) -> None:
        self.documents = documents
        self.sentences = {each.symbol: list(_sentences(each)) for each in documents}
        self.all = [each for some in self.sentences.values() for each in some]
        self.plain = [plain(each.text) for each in self.all]

    def stands(self, text: str, documents: Sequence[Quoted] | None = None) -> bool:
        """Whether the words of a text stand somewhere in this order."""
        words = f" {plain(text)} "
        return any(words in f" {each.plain} " for each in documents or self.documents)

    def places(self, sentence: Sentence, text: str) -> frozenset[tuple[str, str]]:
        """The place of words that stand there only; none where others have them too."""
        words = f" {plain(text)} "
        count = sum(f" {each.plain} ".count(words) for each in self.documents)
        return _places(sentence) if count == 1 else frozenset()

    def is_like(self, text: str, symbols: Sequence[str] | None = None, least: float = INVENTED_LIKE) -> bool:
        """Whether a sentence of some documents, or of all, is like a text."""
        some = [p for each, p in zip(self.all, self.plain, strict=True)
                if symbols is None or each.document.symbol in symbols]  # fmt: skip
        return process.extractOne(plain(text), some, scorer=fuzz.ratio, score_cutoff=least) is not None

    @cached_property
    def chain(self) -> dict[tuple[str, str], list[str]]:
        """Which word follows which two."""
        follows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for sentence in self.all:
            words = sentence.words
            for one, two, three in zip(words, words[1:], words[2:], strict=False):
                follows[one, two].append(three)
        return dict(follows)

    def true_runs(self, documents: Sequence[Quoted]) -> set[tuple[str, ...]]:
        """All runs of `TRUE_RUN` words."""
        return {run for each in documents for run in _runs(each.plain)}


_Make = Callable[[Sentence, _Material, random.Random], MadeQuotation | None]


# -- as it is printed


def _sentence(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    return _verbatim("sentence", sentence, sentence.text)


def _fragment(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    return _verbatim("fragment of 8 to 25 words", sentence, _part(sentence, chance, 8, 25))


def _few_words(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    return _verbatim("4 to 7 words", sentence, _part(sentence, chance, 4, 7))


def _verbatim(kind: str, sentence: Sentence, text: str | None) -> MadeQuotation | None:
    if text is None or len(text) < 20 or len(text.split()) < 4:
        return None
    few = len(text.split()) < 8  # whose places are told up to a limit
    return MadeQuotation(kind, text, _EXACT, frozenset() if few else _places(sentence))


def _paragraph(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    if sentence.paragraph.items:
        return None
    text = sentence.paragraph.text
    return MadeQuotation("paragraph", text, _EXACT, _place(sentence.document, sentence.paragraph.eid))


def _across_items(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    items = sentence.paragraph.items
    if len(items) < 2 or items[0].items or not sentence.paragraph.text:
        return None
    last = chance.randint(1, min(len(items), 4))
    lines = [sentence.paragraph.text, *(f"{each.label_printed} {each.text}" for each in items[:last])]
    if any(each.items or each.closing for each in items[: last - 1]):
        return None
    places = _place(sentence.document, items[last - 1].eid)
    return MadeQuotation("lead-in and items", "\n".join(lines), _EXACT, places)


def _items_run_in(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    items = sentence.paragraph.items
    if not items or items[0].items or not sentence.paragraph.text or len(items[0].text.split()) < 3:
        return None
    text = f"{sentence.paragraph.text} {items[0].text}"
    return MadeQuotation("items run in", text, _MARKED, _place(sentence.document, items[0].eid))


def _across_paragraphs(
    sentence: Sentence, material: _Material, chance: random.Random
) -> MadeQuotation | None:
    following = _following(sentence)
    if sentence.paragraph.items or following is None or len(following.text.split()) < 5:
        return None
    text = f"{sentence.paragraph.text}\n{following.label_printed} {following.text}"
    return MadeQuotation("two paragraphs", text, _EXACT, _place(sentence.document, following.eid))


# -- in another form


def _other_form(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    text = _part(sentence, chance, 8, 40)
    if text is None:
        return None
    change = chance.choice(list(_FORMS))
    changed = _FORMS[change](text, chance)
    if changed == text:
        return None
    return MadeQuotation(f"form: {change}", changed, _NORMALISED, _places(sentence))


def _line_breaks(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(1, len(words))
    return " ".join(words[:at]) + "\n" + " ".join(words[at:])


def _split_word(text: str, chance: random.Random) -> str:
    long = [match for match in re.finditer(r"[a-z]{8,}", text)]
    if not long:
        return text
    at = chance.choice(long).start() + chance.randint(2, 5)
    return f"{text[:at]} {text[at:]}"


def _lost_space(text: str, chance: random.Random) -> str:
    gaps = [match.start(1) for match in re.finditer(r"[a-z]( )[a-z]", text)]
    if not gaps:
        return text
    at = chance.choice(gaps)
    return text[:at] + text[at + 1 :]


def _soft_hyphen(text: str, chance: random.Random) -> str:
    long = re.search(r"[a-z]{8,}", text)
    return text if long is None else f"{text[: long.start() + 4]}\u00ad{text[long.start() + 4 :]}"


_FORMS: dict[str, Callable[[str, random.Random], str]] = {
    "doubled spaces": lambda text, chance: text.replace(" ", "  ", 3),
    "no-break spaces": lambda text, chance: text.replace(" ", "\u00a0", 2),
    "line breaks": _line_breaks,
    "straight marks": lambda text, chance: text.translate(str.maketrans("’‘“”", "''\"\"")),
    "French marks": lambda text, chance: re.sub("“([^”]{1,80})”", "« \\1 »", text),
    "dashes": lambda text, chance: text.replace("-", "–") if "-" in text else text.replace("–", "-"),
    "split word": _split_word,
    "lost space": _lost_space,
    "soft hyphen": _soft_hyphen,
    "comma inside the marks": lambda text, chance: f"{text.rstrip('.,;: ')},",
    "ligatures": lambda text, chance: text.replace("fi", "ﬁ"),
}


# -- altered in one word


def _altered(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    text = _part(sentence, chance, 9, 40)
    if text is None:
        return None
    change = chance.choice(list(_CHANGES))
    words = text.split(" ")
    changed = _CHANGES[change](words, chance)
    if changed is None or material.stands(changed):
        return None
    cited = sentence.reference if chance.random() < 0.6 else None
    places = _places(sentence) if cited else frozenset[tuple[str, str]]()
    return MadeQuotation(f"altered: {change}", changed, _ALTERED, places, cited)


def _inside(words: Sequence[str], chance: random.Random) -> int:
    return chance.randrange(2, len(words) - 2)


def _drop(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance)
    return " ".join([*words[:at], *words[at + 1 :]]) if words[at].isalpha() else None


def _replace(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance)
    return " ".join([*words[:at], chance.choice(_OTHER_WORDS), *words[at + 1 :]])


def _insert(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance)
    return " ".join([*words[:at], chance.choice(_OTHER_WORDS), *words[at:]])


def _negate(words: list[str], chance: random.Random) -> str | None:
    if "not" in words[2:-2]:
        at = words.index("not", 2)
        return " ".join([*words[:at], *words[at + 1 :]])
    verbs = [
        i for i, word in enumerate(words[:-2]) if word in ("is", "are", "should", "has", "have", "be", "to")
    ]
    if not verbs:
        return None
    at = chance.choice(verbs) + 1
    return " ".join([*words[:at], "not", *words[at:]])


def _number(words: list[str], chance: random.Random) -> str | None:
    numbers = [i for i, word in enumerate(words) if re.fullmatch(r"\d{1,4}", word)]
    if not numbers:
        return None
    at = chance.choice(numbers)
    return " ".join([*words[:at], str(int(words[at]) + 1), *words[at + 1 :]])


def _swap(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance) - 1
    if words[at].lower() == words[at + 1].lower():
        return None
    return " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])


def _misspell(words: list[str], chance: random.Random) -> str | None:
    at = _inside(words, chance)
    word = words[at]
    if len(word) < 6 or not word.isalpha():
        return None
    return (
        " ".join([*words[:at], f"{word[:2]}{word[3]}{word[2]}{word[4:]}", *words[at + 1 :]])
        if word[2] != word[3]
        else None
    )


_CHANGES: dict[str, Callable[[list[str], random.Random], str | None]] = {
    "word left out": _drop,
    "word replaced": _replace,
    "word put in": _insert,
    "not": _negate,
    "number": _number,
    "words swapped": _swap,
    "letters swapped": _misspell,
}


# -- marked


def _ellipsis(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    words = sentence.words
    if len(words) < 14:
        return None
    start = chance.randrange(4, len(words) - 8)
    end = chance.randrange(start + 2, len(words) - 4)
    mark = chance.choice(("…", "...", ". . .", "[…]", "[...]", "(...)", "* * *"))
    text = " ".join([*words[:start], mark, *words[end:]])
    cited = _cited(sentence, chance)
    return MadeQuotation("ellipsis", text, _MARKED, material.places(sentence, sentence.text), cited)


def _ellipsis_across(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    following = _following(sentence)
    if following is None or len(following.text.split()) < 8 or len(sentence.words) < 8:
        return None
    text = f"{' '.join(sentence.words[:8])} … {' '.join(following.text.split()[:8])}"
    if _count(sentence.document, " ".join(sentence.words[:8])) > 1:
        return None
    places = _place(sentence.document, following.eid)
    return MadeQuotation("ellipsis across paragraphs", text, _MARKED, places, sentence.document.symbol)


def _brackets(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    text = _part(sentence, chance, 10, 40)
    if text is None:
        return None
    change = chance.choice(list(_BRACKETS))
    changed = _BRACKETS[change](text, chance)
    if changed is None or changed == text:
        return None
    cited = _cited(sentence, chance)
    return MadeQuotation(f"brackets: {change}", changed, _MARKED, material.places(sentence, text), cited)


def _named(text: str, chance: random.Random) -> str | None:
    return text.replace("the State party", chance.choice(_NAMES), 1)


def _letter(text: str, chance: random.Random) -> str | None:
    first = text[0]
    return f"[{first.swapcase()}]{text[1:]}" if first.isalpha() and text[1:2].isalpha() else None


def _remark(text: str, chance: random.Random) -> str | None:
    words = text.split(" ")
    at = chance.randrange(1, len(words))
    if not words[at - 1].isalpha():
        return None
    return " ".join([*words[:at], "[sic]", *words[at:]])


def _inserted(text: str, chance: random.Random) -> str | None:
    words = text.split(" ")
    at = chance.randrange(1, len(words))
    return " ".join([*words[:at], "[as of 2016]", *words[at:]])


def _ending(text: str, chance: random.Random) -> str | None:
    return re.sub(r"\b(recommend|urge|note|regret)s\b", r"\1[ed]", text, count=1)


_BRACKETS: dict[str, Callable[[str, random.Random], str | None]] = {
    "name": _named,
    "letter": _letter,
    "sic": _remark,
    "words put in": _inserted,
    "ending": _ending,
    "emphasis": lambda text, chance: f"{text} (emphasis added)",
}


def _marked_and_altered(
    sentence: Sentence, material: _Material, chance: random.Random
) -> MadeQuotation | None:
    words = sentence.words
    if len(words) < 22:
        return None
    changed = _replace(words[:10], chance)
    return MadeQuotation(
        "marked and altered",
        f"{changed} … {' '.join(words[13:])}",
        _ALTERED,
        _places(sentence),
        sentence.reference,
    )


# -- joined


def _stitched_here(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    other = chance.choice(material.sentences[sentence.document.symbol])
    if other.paragraph is sentence.paragraph or other.paragraph is _following(sentence):
        return None
    return _two(sentence, other, "stitched in a document", material, chance, 8)


def _stitched_backwards(
    sentence: Sentence, material: _Material, chance: random.Random
) -> MadeQuotation | None:
    others = [
        each for each in material.sentences[sentence.document.symbol] if each.paragraph is sentence.paragraph
    ]
    if len(others) < 2 or _count(sentence.document, " ".join(others[0].words[:30])) > 1:
        return None
    made = _two(others[-1], others[0], "stitched backwards, with an ellipsis", material, chance, 8, " … ")
    return made


def _stitched_afar(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    other = chance.choice(material.all)
    if other.document is sentence.document:
        return None
    return _two(sentence, other, "stitched across documents", material, chance, 14)


def _left_a_clause_out(
    sentence: Sentence, material: _Material, chance: random.Random
) -> MadeQuotation | None:
    words = sentence.words
    if len(words) < 36:
        return None
    start = chance.randrange(8, len(words) - 26)
    end = chance.randrange(start + 14, len(words) - 10)
    text = " ".join([*words[:start], *words[end:]])
    if material.stands(text):
        return None
    return MadeQuotation("clause left out", text, _STITCHED, _places(sentence), _cited(sentence, chance))


def _two(
    one: Sentence, other: Sentence, kind: str, material: _Material, chance: random.Random, least: int,
    mark: str = " ",
) -> MadeQuotation | None:  # fmt: skip
    before, after = one.words[:30], other.words[:30]
    if min(len(before), len(after)) < least:
        return None
    text = mark.join((" ".join(before), " ".join(after)))
    if material.stands(" ".join([*before, *after])) or plain(" ".join(before)) == plain(" ".join(after)):
        return None
    return MadeQuotation(kind, text, _STITCHED)


# -- elsewhere


def _other_paragraph(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    text, document = _part(sentence, chance, 8, 40), sentence.document
    other = chance.choice(document.paragraphs)
    if text is None or other.label.startswith("unnumbered") or _has(other, text):
        return None
    if other.eid == sentence.paragraph.eid or any(
        p.label == other.label for p in document.paragraphs if p is not other
    ):
        return None
    cited = f"{document.symbol}, para. {other.label}"
    return MadeQuotation(
        "another paragraph", text, frozenset({"elsewhere_in_document"}), _places(sentence), cited
    )


def _other_item(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    if not isinstance(sentence.place, Item) or len(sentence.words) < 8:
        return None
    others = [each for each in sentence.paragraph.items if each.eid != sentence.place.eid]
    if not others or sentence.place not in sentence.paragraph.items:
        return None
    other = chance.choice(others)
    if plain(sentence.text) in plain(other.full_text):
        return None
    labels = [paragraph.label for paragraph in sentence.document.paragraphs]
    if labels.count(sentence.paragraph.label) > 1 or [each.label for each in others].count(other.label) > 1:
        return None
    cited = f"{sentence.document.symbol}, {pinpoint_of(sentence.paragraph, other).format('un')}"
    wanted = frozenset({"elsewhere_in_document"})
    return MadeQuotation("another item", sentence.text, wanted, _places(sentence), cited)


def _other_document(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    text, other = _part(sentence, chance, 10, 40), chance.choice(material.documents)
    if text is None or other is sentence.document or f" {plain(text)} " in f" {other.plain} ":
        return None
    words = plain(text)
    best = process.extractOne(
        words, [p for each, p in zip(material.all, material.plain, strict=True) if each.document is other],
        scorer=fuzz.partial_ratio, score_cutoff=70,
    )  # fmt: skip
    if best is not None:
        return None
    cited = f"{other.symbol}, para. {chance.choice(other.paragraphs[1:]).label}"
    return MadeQuotation(
        "another document", text, frozenset({"elsewhere_in_corpus"}), _places(sentence), cited
    )


# -- invented


_WHO = ("The Committee", "The Committee also", "The Committee further", "It")
_ACTS = ("recommends", "urges", "encourages", "calls upon", "requests")
_DO = (
    "establish a national registry of {a}", "withdraw all subsidies for {a}", "train {b} on the needs of {a}",
    "amend the act on {a} without delay", "publish yearly figures on {a}", "allocate a tenth of the budget to {a}",
    "close the remaining {b} by the end of the decade", "consult {b} before any reform of {a}",
    "ratify the convention on {a}", "appoint an ombudsperson for {a} in every province",
)  # fmt: skip
_A = (
    "lighthouse keepers with disabilities", "migrant fishers", "children living near mines", "tenants of public housing",
    "women in island communities", "older persons in rural areas", "the victims of landslides", "seasonal workers",
    "pupils with albinism", "persons with epilepsy in detention",
)  # fmt: skip
_B = (
    "judges",
    "customs officers",
    "regional orphanages",
    "bus companies",
    "village councils",
    "school inspectors",
)
_WHY = (
    ", and to report on this in its next periodic report", ", with the full participation of organizations of {b}",
    ", in line with article {n} of the Convention", ", taking into account general comment No. {n}",
    " in order to guarantee their full enjoyment of human rights", "",
)  # fmt: skip


def _composed(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    act = chance.choice(_ACTS)
    that = "that the State party" if act == "recommends" else "the State party to"
    text = f"{chance.choice(_WHO)} {act} {that} {chance.choice(_DO)}{chance.choice(_WHY)}."
    text = text.format(a=chance.choice(_A), b=chance.choice(_B), n=chance.randint(3, 33))
    return None if material.is_like(text) else MadeQuotation("invented: composed", text, _NOT_FOUND)


def _chained(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    words = sentence.words[:2]
    wanted = chance.randint(14, 30)
    while len(words) < wanted and (following := material.chain.get((words[-2], words[-1]))):
        words.append(chance.choice(following))
    text = " ".join(words)
    if len(words) < 14 or set(_runs(plain(text))) & _true_runs(material) or material.is_like(text):
        return None
    return MadeQuotation("invented: phrases of the documents", text, _NOT_FOUND)


def _with_reference(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    made = _composed(sentence, material, chance)
    return replace(made, kind="invented: with a reference", cited=sentence.reference) if made else None


_RUNS: dict[int, set[tuple[str, ...]]] = {}


def _true_runs(material: _Material) -> set[tuple[str, ...]]:
    if id(material) not in _RUNS:
        _RUNS[id(material)] = material.true_runs(material.documents)
    return _RUNS[id(material)]


def _left_out(material: _Material, chance: random.Random) -> Iterator[MadeQuotation]:
    """Sentences of every other document, looked for where these are not held."""
    held, out = material.documents[::2], material.documents[1::2]
    symbols = {each.symbol for each in held}
    there = [
        p for each, p in zip(material.all, material.plain, strict=True) if each.document.symbol in symbols
    ]
    runs = material.true_runs(held)
    for document in out:
        done = 0
        for sentence in chance.sample(some := material.sentences[document.symbol], len(some)):
            text = plain(sentence.text)
            if len(sentence.words) < 10 or set(_runs(text)) & runs:
                continue
            if process.extractOne(text, there, scorer=fuzz.ratio, score_cutoff=INVENTED_LIKE) is None:
                yield MadeQuotation("invented: of documents not held", sentence.text, _NOT_FOUND, held="half")
                done += 1
            if done == 8:
                break


def _short(sentence: Sentence, material: _Material, chance: random.Random) -> MadeQuotation | None:
    text = _part(sentence, chance, 1, 3)
    return MadeQuotation("too short", text, frozenset({"too_short"})) if text else None


_KINDS: tuple[tuple[_Make, int], ...] = (
    (_sentence, 4), (_fragment, 4), (_few_words, 3), (_paragraph, 2), (_across_items, 2), (_items_run_in, 1),
    (_across_paragraphs, 1), (_other_form, 6), (_altered, 9), (_ellipsis, 4), (_ellipsis_across, 1), (_brackets, 5),
    (_marked_and_altered, 1), (_stitched_here, 2), (_stitched_backwards, 1), (_stitched_afar, 2),
    (_left_a_clause_out, 1), (_other_paragraph, 2), (_other_item, 1), (_other_document, 2), (_composed, 2),
    (_chained, 2), (_with_reference, 1), (_short, 1),
)  # fmt: skip
"""What is made, and how many of it of each document."""


# -- parts of sentences, and where they stand


def _part(sentence: Sentence, chance: random.Random, least: int, most: int) -> str | None:
    """Some words of a sentence in a row; none of a sentence that is too short."""
    words = sentence.words
    if len(words) < least:
        return None
    count = chance.randint(least, min(most, len(words)))
    start = chance.randint(0, len(words) - count)
    part = " ".join(words[start : start + count])
    return part if re.match(r"[\w“]", part) else None


def _places(sentence: Sentence) -> frozenset[tuple[str, str]]:
    return _place(sentence.document, sentence.place.eid)


def _place(document: Quoted, eid: str) -> frozenset[tuple[str, str]]:
    return frozenset({(document.symbol, eid)})


def _cited(sentence: Sentence, chance: random.Random) -> str | None:
    return sentence.reference if chance.random() < 0.5 else None


def _following(sentence: Sentence) -> Paragraph | None:
    after = [p for p in sentence.document.paragraphs if p.ordinal == sentence.paragraph.ordinal + 1]
    return after[0] if after else None


def _has(paragraph: Paragraph, text: str) -> bool:
    return f" {plain(text)} " in f" {plain(_texts(paragraph))} "


def _count(document: Quoted, text: str) -> int:
    return document.plain.count(plain(text))


def _texts(paragraph: Paragraph) -> str:
    return " ".join(f"{place.text} {place.closing}" for place in paragraph.places())


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    return (tuple(words[at : at + TRUE_RUN]) for at in range(len(words) - TRUE_RUN + 1))


def _sentences(document: Quoted) -> Iterator[Sentence]:
    for paragraph in document.paragraphs:
        if paragraph.label.startswith("unnumbered"):
            continue
        for place in paragraph.places():
            for sentence in place.sentences:
                if sentence.text in place.text and not re.search(r"[\[\]…]|\.\.", sentence.text):
                    yield Sentence(document, paragraph, place, sentence.text)
