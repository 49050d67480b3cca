"""What passages are encoded on: a GPU where there is one, or else every core of the processor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_BATCH_ON_A_CORE = 16  # 8 to 32 are within 5 % of each other; the shorter, the less is padded
_BATCH_ON_A_GPU = 256  # a GPU is only busy with thousands of word pieces at a time


@dataclass(frozen=True, slots=True)
class Device:
    """A device by the name torch has for it, and how it is kept busy."""

    name: str
    has_bf16: bool
    """Whether it multiplies bf16 matrices itself; elsewhere that would be slower than fp32."""
    batch: int
    """How many texts are encoded together."""
    batches: int
    """How many batches are encoded at once, each in a thread of its own."""


def find_device(threads: int) -> Device:
    """The best device of this machine, of whose processor Pilcrow may use so many threads."""
    import torch

    cuda = torch.cuda.is_available()
    return best_device(
        cuda=cuda,
        cuda_has_bf16=cuda and torch.cuda.is_bf16_supported(including_emulation=False),
        mps=torch.backends.mps.is_available(),
        processor_has_bf16=processor_has_bf16(),
        threads=threads,
    )


def best_device(
    *, cuda: bool, cuda_has_bf16: bool, mps: bool, processor_has_bf16: bool, threads: int
) -> Device:
    """The device to take where these are available.

    On a processor each thread encodes batches of its own: threads that share one batch wait for each
    other after every matrix, and on a busy machine mostly wait.
    """
    if cuda:
        return Device("cuda", cuda_has_bf16, _BATCH_ON_A_GPU, 1)
    if mps:
        return Device("mps", False, _BATCH_ON_A_GPU, 1)
    return Device("cpu", processor_has_bf16, _BATCH_ON_A_CORE, threads)


def processor_has_bf16() -> bool:
    """Whether the processor multiplies bf16 matrices itself."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
