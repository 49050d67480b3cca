"""Where the data folder is, told without loading what reads the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

CONFIG_NAME = "config.toml"
"""The file of settings in the data folder."""


def home_of(environ: Mapping[str, str]) -> Path:
    """The data folder: `PILCROW_HOME`, or the platform's folder for a user's data."""
    from platformdirs import user_data_path

    given = environ.get("PILCROW_HOME")
    if not given:
        return user_data_path("pilcrow")
    return Path(os.path.expanduser(given))  # noqa: PTH111 - Path's own raises where there is no such user
