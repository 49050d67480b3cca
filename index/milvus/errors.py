"""What errors of pymilvus, and of gRPC below it, say of a server."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import EngineDamaged, EngineRefused, EngineUnreachable, PilcrowError

NOT_LOADED = 101
"""Milvus's error code for a collection that is there and cannot be searched before it is loaded."""

_NO_COLLECTION = 100
_NOT_CONNECTED = 2  # pymilvus's own, and Milvus's for a service that is away
_SHUT = (1400, 1401)  # not authenticated, not permitted
# Milvus's codes, as its merr/errors.go has them, for what passes by itself: too many requests, no resources
# for now, and parts of a cluster that begin, end or move. It does not mark all of them so.
_PASSING = frozenset({4, 8, 12, 103, 106, 202, 305, 401, 503, 505, 507, 601, 602, 901, 902, 905})


def meaning_of(error: Exception, shown: str, *, is_local: bool) -> PilcrowError | None:
    """What an error says of the Milvus that is shown so; None where it is none of these libraries."""
    if isinstance(error, PilcrowError):
        return None
    import grpc
    from pymilvus.exceptions import ConnectionConfigException, MilvusException

    code: object = getattr(error, "code", None)
    if isinstance(error, grpc.RpcError):
        code = error.code() if callable(code) else grpc.StatusCode.UNKNOWN
    elif not isinstance(error, MilvusException):
        return None
    said = printable(str(getattr(error, "message", error)))
    if isinstance(error, ConnectionConfigException) and is_local:
        return _unopened(shown)
    if code == _NO_COLLECTION:
        return lost(shown)
    if code == NOT_LOADED:
        return EngineDamaged(f"Milvus at {shown} has put the index away.", "Ask again.")
    status = code.name if isinstance(code, grpc.StatusCode) else ""
    return (
        _shut(code, status, said, shown)
        or _away(code, status, said, shown)
        or _passing(error, code, said, shown)
        or EngineRefused(f"Milvus at {shown} refuses: {said}", "See its log; what is held is not affected.")
    )


def _unopened(shown: str) -> PilcrowError:
    """Why Milvus Lite does not begin."""
    if Path(shown).expanduser().is_file():
        return EngineRefused(
            f"{shown} is a file, and Milvus Lite keeps a folder.", "Set PILCROW_MILVUS_URI to another path."
        )
    return EngineUnreachable(
        f"Milvus Lite cannot open {shown}.",
        "Another process may have it open: only one can. For several, start a Milvus server.",
    )


def _shut(code: object, status: str, said: str, shown: str) -> EngineRefused | None:
    """What is there, and not for us."""
    if code in _SHUT or status in ("UNAUTHENTICATED", "PERMISSION_DENIED") or "auth check failure" in said:
        return EngineRefused(f"Milvus at {shown} does not let us in.", "Check PILCROW_MILVUS_TOKEN.")
    if status == "UNIMPLEMENTED" or "UNIMPLEMENTED" in said:
        return EngineRefused(
            f"What answers at {shown} does not know what Milvus is asked.",
            "Check that PILCROW_MILVUS_URI is right; the port of Milvus is 19530 unless it is set otherwise.",
        )
    return None


def _away(code: object, status: str, said: str, shown: str) -> EngineUnreachable | None:
    """What is not there, or not in time."""
    if status in ("", "RESOURCE_EXHAUSTED") and code != _NOT_CONNECTED and "closed channel" not in said:
        return None
    late = " in time" if status == "DEADLINE_EXCEEDED" else ""
    return EngineUnreachable(
        f"Milvus at {shown} does not answer{late}.",
        "Check that it runs and that PILCROW_MILVUS_URI is right.",
    )


def _passing(error: Exception, code: object, said: str, shown: str) -> EngineUnreachable | None:
    """What is there, and busy with something else."""
    if getattr(error, "retriable", False) or code in _PASSING or "wait for loading" in said:
        return EngineUnreachable(
            f"Milvus at {shown} cannot do this now: {said}", "Try again in a while, or see its log."
        )
    return None


def lost(shown: str) -> EngineDamaged:
    """The error that says that a collection is not there."""
    return EngineDamaged(f"Milvus at {shown} has lost the index.", "Run pilcrow engine rebuild.")


def printable(text: str) -> str:
    """The beginning of what a server says, without what a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[:1000]).split())[:200]
