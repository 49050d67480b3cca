from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import AskRequest, Checks, Citation
from assistant.gold import read_gold
from assistant.links import citation_links, with_absolute_links, with_links_elsewhere
from assistant.markdown import escaped
from assistant.service import Assistant

BASE = "https://un.example/pilcrow"
GOLD = Path(__file__).parent.parent / "gold" / "laos_opsc.jsonl"


def cited(quote: str, eid: str = "para_1") -> Citation:
    return Citation(
        symbol="A/1",
        title="",
        edition="issued",
        language="en",
        sha256="",
        pinpoint="1",
        eid=eid,
        label="A/1, para. 1",
        quote=quote,
        start=0,
        end=len(quote),
        checks=Checks(exists=True, verbatim=True, supported=True),
        href=f"/documents/a-1#{eid}",
        url="",
    )


def line(citation: Citation) -> str:
    return f"- “{escaped(citation.quote)}” [para. 1]({citation.href})"


def test_only_links_to_pilcrows_pages_are_made_absolute() -> None:
    text = (
        "[a](/documents/a-1#para_1), [b](https://b.example/documents/b), /documents/c and [d] (/documents/d)"
    )
    assert with_absolute_links(text, BASE) == text.replace("](/", f"]({BASE}/")


@pytest.mark.parametrize(
    "printed",
    ["[see](/documents/b)", "[an open bracket", "a ] closed one", "`[code](/documents/b)`", "*[1]*"],
)
def test_brackets_that_are_printed_are_no_link(printed: str) -> None:
    citation = cited(printed)
    text = with_absolute_links(line(citation), BASE)
    assert text == f"- “{escaped(printed)}” [para. 1]({BASE}{citation.href})"
    (link,) = citation_links(text, [citation], BASE)
    assert text[link.start : link.end] == f"[para. 1]({BASE}{citation.href})"


def test_quotes_from_one_place_have_the_links_after_them() -> None:
    first, second, other = cited("It urges."), cited("It recommends."), cited("It regrets.", "para_2")
    text = f"See [para. 1]({first.href}).\n\n" + "\n".join(map(line, (second, other, first)))
    links = citation_links(text, [first, second, other])
    assert [link.citation for link in links] == [second, other, first]
    assert [text[: link.start].count("\n") for link in links] == [2, 3, 4]


def test_a_text_that_says_it_in_other_words_is_searched_for_the_place() -> None:
    citation = cited("It urges.")
    (link,) = citation_links(f"The Committee urges it ([1]({citation.href})).", [citation])
    assert (link.start, link.href) == (24, citation.href)


def test_a_citation_that_the_text_does_not_link_to_has_no_link() -> None:
    assert citation_links(line(cited("It urges.")), [cited("It regrets.", "para_2")]) == []


def test_every_citation_of_an_answer_has_the_link_after_its_quote(assistant: Assistant) -> None:
    count = 0
    for asked in read_gold(GOLD)[::3]:
        answer = assistant.ask(AskRequest(question=asked.turns[-1], store=False))
        text = with_absolute_links(answer.text, BASE)
        links = citation_links(text, answer.citations, BASE)
        assert [link.citation for link in links] == list(answer.citations)
        for link in links:
            assert text[: link.start].endswith(f"“{escaped(link.citation.quote)}” ")
            assert text[link.start : link.end].endswith(f"]({BASE}{link.citation.href})")
        assert "](/" not in text
        count += len(links)
    assert count > 100


def test_links_to_pilcrows_pages_lead_elsewhere_or_leave_their_label() -> None:
    text = r"“printed \[b\](/documents/c)” [para. 1](/documents/a#para_1) [2](/documents/b) [c](https://c.example/)"
    led = with_links_elsewhere(text, {"/documents/a#para_1": "https://un.example/A(1)"}.get)
    assert (
        led == r"“printed \[b\](/documents/c)” [para. 1](https://un.example/A(1)) [2] [c](https://c.example/)"
    )
