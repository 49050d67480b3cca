"""All pages behind one door: each is filled in here and handed out in UTF-8."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.answer import Answer
from assistant.api.pages import answer_view, document_view
from assistant.api.pages.assets import Assets
from assistant.api.pages.facts import edition_sentence, facts_line, facts_of, text_direction
from assistant.api.pages.finding import Found
from assistant.api.pages.kept import KeptPages
from assistant.api.pages.templating import Templates
from assistant.api.problems import Problem
from assistant.citations.styles import STYLE_NAMES, STYLES, CitedDocument, frame_of
from assistant.document_list import DocumentPage
from corpus import __version__
from corpus.model import Document, DocumentHeader
from corpus.pinpoint import Style

HTML = "text/html; charset=utf-8"
LONGEST_LIST = 100
"""How many documents the page to ask on lists at once."""

_LONGEST_SEARCH = 1000  # characters
_EXAMPLES = (
    "What did the Committee recommend about extradition?",
    "Which paragraphs mention adoption?",
    "Which documents are held?",
)


@dataclass(frozen=True)
class Site:
    """The pages with the files they link to."""

    assets: Assets
    templates: Templates
    longest_question: int
    kept: KeptPages = field(default_factory=KeptPages)
    """Pages of documents that were read lately, by their tags."""

    @classmethod
    def build(cls, longest_question: int) -> Site:
        """Read templates and files; questions may have so many characters."""
        assets = Assets()
        return cls(assets, Templates(assets), longest_question)

    def home(
        self, listed: DocumentPage, held: int, question: str = "", answer: Answer | None = None
    ) -> bytes:
        """The page to ask on, with the answer where something was asked, and a part of the documents held."""
        documents = listed.documents
        place = f"{documents[0].symbol} para. 1" if documents else "CRC/C/OPSC/LAO/CO/1 para. 22 (c)"
        return self.templates.render(
            "home.html",
            question=question,
            answer=answer and answer_view.view_of(answer),
            place_example=place,
            longest=self.longest_question,
            examples=(*_EXAMPLES, place) if documents else (),
            held=held,
            documents=[(document, facts_line(document)) for document in documents],
            next=listed.next,
        )

    def document(
        self, document: Document, style: Style, query: str = "", found: Found | None = None
    ) -> bytes:
        """The page of a document, with what a search in it found."""
        cited = CitedDocument.of(document, document.other_symbols)
        frames = {name: frame_of(cited, name) for name in STYLES}
        return self.templates.render(
            "document.html",
            document=document,
            view=document_view.view_of(document),
            facts=list(facts_of(document)),
            edition=edition_sentence(document.edition),
            cited_edition="" if document.edition == "issued" else document.edition,
            direction=text_direction(document.language),
            style=style,
            frame=frames[style],
            position=STYLES.index(style),
            styles=[(name, STYLE_NAMES[name], frames[name]) for name in STYLES],
            query=query,
            longest=_LONGEST_SEARCH,
            found=found,
        )

    def document_tag(self, header: DocumentHeader, style: Style) -> str:
        """The entity tag of a document's page: another where anything on it is."""
        shown = (header, style, self.templates.fingerprint, __version__)
        digest = sha256(repr(shown).encode("utf-8", "backslashreplace")).hexdigest()
        return f'"{digest[:32]}"'

    def problem(self, scope: Scope, problem: Problem) -> bytes | None:
        """The page that tells of a problem; None where pages are not what is asked for."""
        path: str = scope["path"]
        is_page = path == "/" or path.startswith("/documents/")
        if not is_page or "text/html" not in Headers(scope=scope).get("accept", ""):
            return None
        return self.templates.render("problem.html", problem=problem)
