"""Queries compiled once and run on the driver's own cursor: what a map or `who` asks thousands of times."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from whoholds.store.dialects import Database, Flavour
from whoholds.store.reading import Values

Given = dict[str, str | int]
"""The values of a query's parameters, by name."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text of a query as the driver wants it, with its parameters in order where the driver counts them."""

    sql: str
    positions: tuple[str, ...] | None
    constants: Given

    def parameters(self, given: Given) -> Values | Given:
        """Return the parameters in the driver's form."""
        values = self.constants | given if self.constants else given
        return values if self.positions is None else tuple([values[name] for name in self.positions])


def prepared(database: Database, query: Select[*tuple[Any, ...]]) -> Prepared:
    """Compile a query for a database."""
    compiled = query.compile(dialect=database.engine.dialect)
    constants = {name: value for name, value in compiled.params.items() if value is not None}
    return Prepared(compiled.string, tuple(compiled.positiontup) if compiled.positiontup else None, constants)


@dataclass(slots=True)
class FastLane:
    """One connection for each thread, kept open, on which prepared queries run outside any transaction."""

    database: Database
    _local: threading.local = field(default_factory=threading.local)
    _opened: list[DBAPIConnection] = field(default_factory=list)

    def rows(self, query: Prepared, given: Given) -> Sequence[Values]:
        """Return all rows of a query.

        Raises:
            StoreError: when the database cannot be used.
        """
        # No context manager here, and nothing copied: this is asked thousands of times.
        cursor: DBAPICursor | None = getattr(self._local, "cursor", None)
        if cursor is None:
            with self.database.guarded():
                cursor = self._opened_cursor()
        try:
            cursor.execute(query.sql, query.parameters(given))
            return cursor.fetchall()
        except self.database.engine.dialect.loaded_dbapi.Error as error:
            self._forget()
            raise self.database.told(error) from None

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._opened:
            self._end(connection)
        self._opened.clear()
        self._local = threading.local()

    def _opened_cursor(self) -> DBAPICursor:
        self._local.connection = self._connection()
        opened: DBAPICursor = self._local.connection.cursor()
        self._local.cursor = opened
        return opened

    def _connection(self) -> DBAPIConnection:
        """Return a connection of our own; one of PostgreSQL commits by itself, as SQLite's here does."""
        pooled = self.database.engine.raw_connection()
        connection = pooled.dbapi_connection
        pooled.detach()
        assert connection is not None  # noqa: S101  a connection just taken from the pool is open
        if self.database.flavour is Flavour.POSTGRESQL:
            connection.autocommit = True
        self._opened.append(connection)
        return connection

    def _forget(self) -> None:
        """Let the connection of this thread go, which may be broken: the next query opens another."""
        self._local.cursor = None
        self._opened.remove(self._local.connection)
        self._end(self._local.connection)

    def _end(self, connection: DBAPIConnection) -> None:
        with suppress(self.database.engine.dialect.loaded_dbapi.Error):
            connection.close()
