"""The config file: TOML, read once at start. What is wrong in it is said and left out.

theme = "pmtui-light"
ascii = true
tab = "roadmap"

[keys]
"matrix.value_up" = "plus"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from textual.keys import Keys

from pmtui.domain.text import clean_line, quoted
from pmtui.ui.keys import NAMES, TABLE, key_named, keys_of
from pmtui.ui.keys.key import Key
from pmtui.ui.tabs import TABS
from pmtui.ui.themes import names


@dataclass(frozen=True, slots=True)
class Config:
    """What the user set."""

    theme: str = ""
    ascii: bool = False
    tab: str = ""
    """The tab to open in, by its name in lower case."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of what they do, as Textual names them, separated by commas without blanks."""
    problems: tuple[str, ...] = ()


def load_config(path: Path | None) -> Config:
    """The config of that file; defaults where there is none."""
    if path is None or not path.is_file():
        return Config()
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return Config(
            problems=(f"The config file {path} cannot be read ({clean_line(str(error))}). Defaults are used.",)
        )
    problems = [
        f"The config file has no setting {quoted(str(name))}; it is left out."
        for name in data
        if name not in ("theme", "ascii", "tab", "keys")
    ]
    keys = _keys(data.get("keys", {}), problems)
    theme = data.get("theme", "")
    if theme not in ("", *names()):
        problems.append(f"theme is one of {', '.join(names())}, in quotation marks; it is left out.")
        theme = ""
    if not isinstance(data.get("ascii", False), bool):
        problems.append("ascii is true or false, without quotation marks; it is left out.")
    tab = data.get("tab", "")
    if tab not in ("", *(name.id for name in TABS)):
        problems.append(f"tab is one of {', '.join(name.id for name in TABS)}, in quotation marks; it is left out.")
        tab = ""
    return Config(theme, data.get("ascii") is True, tab, keys, tuple(problems))


def _keys(table: object, problems: list[str]) -> dict[str, str]:
    """The keymap of the `[keys]` table; adds to *problems* what is left out and why."""
    if not isinstance(table, dict):
        problems.append('keys is a table: a line [keys], then lines as "matrix.filter" = "f". It is left out.')
        return {}
    known = {key.id: key for key in TABLE}
    keymap: dict[str, str] = {}
    for id_, text in table.items():
        if id_ not in known or not isinstance(text, str):
            problems.append(f"[keys] has no {quoted(str(id_))}; ? shows what there is.")
            continue
        names = [key_named(name.strip()) for name in text.split(",") if name.strip()]
        strange = [name for name in names if not _is_key(name)]
        if strange or not names:
            problems.append(
                f"[keys] gives {id_} the key {quoted(', '.join(strange))}, which is none. It keeps its own."
            )
        else:
            keymap[id_] = ",".join(names)
    for id_ in list(keymap):
        taken = _taken(known[id_], keymap)
        if taken:
            problems.append(f"[keys] gives {id_} a key that {taken} has already. It keeps its own.")
            del keymap[id_]
    return keymap


def _is_key(name: str) -> bool:
    rest = name.removeprefix("ctrl+").removeprefix("shift+")
    return len(rest) == 1 or rest in NAMES or rest in _TEXTUAL_KEYS


_TEXTUAL_KEYS = frozenset(str(key.value) for key in Keys) | {"plus", "minus", "full_stop"}


def _taken(key: Key, keymap: Mapping[str, str]) -> str:
    """The id of what has one of the keys of *key* as well, in a place where both hold; "" if none has."""
    own = set(keys_of(key, keymap))
    for other in TABLE:
        meets = other.where == key.where or "app" in (other.where, key.where)
        if other is not key and meets and own.intersection(keys_of(other, keymap)):
            return other.id
    return ""
