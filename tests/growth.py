"""Whether work takes time in proportion to its size, told so that a busy machine does not matter."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TRIES = 6
_LEAST = 0.02  # seconds of the processor; less says nothing


def grows_in_proportion(work: Callable[[int], object], size: int, *, times: int = 4) -> bool:
    """Whether so many times the size takes rather so many times as long than the square of it.

    The processor's time is taken, of both sizes one after the other, and again where other work on the
    machine may have disturbed it; what other tests left in memory is not looked through meanwhile.
    """

    def seconds(size: int) -> float:
        begun = time.process_time()
        work(size)
        return time.process_time() - begun

    collects = gc.isenabled()
    gc.disable()
    try:
        return any(seconds(times * size) < times**1.6 * max(seconds(size), _LEAST) for _ in range(_TRIES))
    finally:
        if collects:
            gc.enable()
