"""A copy of a store in one file: made while others write, checked, and put in its place only when whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from whoholds.errors import StoreDamagedError, StoreFullError, UsageError
from whoholds.store.dialects import Database, connect
from whoholds.store.migrations import refuse_newer, shipped, version_of


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made: its file, how many reports it holds, and its size in bytes."""

    file: Path
    reports: int
    size: int


def back_up(target: str, out: Path) -> Backup:
    """Copy the store at `target` into the file `out`, which is replaced where it is there.

    Raises:
        UsageError: when the store is no file (PostgreSQL has a backup of its own), or `out` cannot be written.
        StoreError: when there is no store, it cannot be read, or the copy does not pass the check of SQLite.
    """
    database = connect(target, create=False)
    try:
        if database.file is None:
            message = f"store {database.name}: a server's database is backed up with its own pg_dump; for a copy in a file, ingest into one"
            raise UsageError(message)
        refuse_newer(database, version_of(database), shipped())
        return _copied(database, database.file, out.expanduser().absolute())
    finally:
        database.close()


def _copied(database: Database, file: Path, out: Path) -> Backup:
    if out.is_dir() or (out.exists() and out.samefile(file)):
        message = f"{out}: {'is a folder' if out.is_dir() else 'is the store itself'}; name another file"
        raise UsageError(message)
    part = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        reports = _copy(database, file, part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(out)
    except OSError as error:
        message = f"{out}: cannot be written ({error.strerror or error}); name another file"
        raise UsageError(message) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Backup(out, reports, out.stat().st_size)


def _copy(database: Database, file: Path, part: Path) -> int:
    """Copy with SQLite's own backup, which gives one state of the store however long it takes, and count its reports."""
    with database.guarded(), closing(sqlite3.connect(f"file:{_quoted(file)}?mode=ro", uri=True)) as source:
        try:
            with closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
                # One file, which needs no log beside it until somebody writes to it.
                copy.execute("PRAGMA journal_mode = DELETE")
                return _checked(copy, part)
        except sqlite3.OperationalError as error:
            message = f"{part.parent}: the copy cannot be written ({error}); is there space, and may it be written?"
            raise StoreFullError(message) from None


def _checked(copy: sqlite3.Connection, part: Path) -> int:
    problems = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
    problems += [f"a row of {row[0]} refers to none of {row[2]}" for row in copy.execute("PRAGMA foreign_key_check").fetchmany(3)]
    if problems:
        message = f"{part.name}: the copy is not sound ({'; '.join(problems)}); the store itself may be damaged, see `whoholds doctor`"
        raise StoreDamagedError(message)
    return int(copy.execute("SELECT count(*) FROM reports").fetchone()[0])


def _quoted(file: Path) -> str:
    return quote(os.fsencode(file))
