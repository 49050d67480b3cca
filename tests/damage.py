"""Files as a failing disk leaves them."""

from __future__ import annotations

import random


def damaged(content: bytes, seed: int) -> bytes:
    """A file's bytes with up to three stretches of them overwritten, the same ones for a seed."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 4)):
        start = chance.randrange(len(changed))
        length = chance.choice([1, 1, 10, 1000, 4096])
        changed[start : start + length] = chance.randbytes(len(changed[start : start + length]))
    return bytes(changed)
