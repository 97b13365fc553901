"""Servers to test with: over the demonstration's reports, and over readings made up for one test."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from whoholds.config import load_settings
from whoholds.model import Failure
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import Hints
from whoholds.queries.desk import open_desk
from whoholds.store import open_store
from whoholds.web.app import create_app
from whoholds.web.service import Reviewer, serve_store

BASE = "http://127.0.0.1:8000"
TOKEN = "a-token-for-the-tests"  # noqa: S105  made up
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def filled(stages: Stages, source: Path, hints: Hints, db: Path) -> Path:
    """A store into which a file was read, its timelines made."""
    settings = replace(load_settings(), db=str(db))
    with open_desk(settings, create=True) as desk:
        outcomes = list(ingest_reports([str(source)], hints, settings, desk.store, lambda _model: stages))
        assert not [outcome for outcome in outcomes if isinstance(outcome, Failure)]
        assert desk.refresh() > 0
    return db


@contextmanager
def serving(db: Path, *, now: datetime = NOW, reviewer: str | None = None) -> Iterator[TestClient]:
    """A client of a server over a store; with a `reviewer`, one whose reviews are kept."""
    settings = replace(load_settings(), db=str(db))
    with open_store(str(db), read_only=reviewer is None) as store:
        service = serve_store(store, settings, Reviewer(reviewer, TOKEN) if reviewer else None, clock=lambda: now)
        with TestClient(create_app(service), base_url=BASE, raise_server_exceptions=False) as client:
            yield client


@pytest.fixture(scope="session")
def live(demo_db: Path) -> Iterator[str]:
    """The address of `whoholds serve`, a process of its own, over the demonstration's reports."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "whoholds", "serve", "--db", str(demo_db), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert f":{port}/" in server.stdout.readline()
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)


def _answering(address: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/ogc", timeout=5):  # noqa: S310  our own server
                return address
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"no server answers at {address}")


@pytest.fixture(scope="session")
def served() -> Callable[..., AbstractContextManager[TestClient]]:
    """What serves a store to a client, see `serving`."""
    return serving


@pytest.fixture
def desk(demo_db: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a server of its own over the demonstration's reports, which keeps reviews."""
    copied = tmp_path / "reviewed.sqlite"
    shutil.copy(demo_db, copied)
    with serving(copied, reviewer="A. Analyst") as opened:
        yield opened


@pytest.fixture(scope="session")
def demo_db(root: Path, shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the demonstration's reports."""
    return filled(shipped, root / "examples" / "reports.jsonl", Hints(), tmp_path_factory.mktemp("web") / "demo.sqlite")


@pytest.fixture(scope="session")
def client(demo_db: Path) -> Iterator[TestClient]:
    """A client of a server over the demonstration's reports."""
    with serving(demo_db) as opened:
        yield opened
