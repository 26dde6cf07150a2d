"""What SQLite and the file system say, in words that help."""

import errno
import sqlite3

import pytest

from pmtui.store import errors
from pmtui.store.errors import (
    Busy,
    DamagedPlan,
    DiskFull,
    FileReplaced,
    NotAPlan,
    ReadOnlyPlan,
    StoreError,
    Unreachable,
    in_words,
)

SAYS = [
    (sqlite3.SQLITE_BUSY, Busy),
    (sqlite3.SQLITE_BUSY_SNAPSHOT, Busy),
    (sqlite3.SQLITE_LOCKED, Busy),
    (sqlite3.SQLITE_FULL, DiskFull),
    (sqlite3.SQLITE_IOERR_WRITE, DiskFull),
    (sqlite3.SQLITE_IOERR_FSYNC, DiskFull),
    (sqlite3.SQLITE_READONLY, ReadOnlyPlan),
    (sqlite3.SQLITE_READONLY_DIRECTORY, ReadOnlyPlan),
    (sqlite3.SQLITE_READONLY_DBMOVED, FileReplaced),
    (sqlite3.SQLITE_CANTOPEN, Unreachable),
    (sqlite3.SQLITE_PERM, Unreachable),
    (sqlite3.SQLITE_CORRUPT, DamagedPlan),
    (sqlite3.SQLITE_NOTADB, NotAPlan),
    (sqlite3.SQLITE_CONSTRAINT_CHECK, StoreError),
]


@pytest.mark.parametrize(("code", "kind"), SAYS)
def test_each_code_of_sqlite_has_its_sentence(code, kind):
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    with pytest.raises(kind) as caught, in_words("/plans/plan.db"):
        raise error
    sentence = caught.value.sentence
    assert "/plans/plan.db" in sentence or "plan file" in sentence
    assert any(words in sentence for words in ("safe", "Nothing was", "left as it is"))
    assert len(sentence.split(". ")) >= 2, "what happened, and what to do"
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, ReadOnlyPlan),
        (errno.EACCES, Unreachable),
        (errno.ELOOP, Unreachable),
        (errno.ENAMETOOLONG, Unreachable),
    ],
)
def test_each_error_of_the_file_system_has_its_sentence(number, kind):
    with pytest.raises(kind) as caught, in_words("/plans/plan.db"):
        raise OSError(number, "What the system says")
    assert "Nothing was" in caught.value.sentence


def test_a_code_that_nobody_thought_of_is_taken_for_damage():
    assert isinstance(errors.translate(sqlite3.DatabaseError("odd"), "p"), DamagedPlan)
