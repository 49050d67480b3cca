"""Says what the check makes of the drafts here: `PILCROW_HOME=… python -m tests.drafts [FILE …]`."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.checking.draft import Draft
from assistant.checking.reading import read_draft
from assistant.checking.report import CheckReport
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.drafts.judging import judge, read_labels, span_of

FOLDER = Path(__file__).parent


def main(paths: list[Path]) -> None:
    """Print for each draft what was found, what was missed, and what was flagged though it is right."""
    assistant = Assistant.open(load_settings())
    for path in paths:
        draft = read_draft(path.read_bytes(), path.name)
        sys.stdout.write("".join(f"{line}\n" for line in _told(path, draft, assistant.check(draft))))
    assistant.close()


def _told(path: Path, draft: Draft, report: CheckReport) -> list[str]:
    planted = read_labels(path.with_suffix(".toml")).planted
    judgement = judge(report, draft.text, planted)
    lines = [f"{path.name}: {len(judgement.found)} of {len(planted)} found"]
    for each in planted:
        if each.id in judgement.missed:
            line = draft.line_of(span_of(each.text, draft.text)[0])
            lines.append(f"  missed {each.id}, line {line}: {each.text}")
    for alarm in judgement.false_alarms:
        words = draft.text[alarm.start : alarm.end]
        lines.append(f"  false {alarm.severity} {alarm.code}, line {alarm.line}: {words!r}: {alarm.message}")
    return lines


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    main(given or [*sorted(FOLDER.glob("*.md")), *sorted(FOLDER.glob("*.docx"))])
