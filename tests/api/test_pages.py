from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborNode
from starlette.testclient import TestClient

from assistant.api.pages.finding import find_in
from assistant.api.pages.site import Site
from assistant.citations.styles import STYLES
from assistant.service import Assistant
from corpus.model import Document, Metadata, Paragraph, Warning
from corpus.parse import SourceFile, parse_document
from index.collection import Collection
from index.embedded import EmbeddedEngine
from tests.api.conftest import LAOS, UTOPIA, serving
from tests.api.html import HTML, attribute, by_id, child, children, one, page, sound, words
from tests.api.problem_documents import problem

SLUG = "crc-c-opsc-lao-co-1"
PAGE = f"/documents/{SLUG}"
WITH_NOTES = """\
Concluding observations on the report submitted by Utopia*

I. Extradition

1. The Committee considered the report of Utopia 1/ and its replies. 2/

2. The Committee recommends that the State party:

(a) Withdraw its reservation; 2/

(b) Train judges.

______________

* Adopted by the Committee at its tenth session.
1/ CRC/C/UTO/1.
2/ See CRC/C/SR.10.
"""


@pytest.fixture(scope="module")
def site() -> Site:
    return Site.build(2000)


@pytest.fixture(scope="module")
def laos(assistant: Assistant) -> Document:
    return assistant.document(SLUG)


def parsed(text: str) -> Document:
    return parse_document(SourceFile("utopia.txt", text.encode(), Metadata(symbol=UTOPIA, language="en")))


# -- the text


def test_every_place_and_heading_has_one_element_with_its_id(client: TestClient, laos: Document) -> None:
    shown = page(client.get(PAGE))
    places = [place for paragraph in laos.paragraphs for place in paragraph.places()]
    assert len(places) == 92
    for place in places:
        element = by_id(shown, place.eid)
        assert words(element.css(".number")[0]) == place.label_printed
        assert place.text in words(element)
    for section in laos.sections:
        assert section.title in words(by_id(shown, section.eid))


def test_items_are_inside_a_list_of_their_paragraph(client_of_two: TestClient) -> None:
    shown = page(client_of_two.get(f"/documents/{quote(UTOPIA, safe='')}"))
    items = children(child(by_id(shown, "para_2"), "ol"), "li")
    assert [attribute(item, "id") for item in items] == ["para_2__subpara_a", "para_2__subpara_b"]
    below = children(child(items[1], "ol"), "li")
    assert [attribute(item, "id") for item in below] == [
        "para_2__subpara_b__point_i",
        "para_2__subpara_b__point_ii",
    ]
    assert words(one(by_id(shown, "para_2_2"), ".number")) == "2."


def test_text_between_two_lists_stays_there(site: Site) -> None:
    between = parsed(
        "Concluding observations on Utopia\n\n1. The Committee welcomes:\n\n(a) One law;\n\n(b) One plan.\n\n"
        "2. It closes."
    )
    first = between.paragraphs[0]
    last = replace(first.items[1], start=first.end + 50, end=first.end + 60)
    sentence = replace(first.sentences[0], text="It regrets:", start=first.end + 10, end=first.end + 20)
    torn = replace(
        first,
        items=(first.items[0], last),
        closing="It regrets:",
        sentences=(*first.sentences, sentence),
    )
    shown = sound(site.document(replace(between, paragraphs=(torn,)), "un").decode())
    kinds = [node.tag for node in by_id(shown, "para_1").iter()]
    assert kinds[-3:] == ["ol", "p", "ol"]


def test_the_head_says_what_the_document_is(client: TestClient) -> None:
    shown = page(client.get(PAGE))
    facts = {words(one(row, "dt")): words(one(row, "dd")) for row in shown.css(".facts div")}
    assert facts == {
        "Symbol": LAOS,
        "Author": "Committee on the Rights of the Child",
        "State": "Lao People's Democratic Republic",
        "Under": "Optional Protocol to the Convention on the Rights of the Child on the sale of children, "
        "child prostitution and child pornography",
        "Session": "sixty-ninth session",
        "Adopted": "5 June 2015",
        "Language": "English",
        "Paragraphs": "43",
        "At the UN": "https://docs.un.org/en/CRC/C/OPSC/LAO/CO/1",
    }
    assert "Advance unedited" in words(one(shown, ".edition"))
    assert "heading number X is printed twice" in words(one(shown, ".warnings"))


def test_the_contents_are_nested_as_the_headings_are(client: TestClient, laos: Document) -> None:
    contents = one(page(client.get(PAGE)), "nav.contents")

    def tree(entries: LexborNode) -> list[tuple[str, list[object]]]:
        found: list[tuple[str, list[object]]] = []
        for entry in children(entries, "li"):
            below = children(entry, "ol")
            href = attribute(child(entry, "a"), "href")
            found.append((href, [*tree(below[0])] if below else []))
        return found

    top = tree(child(contents, "ol"))
    assert [href for href, _ in top] == [f"#{s.eid}" for s in laos.sections if s.level == 1]
    assert dict(top)["#hd_II"] == [("#hd_nn_1", [])]


def test_headings_never_skip_a_level(site: Site, laos: Document) -> None:
    first, second, *rest = laos.sections
    skipping = replace(laos, sections=(first, replace(second, level=4), *rest))
    sound(site.document(skipping, "un").decode())


def test_what_paragraphs_do_is_said_in_words(client: TestClient) -> None:
    shown = page(client.get(PAGE))
    roles = {eid: words(child(by_id(shown, eid), ".roles")) for eid in ("para_33", "para_34")}
    assert roles == {"para_33": "Concern", "para_34": "Recommendation"}
    assert by_id(shown, "para_1").css(".roles") == []


def test_footnotes_are_linked_both_ways(site: Site) -> None:
    document = parsed(WITH_NOTES)
    shown = sound(site.document(document, "un").decode())
    assert [note.mark for note in document.footnotes] == ["*", "1", "2"]
    for note in document.footnotes:
        element = by_id(shown, note.eid)
        assert note.text in words(element)
        back = [attribute(link, "href")[1:] for link in element.css("a[role=doc-backlink]")]
        assert back
        for anchor in back:
            call = by_id(shown, anchor)
            assert attribute(call, "href") == f"#{note.eid}"
            assert words(call) == f"footnote {note.mark}"
    assert words(children(by_id(shown, "para_1"), "p")[-1]) == (
        "1. The Committee considered the report of Utopiafootnote 1 and its replies.footnote 2"
    )
    assert len(by_id(shown, "fn_2").css("a[role=doc-backlink]")) == 2


def test_a_note_whose_call_is_not_found_leads_to_its_paragraph(site: Site, laos: Document) -> None:
    note = replace(laos.footnotes[0], eid="fn_9", mark="9", called_from="para_5")
    shown = sound(site.document(replace(laos, footnotes=(note,)), "un").decode())
    assert attribute(one(by_id(shown, "fn_9"), "a"), "href") == "#para_5"
    lost = replace(note, called_from=None)
    shown = sound(site.document(replace(laos, footnotes=(lost,)), "un").decode())
    assert by_id(shown, "fn_9").css("a") == []


def test_a_text_written_from_the_right_is_shown_so(site: Site, laos: Document) -> None:
    arabic = replace(laos, language="ar", title="الملاحظات الختامية")
    shown = sound(site.document(arabic, "un").decode())
    for part in (one(shown, "h1"), one(shown, ".text")):
        assert (part.attributes["lang"], part.attributes["dir"]) == ("ar", "rtl")
    assert "Arabic" in words(one(shown, ".facts"))
    assert one(by_id(shown, "para_1"), ".cite").attributes["dir"] == "ltr"


def test_a_text_without_numbers_and_headings_has_a_page(site: Site, laos: Document) -> None:
    bare = Paragraph("unnumbered 1", "", "para_nn_1", 0, (), "Some words.", 0, 11)
    empty = replace(
        laos, sections=(), paragraphs=(bare,), footnotes=(), warnings=(), spans=(), adopted=None, session=None
    )
    shown = sound(site.document(empty, "un").decode())
    assert shown.css("nav, .warnings, .notes") == []
    assert "unnumbered para. 1" in words(one(by_id(shown, "para_nn_1"), ".citation"))


def test_remarks_say_where(site: Site, laos: Document) -> None:
    warned = replace(laos, warnings=(Warning("gap", "number 4 is missing", 12, 3),))
    shown = sound(site.document(warned, "un").decode())
    assert words(one(shown, ".warnings li")) == "number 4 is missing, page 3, line 12"
    assert words(one(shown, ".warnings summary")).startswith("1 remark on")


# -- citations


@pytest.mark.parametrize("style", STYLES)
def test_every_place_has_its_citation_in_each_style(
    client: TestClient, assistant: Assistant, style: str
) -> None:
    shown = page(client.get(PAGE, params={"style": style}))
    assert words(one(shown, "#style option[selected]")).lower() == style
    for eid in ("para_1", "para_22", "para_22__subpara_c"):
        citation = one(child(by_id(shown, eid), ".cite"), ".citation")
        assert citation.text() == assistant.cite(SLUG, eid)[style]  # type: ignore[index]


def test_what_the_script_writes_is_the_citation_of_the_style(
    client: TestClient, assistant: Assistant
) -> None:
    shown = page(client.get(PAGE))
    cite = child(by_id(shown, "para_22__subpara_c"), ".cite")
    pinpoints = attribute(cite, "data-pinpoints").split("\n")
    expected = assistant.cite(SLUG, "para_22__subpara_c")
    for option, pinpoint in zip(shown.css("#style option"), pinpoints, strict=True):
        lead, title, middle, end = (
            option.attributes[f"data-{part}"] or "" for part in ("lead", "title", "middle", "end")
        )
        assert lead + title + middle + pinpoint + end == expected[attribute(option, "value")]  # type: ignore[index]


def test_a_citation_says_that_it_is_of_an_unissued_text(
    client: TestClient, site: Site, laos: Document
) -> None:
    assert "Of the advance unedited text." in words(one(by_id(page(client.get(PAGE)), "para_34"), ".cite"))
    issued = sound(site.document(replace(laos, edition="issued"), "un").decode())
    assert "text." not in words(one(by_id(issued, "para_34"), ".cite"))


def test_an_unknown_style_is_an_error(client: TestClient) -> None:
    page(client.get(PAGE, params={"style": "apa"}, headers=HTML), 422)


# -- searching a document


def test_a_search_lists_paragraphs_that_the_text_has(client: TestClient) -> None:
    shown = page(client.get(PAGE, params={"q": "birth registration"}))
    links = [attribute(link, "href") for link in shown.css("#results li a")]
    assert "#para_22__subpara_c" in links
    assert words(one(shown, "#results h2")) == "Nearest to “birth registration”"
    assert one(shown, "#q").attributes["value"] == "birth registration"


def test_a_number_leads_to_its_place(client: TestClient) -> None:
    shown = page(client.get(PAGE, params={"q": "para. 22 (c)"}))
    (link,) = shown.css("#results li a")
    assert (words(link), attribute(link, "href")) == ("para. 22 (c)", "#para_22__subpara_c")


def test_a_long_range_is_listed_in_part(client: TestClient) -> None:
    shown = page(client.get(PAGE, params={"q": "1–43"}))
    assert len(shown.css("#results li")) == 10
    assert "33 more follow" in words(one(shown, "#results"))


def test_a_number_that_is_not_there_is_said_to_be_missing(client: TestClient) -> None:
    results = one(page(client.get(PAGE, params={"q": "99"})), "#results")
    assert words(results).startswith("There is no such paragraph")
    assert "end with 43" in words(results)


def test_words_that_nothing_has_find_nothing(client: TestClient) -> None:
    results = one(page(client.get(PAGE, params={"q": '"zygote zymurgy"'})), "#results")
    assert words(results) == 'Nothing found for “"zygote zymurgy"”'


def test_an_empty_search_is_none(client: TestClient) -> None:
    assert page(client.get(PAGE, params={"q": "  "})).css("#results") == []


def test_a_language_that_is_not_searched_says_so(assistant: Assistant) -> None:
    header = replace(assistant.header(SLUG), searched=False, language="fr")
    found = find_in(assistant, header, "birth registration")
    assert (found.places, found.heading) == ((), "Not searched")
    assert "French" in found.remark
    assert find_in(assistant, header, "22 (c)").places[0].eid == "para_22__subpara_c"


# -- over HTTP


def test_a_page_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get(PAGE)
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(PAGE, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(PAGE, headers={"If-None-Match": '"other"'}).content == first.content
    assert client.get(f"/documents/{LAOS}", headers={"If-None-Match": tag}).status_code == 304


def test_each_style_is_a_page_of_its_own_and_a_search_is_not_kept(client: TestClient) -> None:
    tag = client.get(PAGE).headers["etag"]
    assert client.get(PAGE, params={"style": "aglc"}, headers={"If-None-Match": tag}).status_code == 200
    found = client.get(PAGE, params={"q": "adoption"}, headers={"If-None-Match": tag})
    assert (found.status_code, found.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in found.headers


def test_a_new_edition_has_a_new_page(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("editions")
    engine = EmbeddedEngine(home / "index")
    own = Assistant(Collection(home, engine, lambda _: assistant.collection.encoder))
    own.warm_up()  # or the server's own might be writing when the test does
    path = "/documents/crc-c-opsc-uto-co-1"
    with serving(own) as client:
        tags: list[str] = []
        for words_printed in ("adopt a law", "adopt a plan"):
            text = f"Concluding observations on Utopia\n\n1. The State party should {words_printed}.\n"
            given = Metadata(symbol=UTOPIA, states=("Utopia",), language="en")
            source = SourceFile("utopia.txt", text.encode(), given)
            list(own.collection.ingest([partial(replace, source)]))
            response = client.get(path, headers={"If-None-Match": tags[0]} if tags else {})
            assert words_printed in words(by_id(page(response), "para_1"))
            tags.append(response.headers["etag"])
        own.remove(UTOPIA, all_editions=True)
        problem(client.get(path), 404, "document_not_held")


def test_pages_answer_head(client: TestClient) -> None:
    for path in ("/", PAGE):
        assert client.head(path).status_code == 200


def test_what_is_not_held_is_a_page_for_people_and_a_problem_for_programs(client: TestClient) -> None:
    for name in ("crc-c-ken-co-1", "CRC/C/KEN/CO/1", "%00", "..%2Fetc", "%3Cscript%3E"):
        response = client.get(f"/documents/{name}", headers=HTML)
        shown = page(response, 404)
        assert words(one(shown, "h1")) == "The document is not held"
        assert response.headers["vary"] == "Accept"
        assert shown.css("main script") == []
        problem(client.get(f"/documents/{name}"), 404, "document_not_held")
    problem(client.get("/v1/documents/x/paragraphs/1", headers=HTML), 404, "document_not_held")


def test_a_method_that_pages_do_not_take_is_told_on_a_page(client: TestClient) -> None:
    response = client.post(PAGE, headers=HTML)
    assert words(one(page(response, 405), "h1")) == "The path does not take this method"
    assert response.headers["allow"]


def test_an_unexpected_error_is_told_on_a_page_too(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr(assistant, "header", fail)
    response = client.get(PAGE, headers=HTML)
    assert words(one(page(response, 500), "h1")) == "Something went wrong"
    assert "the inside" not in response.text


def test_pages_are_no_part_of_the_description(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert not [path for path in paths if path == "/" or path.startswith(("/documents", "/static"))]


# -- the files that pages link to


def test_linked_files_are_served_to_be_kept_for_ever(client: TestClient) -> None:
    shown = page(client.get(PAGE))
    linked = [attribute(node, "href") for node in shown.css("link[rel=stylesheet], link[rel=icon]")]
    linked += [attribute(node, "src") for node in shown.css("script")]
    types = set()
    for address in linked:
        assert re.fullmatch(r"/static/\w+\.[0-9a-f]{12}\.(css|js|svg)", address)
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["x-content-type-options"] == "nosniff"
        types.add(response.headers["content-type"])
    assert types == {"text/css; charset=utf-8", "text/javascript; charset=utf-8", "image/svg+xml"}


@pytest.mark.parametrize("name", ["pages.css", "pages.000000000000.css", "..%2Fsite.py", "nothing"])
def test_other_files_are_not_served(client: TestClient, name: str) -> None:
    problem(client.get(f"/static/{name}"), 404, "no_such_route")
