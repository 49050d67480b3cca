from __future__ import annotations

from assistant.api.pages.kept import KeptPages


def test_pages_are_kept_up_to_a_size() -> None:
    kept = KeptPages(most=10)
    assert kept.put("a", b"12345") == b"12345"
    kept.put("b", b"12345")
    assert kept.get("a") == b"12345"
    kept.put("c", b"12345")  # b was read longest ago
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (b"12345", None, b"12345")
    assert kept.put("d", b"0" * 11) == b"0" * 11
    assert kept.get("d") is None
