"""The smallest Textual app: one line. What every other figure is held against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """Shows one line."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("QUICK WINS")


if __name__ == "__main__":
    Bare().run()
