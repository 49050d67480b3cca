"""Opening the assistant, without loading what reads options."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.service import Assistant


def open_assistant(*, encode_apart: bool = False) -> Assistant:
    """The assistant of the settings in force."""
    from assistant.service import Assistant
    from assistant.settings import load_settings

    return Assistant.open(load_settings(), encode_apart=encode_apart)
