"""What differs between SQLite and PostgreSQL: opening, locking, search by words, and what their errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection, Engine, Text, bindparam, create_engine, event, func, literal_column, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidRequestError

from whoholds.errors import (
    SetupError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreUnreachableError,
    UsageError,
)
from whoholds.store.tables import statements

PATIENCE_S: Final = 30
"""How long another program that writes is waited for."""

_WRITES: Final = "whoholds_writes"
_POSTGRESQL: Final = ("postgresql://", "postgres://", "postgresql+psycopg://")
_SQLITE: Final = "sqlite:///"
_SCRIPT_ENDS: Final = ";\n"
_PRIMARY_CODE: Final = 0xFF


class Flavour(StrEnum):
    """Which database it is."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


TYPES: Final[Mapping[Flavour, Mapping[str, str]]] = {
    Flavour.SQLITE: {"key": "INTEGER", "instant": "INTEGER", "real": "REAL", "blob": "BLOB", "options": "STRICT"},
    Flavour.POSTGRESQL: {"key": "BIGINT", "instant": "BIGINT", "real": "DOUBLE PRECISION", "blob": "BYTEA", "options": ""},
}
"""What stands for the `$` words of a migration."""


@dataclass(frozen=True, slots=True)
class Database:
    """An engine with its name for people (without a password); `file` is set for SQLite alone."""

    engine: Engine
    flavour: Flavour
    name: str
    file: Path | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection in a transaction that reads.

        Raises:
            StoreError: when the database cannot be used.
        """
        with self.guarded(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that alone may write, and commit it at the end.

        Writers take turns: numbers are given out in the order of commits, so that no reader misses one behind it.

        Raises:
            StoreError: when the database cannot be used or stays held by another.
        """
        with self.guarded(), self.engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
            if self.flavour is Flavour.POSTGRESQL:
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('whoholds'), hashtext(current_schema()))"))
            yield connection

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn what the driver raises into the error of our tree that says what to do."""
        try:
            yield
        except DBAPIError as error:
            raise self.told(error.orig or error) from None
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise self.told(error) from None

    def told(self, error: BaseException) -> StoreError:
        """Return the error of our tree for one of the driver's."""
        code = getattr(error, "sqlite_errorcode", None)
        if self.flavour is Flavour.SQLITE:
            kind, remedy = _SQLITE_ERRORS.get((code or 0) & _PRIMARY_CODE, (StoreError, "see `whoholds doctor`"))
        else:
            kind, remedy = _postgresql_error(getattr(error, "sqlstate", None))
        said = " ".join(str(error).split()) or type(error).__name__
        return kind(f"store {self.name}: {said}; {remedy}")

    def close(self) -> None:
        """Close all connections that are not in use."""
        self.engine.dispose()


def connect(target: str, *, create: bool, read_only: bool = False) -> Database:
    """Return the database at `target`, a path or a URL; a file is made only where `create` says so.

    Raises:
        UsageError: when `target` is no path and no URL of a database that is known.
        SetupError: when the driver for PostgreSQL is not installed.
        StoreMissingError: when there is no such file, and none may be made.
        StoreUnreachableError: when there is no folder for it.
    """
    if target.startswith(_POSTGRESQL):
        return _postgresql(target, read_only=read_only)
    written = target.removeprefix(_SQLITE)
    if "://" in written or not written.strip():
        message = f"--db {_harmless(target)}: give the path of a file, or postgresql://USER@HOST/DATABASE"
        raise UsageError(message)
    return _sqlite(Path(written), create=create, read_only=read_only)


def scripts(template: str) -> list[str]:
    """Return the commands of a migration's text, one by one."""
    return [command.strip() for command in f"{template.strip()}\n".split(_SCRIPT_ENDS) if command.strip()]


def has_words(flavour: Flavour) -> ColumnElement[bool]:
    """Return the condition that a statement holds all of `words`, a parameter that `words_asked` makes."""
    if flavour is Flavour.SQLITE:
        rowid: ColumnElement[int] = literal_column("rowid")
        found = select(rowid).select_from(text("statement_words"))
        return statements.c.number.in_(found.where(text("statement_words MATCH :words")))
    simple: ColumnElement[str] = literal_column("'simple'")
    return func.to_tsvector(simple, statements.c.words).bool_op("@@")(func.plainto_tsquery(simple, bindparam("words", type_=Text())))


def words_asked(flavour: Flavour, words: str) -> str:
    """Return words, which are folded (see `codec.folded`), as the search by words takes them."""
    return " ".join(f'"{word}"' for word in words.split()) if flavour is Flavour.SQLITE else words


def index_words(flavour: Flavour, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Enter the words of new statements into the index of words; PostgreSQL does so by itself."""
    if flavour is Flavour.SQLITE and rows:
        enter = text("INSERT INTO statement_words (rowid, words) VALUES (:number, :words)")
        connection.execute(enter, [{"number": number, "words": words} for number, words in rows])


def _postgresql(target: str, *, read_only: bool) -> Database:
    try:
        url = make_url("postgresql+psycopg://" + target.partition("://")[2])
        engine = create_engine(url, connect_args={"connect_timeout": 10}, pool_recycle=1800)
    except (ArgumentError, ValueError):
        message = f"--db {_harmless(target)}: no address of a database; write postgresql://USER@HOST:PORT/DATABASE"
        raise UsageError(message) from None
    except (ImportError, InvalidRequestError) as error:
        message = f"--db {_harmless(target)}: the driver for PostgreSQL is missing ({error}); pip install 'whoholds[postgresql]'"
        raise SetupError(message) from None
    if read_only:
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "read_only", True))
    shown = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    return Database(engine, Flavour.POSTGRESQL, shown)


def _harmless(target: str) -> str:
    """Return a target without what may be a password."""
    scheme, mark, rest = target.partition("://")
    return f"{scheme}{mark}…@{rest.rpartition('@')[2]}" if "@" in rest else target


def _sqlite(path: Path, *, create: bool, read_only: bool) -> Database:
    try:
        file = path.expanduser().absolute()
        # Not `exists`, which takes a name that no file can have for one that is free.
        there = _is_there(file)
    except (OSError, RuntimeError, ValueError) as error:
        message = f"--db {path}: no usable path ({error}); name a file"
        raise UsageError(message) from None
    if file.is_dir():
        message = f"--db {path}: this is a folder; name a file in it, such as {path / 'whoholds.sqlite'}"
        raise UsageError(message)
    if not there:
        _make_room(file, create=create)
    writable = not there or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))
    engine = create_engine(
        URL.create("sqlite", database=_uri(file, writable=writable, read_only=read_only), query={"uri": "true"}),
        connect_args={"isolation_level": None, "timeout": PATIENCE_S, "check_same_thread": False},
    )
    _keep_promises(engine, writable=writable and not read_only)
    return Database(engine, Flavour.SQLITE, str(file), file)


def _is_there(file: Path) -> bool:
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _make_room(file: Path, *, create: bool) -> None:
    if not create:
        message = f"store {file}: there is none yet; make one with `whoholds ingest`, or let --db name another"
        raise StoreMissingError(message)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"store {file}: its folder cannot be made ({error.strerror or error}); let --db name another place"
        raise StoreUnreachableError(message) from None


def _uri(file: Path, *, writable: bool, read_only: bool) -> str:
    """Return the file as SQLite's URI; one that may not be written is read as it lies, where no other program writes to it."""
    if writable and read_only:
        # Not as it lies: other programs may write to it, and what they write is to be seen.
        return f"file:{quote(os.fsencode(file))}?mode=ro"
    log = file.with_name(f"{file.name}-wal")
    at_rest = not log.exists() or not log.stat().st_size
    mode = "mode=rwc" if writable else "mode=ro&immutable=1" if at_rest else "mode=ro"
    return f"file:{quote(os.fsencode(file))}?{mode}"


def _keep_promises(engine: Engine, *, writable: bool) -> None:
    """Set up each connection: a log beside the file so that readers and a writer work at once, and our own transactions."""

    def opened(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        if writable:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")

    event.listen(engine, "connect", opened)
    event.listen(engine, "begin", begun)


_SQLITE_ERRORS: Final[Mapping[int, tuple[type[StoreError], str]]] = {
    sqlite3.SQLITE_FULL: (StoreFullError, "free some space and run the same command again; nothing is lost"),
    sqlite3.SQLITE_IOERR: (StoreFullError, "is there space on the disk, and is it sound? Then run the same command again"),
    sqlite3.SQLITE_READONLY: (StoreReadOnlyError, "allow writing to the file and its folder, or let --db name another"),
    sqlite3.SQLITE_PERM: (StoreReadOnlyError, "allow writing to the file and its folder, or let --db name another"),
    sqlite3.SQLITE_CANTOPEN: (StoreUnreachableError, "allow reading and writing in its folder, or let --db name another"),
    sqlite3.SQLITE_BUSY: (StoreBusyError, "another program writes to it; run the same command again when it is done"),
    sqlite3.SQLITE_LOCKED: (StoreBusyError, "another program writes to it; run the same command again when it is done"),
    sqlite3.SQLITE_NOTADB: (StoreDamagedError, "this file is no store; let --db name another"),
    sqlite3.SQLITE_CORRUPT: (StoreDamagedError, "put the last backup in its place, or ingest the reports into a new file"),
}

_CONNECTION: Final = (StoreUnreachableError, "is the server running, and are host, user and database right?")
_POSTGRESQL_ERRORS: Final[Mapping[str, tuple[type[StoreError], str]]] = {
    "08": _CONNECTION,
    "28": (StoreUnreachableError, "check user and password"),
    "3D": (StoreUnreachableError, "make the database first (createdb)"),
    "57": _CONNECTION,
    "53": (StoreFullError, "give the server more room and run the same command again; nothing is lost"),
    "25": (StoreReadOnlyError, "connect to a server, and as a user, that may write"),
    "42": (StoreReadOnlyError, "the user may not do this, or the tables are not ours; let the database's owner run `whoholds migrate`"),
    "55": (StoreBusyError, "another program writes to it; run the same command again when it is done"),
    "40": (StoreBusyError, "another program was in the way; run the same command again"),
    "XX": (StoreDamagedError, "put the last backup in its place"),
}


def _postgresql_error(state: str | None) -> tuple[type[StoreError], str]:
    if state is None:
        return _CONNECTION
    return _POSTGRESQL_ERRORS.get(state[:2], (StoreError, "see `whoholds doctor`"))
