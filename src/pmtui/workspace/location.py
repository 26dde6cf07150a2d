"""Where the plan and the settings are."""

from __future__ import annotations

import os
from pathlib import Path


def plan_path(argument: str | None = None) -> Path:
    """The plan file: *argument* (`--db`), else `PMTUI_DB`, else the platform's folder for user data."""
    named = argument or os.environ.get("PMTUI_DB")
    if named:
        return Path(named).expanduser() if named.startswith("~") else Path(named)
    from platformdirs import user_data_path

    return user_data_path("pmtui", appauthor=False) / "plan.db"


def config_path() -> Path:
    """The settings file: `PMTUI_CONFIG`, else the platform's folder for them. It need not exist."""
    named = os.environ.get("PMTUI_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("pmtui", appauthor=False) / "config.toml"
