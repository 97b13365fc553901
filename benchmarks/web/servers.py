"""The servers that are measured: ours, and Datasette over the same rows; each a process of its own on loopback."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from whoholds.config import load_settings
from whoholds.fuse.views import FUSED
from whoholds.store import open_store
from whoholds.web.rows import StateQuery, found_states
from whoholds.web.service import Service, serve_store

TABLE = "day_states"
COLUMNS = (
    "on", "place", "name", "feature", "lat", "lon", "view", "first", "last", "start_known", "holding", "holders", "agreement", "tier",
    "encircled_by", "flags", "last_said", "supporting", "opposing",
)  # fmt: skip
PAGE = 1000


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: Sequence[str], address: str) -> Iterator[str]:
    """Give the address of a server once it answers there, and stop it at the end."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # noqa: S603  our own commands
        try:
            _wait(address)
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def our_command(store: str, port: int) -> list[str]:
    """Return the command of our server."""
    return [sys.executable, "-m", "whoholds", "serve", "--db", store, "--port", str(port)]


def datasette_command(rows: Path, port: int) -> list[str]:
    """Return the command of Datasette."""
    return [sys.executable, "-m", "datasette", "serve", str(rows), "--port", str(port), "--setting", "default_page_size", "100"]


def copy_rows(store: str, days: Sequence[date], rows: Path) -> int:
    """Write the states of these days into a table with an index for them; return how many there are."""
    with open_store(store, read_only=True) as opened, sqlite3.connect(rows) as database:
        service = serve_store(opened, replace(load_settings(), db=store))
        database.execute(f"CREATE TABLE {TABLE} ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in COLUMNS)})")
        marks = ", ".join("?" * len(COLUMNS))
        for day in days:
            database.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", _rows(service, day))  # noqa: S608  our own names
        database.execute(f'CREATE INDEX of_day ON {TABLE} ("on", place)')
        return int(database.execute(f"SELECT count(*) FROM {TABLE}").fetchone()[0])  # noqa: S608  our own name


def _rows(service: Service, day: date) -> Iterator[tuple[object, ...]]:
    wanted: StateQuery | None = StateQuery(day, FUSED, limit=PAGE)
    while wanted is not None:
        found, after = found_states(service, wanted)
        yield from (tuple(_cell(row[name]) for name in COLUMNS) for row in found)
        wanted = replace(wanted, after=after) if after is not None else None


def _cell(value: object) -> object:
    return value if value is None or isinstance(value, int | float) else str(value)


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=60):  # noqa: S310  our own server
                return
        except OSError:
            time.sleep(0.2)
    message = f"no server answers at {address}"
    raise TimeoutError(message)
