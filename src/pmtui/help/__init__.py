"""Topics to read, one Markdown file each; `pmtui help` prints them."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def topic_names() -> list[str]:
    """The names of all topics in alphabetical order."""
    return sorted(path.stem for path in _FOLDER.glob("*.md"))


def topic_text(name: str) -> str:
    """The Markdown of a topic. Raises KeyError where there is none of that name."""
    if name not in topic_names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8")


def topic_title(name: str) -> str:
    """The heading of a topic, without its mark."""
    return topic_text(name).partition("\n")[0].lstrip("# ")
