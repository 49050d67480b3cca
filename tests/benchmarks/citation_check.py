"""How long a draft takes to be checked: one of fifty pages, and one of ten megabytes.

python -m tests.benchmarks.citation_check DATA [--home HOME] [--json]

The drafts are made over the documents of the data folder, in the same way each time: sentences of a drafter,
references and quotations in line, in notes and as blocks, one quotation in twenty with another word. Each is
checked in a process of its own, which has loaded the command and nothing of the documents.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.checking.quotations import find_quotations
from assistant.checking.references import find_citations
from assistant.citations.resolve import Resolver
from assistant.service import Assistant, SourceFile
from assistant.settings import Settings
from corpus.errors import PilcrowError
from corpus.model import Metadata, Paragraph
from corpus.parse import builtin_sources, load_source, parse_document
from tests.assistant.checking.held import assistant_holding
from tests.benchmarks.crpd import headings
from tests.benchmarks.table import show

SEED = 8
WORDS, REFERENCES, QUOTATIONS = 25_000, 300, 200
"""Of fifty pages of five hundred words."""

LARGE = 10 * 1024 * 1024
"""Characters of the large draft, with as many references and quotations a page as the small one."""

_ALTERED = 20  # one quotation in so many has another word:
_PLANTED = "fishermen"
_WORDS = (
    "the our a we of in to and for with on by from as at children ministries provinces schools families "
    "reports laws visits teachers nurses judges budgets years villages found told met read asked gave took "
    "wrote still never often seldom rural local new old small clear hard more fewer many some"
).split()


def main() -> None:
    """Make the drafts, check each in a process of its own, and tell what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, help="A data folder that holds the documents already.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure is not None:
        print(json.dumps(_measured(given.home, given.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or _home(Path(folder) / "home", given.data)
        drafts = {"50 pages": _draft(home, WORDS), "10 MB": _draft(home, LARGE // 6)}
        rows = []
        for name, text in drafts.items():
            path = Path(folder) / f"{name.replace(' ', '-')}.md"
            path.write_text(text, encoding="utf-8")
            rows.append({"draft": name, **_in_a_process(given.data, home, path)})
    show("Drafts checked after start-up, seconds of one processor", rows, as_json=given.json)


def _in_a_process(data: Path, home: Path, draft: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.citation_check", str(data)]
    done = subprocess.run(
        [*command, "--home", str(home), "--measure", str(draft)], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def _measured(home: Path, path: Path) -> dict[str, Any]:
    """What checking a draft takes in this process, and what its parts take when it is done again."""
    assistant = Assistant.open(Settings(home=home))
    assistant.documents()
    before, clock = _resident(), _Clock()
    draft = assistant.read_draft(SourceFile(path.name, path.read_bytes()))
    reading = clock.lap()
    report = assistant.check(draft)
    checking, peak = clock.lap(), _resident()
    assistant.check(draft)
    again = clock.lap()
    with assistant.collection.catalog.snapshot() as snapshot:
        resolver = Resolver(snapshot, assistant.collection.holdings(snapshot), styled=False)
        find_citations(draft, resolver)
    citing = clock.lap()
    find_quotations(draft)
    quoting = clock.lap()
    assistant.close()
    right = [f for f in report.findings if _PLANTED in draft.text[f.start : f.end]]
    return {
        "words": len(draft.text.split()),
        "references": len(report.references),
        "quotations": len(report.quotations),
        "altered": sum(_PLANTED in quotation.text for quotation in report.quotations),
        "found": len(right),
        "false alarms": len(report.findings) - len(right),
        "read s": reading,
        "checked s": checking,
        "again s": again,
        "of it references s": citing,
        "quotations s": quoting,
        "comparing s": round(again - citing - quoting, 2),
        "more MiB": round(peak - before),
    }


class _Clock:
    """Seconds of the processor by phase: other work on the machine is not counted."""

    def __init__(self) -> None:
        self._last = time.process_time()

    def lap(self) -> float:
        """What the phase that ends here took."""
        now = time.process_time()
        took, self._last = now - self._last, now
        return round(took, 2)


def _resident() -> float:
    """The most memory that this process had resident until now, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _home(home: Path, data: Path) -> Path:
    """A data folder with the documents of the data folder and the built-in one, without index."""
    states = {heading.symbol: heading.state for heading in headings(data)}
    documents = [parse_document(builtin_sources()[0])]
    for path in sorted((data / "corpus" / "crpd").glob("*.pdf")):
        symbol = path.stem.replace("_", "/")
        try:
            documents.append(parse_document(load_source(path, Metadata(states=(states.get(symbol, ""),)))))
        except PilcrowError:
            continue
    assistant_holding(home, *documents).close()
    return home


# -- drafts


@dataclass(frozen=True)
class _Printed:
    symbol: str
    paragraph: Paragraph


def _draft(home: Path, words: int) -> str:
    """A draft of so many words, with the same share of references and quotations as fifty pages have."""
    choose = random.Random(SEED)
    printed = _paragraphs(home)
    share = words / WORDS
    kinds = ["quotation"] * round(QUOTATIONS * share) + ["reference"] * round(
        (REFERENCES - QUOTATIONS) * share
    )
    choose.shuffle(kinds)
    plain = words // (len(kinds) + 1) * 3 // 4
    blocks: list[str] = []
    notes: list[str] = []
    for number, kind in enumerate(kinds, 1):
        body = _sentence(choose, plain)
        place = choose.choice(printed)
        label = f"{place.symbol}, para. {place.paragraph.label}"
        if kind == "reference":
            body += f" The Committee spoke of it ({label})."
        else:
            body = _quoting(choose, body, place, label, number, notes)
        blocks.append(body)
    return "\n\n".join([*blocks, *notes]) + "\n"


def _quoting(
    choose: random.Random, body: str, place: _Printed, label: str, number: int, notes: list[str]
) -> str:
    words = place.paragraph.text.split()
    start = choose.randrange(max(1, len(words) - 30))
    quoted = words[start : start + choose.randint(10, 30)]
    if number % _ALTERED == 0:
        quoted[len(quoted) // 2] = _PLANTED
    text = " ".join(quoted).replace("“", "‘").replace("”", "’")
    if number % 5 == 0:
        return f"{body} The Committee said:\n\n> {text} ({label})"
    if number % 2:
        notes.append(f"[^{number}]: {label}.")
        return f"{body} The Committee said that “{text}”.[^{number}]"
    return f"{body} The Committee said that “{text}” ({label})."


def _sentence(choose: random.Random, length: int) -> str:
    sentences = []
    while length > 0:
        words = choose.choices(_WORDS, k=min(length, 18))
        sentences.append(f"{' '.join(words).capitalize()}.")
        length -= 18
    return " ".join(sentences)


def _paragraphs(home: Path) -> list[_Printed]:
    assistant = Assistant.open(Settings(home=home))
    found = [
        _Printed(header.symbol, paragraph)
        for header in assistant.documents()
        for paragraph in assistant.document(header.symbol).paragraphs
        if len(paragraph.text.split()) >= 15 and paragraph.label.isdigit()
    ]
    assistant.close()
    return found


if __name__ == "__main__":
    main()
