from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from assistant.answer import AskRequest, Citation
from assistant.citations.references import References, edition_cited
from assistant.citations.styles import STYLES
from assistant.service import Assistant
from corpus.catalog import Snapshot
from corpus.model import Metadata

SYMBOL = "CRC/C/KEN/CO/9"


def citations_of(assistant: Assistant, question: str) -> tuple[Citation, ...]:
    return assistant.ask(AskRequest(question=question, store=False)).citations


def rendered(markdown: str) -> tuple[str, list[str]]:
    """The text of a line of Markdown that a reader sees, and what of it is in italics."""
    (inline,) = (token for token in MarkdownIt("commonmark").parse(markdown) if token.type == "inline")
    text, italics, is_italic = "", [""], False
    for child in inline.children or ():
        if child.type in ("em_open", "em_close"):
            is_italic = child.type == "em_open"
        text += child.content
        italics[-1] += child.content if is_italic else ""
    return text, [part for part in italics if part]


def test_a_citation_is_referred_to_as_its_place_is_cited(assistant: Assistant) -> None:
    cited = citations_of(assistant, "what did the Committee say about extradition?")
    cited += citations_of(assistant, "what about hydropower dams?")
    assert {"33", "34", "21 (b)"} <= {citation.pinpoint for citation in cited}
    with assistant.collection.catalog.snapshot() as snapshot:
        references = References(snapshot)
        for citation in cited:
            assert references.holds(citation)
            assert references.of(citation) == assistant.cite(citation.symbol, citation.pinpoint)


@pytest.mark.parametrize("style", STYLES)
def test_as_markdown_a_reference_reads_the_same_with_its_title_in_italics_where_it_is(
    assistant: Assistant, style: Any
) -> None:
    citation = citations_of(assistant, "para 22 (c)")[-1]
    with assistant.collection.catalog.snapshot() as snapshot:
        references = References(snapshot)
        plain, markdown = references.of(citation), references.in_markdown(citation, style)
    assert plain is not None
    assert markdown is not None
    text, italics = rendered(markdown)
    assert text == plain[style]
    assert bool(italics) == (style in ("aglc", "mcgill"))
    assert all(part.startswith("Concluding Observations on the Report Submitted by Laos") for part in italics)


def test_what_is_held_no_more_has_no_reference(assistant: Assistant) -> None:
    citation = citations_of(assistant, "para 33")[0]
    with assistant.collection.catalog.snapshot() as snapshot:
        references = References(snapshot)
        for changed in ({"sha256": "0" * 64}, {"symbol": "CRC/C/KEN/CO/9"}):
            gone = citation.model_copy(update=changed)
            assert not references.holds(gone)
            assert references.of(gone) is None
            assert references.in_markdown(gone, "un") is None
        nowhere = citation.model_copy(update={"eid": "sec_1"})
        assert references.of(nowhere) is None


def test_an_earlier_edition_is_referred_to_as_what_it_was(own_assistant: Assistant, tmp_path: Path) -> None:
    for title in ("Observations on Kenya", "Corrected observations on Kenya"):
        file = tmp_path / "kenya.txt"
        file.write_text(f"{SYMBOL}\n\n{title}\n\n1. The Committee recommends that ferries carry lifeboats.\n")
        (outcome,) = own_assistant.ingest([file], Metadata(symbol=SYMBOL, states=("Kenya",)))
        assert outcome.status in ("added", "updated"), outcome
        if title == "Observations on Kenya":
            cited = citations_of(own_assistant, f"{SYMBOL} para 1")[0]
    with own_assistant.collection.catalog.snapshot() as snapshot:
        references = References(snapshot).of(cited)
        edition = edition_cited(snapshot, SYMBOL, cited.sha256)
    assert references is not None
    assert edition is not None
    assert not edition.current
    assert "Corrected" not in references["oscola"]
    assert "Corrected" in own_assistant.cite(SYMBOL, "1")["oscola"]


def test_each_edition_is_looked_up_once(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    cited = citations_of(assistant, "list every paragraph that mentions children")
    assert len(cited) > 10
    looked_up: Counter[str] = Counter()
    find = Snapshot.find

    def counted(self: Snapshot, name: str, **options: Any) -> Any:
        looked_up[name] += 1
        return find(self, name, **options)

    monkeypatch.setattr(Snapshot, "find", counted)
    with assistant.collection.catalog.snapshot() as snapshot:
        references = References(snapshot)
        for citation in cited * 3:
            references.of(citation)
            references.in_markdown(citation, "oscola")
    assert looked_up == {cited[0].symbol: 1}
