"""Opening a store: the right file or server, with tables of the right version."""

from __future__ import annotations

from whoholds.errors import StoreMissingError, WhoHoldsError
from whoholds.store.dialects import Database, connect
from whoholds.store.migrations import migrate, refuse_newer, refuse_older, shipped, version_of
from whoholds.store.store import SqlStore


def open_store(target: str, *, create: bool = False, read_only: bool = False) -> SqlStore:
    """Open the store at `target`, the path of a SQLite file or the URL of a PostgreSQL database; `create` makes a missing one.

    One opened `read_only` refuses to be written to, and sees what other programs write.

    Raises:
        UsageError: when `target` is no path and no URL of a database that is known.
        SetupError: when the driver for PostgreSQL is not installed.
        StoreError: when there is none, it cannot be used, or its tables are older or newer than this program.
    """
    database = connect(target, create=create, read_only=read_only)
    try:
        _make_ready(database, create=create)
    except WhoHoldsError:
        database.close()
        raise
    return SqlStore(database)


def _make_ready(database: Database, *, create: bool) -> None:
    """Make the tables where there are none, and refuse those of another version."""
    version, steps = version_of(database), shipped()
    refuse_newer(database, version, steps)
    if version == 0 and not create:
        message = f"store {database.name}: there is none yet; make one with `whoholds ingest`, or let --db name another"
        raise StoreMissingError(message)
    if version == 0:
        migrate(database, steps)
    else:
        refuse_older(database, version, steps)


def migrate_store(target: str) -> tuple[int, int]:
    """Bring the tables of the store at `target` to this program's version; return the versions before and after.

    Raises:
        UsageError: when `target` is no path and no URL of a database that is known.
        SetupError: when the driver for PostgreSQL is not installed.
        StoreError: when there is none, it cannot be written, or its tables are newer than this program.
    """
    database = connect(target, create=False)
    try:
        return migrate(database)
    finally:
        database.close()
