"""What is said of a file that is put: its body, and the parameters beside it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import IO, Annotated, Any

from fastapi import Depends, Query
from pydantic import BeforeValidator

from assistant.putting import Upload
from corpus.model import Metadata

_NO_CONTROLS = r"^[^\x00-\x1f\x7f]+$"

PUT_BODY: dict[str, Any] = {
    "requestBody": {
        "description": "The original file. It may be declared as any media type: the content is looked at.",
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How the API's description tells of the body, which the route reads itself."""


@dataclass(frozen=True)
class FileParameters:
    """What is given about a file."""

    name: str
    given: Metadata

    def upload(self, body: IO[bytes]) -> Upload:
        """The file that came with it."""
        return Upload(body, self.name, self.given)


def _written_out(text: object) -> object:
    """A date as it is printed: a number would be taken for seconds since 1970."""
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("A date looks like 2015-06-05")
    return text


async def _parameters(
    state: Annotated[
        list[Annotated[str, Query(min_length=1, max_length=300, pattern=_NO_CONTROLS)]],
        Query(
            default_factory=list,
            max_length=50,
            description="The States that the document is addressed to, if not as it says.",
        ),
    ],
    name: Annotated[
        str,
        Query(
            min_length=1,
            max_length=200,
            pattern=_NO_CONTROLS,
            description="What the file is called; a symbol in it counts where the text prints none.",
            examples=["Kenya_2015_CRPD_C_KEN_CO_1.pdf"],
        ),
    ] = "upload",
    date: Annotated[
        datetime.date | None,
        Query(description="The day of adoption, if not as it says."),
        BeforeValidator(_written_out),
    ] = None,
) -> FileParameters:
    return FileParameters(name, Metadata(states=tuple(state), adopted=date))


TheFile = Annotated[FileParameters, Depends(_parameters)]
"""What the query says of the file in the body."""
