"""Whether a draft's word for what a committee did is told from another one's.

python -m tests.benchmarks.citation_acts DATA [--home HOME] [--json]

Each sentence of the documents with a common verb is cited with that verb in the past tense: a finding is a
false alarm. Each paragraph that does one thing only is cited with verbs for other things, and each of these
should be found.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from assistant.checking.reading import draft_of_text
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.model import Document, Role
from tests.benchmarks.citation_check import home_of
from tests.benchmarks.table import show

_PAST = {
    "recommends": "recommended", "strongly recommends": "strongly recommended", "urges": "urged",
    "calls upon": "called upon", "encourages": "encouraged", "invites": "invited", "requests": "requested",
    "is concerned": "was concerned", "is also concerned": "was also concerned",
    "is further concerned": "was further concerned", "is deeply concerned": "was deeply concerned",
    "is seriously concerned": "was seriously concerned", "remains concerned": "remained concerned",
    "notes with concern": "noted with concern", "regrets": "regretted", "welcomes": "welcomed",
    "commends": "commended", "appreciates": "appreciated",
    "notes with appreciation": "noted with appreciation",
}  # fmt: skip
_WRONG = {
    Role.RECOMMENDATION: ("ordered", "demanded", "required", "welcomed", "was concerned about"),
    Role.CONCERN: ("ordered", "condemned", "welcomed", "recommended"),
    Role.POSITIVE: ("was concerned about", "recommended"),
}


def main() -> None:
    """Check drafts that are made of such sentences, and count the findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, help="A data folder that holds the documents already.")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(Settings(home=given.home or home_of(Path(folder) / "home", given.data)))
        said: Counter[str] = Counter()
        flagged: Counter[str] = Counter()
        for header in assistant.documents():
            sentences: defaultdict[str, list[str]] = defaultdict(list)
            for kind, sentence in _sentences(assistant.document(header.symbol)):
                sentences[kind].append(sentence)
            for kind, some in sentences.items():
                report = assistant.check(draft_of_text("\n\n".join(some)))
                said[kind] += len(some)
                flagged[kind] += sum(finding.code == "force_mismatch" for finding in report.findings)
        assistant.close()
    rows = [
        {"said": kind, "sentences": count, "flagged": flagged[kind], "share": round(flagged[kind] / count, 3)}
        for kind, count in said.items()
    ]
    show("Acts ascribed to a committee", rows, as_json=given.json)


def _sentences(document: Document) -> Iterator[tuple[str, str]]:
    """Sentences that cite a paragraph, with what is said in them: what is printed, or something else."""
    for paragraph in document.paragraphs:
        label = f"({document.symbol}, para. {paragraph.label})"
        if not paragraph.label.isdigit():
            continue
        for sentence in paragraph.sentences:
            if sentence.verb in _PAST:
                yield "as printed", f"The Committee {_PAST[sentence.verb]} it {label}."
        for role, verbs in _WRONG.items():
            if paragraph.roles == (role,):
                for verb in verbs:
                    yield f"{verb}, for a {role.value}", f"The Committee {verb} it {label}."


if __name__ == "__main__":
    main()
