"""Migrations: the tables are those that queries expect; steps run once, in order, whole or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from whoholds.errors import StoreError, StoreVersionError
from whoholds.store import migrate_store, migrations, open_store
from whoholds.store.dialects import Flavour, connect
from whoholds.store.migrations import Migration, migrate, shipped, version_of
from whoholds.store.store import SqlStore
from whoholds.store.tables import metadata

LATER = Migration(2, "CREATE TABLE notes (number $key PRIMARY KEY) $options;\nCREATE TABLE more (number $key PRIMARY KEY);")
BROKEN = Migration(3, "CREATE TABLE third (number $key PRIMARY KEY);\nCREATE TABLE third (number $key PRIMARY KEY);")


def test_the_tables_are_those_that_queries_expect(store: SqlStore) -> None:
    found = inspect(store.database.engine)
    for name, table in metadata.tables.items():
        columns = {column["name"]: str(column["type"].compile(store.database.engine.dialect)) for column in found.get_columns(name)}
        wanted = {column.name: str(column.type.compile(store.database.engine.dialect)) for column in table.c}
        assert columns == wanted, name
        assert found.get_pk_constraint(name)["constrained_columns"] == [column.name for column in table.primary_key]
    others = {name for name in found.get_table_names() if not name.startswith("statement_words")}
    assert others == set(metadata.tables)


def test_sqlites_tables_are_strict(store: SqlStore) -> None:
    if store.database.flavour is Flavour.SQLITE:
        with store.database.reading() as connection:
            rows = connection.execute(text("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")).all()
        assert {name for name, strict in rows if strict} == set(metadata.tables)


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in shipped()] == list(range(1, len(shipped()) + 1))


def test_steps_run_once_and_in_order(target: str) -> None:
    database = connect(target, create=True)
    assert version_of(database) == 0
    assert migrate(database) == (0, 1)
    assert migrate(database) == (1, 1)
    assert migrate(database, (*shipped(), LATER)) == (1, 2)
    assert {"notes", "more"} <= set(inspect(database.engine).get_table_names())
    database.close()


def test_a_step_that_fails_leaves_the_store_as_it_was(target: str) -> None:
    database = connect(target, create=True)
    with pytest.raises(StoreError):
        migrate(database, (*shipped(), LATER, BROKEN))
    assert version_of(database) == 2
    assert "third" not in inspect(database.engine).get_table_names()
    database.close()


def test_a_newer_store_is_refused_and_an_older_one_asks_for_migration(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = connect(target, create=True)
    migrate(database, (*shipped(), LATER))
    with pytest.raises(StoreVersionError, match="newer whoholds"):
        open_store(target)
    with pytest.raises(StoreVersionError, match="newer whoholds"):
        migrate_store(target)
    database.close()
    newer = (*shipped(), LATER, Migration(3, "CREATE TABLE fourth (number $key PRIMARY KEY);"))
    monkeypatch.setattr(migrations, "shipped", lambda: newer)
    monkeypatch.setattr("whoholds.store.opening.shipped", lambda: newer)
    with pytest.raises(StoreVersionError, match="run `whoholds migrate`"):
        open_store(target, create=True)
    assert migrate_store(target) == (2, 3)
    open_store(target).close()
