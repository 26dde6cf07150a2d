"""How a plan file says what it is."""

from __future__ import annotations

APPLICATION_ID = 0x504D5455
"""`PMTU` in the header of every plan file, so that no other program's database is taken for one."""

SCHEMA_VERSION = 2
"""The version of the tables (`PRAGMA user_version`) that this program reads and writes."""
