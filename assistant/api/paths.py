"""How the name of a document stands in a path."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class DocumentName(Convertor[str]):
    """A slug or symbol, slashes included, and never the path of a place below a document.

    Else a file that is put to a paragraph would become a document of that name.
    """

    regex = r"(?:(?!/paragraphs/)[\s\S])+"

    def convert(self, value: str) -> str:
        """The name as it is."""
        return value

    def to_string(self, value: str) -> str:
        """The name as it is."""
        return value


register_url_convertor("document", DocumentName())
WHOLE = "/{document:document}"
"""The path of a document below the one of all documents."""
