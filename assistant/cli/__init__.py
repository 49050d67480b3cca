"""The command line `pilcrow`: stdout is data, stderr is narration, exit codes are a contract."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command; an expected error becomes one line on stderr and its exit code."""
    from assistant.cli.chatting import open_chat, plain_chat
    from assistant.cli.exit_codes import FAILED, INTERRUPTED, exit_code
    from assistant.errors import PilcrowError
    from assistant.one_line import one_line

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a narrow locale shows ? and does not fail
    try:
        if (plain := plain_chat(sys.argv[1:])) is not None:
            question, go_on = plain
            open_chat(question, go_on=go_on)
            return
        from assistant.cli.app import app

        app()
    except PilcrowError as error:
        print(f"pilcrow: {one_line(str(error))}", file=sys.stderr)
        sys.exit(exit_code(error))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        print(f"pilcrow: The output cannot be written: {error.strerror or error}.", file=sys.stderr)
        sys.exit(FAILED)
