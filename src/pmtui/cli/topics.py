"""`pmtui help`: the topics, as plain Markdown."""

from __future__ import annotations

import argparse

from pmtui.cli import OK
from pmtui.cli.out import Problem, say
from pmtui.help import topic_names, topic_text, topic_title

__all__ = ["run", "topic_names"]


def run(namespace: argparse.Namespace) -> int:
    """Print a topic, or the list of them. Raises `Problem` where there is no such topic."""
    names = topic_names()
    if not namespace.topic:
        width = max(len(name) for name in names)
        lines = [f"  pmtui help {name:<{width}}   {topic_title(name)}" for name in names]
        say("\n".join(["Topics:", *lines, "", "Commands and their options: pmtui --help"]))
        return OK
    name = namespace.topic.casefold()
    found = [known for known in names if known == name] or [known for known in names if known.startswith(name)]
    if len(found) != 1:
        raise Problem(f"There is no help topic of that name. It is one of: {', '.join(names)}.")
    say(topic_text(found[0]))
    return OK
