"""Quotations that nobody wrote, or that no held document has."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz, process

from tests.benchmarks.quotation_material import (
    INVENTED_LIKE,
    NOT_FOUND,
    MadeQuotation,
    Material,
    Sentence,
    plain,
    runs_of,
)

_WHO = ("The Committee", "The Committee also", "The Committee further", "It")
_ACTS = ("recommends", "urges", "encourages", "calls upon", "requests")
_DO = (
    "establish a national registry of {a}", "withdraw all subsidies for {a}", "train {b} on the needs of {a}",
    "amend the act on {a} without delay", "publish yearly figures on {a}",
    "allocate a tenth of the budget to {a}",
    "close the remaining {b} by the end of the decade", "consult {b} before any reform of {a}",
    "ratify the convention on {a}", "appoint an ombudsperson for {a} in every province",
)  # fmt: skip
_A = (
    "lighthouse keepers with disabilities", "migrant fishers", "children living near mines",
    "tenants of public housing",
    "women in island communities", "older persons in rural areas",
    "the victims of landslides", "seasonal workers",
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
    ", and to report on this in its next periodic report",
    ", with the full participation of organizations of {b}",
    ", in line with article {n} of the Convention", ", taking into account general comment No. {n}",
    " in order to guarantee their full enjoyment of human rights", "",
)  # fmt: skip


def composed(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """A sentence in the manner of a committee that no committee wrote."""
    act = chance.choice(_ACTS)
    that = "that the State party" if act == "recommends" else "the State party to"
    text = f"{chance.choice(_WHO)} {act} {that} {chance.choice(_DO)}{chance.choice(_WHY)}."
    text = text.format(a=chance.choice(_A), b=chance.choice(_B), n=chance.randint(3, 33))
    return None if material.is_like(text) else MadeQuotation("invented: composed", text, NOT_FOUND)


def chained(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """Words each of which follows the two before it somewhere."""
    words = sentence.words[:2]
    wanted = chance.randint(14, 30)
    while len(words) < wanted and (following := material.chain.get((words[-2], words[-1]))):
        words.append(chance.choice(following))
    text = " ".join(words)
    if len(words) < 14 or set(runs_of(plain(text))) & material.all_runs or material.is_like(text):
        return None
    return MadeQuotation("invented: phrases of the documents", text, NOT_FOUND)


def with_reference(sentence: Sentence, material: Material, chance: random.Random) -> MadeQuotation | None:
    """A composed sentence under a reference."""
    made = composed(sentence, material, chance)
    return replace(made, kind="invented: with a reference", cited=sentence.reference) if made else None


def left_out(material: Material, chance: random.Random) -> Iterator[MadeQuotation]:
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
            if len(sentence.words) < 10 or set(runs_of(text)) & runs:
                continue
            if process.extractOne(text, there, scorer=fuzz.ratio, score_cutoff=INVENTED_LIKE) is None:
                yield MadeQuotation("invented: of documents not held", sentence.text, NOT_FOUND, held="half")
                done += 1
            if done == 8:
                break
