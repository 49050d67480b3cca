"""The chat over a scripted assistant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.collected import CollectedAssistant
from tests.tui.keeping import KeepingAssistant
from tests.tui.scripted import ScriptedAssistant


@pytest.fixture
def scripted() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
def collected() -> CollectedAssistant:
    return CollectedAssistant()


@pytest.fixture
def keeping(tmp_path: Path) -> KeepingAssistant:
    return KeepingAssistant(tmp_path)
