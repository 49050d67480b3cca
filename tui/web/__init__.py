"""The terminal chat in a browser: `serve` is what the command `pilcrow chat --web` calls."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import UsageError


def serve(host: str, port: int, arguments: Sequence[str] = ()) -> None:
    """Serve `pilcrow chat` with these arguments until told to end.

    Raises `UsageError` for a host that is not this machine, for a port that cannot be served, and where
    the extra `web` is not installed.
    """
    try:
        from tui.web import server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in {"assistant", "tui"}:
            raise
        raise UsageError(
            "The chat in a browser needs textual-serve, which is not installed.",
            "Install it with: pip install 'pilcrow[web]'",
        ) from error
    server.serve(host, port, arguments)
