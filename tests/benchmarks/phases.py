"""How long the parts of a change take, each without those inside it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

T = TypeVar("T")


class Phases:
    """Seconds by phase; time in a phase that begins inside another is not that other's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._under_way: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the time of a block as this phase's."""
        self._count()
        self._under_way.append(name)
        try:
            yield
        finally:
            self._count()
            self._under_way.pop()

    def _count(self) -> None:
        now = time.perf_counter()
        if self._under_way:
            self.seconds[self._under_way[-1]] += now - self._since
        self._since = now

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Any:
            with self.phase(name):
                return function(*arguments, **options)

        return timed

    def items(self, name: str, source: Iterable[T]) -> Iterator[T]:
        """The items of a source, counting the time it takes to make them."""
        iterator = iter(source)
        while True:
            with self.phase(name):
                try:
                    item = next(iterator)
                except StopIteration:
                    return
            yield item

    @contextmanager
    def watching(self, *places: tuple[str, Any, str]) -> Iterator[None]:
        """Count the calls of attributes of modules and classes: (phase, where, attribute)."""
        with ExitStack() as stack:
            for name, where, attribute in places:
                timed = self._timed(name, getattr(where, attribute))
                stack.enter_context(patch.object(where, attribute, timed))
            yield
