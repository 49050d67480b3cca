"""A chat over an assistant whose answers are made up: as long, and as slowly told, as a benchmark wants.

python -m tests.benchmarks.chat_answers STATEMENTS SECONDS opens it in the terminal.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from assistant.answer import Answer, AskRequest
from assistant.streaming import Delta, Emit, Retrieval, pieces
from tests.answers import answer_to
from tests.tui.scripted import ScriptedAssistant
from tui.app import ChatApp

SLUG = "crc-c-opsc-lao-co-1"
_QUOTE = (
    "The Committee recommends that the State party take all necessary measures to ensure that the crimes "
    "under the Optional Protocol are fully investigated, and that the perpetrators are duly sanctioned."
)


def long_answer(question: str, statements: int) -> Answer:
    """An answer of so many statements as they are composed: a title, section paths, quotations with links."""
    lines = ["**Concluding observations on the report submitted by Laos** · CRC/C/OPSC/LAO/CO/1\n\n"]
    for number in range(1, statements + 1):
        if number % 5 == 1:
            lines.append(f"\n*Prohibition of the sale of children › Section {number // 5 + 1}*\n\n")
        link = f"[para. {number}](/documents/{SLUG}#para_{number})"
        lines.append(f"- **Recommendation** (recommends): “{_QUOTE}” {link}\n")
    return answer_to(question, "".join(lines))


class SlowAssistant(ScriptedAssistant):
    """Tells an answer of so many statements line by line, for so many seconds."""

    def __init__(self, statements: int, seconds: float) -> None:
        super().__init__()
        self._statements = statements
        self._seconds = seconds

    def stream(self, request: AskRequest, emit: Emit, *, earlier: Sequence[Answer] = ()) -> Answer:
        """Tell it at an even pace."""
        answer = long_answer(request.question, self._statements)
        emit(Retrieval.of(answer))
        parts = list(pieces(answer.text))
        for part in parts:
            time.sleep(self._seconds / len(parts))
            emit(Delta(text=part))
        return answer


if __name__ == "__main__":
    slow = SlowAssistant(int(sys.argv[1]), float(sys.argv[2]))
    ChatApp(lambda: slow.as_assistant).run()
