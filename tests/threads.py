"""Functions run at the same time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread


def together(*functions: Callable[[], object]) -> None:
    """Run functions in threads that begin at once; an error in one of them fails the test."""
    start = Barrier(len(functions))
    errors: list[BaseException] = []

    def run(function: Callable[[], object]) -> None:
        start.wait()
        try:
            function()
        except BaseException as error:
            errors.append(error)

    threads = [Thread(target=run, args=[function]) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
