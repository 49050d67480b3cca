"""How much memory this process and those it started hold, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path


def resident_mib() -> dict[str, int]:
    """Resident memory of this process, and of the largest of its children, in MiB."""
    own = resident_of(os.getpid())
    children = [resident_of(pid) for pid in _children()]
    return {"this process, MiB": own, "largest worker, MiB": max(children, default=0)}


def _children() -> list[int]:
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]


def resident_of(pid: int) -> int:
    """Resident memory of a process in MiB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:  # it has ended
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) // 1024


def resident_by_kind() -> dict[str, int]:
    """Resident memory of this process in MiB: its own, and pages of files, which the system may take back."""
    found = {}
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("RssAnon", "RssFile"):
            found[name] = int(value.split()[0]) // 1024
    return found
