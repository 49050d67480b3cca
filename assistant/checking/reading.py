"""Files of any format that Pilcrow reads become drafts to check.

What a file is shows in its content. Only text and Markdown are told apart by the name, and by the content
where the name does not say.
"""

from __future__ import annotations

import hashlib
import re

from assistant.checking.draft import Draft, DraftFormat
from corpus.errors import SourceTooLarge
from corpus.parse import MAX_SOURCE_BYTES
from corpus.readers import read, reader_for
from corpus.readers.signatures import is_pdf, is_zip, refuse_unreadable
from corpus.readers.text import read_text, text_of

_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdx|[qr]md)\Z", re.IGNORECASE)
_TEXT_NAME = re.compile(r"\.(?:te?xt|asc|rst|tex)\Z", re.IGNORECASE)
_SHOWS_MARKDOWN = re.compile(
    r"^(?:\#{1,6}[ \t]+\S|\[\^[^\]\s]{1,50}\]:|(?:```|~~~)\w{0,20}$|\|?[ \t]*:?-{3,}:?[ \t]*\|)"
    r"|(?<![*\w])\*\*[^\s*][^*\n]{0,200}\*\*|\]\((?:https?:|mailto:|\#|/)[^\s)]{1,500}\)|\S\[\^[^\]\s]{1,50}\]",
    re.MULTILINE,
)
_SAMPLE = 200_000  # characters in which a text shows that it is Markdown


def read_draft(data: bytes, name: str) -> Draft:
    """The draft that a file is; raises a `SourceRefused` for what cannot be read."""
    if len(data) > MAX_SOURCE_BYTES:
        raise SourceTooLarge(
            f"{name} has more than the {MAX_SOURCE_BYTES // 2**20} MiB that are read.", "Split it."
        )
    if not _is_text(data, name):
        from assistant.checking.laid_out_draft import laid_out_draft

        format_: DraftFormat = "pdf" if is_pdf(data) else "docx" if is_zip(data) else "html"
        return laid_out_draft(read(data, name), name, format_, hashlib.sha256(data).hexdigest())
    text = text_of(data, name)
    return draft_of_text(
        text, name, markdown=_is_markdown(text, name), sha256=hashlib.sha256(data).hexdigest()
    )


def draft_of_text(text: str, name: str = "draft", *, markdown: bool = True, sha256: str = "") -> Draft:
    """The draft that a text is; offsets count its own characters."""
    sha256 = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if markdown:
        from assistant.checking.markdown_draft import markdown_draft

        return markdown_draft(text, name, sha256)
    from assistant.checking.text_draft import text_draft

    return text_draft(text, name, sha256)


def _is_text(data: bytes, name: str) -> bool:
    if not _MARKDOWN_NAME.search(name) or is_pdf(data) or is_zip(data):
        return reader_for(data, name) is read_text
    refuse_unreadable(data, name)  # tags in it do not make a web page of it
    return True


def _is_markdown(text: str, name: str) -> bool:
    if _MARKDOWN_NAME.search(name):
        return True
    return not _TEXT_NAME.search(name) and _SHOWS_MARKDOWN.search(text[:_SAMPLE]) is not None
