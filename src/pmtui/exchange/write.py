"""What goes out: a plan as text, and a text into a file."""

from __future__ import annotations

from pmtui.exchange.csv_format import export_csv
from pmtui.exchange.csv_things import ITEMS, TABLES, export_things
from pmtui.exchange.files import NotWritten, write_file
from pmtui.exchange.json_format import export_json

__all__ = ["ITEMS", "TABLES", "NotWritten", "export_csv", "export_json", "export_things", "write_file"]
