"""What files may do to whoever reads them; each is read as its first word says."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace

from corpus.errors import NoParagraphs
from corpus.model import Document
from corpus.parse import SourceFile, parse_document


def parse(source: SourceFile, max_pages: int) -> Document:
    """Do what the file says, or parse it."""
    match source.data.split()[0]:
        case b"sleep":
            time.sleep(600)
        case b"spin":
            while True:
                pass
        case b"abort":
            os.abort()
        case b"leave":
            os._exit(3)
        case b"killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"fill":
            held = [None] * 2**28
            raise AssertionError(len(held))
        case b"raise":
            raise RuntimeError("of \x1b[31mall\n things")
        case b"recurse":
            return parse(source, max_pages)
        case b"print":
            os.write(1, b"\x00" * 64)
            print("to both", file=sys.stderr)
        case b"forge":
            document = parse_document(source)
            return replace(document, source=replace(document.source, sha256="0" * 64))
        case b"repeat":
            document = parse_document(source)
            return replace(document, paragraphs=document.paragraphs * 2)
        case b"nothing":
            raise NoParagraphs("There is nothing in it.", "Look elsewhere.")
    return parse_document(source, max_pages)
