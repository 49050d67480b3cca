"""What documents and answers say never becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Checks, Citation, Coverage, Statement
from assistant.api.pages.finding import Found, FoundPlace
from assistant.api.pages.site import Site
from assistant.api.problems import Problem
from assistant.document_list import DocumentPage, HeldDocument
from assistant.html_text import printable
from assistant.markdown import escaped
from corpus.model import Document, DocumentHeader, Footnote, Item, Paragraph, Role, Section, Source, Warning
from tests.api.html import attribute, by_id, one, sound, words

_HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>",
    "<img src=x onerror=alert(1)>",
    '"><b onclick="x">',
    "' autofocus onfocus='x",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x](https://example.org)",
    "![x](/documents/x)",
    "<https://example.org>",
    "# heading",
    "    code",
    "```",
    "&lt;b&gt; &amp;",
    "{{ 7 * 7 }} {% raw %}",
    "<!-- --><![CDATA[",
    "\u202e\u2066 reversed \u2069",
    "\x00\x07\x1b[31m\x7f\x85\ufffe\ud800",
    "\u00ad\u200b\ufeff",
    "\r\n\t",
]
text = st.one_of(
    st.sampled_from(_HOSTILE),
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.lists(st.sampled_from(_HOSTILE), max_size=4).map("x".join),
)
SITE = Site.build(2000)


def header(symbol: str, title: str, more: str) -> DocumentHeader:
    source = Source(more, more)
    return DocumentHeader(
        1, symbol, "slug", title, more, more, (more,), more, None, None, more, more, source, 2, True
    )


@st.composite
def made_up(draw: st.DrawFn) -> Document:
    item = Item("a", draw(text), "para_1__subpara_a", draw(text), 20, 30, closing=draw(text))
    paragraph = Paragraph("1", draw(text), "para_1", 0, (), draw(text), 10, 40, items=(item,))
    unnumbered = Paragraph("unnumbered 1", "", "para_nn_1", 1, (), draw(text), 40, 50)
    section = Section(draw(text), draw(text), 1, (), "hd_I", 0, 10)
    note = Footnote(draw(text), "fn_1", draw(text), 50, 60, draw(st.sampled_from(["title", "para_1", None])))
    return Document(
        symbol="CRC/C/UTO/CO/1",
        slug="crc-c-uto-co-1",
        title=draw(text),
        committee=draw(text),
        instrument=draw(text),
        states=(draw(text),),
        session=draw(text),
        adopted=date(2015, 6, 5),
        issued=None,
        language=draw(text),
        edition=draw(text),
        source=Source(draw(text), ""),
        text="",
        spans=(),
        sections=(section,),
        paragraphs=(paragraph, unnumbered),
        footnotes=(note,),
        warnings=(Warning("code", draw(text)),),
    )


def shape(page: bytes) -> list[str]:
    """The elements of a page with the names of their attributes."""
    parsed = sound(page.decode())
    return [f"{node.tag} {' '.join(node.attributes)}" for node in parsed.css("*")]


def as_shown(printed: str) -> str:
    """What a reader of the page sees of a text: white space is one there, and no half characters."""
    return " ".join(str(printable(printed)).replace("\r\n", "\n").replace("\r", "\n").split())


@given(document=made_up(), query=text, style=st.sampled_from(["un", "oscola", "aglc"]))
@settings(deadline=None)
def test_a_documents_words_stay_words(document: Document, query: str, style: str) -> None:
    found = Found(query, [FoundPlace("para_1", "para. 1", query, query)], query)
    page = SITE.document(document, style, query, found)  # type: ignore[arg-type]
    parsed = sound(page.decode())
    for place in document.paragraphs[0].places():
        shown = words(by_id(parsed, place.eid))
        for part in (place.label_printed, place.text):
            assert as_shown(part) in shown
    assert as_shown(document.title) in words(one(parsed, "h1"))
    (script,) = parsed.css("script")
    assert re.fullmatch(r"/static/document\.[0-9a-f]+\.js", attribute(script, "src"))
    assert not {"img", "b", "iframe", "svg", "style"} & {node.tag for node in parsed.css("*")}
    links = [attribute(link, "href") for link in parsed.css("a")]
    assert {href for href in links if href[0] != "#"} == {"/", "https://docs.un.org/en/CRC/C/UTO/CO/1"}
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]", page.decode())


@given(document=made_up(), hostile=st.sampled_from([h for h in _HOSTILE if h.strip()]))
@settings(deadline=None, max_examples=30)
def test_other_words_make_the_same_elements(document: Document, hostile: str) -> None:
    paragraph = document.paragraphs[0]
    plain, rough = (
        replace(document, paragraphs=(replace(paragraph, text=words_of),), title=words_of, footnotes=())
        for words_of in ("plain", hostile)
    )
    assert shape(SITE.document(plain, "un")) == shape(SITE.document(rough, "un"))


@given(question=text, quoted=text, label=text, more=text)
@settings(deadline=None)
def test_the_words_of_questions_and_answers_stay_words(
    question: str, quoted: str, label: str, more: str
) -> None:
    checks = Checks(exists=True, verbatim=False, supported=None)
    citation = Citation.model_construct(
        symbol="CRC/C/UTO/CO/1",
        title=more,
        edition=more,
        language="en",
        sha256="",
        pinpoint="1",
        eid="para_1",
        label=label,
        quote=quoted,
        start=0,
        end=1,
        checks=checks,
        href="/documents/slug#para_1",
        url="https://docs.un.org/",
    )
    answer = Answer.model_construct(
        question=question,
        searched_for=question,
        conversation_id=None,
        timings_ms={},
        filters=(),
        also_searched=(more,),
        refused=False,
        refusal_reason=None,
        text=f"**{escaped(more)}**\n\n- “{escaped(quoted)}” [para. 1](/documents/slug#para_1)",
        statements=(Statement(text=quoted, role=Role.CONTEXT, verb=None, citations=(0,)),),
        citations=(citation,),
        passages=(),
        coverage=Coverage(documents=1, paragraphs=2, matching_documents=1),
    )
    held = HeldDocument.model_validate(header("CRC/C/UTO/CO/1", more, more))
    page = SITE.home(DocumentPage(documents=(held,), next=None), 1, question, answer)
    parsed = sound(page.decode())
    assert parsed.css("script, img, b, iframe") == []
    links = {attribute(link, "href") for link in parsed.css("main a")}
    assert all(href.startswith(("/documents/slug", "/?q=", "#")) for href in links)
    assert attribute(one(parsed, "#q"), "value") == "".join(
        str(printable(question.replace("\r\n", "\n").replace("\r", "\n")))
    )


@given(hostile=text)
@settings(deadline=None)
def test_the_words_of_problems_stay_words(hostile: str) -> None:
    problem = Problem(
        type="urn:x", title=hostile or "x", status=404, detail=hostile, instance="/", code="x", mend=hostile
    )
    scope = {"type": "http", "path": "/documents/x", "headers": [(b"accept", b"text/html")]}
    page = SITE.problem(scope, problem)
    assert page is not None
    assert {node.tag for node in sound(page.decode()).css("main *")} <= {"h1", "p", "a", "code"}


def test_a_plain_parser_would_have_made_markup_of_it() -> None:
    made = "".join(MarkdownIt().render(hostile) for hostile in _HOSTILE)
    assert "<script>" in made
    assert "<img" in made
