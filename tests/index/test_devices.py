from pathlib import Path

import pytest

from index.devices import best_device, find_device, processor_has_bf16


@pytest.mark.parametrize(
    ("cuda", "mps", "name", "has_bf16"),
    [
        (False, False, "cpu", True),
        (True, False, "cuda", False),
        (False, True, "mps", False),
        (True, True, "cuda", False),
    ],
)
def test_a_gpu_is_taken_where_there_is_one(cuda: bool, mps: bool, name: str, has_bf16: bool) -> None:
    device = best_device(
        cuda=cuda, cuda_has_bf16=False, mps=mps, processor_has_bf16=True, threads=8
    )  # fmt: skip
    assert (device.name, device.has_bf16) == (name, has_bf16)


def test_a_gpu_is_asked_itself_whether_it_has_bf16() -> None:
    device = best_device(cuda=True, cuda_has_bf16=True, mps=False, processor_has_bf16=False, threads=8)
    assert device.has_bf16


def test_a_processor_encodes_a_batch_in_each_thread_and_a_gpu_one_larger_batch() -> None:
    cpu = best_device(cuda=False, cuda_has_bf16=False, mps=False, processor_has_bf16=False, threads=8)
    gpu = best_device(cuda=True, cuda_has_bf16=True, mps=False, processor_has_bf16=False, threads=8)
    assert (cpu.batches, gpu.batches) == (8, 1)
    assert cpu.batch < gpu.batch


def test_the_device_of_this_machine_is_one_torch_can_compute_on() -> None:
    import torch

    device = find_device(threads=3)
    assert torch.ones(2, device=device.name).sum().item() == 2
    assert device.batches == (3 if device.name == "cpu" else 1)


@pytest.mark.parametrize(
    ("flags", "has_it"),
    [("flags : fpu avx512_bf16 sse", True), ("flags : amx_bf16", True), ("flags : fpu avx512f", False)],
)
def test_the_processor_is_asked_whether_it_has_bf16(
    monkeypatch: pytest.MonkeyPatch, flags: str, has_it: bool
) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_arguments, **_options: flags)
    assert processor_has_bf16() is has_it


def test_a_processor_that_cannot_be_asked_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_arguments: object, **_options: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert processor_has_bf16() is False
