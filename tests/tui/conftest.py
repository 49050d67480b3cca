"""The chat over a scripted assistant."""

from __future__ import annotations

import pytest

from tests.tui.collected import CollectedAssistant
from tests.tui.scripted import ScriptedAssistant


@pytest.fixture
def scripted() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
def collected() -> CollectedAssistant:
    return CollectedAssistant()
