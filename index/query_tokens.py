"""The pieces of a query: words, phrases, and those operators and brackets that can be meant as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.conditions import OPERATORS, Phrase, Word

DEEPEST = 16
"""How deep brackets may be nested; those further in group nothing."""

SHORTEST_BEGINNING = 2
"""Letters a word needs before its `*`; with fewer it says nothing."""

Kind = Literal["word", "phrase", "(", ")", "AND", "OR", "NOT", "+", "-"]

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_QUOTES = re.compile(r"[\"“”„«»]")
_PIECE = re.compile(r"[^\s\"“”„«»]+")
_PUNCTUATION = ",.;:?!)"


@dataclass(slots=True)
class Token:
    """A piece of a query; the parser notes whether it is in a condition and whether it is excluded."""

    kind: Kind
    text: str
    begins: bool = False
    bound: bool = False
    excluded: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether it stands for words."""
        return self.kind in ("word", "phrase")

    def condition(self) -> Word | Phrase:
        """The words as a condition."""
        text = _trimmed(" ".join(_QUOTES.sub(" ", self.text).split()))
        as_printed = self.kind == "phrase" or self.begins or text in OPERATORS
        return Phrase(text, self.begins) if as_printed else Word(text)

    def words(self) -> str:
        """The words that rank, without what would be read as syntax again."""
        if self.kind == "word" and self.begins:
            return ""
        bare = (word.lstrip("+-") for word in re.sub(r"[*()\"“”„«»]", " ", self.text).split())
        return " ".join(word.lower() if word in OPERATORS else word for word in bare if word)


def tokens_of(text: str) -> list[Token]:
    """The pieces of a text with a letter or digit, and the operators and brackets that join them."""
    tokens = _without_hollow_brackets(list(_pieces(text)))
    if _is_shouted(tokens):
        tokens = [token for token in tokens if token.kind not in OPERATORS]
    return _without_idle_brackets(_without_dangling_operators(tokens))


# -- from characters to tokens


def _pieces(text: str) -> Iterator[Token]:
    quoted = _quotations(text)
    marks: list[tuple[int, int, Kind]] = [*_brackets(text, quoted), (len(text), len(text), "word")]
    marks += [(start, end, "phrase") for start, end in quoted]
    dashes_exclude = _dashes_exclude(text)
    position = 0
    for start, end, kind in sorted(marks):
        for piece in _PIECE.finditer(text, position, start):
            meets_mark = piece.end() == start and kind in ("phrase", "(")
            yield from _piece(text, piece, dashes_exclude, meets_mark)
        if kind == "phrase":
            if _has_word(text[start + 1 : end]):
                yield _leaf("phrase", text[start + 1 : end])
        elif kind != "word":
            yield Token(kind, kind)
        position = end + 1


def _piece(text: str, piece: re.Match[str], dashes_exclude: bool, meets_mark: bool) -> Iterator[Token]:
    """A run of characters without a space: an operator, or a word with or without a sign."""
    word, before = piece[0], _before(text, piece.start())
    if word in OPERATORS:
        # a word that was found among the operators has the type of one, which mypy does not conclude
        yield Token(word, word)  # type: ignore[arg-type]
        return
    sign, rest = word[0], word[1:]
    starts = not before or before.isspace() or before == "("
    if starts and (rest[:1].isalpha() or (not rest and meets_mark)):
        if sign == "+":
            yield Token("+", sign)
        elif sign == "-" and dashes_exclude:
            yield Token("-", sign)
    if _has_word(word):
        yield _leaf("word", word)


def _leaf(kind: Literal["word", "phrase"], text: str) -> Token:
    """Words, with their `*` taken off where it makes the last one the beginning of a word."""
    end = len(text)
    while not text[end - 1].isalnum() and text[end - 1] != "*":
        end -= 1
    head = text[: end - 1]
    start = len(head)
    while start and head[start - 1].isalnum():
        start -= 1
    begins = (
        text[end - 1] == "*"
        and len(head) - start >= SHORTEST_BEGINNING
        and head[start - 1 : start] != "*"  # *this* is stressed
    )
    return Token(kind, head if begins else text, begins)


def _dashes_exclude(text: str) -> bool:
    """Whether a dash before a word excludes it: not in a list, and not where it encloses an insertion."""
    if text.lstrip()[:1] == "-":
        return False
    return not any(
        word.rstrip(_PUNCTUATION).endswith("-") and _has_word(word) for word in _PIECE.findall(text)
    )


def _quotations(text: str) -> list[tuple[int, int]]:
    """Where quotation marks open and close, those inside others left out."""
    opened: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for match in _QUOTES.finditer(text):
        position, mark = match.start(), match[0]
        may_open = mark in _CLOSING
        closes = next((o for o in reversed(opened) if mark in _CLOSING[o]), None)
        if mark == '"':  # between letters or before one it cannot close, after one it cannot open
            closes = closes if not text[position + 1 : position + 2].isalnum() else None
            may_open = not _before(text, position).isalnum()
        if closes is not None:
            start = opened[closes]
            while found and found[-1][0] > start:
                found.pop()
            opened = {mark: at for mark, at in opened.items() if at < start}
            found.append((start, position))
        elif may_open:
            opened.pop(mark, None)
            opened[mark] = position
    return found


def _brackets(text: str, quoted: Sequence[tuple[int, int]]) -> list[tuple[int, int, Kind]]:
    """Where brackets outside quotation marks open and close; those inside a word, `child(ren)`, do not."""
    ends = dict(quoted)
    opened: list[int] = []
    found: list[tuple[int, int, Kind]] = []
    in_word = position = 0
    while position < len(text):
        character = text[position]
        if position in ends:
            position = ends[position]
        elif character.isspace():
            in_word = 0
        elif character == "(" and _before(text, position).isalnum():
            in_word += 1
        elif character == "(":
            opened.append(position)
        elif character == ")" and in_word:
            in_word -= 1
        elif character == ")" and opened:
            start = opened.pop()
            if len(opened) < DEEPEST:
                found += [(start, start, "("), (position, position, ")")]
        position += 1
    return found


def _before(text: str, position: int) -> str:
    return text[position - 1] if position else ""


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _trimmed(text: str) -> str:
    """A text without what stands before its first letter or digit and after its last."""
    inside = [position for position, character in enumerate(text) if character.isalnum()]
    return text[inside[0] : inside[-1] + 1]


# -- which operators and brackets are meant


def _is_shouted(tokens: Sequence[Token]) -> bool:
    """Whether a text is all in capitals and a sentence, so that its AND is a word like the others."""
    words = [token.text for token in tokens if token.kind == "word"]
    operators = sum(token.kind in OPERATORS for token in tokens)
    in_capitals = any(word.isupper() for word in words) and not any(map(_has_lower_case, words))
    return in_capitals and len(words) > operators + 1


def _has_lower_case(word: str) -> bool:
    return any(character.islower() for character in word)


def _without_dangling_operators(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without operators and signs that have nothing to join."""
    kept: list[Token] = []
    for position, token in enumerate(tokens):
        following = [after.kind for after in tokens[position + 1 : position + 3]]
        if token.kind in ("AND", "OR"):
            if kept and kept[-1].kind in ("word", "phrase", ")") and _starts_operand(following):
                kept.append(token)
        elif token.kind not in ("NOT", "+", "-") or _starts_operand(following[:1]):
            kept.append(token)
    return kept


def _starts_operand(kinds: Sequence[Kind]) -> bool:
    if kinds and kinds[0] in ("NOT", "+", "-"):
        kinds = kinds[1:]
    return bool(kinds) and kinds[0] in ("word", "phrase", "(")


def _without_hollow_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without brackets that hold no word."""
    held = _counted(tokens, ("word", "phrase"))
    return _dropping(tokens, [pair for pair in _pairs(tokens) if held[pair[0]] == held[pair[1]]])


def _without_idle_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without brackets that have no operator inside or beside them."""
    operators = _counted(tokens, ("AND", "OR", "NOT"))
    idle = [
        (start, end)
        for start, end in _pairs(tokens)
        if operators[start] == operators[end]
        and (start == 0 or tokens[start - 1].kind not in ("AND", "OR", "NOT", "+", "-"))
        and (end + 1 == len(tokens) or tokens[end + 1].kind not in ("AND", "OR"))
    ]
    return _dropping(tokens, idle)


def _counted(tokens: Sequence[Token], kinds: Sequence[Kind]) -> list[int]:
    """How many tokens of some kinds there are up to each."""
    total, counts = 0, []
    for token in tokens:
        total += token.kind in kinds
        counts.append(total)
    return counts


def _pairs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for position, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(position)
        elif token.kind == ")":
            pairs.append((opened.pop(), position))
    return pairs


def _dropping(tokens: Sequence[Token], pairs: Sequence[tuple[int, int]]) -> list[Token]:
    dropped = {position for pair in pairs for position in pair}
    return [token for position, token in enumerate(tokens) if position not in dropped]
