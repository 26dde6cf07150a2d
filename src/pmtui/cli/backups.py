"""`pmtui backup` and `pmtui restore`: verified copies, and the way back to one."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from pmtui.cli import OK
from pmtui.cli.out import Problem, say
from pmtui.cli.plans import existing_plan, open_workspace

if TYPE_CHECKING:
    from pmtui.workspace import BackupInfo

__all__ = ["backup", "restore"]
