"""Pictures of whole screens: taken and compared on one set of versions only."""

from __future__ import annotations

import platform
import re
import shutil
import signal
from importlib.metadata import version
from pathlib import Path

import pytest

from screens import write_demo

LOCK = Path(__file__).parents[2] / "requirements.lock"
PYTHON = "3.11"


def locked(name):
    found = re.search(rf"(?m)^{name}==([\w.]+)", LOCK.read_text("utf-8"))
    return found[1] if found else "no version"


def differs():
    """What is not as it was when the pictures were taken, in a sentence; "" where all is."""
    wanted = {"Python": PYTHON, "textual": locked("textual"), "rich": locked("rich")}
    here = {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "textual": version("textual"),
        "rich": version("rich"),
    }
    other = [f"{name} {here[name]} (locked: {wanted[name]})" for name in wanted if wanted[name] != here[name]]
    return f"The pictures are kept for one set of versions; here is {', '.join(other)}." if other else ""


def pytest_collection_modifyitems(config, items):
    problem = differs()
    if not problem:
        return
    if config.getoption("update_snapshots", default=False):
        raise pytest.UsageError(
            f"{problem} --snapshot-update would rewrite all of them: install requirements.lock first."
        )
    for item in items:
        if item.get_closest_marker("snapshot"):
            item.add_marker(pytest.mark.skip(reason=problem))


@pytest.fixture(autouse=True)
def _signals_as_before():
    """The app listens to signals while it runs; a test run has its own ideas of ctrl+c."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def demo_original(tmp_path_factory):
    return write_demo(tmp_path_factory.mktemp("demo") / "plan.db")


@pytest.fixture
def demo_file(demo_original, tmp_path):
    return Path(shutil.copy(demo_original, tmp_path))
