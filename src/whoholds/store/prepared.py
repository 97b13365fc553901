"""Queries compiled once and run on the driver's own cursor: what a map or `who` asks thousands of times."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, cast

from sqlalchemy import Select
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

from whoholds.store.dialects import Database, Flavour
from whoholds.store.reading import Values

Given = Mapping[str, str | int | float | list[str]]
"""The values of a query's parameters, by name."""

Wanted = Select[*tuple[Any, ...]]

_KEPT: Final = 256
"""How many queries of `FastLane.asked` stay compiled."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text of a query as the driver wants it, with its parameters in order where the driver counts them.

    `lists` names the parameters that a list becomes, one for each of its values.
    """

    sql: str
    positions: tuple[str, ...] | None
    constants: Given
    lists: Mapping[str, Sequence[str]]

    def parameters(self, given: Given) -> Values | Given:
        """Return the parameters in the driver's form."""
        values = given
        if self.constants or self.lists:
            values = {**self.constants, **given}
            for listed, names in self.lists.items():
                values |= zip(names, cast("list[str]", given[listed]), strict=True)
        return values if self.positions is None else tuple([values[name] for name in self.positions])


def prepared(database: Database, query: Wanted, sample: Given) -> Prepared:
    """Compile a query for a database, to be asked with values as in `sample`: lists as long."""
    stated = query.compile(dialect=database.engine.dialect).construct_expanded_state(dict(sample))
    own = {name for names in stated.parameter_expansion.values() for name in names} | set(sample)
    constants = {name: value for name, value in stated.parameters.items() if name not in own}
    return Prepared(stated.statement, tuple(stated.positiontup) if stated.positiontup else None, constants, stated.parameter_expansion)


def _padded(value: str | float | list[str]) -> str | float | list[str]:
    """Return a list as long as the next power of two, by its last value once more: few lengths make few texts."""
    if not isinstance(value, list) or len(value) <= 1:
        return value
    return value + value[-1:] * ((1 << (len(value) - 1).bit_length()) - len(value))


@dataclass(slots=True)
class FastLane:
    """One connection for each thread, kept open, on which prepared queries run outside any transaction."""

    database: Database
    _local: threading.local = field(default_factory=threading.local)
    _opened: list[DBAPIConnection] = field(default_factory=list)
    _compiled: dict[tuple[object, ...], Prepared] = field(default_factory=dict)

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

    def asked(self, query: Wanted, given: Given) -> Sequence[Values]:
        """Return all rows of a query that comes again and again, which is compiled once for lists of about one length.

        Raises:
            StoreError: when the database cannot be used.
        """
        padded = {name: _padded(value) for name, value in given.items()}
        shape = query, *(len(value) for value in padded.values() if isinstance(value, list))
        known = self._compiled.get(shape)
        if known is None:
            if len(self._compiled) >= _KEPT:
                self._compiled.clear()
            known = self._compiled[shape] = prepared(self.database, query, padded)
        return self.rows(known, padded)

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
