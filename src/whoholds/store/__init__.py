"""SQL: readings, failures and reviews kept in SQLite or PostgreSQL, and the states that fusion makes of them."""

from whoholds.store.opening import migrate_store, open_store
from whoholds.store.overview import Head, Overview
from whoholds.store.store import SqlStore

__all__ = ["Head", "Overview", "SqlStore", "migrate_store", "open_store"]
