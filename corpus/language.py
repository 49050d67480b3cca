"""The language a text is in, told from the text itself.

What a masthead calls the original language says nothing about the version at hand. Scripts and
function words decide nearly every document at once; only where they do not is a model asked.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Protocol

_SAMPLE = 20_000  # characters from the middle of a text that are looked at
_ENOUGH_WORDS = 40
# Scripts that are those of one official language here; a model tells the languages apart that share one.
_SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
_WORD = re.compile(r"[^\W\d_]+")
# The commonest words of each language that are rare or absent in the others.
_FUNCTION_WORDS = {
    "en": "the of and to that is are was with for its by on an be which has have it should not",
    "fr": "le les des et du dans pour une sur aux par qui est avec au ces son sont cette ainsi",
    "es": "el los las del y en para con una por su sus al lo como o ha han es la que",
    "pt": "o os as do da dos das em e no na nos nas para com uma por ao seu que não à",
}
_OWN_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_OTHER_WORDS = frozenset[str]().union(*_OWN_WORDS.values()) - _OWN_WORDS["en"] - {"as", "no", "do"}
_FEW_WORDS = 2  # of other languages in a question, such as "el" and "la"
_CLEAR_SHARE = 0.2  # of all words; running text has 0.35 to 0.5 of them
_CLEAR_LEAD = 1.5  # times the next language's
# The languages of the UN, and others that governments and civil society write to it in.
_CANDIDATES = (
    "ar", "zh", "en", "fr", "ru", "es", "pt", "bg", "cs", "da", "de", "el", "et", "fa", "fi", "hi",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "ro", "sk", "sl", "sr", "sv",
    "sw", "th", "tr", "uk", "vi",
)  # fmt: skip


class _Identifier(Protocol):
    """The part of py3langid that is used; it ships no types."""

    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str) -> str:
    """The two-letter code (ISO 639-1) of the language of a text, or `und`.

    A text too short to tell is English where nothing in it speaks against that.
    """
    sample = _sample(text)
    letters = sum(map(len, _WORD.findall(sample)))
    if not letters:
        return "und"
    script = next(
        (code for code, signs in _SCRIPTS.items() if len(signs.findall(sample)) > letters / 2), None
    )
    if script:
        return script if script != "ru" or letters < _ENOUGH_WORDS else _by_model(sample)
    words = [word.lower() for word in _WORD.findall(sample)]
    clear = _by_function_words(words)
    if clear or len(words) >= _ENOUGH_WORDS:
        return clear or _by_model(sample)
    return "en" if _may_be_english(sample, words) else "und"


def is_plainly_not_english(text: str) -> bool:
    """Whether a text as short as a question is in another script, or has other languages' small words."""
    letters = sum(map(len, _WORD.findall(text)))
    if any(len(signs.findall(text)) > letters / 2 for signs in _SCRIPTS.values()):
        return True
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in _OWN_WORDS["en"] for word in words)
    others = sum(word in _OTHER_WORDS for word in words)
    return others >= _FEW_WORDS and others > english


def _sample(text: str) -> str:
    """The middle of a text, where neither masthead nor annexes are."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    return text[start : start + _SAMPLE]


def _by_function_words(words: list[str]) -> str | None:
    if len(words) < _ENOUGH_WORDS:
        return None
    counts = Counter(words)
    shares = sorted(
        ((sum(counts[word] for word in own) / len(words), code) for code, own in _OWN_WORDS.items()),
        reverse=True,
    )
    (best, code), (second, _) = shares[:2]
    return code if best >= _CLEAR_SHARE and best >= _CLEAR_LEAD * second else None


def _may_be_english(sample: str, words: list[str]) -> bool:
    if not all(word.isascii() for word in words):
        return False
    own = sum(word in _OWN_WORDS["en"] for word in words)
    return own >= max(sum(word in others for word in words) for others in _OWN_WORDS.values())


def _by_model(sample: str) -> str:
    return _identifier().classify(sample)[0]


@cache
def _identifier() -> _Identifier:
    # imported here, since it takes as long as reading a document and few documents need it
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=0.5)
    identifier.set_languages(_CANDIDATES)
    found: _Identifier = identifier
    return found
