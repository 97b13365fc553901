"""The tables' versions: numbered migrations, run in order, each in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, text, update

from whoholds.errors import StoreDamagedError, StoreVersionError
from whoholds.store.dialects import TYPES, Database, Flavour, scripts
from whoholds.store.tables import meta

FOLDER: Final = Path(__file__).with_name("migrations")
VERSION, GENERATION = "schema_version", "generation"
"""Names of the rows of `meta`."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the commands that both databases run, with `$` words for types, then those of each alone."""

    number: int
    both: str
    sqlite: str = ""
    postgresql: str = ""

    def commands(self, flavour: Flavour) -> list[str]:
        """Return the commands to run, in order."""
        alone = self.sqlite if flavour is Flavour.SQLITE else self.postgresql
        return [Template(command).substitute(TYPES[flavour]) for command in scripts(self.both) + scripts(alone)]


def shipped() -> tuple[Migration, ...]:
    """Return the migrations in the order of their numbers, which are those of their files."""
    found = []
    for path in sorted(FOLDER.glob("????.sql")):
        alone = [path.with_suffix(f".{flavour.value}.sql") for flavour in Flavour]
        texts = [each.read_text(encoding="utf-8") if each.exists() else "" for each in (path, *alone)]
        found.append(Migration(int(path.stem), *texts))
    return tuple(found)


def version_of(database: Database) -> int:
    """Return the version of the tables, 0 where there are none yet.

    Raises:
        StoreDamagedError: when the file is a database of something else.
        StoreError: when it cannot be read.
    """
    with database.reading() as connection:
        return _version(database, connection)


def migrate(database: Database, steps: tuple[Migration, ...] | None = None) -> tuple[int, int]:
    """Run the migrations that are not done yet, and return the versions before and after.

    Raises:
        StoreVersionError: when the tables are newer than this program.
        StoreError: when it cannot be written.
    """
    known = shipped() if steps is None else steps
    before = version_of(database)
    refuse_newer(database, before, known)
    for step in known:
        with database.writing() as connection:
            # Asked again inside: another program may have done this step meanwhile.
            if _version(database, connection) == step.number - 1:
                _run(database, connection, step)
    return before, version_of(database)


def refuse_newer(database: Database, version: int, steps: tuple[Migration, ...]) -> None:
    """Refuse tables that a later version of this program made.

    Raises:
        StoreVersionError: when they are newer than the last of `steps`.
    """
    if version > steps[-1].number:
        message = (
            f"store {database.name}: its tables have version {version}, this program knows {steps[-1].number}; "
            "install the newer whoholds that made it"
        )
        raise StoreVersionError(message)


def refuse_older(database: Database, version: int, steps: tuple[Migration, ...]) -> None:
    """Refuse tables that an earlier version of this program made.

    Raises:
        StoreVersionError: when they are older than the last of `steps`.
    """
    if version < steps[-1].number:
        message = (
            f"store {database.name}: its tables have version {version}, this program needs {steps[-1].number}; "
            "make a backup, then run `whoholds migrate`"
        )
        raise StoreVersionError(message)


def _version(database: Database, connection: Connection) -> int:
    if not inspect(connection).has_table(meta.name):
        if database.flavour is Flavour.SQLITE and connection.scalar(text("SELECT count(*) FROM sqlite_master")):
            message = f"store {database.name}: this is a database of something else; let --db name another file"
            raise StoreDamagedError(message)
        return 0
    found: int | None = connection.scalar(select(meta.c.value).where(meta.c.name == VERSION))
    if found is None:
        message = (
            f"store {database.name}: it does not say which version its tables have; let --db name another, or put a backup in its place"
        )
        raise StoreDamagedError(message)
    return found


def _run(database: Database, connection: Connection, step: Migration) -> None:
    for command in step.commands(database.flavour):
        connection.exec_driver_sql(command)
    if step.number == 1:
        connection.execute(insert(meta), [{"name": VERSION, "value": 1}, {"name": GENERATION, "value": 0}])
    else:
        connection.execute(update(meta).where(meta.c.name == VERSION).values(value=step.number))
