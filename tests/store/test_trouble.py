"""What may go wrong with a disk, a file or a server is one clear error, and nothing that was kept is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import event, text

from whoholds.errors import (
    ModelError,
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
from whoholds.model import Failure, Reading
from whoholds.ports import ClaimFilter, Store
from whoholds.store import backup, codec, dialects, open_store
from whoholds.store.backup import back_up
from whoholds.store.diagnosis import diagnose_store


class Make(Protocol):
    def reading(self, *said: object, version: str = "1", published: date | None = None, **other: str | None) -> Reading: ...


Said = Callable[..., object]


@pytest.fixture
def kept(tmp_path: Path, make: Make, said: Said) -> Path:
    """A file that holds one reading of one claim."""
    file = tmp_path / "kept.sqlite"
    with open_store(str(file), create=True) as store:
        store.record(make.reading(said(place="Hama")))
    return file


def claims(store: Store) -> int:
    return len(list(store.claims(ClaimFilter())))


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, make: Make, said: Said) -> None:
    with open_store(str(tmp_path / "x.sqlite"), create=True) as store:
        store.record(make.reading(said(place="Hama")))
        with store.database.reading() as connection:
            pages = connection.scalar(text("PRAGMA page_count"))
        event.listen(store.database.engine, "begin", lambda opened: opened.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}"))
        recorded = 1
        with suppress(StoreFullError):
            while recorded < 200:
                store.record(make.reading(said(source=f"Monitor {recorded} " + "of the whole country " * 40)))
                recorded += 1
        with pytest.raises(StoreFullError, match="free some space"):
            store.record(make.reading(said(source=f"Monitor {recorded} " + "of the whole country " * 40)))
        assert (store.counts().reports, claims(store)) == (recorded, recorded)


def test_a_file_that_may_not_be_written_can_be_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_store(str(kept)) as store:
        assert claims(store) == 1
        with pytest.raises(StoreReadOnlyError, match="allow writing"):
            store.file(Failure("a", "read", "b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="let --db name another"):
        open_store(str(closed / "x.sqlite"), create=True)


def test_what_is_no_folder_cannot_hold_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnreachableError, match="folder cannot be made"):
        open_store(str(tmp_path / "file" / "x.sqlite"), create=True)


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    words, other = tmp_path / "words.txt", tmp_path / "other.sqlite"
    words.write_bytes(b"Dear diary, today the army left.\n" * 100)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    for file, says in ((words, "not a database"), (other, "something else")):
        before = file.read_bytes()
        with pytest.raises(StoreDamagedError, match=says):
            open_store(str(file), create=True)
        assert file.read_bytes()[100:] == before[100:]


def test_a_damaged_file_is_said(kept: Path, tmp_path: Path) -> None:
    content = bytearray(kept.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    kept.write_bytes(bytes(content))
    with pytest.raises(StoreDamagedError), open_store(str(kept)) as store:
        list(store.claims(ClaimFilter()))
    assert any(check.status.value == "fail" for check in diagnose_store(str(kept)))
    with pytest.raises(StoreDamagedError):
        back_up(str(kept), tmp_path / "copy.sqlite")
    assert not (tmp_path / "copy.sqlite").exists()
    assert not list(tmp_path.glob("*.part"))


def test_another_writer_is_waited_for_and_then_said(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "PATIENCE_S", 0)
    with closing(sqlite3.connect(kept, isolation_level=None)) as other, open_store(str(kept)) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="run the same command again"):
            store.file(Failure("a", "read", "b"))
        assert claims(store) == 1


def test_another_writer_on_the_server_is_waited_for_and_then_said(schema: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(schema, create=True) as store, store.database.writing():
        monkeypatch.setattr(dialects, "PATIENCE_S", 1)
        with pytest.raises(StoreBusyError, match="run the same command again"):
            store.file(Failure("a", "read", "b"))


TARGETS = [
    ("postgresql://127.0.0.1:1/none", StoreUnreachableError, "is the server running"),
    ("postgresql://nobody:secret@127.0.0.1:1/none?connect_timeout=1", StoreUnreachableError, "is the server running"),
    ("postgresql://host:port/none", UsageError, "no address"),
    ("mysql://host/none", UsageError, "give the path of a file"),
    ("mysql://me:secret@host/none", UsageError, "give the path of a file"),
    ("", UsageError, "give the path"),
    ("nowhere/none.sqlite", StoreMissingError, "there is none yet"),
    ("a\0b", UsageError, "no usable path"),
]


@pytest.mark.parametrize(("target", "error", "says"), TARGETS, ids=[target[:25] for target, _, _ in TARGETS])
def test_what_cannot_be_opened_is_said_without_its_password(target: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says) as raised:
        open_store(target)
    assert "secret" not in str(raised.value)


def test_a_server_without_the_database_is_said(schema: str) -> None:
    with pytest.raises(StoreUnreachableError, match="does not exist"):
        open_store(schema.replace("/test?", "/no_such_database?"))
    with pytest.raises(StoreMissingError, match="there is none yet"):
        open_store(schema)


def test_a_server_that_goes_away_is_said_and_comes_back(schema: str, make: Make, said: Said) -> None:
    with open_store(schema, create=True) as store:
        store.record(make.reading(said()))
        assert store.state_on("xx:Hama", "fused", date(2024, 12, 6)) is None
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%states%'"
        with store.database.reading() as connection:
            connection.execute(text(end))
        with pytest.raises(StoreUnreachableError, match="is the server running"):
            store.state_on("xx:Hama", "fused", date(2024, 12, 6))
        assert store.state_on("xx:Hama", "fused", date(2024, 12, 6)) is None


def test_a_missing_driver_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_there(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(dialects, "create_engine", none_there)
    with pytest.raises(SetupError, match=r"whoholds\[postgresql\]"):
        open_store("postgresql://127.0.0.1/test")


def test_a_backup_is_whole_also_while_others_write(kept: Path, tmp_path: Path, make: Make, said: Said) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_text("an older copy")
    with open_store(str(kept)) as store:
        store.record(make.reading(said(place="Homs")))
        made = back_up(str(kept), copy)
        store.record(make.reading(said(place="Aleppo")))
    assert (made.reports, made.size) == (2, copy.stat().st_size)
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == ["copy.sqlite"]
    with open_store(str(copy)) as copied:
        assert [claim.place for claim in copied.claims(ClaimFilter(text="army"))] == ["xx:Hama", "xx:Homs"]


def test_a_backup_that_cannot_be_made_leaves_what_was_there(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for out, says in ((tmp_path, "is a folder"), (kept, "is the store itself")):
        with pytest.raises(UsageError, match=says):
            back_up(str(kept), out)
    with pytest.raises(StoreFullError, match="cannot be written"):
        back_up(str(kept), tmp_path / "none" / "copy.sqlite")
    shutil.copy(kept, tmp_path / "old.sqlite")
    before = (tmp_path / "old.sqlite").read_bytes()
    monkeypatch.setattr(backup, "_checked", lambda *_: (_ for _ in ()).throw(StoreDamagedError("the copy is not sound")))
    with pytest.raises(StoreDamagedError):
        back_up(str(kept), tmp_path / "old.sqlite")
    assert (tmp_path / "old.sqlite").read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ModelError, match="time zone"):
        codec.microseconds(datetime(2026, 1, 1))  # noqa: DTZ001  that is the point
