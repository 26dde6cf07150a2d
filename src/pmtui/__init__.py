"""pmtui: product and project management in one plan, in a terminal.

Nothing is imported here, so that every entry point pays only for what it uses.
"""

__version__ = "0.2.0"
