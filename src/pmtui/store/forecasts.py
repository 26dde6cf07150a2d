"""The dates that a version of the plan led to, kept beside it for those who only look.

They are computed and no part of the plan: no journal has them, and no undo sees them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmtui.store.engine import WriteFile

SECONDS = 0.25
"""How long they wait for another program's lock: the next step brings them again."""
PLAN = "plan"
"""Kind and entity of the row that says which version the rows of its day come from."""


@dataclass(frozen=True, slots=True)
class ComputedDates:
    """The first and the last day of the work behind one thing."""

    kind: str
    entity_id: str
    start: date
    finish: date


def write_forecasts(file: WriteFile, day: date, seq: int, dates: Iterable[ComputedDates]) -> None:
    """Keep the dates that step *seq* led to as those of *day*, in place of what that day had.

    Dates of a later step stay, because another program was quicker. Nothing is written where there
    are no dates and there never were any. Raises StoreError.
    """
    from sqlmodel import col, delete, insert, select

    from pmtui.store.tables import ForecastSnapshot

    rows = [_row(day, seq, one.kind, one.entity_id, one.start, one.finish) for one in dates if one.entity_id != PLAN]
    of_today = col(ForecastSnapshot.day) == day.isoformat()
    with file.transaction(SECONDS) as session:
        known = session.exec(select(ForecastSnapshot.seq).order_by(col(ForecastSnapshot.seq).desc()).limit(1)).first()
        if (known is None and not rows) or (known is not None and known > seq):
            return
        session.exec(delete(ForecastSnapshot).where(of_today))
        session.connection().execute(insert(ForecastSnapshot), [_row(day, seq, PLAN, PLAN, None, None), *rows])


def _row(
    day: date, seq: int, kind: str, entity_id: str, start: date | None, finish: date | None
) -> dict[str, str | int | None]:
    return {
        "day": day.isoformat(),
        "entity_id": entity_id,
        "kind": kind,
        "seq": seq,
        "start_on": start.isoformat() if start else None,
        "finish_on": finish.isoformat() if finish else None,
    }
