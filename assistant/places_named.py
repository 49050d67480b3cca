"""The places a question names by their numbers: "para 22 (c)", "paragraphs 33 and 34", "22 c"."""

from __future__ import annotations

import re

from corpus.errors import PinpointInvalid
from corpus.pinpoint import Pinpoint

# Left over beside a pinpoint in a look-up: "show me …", "what does … say?", "the text of …".
_LOOK_UP_WORDS = frozenset(
    "show me give display read print quote open see find look up text full whole content contents say "
    "says state states paragraph paragraphs para paras document cite from in of the what does is it "
    "please and on for by concluding observations report comment general committee".split()
)

# How people write "paragraph 25 (b)" besides: "PARA 25(b)", "§ 25(b)", "item (b) of paragraph 25".
_SPELLINGS = (
    (re.compile(r"\bpara[a-z]*\b", re.IGNORECASE), lambda match: match[0].lower()),
    (re.compile(r"§{1,2}(?=\s*\d)"), lambda match: "para. "),
    (
        re.compile(
            r"\b(?:item|point|sub-?para(?:graph)?\.?)\s*(\([a-z]{1,4}\)) (?:of|in) (para\S* \d+)", re.I
        ),
        lambda match: f"{match[2]} {match[1]}",
    ),
    (re.compile(r"(?<=[\d)])\s?\([A-Z]{1,4}\)"), lambda match: match[0].lower()),
    # "read 22 c", "number 16", "22 c"
    (
        re.compile(
            r"^\W*(?:(?:and|now|ok|then|show|read|give|see|quote|print|open|me|us|the|what\s+(?:about"
            r"|does)|go\s+to|also|to)\s+)*"
            r"(?:number|no\.?|para\.?|paragraph|point"
            r"|§)?\s*(?P<number>\d{1,3})(?:\s*[.,]?\s*\(?(?P<item>[a-h])\)?)?"
            r"(?:\s+(?:please|pls|say|says|too|again))*\W*$",
            re.I,
        ),
        lambda match: f"para. {match['number']}" + (f" ({match['item'].lower()})" if match["item"] else ""),
    ),
)


def places_named(text: str) -> tuple[tuple[Pinpoint, ...], tuple[str, ...]]:
    """The places a look-up asks for, none where the question has a topic besides, and the names in it."""
    bare = text.strip(" ?.!,;:\"'“”#[]")
    if not re.search(r"[A-Za-z]{4}", bare) and (places := _parsed(bare.removeprefix("(").lower())):
        return places, ()
    if bare.startswith("para_") and (places := _parsed_id(bare)):
        return places, ()
    printed = text
    for spelling, usual in _SPELLINGS:
        printed = spelling.sub(usual, printed)
    found = list(Pinpoint.find_all(printed))
    rest = printed
    for _, start, end in reversed(found):
        rest = rest[:start] + " " + rest[end:]
    topical = [word for word in re.findall(r"[\w’'-]+", rest) if word.lower() not in _LOOK_UP_WORDS]
    # a name beside the number says which document is meant; anything else is a topic
    if not all(word[:1].isupper() for word in topical):
        return (), ()
    names = dict.fromkeys(word.removesuffix("'s").removesuffix("’s") for word in topical)
    return tuple(place for places, _, _ in found for place in places), tuple(names)


def _parsed_id(text: str) -> tuple[Pinpoint, ...]:
    try:
        return (Pinpoint.from_eid(text),)
    except PinpointInvalid:
        return ()


def _parsed(text: str) -> tuple[Pinpoint, ...]:
    try:
        return Pinpoint.parse_all(text)
    except PinpointInvalid:
        return ()
