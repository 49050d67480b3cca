"""What another process changes, a running server answers from without a restart."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.service import Assistant
from tests.api.conftest import LAOS, UTOPIA, serving
from tests.api.posting import posted

_TEXT = """\
Concluding observations on the report submitted by Utopia

1. The Committee is concerned that the State party lacks a law on volcanoes.

2. The Committee recommends that the State party adopt a law on volcanoes.
"""


def pilcrow(home: Path, *arguments: str) -> None:
    """Run a command of ours in another process."""
    code = "from assistant.cli import main; main()"
    environment = {**os.environ, "PILCROW_HOME": str(home)}
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def test_the_next_question_finds_what_another_process_has_taken_in(
    own_assistant: Assistant, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "utopia.txt"
    file.write_text(_TEXT, encoding="utf-8")
    own_assistant.warm_up()
    asked = {"question": "What did the Committee recommend on volcanoes?", "store": False}
    with serving(own_assistant) as client:
        assert posted(client, "/v1/ask", **asked)["refused"]
        before = client.get("/v1/info").json()
        pilcrow(home, "ingest", str(file), "--symbol", UTOPIA, "--state", "Utopia")
        answer = posted(client, "/v1/ask", **asked)
        assert (answer["citations"][0]["symbol"], answer["citations"][0]["pinpoint"]) == (UTOPIA, "2")
        after = client.get("/v1/info").json()
        assert after["generation"] > before["generation"]
        assert (before["documents"], after["documents"]) == (1, 2)
        assert client.get("/readyz").status_code == 200
        pilcrow(home, "remove", LAOS)
        assert posted(client, "/v1/ask", question=f"{LAOS} para. 34")["refusal_reason"] == "not_held"
        assert not posted(client, "/v1/ask", **asked)["refused"]
