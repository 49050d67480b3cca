from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from assistant.answer import Answer, Checks, Citation
from assistant.checking.pinned import pins_of_json
from assistant.checking.reading import draft_of_text
from assistant.checking.references import find_references
from assistant.citations.bibtex import as_bibtex
from assistant.citations.cited_sources import (
    CitedPlace,
    CitedSource,
    CitedSources,
    in_ranges,
    sources_of_answers,
    sources_of_references,
)
from assistant.citations.csl import as_csl_json
from assistant.citations.export import (
    ENDINGS,
    FORMATS,
    ExportFormat,
    citations_text,
    format_of,
    write_citations,
)
from assistant.citations.reference_list import as_notes
from assistant.citations.resolve import Resolver
from assistant.citations.ris import as_ris
from assistant.citations.styles import STYLES, CitedDocument
from assistant.citations.told_answers import holds_json, read_answers
from corpus.catalog import Catalog, Change, Snapshot
from corpus.errors import ExportFormatUnknown
from corpus.holdings import Holdings
from corpus.model import Document, Metadata
from corpus.parse import SourceFile, parse_document
from corpus.pinpoint import Pinpoint, format_list
from tests.answers import answer_to
from tests.corpus.catalogs import builtin, new

LAO = "CRC/C/OPSC/LAO/CO/1"
KEN = "CRPD/C/KEN/CO/1"
# What the CSL 1.0.2 schema for data knows, of the fields that are used here.
CSL_FIELDS = {
    "id", "type", "genre", "number", "author", "title", "event-date", "issued", "language", "URL", "note",
    "custom",
}  # fmt: skip


def kenya() -> Document:
    given = Metadata(symbol=KEN, title="Concluding observations on Kenya", adopted=date(2015, 8, 28))
    text = "1. The Committee thanks the State party.\n\n2. The Committee recommends ferries."
    return replace(
        parse_document(SourceFile("a.txt", text.encode(), given)), issued=date(2015, 9, 30), edition="issued"
    )


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    catalog = Catalog(tmp_path_factory.mktemp("export") / "catalog.db")
    catalog.publish(Change(add=[new(1), new(2, kenya())]), 1, None)
    with catalog.snapshot() as opened:
        yield opened
    catalog.close()


def citation(document: Document, eid: str, quote: str = "Words.", sha256: str | None = None) -> Citation:
    return Citation(
        symbol=document.symbol,
        title=document.title,
        edition=document.edition,
        language=document.language,
        sha256=sha256 or document.source.sha256,
        pinpoint=str(Pinpoint.from_eid(eid)),
        eid=eid,
        label=f"{document.symbol}, para.",
        quote=quote,
        start=0,
        end=len(quote),
        checks=Checks(exists=True, verbatim=True, supported=True),
        href=f"/documents/x#{eid}",
        url=f"https://docs.un.org/en/{document.symbol}",
    )


def answer(*citations: Citation) -> Answer:
    return answer_to("What is recommended?", "Much.", citations=citations)


@pytest.fixture(scope="module")
def cited(snapshot: Snapshot) -> CitedSources:
    """Two answers that cite two documents in turn."""
    lao = builtin()
    first = answer(
        citation(lao, "para_34", "The Committee recommends."),
        citation(lao, "para_22__subpara_c"),
        citation(lao, "para_22__subpara_c"),
        citation(kenya(), "para_2"),
    )
    return sources_of_answers([first, answer(citation(lao, "para_34", "Other words."))], snapshot)


def test_each_edition_is_one_source_with_its_places_in_the_order_of_citation(cited: CitedSources) -> None:
    assert [source.id for source in cited.sources] == ["crc-c-opsc-lao-co-1", "crpd-c-ken-co-1"]
    assert [(place.pinpoint, place.quote) for place in cited.sources[0].places] == [
        ("34", "The Committee recommends."),
        ("22 (c)", "Words."),
        ("34", "Other words."),
    ]
    assert list(map(str, cited.sources[0].pinpoints)) == ["22 (c)", "34"]


def test_csl_json_has_what_the_schema_knows_and_the_places_with_their_edition(cited: CitedSources) -> None:
    lao, kenya_item = json.loads(as_csl_json(cited.sources))
    assert lao.keys() <= CSL_FIELDS >= kenya_item.keys()
    custom = lao.pop("custom")["pilcrow"]
    assert lao == {
        "id": "crc-c-opsc-lao-co-1",
        "type": "report",
        "genre": "UN Doc",
        "number": LAO,
        "author": [{"literal": "Committee on the Rights of the Child"}],
        "title": builtin().title,
        "event-date": {"date-parts": [[2015, 6, 5]]},
        "language": "en",
        "URL": f"https://docs.un.org/en/{LAO}",
        "note": "adopted 5 June 2015; advance unedited version",
    }
    assert (custom["symbol"], custom["sha256"]) == (LAO, builtin().source.sha256)
    assert custom["places"][1] == {
        "eid": "para_22__subpara_c",
        "pinpoint": "22 (c)",
        "quote": "Words.",
        "citation": {"id": "crc-c-opsc-lao-co-1", "label": "paragraph", "locator": "22 (c)"},
    }
    assert kenya_item["issued"] == {"date-parts": [[2015, 9, 30]]}
    assert kenya_item["note"] == "adopted 28 August 2015"


def test_a_check_reads_the_editions_and_places_of_csl_json_back(cited: CitedSources) -> None:
    read = pins_of_json(as_csl_json(cited.sources).encode())
    assert read is not None
    ((_, pins),) = read
    assert [(pin.symbol, pin.sha256, pin.eid, pin.pinpoint, pin.quote) for pin in pins] == [
        (source.symbol, source.sha256, place.eid, place.pinpoint, place.quote)
        for source in cited.sources
        for place in source.places
    ]


def test_bibtex_is_read_back_as_it_was_meant(cited: CitedSources) -> None:
    entries = parse_string(as_bibtex(cited.sources), "bibtex").entries
    lao, kenya_entry = entries.values()
    assert [str(person) for person in lao.persons["author"]] == ["{Committee on the Rights of the Child}"]
    assert lao.fields["title"] == f"{{{builtin().title}}}"
    assert (lao.type, lao.fields["type"], lao.fields["number"]) == ("techreport", "UN Doc", LAO)
    assert lao.fields["eventdate"] == "2015-06-05"
    assert not {"year", "date"} & set(lao.fields)
    assert (kenya_entry.fields["year"], kenya_entry.fields["date"]) == ("2015", "2015-09-30")
    assert lao.fields["annote"] == "Cited: paras. 22 (c) and 34"


def test_ris_is_read_back_as_it_was_meant(cited: CitedSources) -> None:
    text = as_ris(cited.sources)
    assert text.startswith("TY  - RPRT\n")
    lao, kenya_record = rispy.loads(text)
    assert (lao["type_of_reference"], lao["issn"], lao["type_of_work"]) == ("RPRT", LAO, "UN Doc")
    assert lao["authors"] == ["Committee on the Rights of the Child"]
    assert lao["title"] == builtin().title
    assert lao["urls"] == [f"https://docs.un.org/en/{LAO}"]
    assert lao["notes"] == ["adopted 5 June 2015; advance unedited version", "Cited: paras. 22 (c) and 34"]
    assert not {"year", "date"} & set(lao)
    assert (kenya_record["year"], kenya_record["date"]) == ("2015", "2015/09/30")


def source_of(title: str, author: str = "Committee", url: str = "https://docs.un.org/en/A/1") -> CitedSource:
    document = CitedDocument((author,), title, ("A/1",), None, None)
    return CitedSource(
        "a-1", document, "A/1", "issued", "0" * 64, url, True, (CitedPlace("para_1", "1", "x"),)
    )


HOSTILE = st.text(st.sampled_from("ab \\{}$&%#_^~\"'@,=\n\r\t-–é¶"), min_size=1, max_size=30).filter(
    str.strip
)


@given(title=HOSTILE, author=HOSTILE)
@settings(max_examples=80)
def test_no_text_of_a_document_is_a_command_of_tex_or_ends_a_field(title: str, author: str) -> None:
    text = as_bibtex([source_of(title, author), replace(source_of(title), id="b")])
    entries = parse_string(text, "bibtex").entries
    assert list(entries) == ["a-1", "b"]
    commands = set(re.findall(r"\\([a-z]+|.)", text))
    assert commands <= {
        "textbackslash", "textbraceleft", "textbraceright", "textdollar", "textasciicircum",
        "textasciitilde", "&", "%", "#", "_",
    }  # fmt: skip
    written = entries["a-1"].fields["title"]
    assert len(re.findall(r"(?<!\\)[&%#$_^~]", written)) == 0
    assert "".join(re.findall(r"[ab]", re.sub(r"\\[a-z]+", "", written))) == "".join(
        re.findall("[ab]", title)
    )


@given(title=HOSTILE)
@settings(max_examples=40)
def test_no_text_of_a_document_ends_a_line_of_ris(title: str) -> None:
    (record,) = rispy.loads(as_ris([source_of(f"{title}\nER  - \nTY  - BOOK")]))
    assert record["title"] == " ".join(f"{title} ER - TY - BOOK".split())


def test_an_address_is_written_as_it_is() -> None:
    url = "https://docs.un.org/en/A/HRC/RES/1%2F2_x#y"
    assert parse_string(as_bibtex([source_of("T", url=url)]), "bibtex").entries["a-1"].fields["url"] == url


def test_references_are_listed_in_the_style_each_source_once(cited: CitedSources) -> None:
    assert citations_text(cited, "text").splitlines() == [f"{LAO}, paras. 22 (c) and 34.", f"{KEN}, para. 2."]
    lines = citations_text(cited, "text", "oscola").splitlines()
    assert lines[1].startswith(
        "Committee on the Rights of Persons with Disabilities, ‘Concluding Observations"
    )
    assert lines[1].endswith("(28 August 2015) UN Doc CRPD/C/KEN/CO/1, para 2")


def test_notes_have_first_next_and_later_references_in_turn(cited: CitedSources) -> None:
    lines = as_notes(cited, "aglc").splitlines()
    assert lines[0].startswith("1. Committee on the Rights of the Child, Concluding Observations on")
    assert lines[1] == "2. Ibid para 22(c)."
    assert lines[2].startswith("3. Committee on the Rights of Persons with Disabilities, Concluding")
    assert lines[3] == "4. Committee on the Rights of the Child (n 1) para 34."
    assert as_notes(cited, "un").splitlines()[3] == f"4. {LAO}, para. 34."
    assert all(len(as_notes(cited, style).splitlines()) == 4 for style in STYLES)


def test_two_editions_of_one_document_have_ids_of_their_own(snapshot: Snapshot) -> None:
    lao = builtin()
    both = sources_of_answers(
        [answer(citation(lao, "para_1"), citation(lao, "para_1", sha256="ab12cd34" * 8))], snapshot
    ).sources
    assert [source.id for source in both] == ["crc-c-opsc-lao-co-1", "crc-c-opsc-lao-co-1-ab12cd34"]
    assert [source.held for source in both] == [True, False]
    items = json.loads(as_csl_json(both))
    assert [item["custom"]["pilcrow"]["sha256"][:8] for item in items] == [lao.source.sha256[:8], "ab12cd34"]
    assert "event-date" not in items[1]
    assert items[1]["author"] == [{"literal": "Committee on the Rights of the Child"}]


def test_references_are_exported_with_the_words_of_their_places(snapshot: Snapshot) -> None:
    resolver = Resolver(snapshot, Holdings(snapshot.headers()))
    draft = draft_of_text(
        f"One.[^1] Two.[^2] Three.[^3]\n\n[^1]: {LAO}, paras. 33–34.\n\n[^2]: Ibid., para. 22 (c).\n\n"
        f"[^3]: {KEN}, para. 2; CRC/C/LAO/CO/3-6, para. 7; {LAO}.\n"
    )
    references = [found.resolution for found in find_references(draft, resolver)]
    cited = sources_of_references(references, snapshot)
    places = {place.pinpoint: place.quote for place in cited.sources[0].places}
    assert list(places) == ["33", "34", "22 (c)"]
    assert places["22 (c)"].startswith("Continue and strengthen its measures")
    assert [source.symbol for source in cited.sources] == [LAO, KEN]
    assert cited.sources[0].sha256 == builtin().source.sha256
    assert cited.left_out == 1
    assert as_notes(cited, "un").splitlines() == [
        f"1. {LAO}, paras. 33 and 34.",
        "2. Ibid., para. 22 (c).",
        f"3. {KEN}, para. 2.",
        f"4. {LAO}.",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_no_control_of_a_title_reaches_a_terminal_and_no_address_is_taken_from_a_file(
    form: ExportFormat, snapshot: Snapshot
) -> None:
    hostile = citation(kenya(), "para_2", sha256="0" * 64).model_copy(
        update={"title": "Title\x1b]0;x\x07 of\r\nit", "url": "https://example.org/"}
    )
    text = citations_text(sources_of_answers([answer(hostile)], snapshot), form, "oscola")
    assert not set(text) & {"\x1b", "\x07", "\r"}
    assert "Title" in text
    assert "example.org" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_cited_is_an_empty_list(form: ExportFormat, snapshot: Snapshot) -> None:
    text = citations_text(sources_of_answers([answer()], snapshot), form)
    assert text == ("[]\n" if form == "csl-json" else "")


def test_a_file_is_named_for_its_format(tmp_path: Path) -> None:
    assert {format_of(tmp_path / f"refs{ending}") for ending in ENDINGS} == set(FORMATS)
    with pytest.raises(ExportFormatUnknown):
        format_of(tmp_path / "refs.docx")
    write_citations("a\ud800\n", tmp_path / "refs.txt")
    assert (tmp_path / "refs.txt").read_text(encoding="utf-8") == "a?\n"


def told(answers: Sequence[Answer]) -> bytes:
    return b"[" + b",".join(each.model_dump_json().encode() for each in answers) + b"]"


def test_answers_are_read_back_and_nothing_else_is() -> None:
    one = answer(citation(kenya(), "para_2"))
    assert read_answers(b"\xef\xbb\xbf\n" + one.model_dump_json().encode()) == (one,)
    assert read_answers(told([one, one])) == (one, one)
    turns = f'[{{"number": 1, "answered": "2026-03-01T09:30:00Z", "answer": {one.model_dump_json()}}}]'
    head = '"id": "a", "title": "t", "created": "2026-03-01T09:30:00Z", "updated": "2026-03-01T09:30:00Z"'
    conversation = f'{{{head}, "turn_count": 1, "turns": {turns}}}'
    assert read_answers(conversation.encode()) == (one,)
    for text in (b"", b"# Draft", b"{", b"[" * 100_000, b"{\xff}", b"[1] See"):
        assert (read_answers(text), holds_json(text)) == (None, False)
    for other in (b"[1]", b'{"question": 1}', b'{"turns": 3}', b"[{}]"):
        assert (read_answers(other), holds_json(other)) == (None, True)


@pytest.mark.parametrize(
    ("labels", "printed"),
    [
        (["1", "2", "4", "5", "6", "8"], "paras. 1, 2, 4–6 and 8"),
        (["12", "12 bis", "13", "14"], "paras. 12, 12 bis, 13 and 14"),
        (["1.1", "1.2", "1.3"], "paras. 1.1, 1.2 and 1.3"),
    ],
)
def test_paragraphs_in_a_row_are_a_range(labels: list[str], printed: str) -> None:
    assert format_list(in_ranges([Pinpoint(label) for label in labels])) == printed


def test_an_item_ends_a_range() -> None:
    places = [Pinpoint("3"), Pinpoint("4"), Pinpoint("5", ("a",)), Pinpoint("6")]
    assert in_ranges(places) == tuple(places)
