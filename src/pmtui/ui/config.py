"""The config file: TOML, read once at start. What is wrong in it is said and left out.

theme = "pmtui-light"
ascii = true

[keys]
"matrix.value_up" = "plus"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pmtui.domain.text import clean_line, quoted
from pmtui.ui.keys import TABLE


@dataclass(frozen=True, slots=True)
class Config:
    """What the user set."""

    theme: str = ""
    ascii: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of what they do, as Textual names them, separated by commas."""
    problems: tuple[str, ...] = ()


def load_config(path: Path | None) -> Config:
    """The config of that file; defaults where there is none."""
    if path is None or not path.is_file():
        return Config()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return Config(
            problems=(f"The config file {path} cannot be read ({clean_line(str(error))}). Defaults are used.",)
        )
    problems = [
        f"The config file has no setting {quoted(str(name))}; it is left out."
        for name in data
        if name not in ("theme", "ascii", "keys")
    ]
    ids = {key.id for key in TABLE}
    keys: dict[str, str] = {}
    table = data.get("keys", {})
    for name, value in table.items() if isinstance(table, dict) else ():
        if name not in ids or not isinstance(value, str):
            problems.append(f"[keys] has no {quoted(str(name))}; ? shows what there is.")
        else:
            keys[name] = value
    theme = data.get("theme", "")
    return Config(theme if isinstance(theme, str) else "", data.get("ascii") is True, keys, tuple(problems))
