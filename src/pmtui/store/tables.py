"""The tables, as SQLModel classes derived from the entities' specs.

The rules are in `pmtui.domain.rules`; the constraints here are the last wall, for a program that
writes past them. Foreign keys are checked when a transaction ends, so that the rows of one step
may come in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    REAL,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from pmtui.domain.entities import KINDS, LINK_ENDS, Entity
from pmtui.domain.fields import FIRST_DAY, LAST_DAY, Spec, specs

Action = Literal["do", "undo", "redo"]


class Day(TypeDecorator[date]):
    """A plan day as its ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        """The day as text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        """The text as a day."""
        return None if value is None else date.fromisoformat(value)


_PYTHON: dict[str, type] = {"number": float, "duration": int, "day": date, "flag": bool}
_SQL: dict[str, type[Any]] = {"number": REAL, "duration": Integer, "day": Day, "flag": Boolean}


def _column(kind: str, name: str, spec: Spec) -> Column[Any]:
    items: list[SchemaItem] = []
    if spec.to:
        items.append(ForeignKey(f"{spec.to}.id", deferrable=True, initially="DEFERRED"))
    return Column(
        name,
        _SQL.get(spec.type, Text)(),
        *items,
        primary_key=spec.type == "id",
        nullable=spec.nullable,
        unique=True if spec.unique and spec.type != "id" else None,
        # a row that is removed asks who refers to it; a link's own pair of columns answers for the first
        index=True if spec.to and LINK_ENDS.get(kind, ("",))[0] != name else None,
    )


def _check(name: str, spec: Spec) -> str:
    column = f'"{name}"'
    match spec.type:
        case "number":
            allowed = ", ".join(repr(float(choice)) for choice in spec.choices)
            # a text would sort above every number, so the range alone keeps it out
            return f"{column} IN ({allowed})" if allowed else f"{column} BETWEEN {spec.low!r} AND {spec.high!r}"
        case "duration":
            return f"typeof({column}) = 'integer' AND {column} BETWEEN {spec.low} AND {spec.high}"
        case "day":
            # adding no days makes SQLite turn 30 February into 2 March, which is not what was written
            return f"date({column}, '+0 days') IS {column} AND {column} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"
        case "flag":
            return f"{column} IN (0, 1)"
        case "choice":
            return f"{column} IN ({', '.join(repr(str(choice)) for choice in spec.choices)})"
    texts = "IN ('text', 'null')" if spec.nullable else "= 'text'"
    return f"typeof({column}) {texts} AND length({column}) BETWEEN {int(spec.required)} AND {spec.max_length}"


_COUNTED = {"backlog_item": ("archived", "state", "objective_id", "value", "effort", "id")}
"""Columns that `pmtui status` counts by: with them in one index it reads no row, which is five times as fast."""


def _constraints(kind: str, entity: type[Entity]) -> Iterator[SchemaItem]:
    for name, spec in specs(entity).items():
        if not spec.to:
            yield CheckConstraint(_check(name, spec), name=f"{kind}_{name}")
    if counted := _COUNTED.get(kind):
        yield Index(f"{kind}_counts", *counted)
    if ends := LINK_ENDS.get(kind):
        yield CheckConstraint(f'"{ends[0]}" <> "{ends[1]}"', name=f"{kind}_ends")
        yield UniqueConstraint(*ends, name=f"{kind}_pair")


def _table(kind: str, entity: type[Entity]) -> type[SQLModel]:
    space: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": entity.__doc__,
        "__tablename__": kind,
        "__table_args__": tuple(_constraints(kind, entity)),
        "__annotations__": {},
    }
    for name, spec in specs(entity).items():
        python: Any = _PYTHON.get(spec.type, str)
        space["__annotations__"][name] = python | None if spec.nullable else python
        space[name] = Field(sa_column=_column(kind, name, spec))
    metaclass: Any = type(SQLModel)
    model: type[SQLModel] = metaclass(entity.__name__, (SQLModel,), space, table=True)
    return model


TABLES: dict[str, type[SQLModel]] = {kind: _table(kind, entity) for kind, entity in KINDS.items()}
"""The table of each kind."""


def table_of(model: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel's metaclass makes it
    return found


class Journal(SQLModel, table=True):
    """One step: who, when, what it is called, and which step it takes back or brings back."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("action IN ('do', 'undo', 'redo')", name="journal_action"),
        CheckConstraint("(of_seq IS NULL) = (action = 'do')", name="journal_of"),
        Index("journal_by", "user", "machine", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=Text)
    """The instant in UTC, ISO 8601."""
    user: str = Field(sa_type=Text)
    machine: str = Field(sa_type=Text)
    command: str = Field(sa_type=Text)
    """The name of the command's class."""
    label: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    action: str = Field(sa_type=Text)
    of_seq: int | None = Field(default=None, foreign_key="journal.seq", index=True)
    """An undo names the do or redo that it takes back, a redo the undo."""


class JournalChange(SQLModel, table=True):
    """One row that a step changed: its fields before and after as JSON, NULL where there was no row."""

    __tablename__ = "journal_change"
    __table_args__ = (CheckConstraint('"before" IS NOT NULL OR "after" IS NOT NULL', name="journal_change_some"),)

    seq: int = Field(foreign_key="journal.seq", primary_key=True)
    position: int = Field(primary_key=True)
    kind: str = Field(sa_type=Text)
    entity_id: str = Field(sa_type=Text, index=True)
    before: str | None = Field(sa_type=Text)
    after: str | None = Field(sa_type=Text)


class Draft(SQLModel, table=True):
    """Text that somebody was still typing. No part of the plan, so no part of the journal."""

    __tablename__ = "draft"

    user: str = Field(sa_type=Text, primary_key=True)
    machine: str = Field(sa_type=Text, primary_key=True)
    key: str = Field(sa_type=Text, primary_key=True)
    """What was being edited, in the words of the screen that edits it."""
    text: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)


class ForecastSnapshot(SQLModel, table=True):
    """The dates that one version of the plan led to, for each project and each card with work behind it.

    Computed, so no part of the plan and of no undo. The newest of each day stays, so that drift can
    be seen. A row for every day has kind `plan` and entity `plan`: it says which version the day's
    rows come from, also where nothing has dates.
    """

    __tablename__ = "forecast_snapshot"

    day: str = Field(sa_type=Text, primary_key=True)
    """The plan day on which it was computed."""
    entity_id: str = Field(sa_type=Text, primary_key=True)
    kind: str = Field(sa_type=Text)
    seq: int
    """The number of the journal entry that the plan included."""
    start_on: str | None = Field(sa_type=Text)
    finish_on: str | None = Field(sa_type=Text)


__all__ = ["TABLES", "Action", "Draft", "ForecastSnapshot", "Journal", "JournalChange", "table_of"]
