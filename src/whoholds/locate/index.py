"""The gazetteer's index: a file made once from the shards, kept in the user's cache.

One process makes it while the others wait. The file is written under another name and moved into place when it is
whole, so a half-written one is never opened. Its name carries the hash of the data and of the folding rules, so new data
or rules never meet an old index; older ones are removed, but for the last, which another installation may use.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from whoholds.locate import names, places, shards, table
from whoholds.locate.lock import only_one
from whoholds.locate.progress import shown
from whoholds.locate.table import NotWholeError, PlaceTable

CACHE_VARIABLE = "WHOHOLDS_CACHE_DIR"
KEPT_VERSIONS = 2


def open_index(data: Path) -> tuple[PlaceTable, str]:
    """Return the places of the shards in `data`, their index built if need be, and the hash of the data.

    Raises:
        GazetteerMissingError: when there are no shards.
    """
    version = shards.data_hash(data)
    path = cached_index(data, version)
    try:
        return PlaceTable(path), version
    except NotWholeError:
        path.unlink(missing_ok=True)
        return PlaceTable(cached_index(data, version)), version


def cached_index(data: Path, version: str) -> Path:
    """Return the path of the index of `data`, building it where it is not there yet."""
    family = "gazetteer" if (data / shards.MANIFEST_FILE).is_file() else "places"
    name = f"{family}-{version}-{_rules_hash()}.index"
    folder = cache_folder()
    if (folder / name).is_file():
        return folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with only_one(folder / ".building.lock"):
            return folder / name if (folder / name).is_file() else _build_into(folder, name, data)
    except OSError:
        return _build_into(_private_folder(), name, data)


def cache_folder() -> Path:
    """Return the folder for the index: the environment's, else the user's cache."""
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path  # noqa: PLC0415  only here, so that importing this module stays cheap

    return user_cache_path("whoholds")


def _build_into(folder: Path, name: str, data: Path) -> Path:
    """Build the index in `folder`; what a build that was cut off left there goes, and so do older versions."""
    for left in folder.glob(".building-*.index"):
        left.unlink(missing_ok=True)
    from whoholds.locate.index_build import build_index  # noqa: PLC0415  once: it brings numpy

    handle, written = tempfile.mkstemp(prefix=".building-", suffix=".index", dir=folder)
    os.close(handle)
    building = Path(written)
    try:
        with shown("Unpacking the gazetteer (once)") as progress:
            build_index(building, data, progress)
        with building.open("rb+") as whole:
            os.fsync(whole.fileno())
        building.replace(folder / name)
    finally:
        building.unlink(missing_ok=True)
    _remove_older(folder, name)
    return folder / name


def _remove_older(folder: Path, name: str) -> None:
    family = name.partition("-")[0]
    others = sorted(folder.glob(f"{family}-*.index"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in [path for path in others if path.name != name][KEPT_VERSIONS - 1 :]:
        with contextlib.suppress(OSError):  # where a process still holds it open
            old.unlink()


def _private_folder() -> Path:
    folder = tempfile.mkdtemp(prefix="whoholds-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _rules_hash() -> str:
    modules = (names.__file__, places.__file__, shards.__file__, table.__file__)
    sources = [*map(Path, modules), Path(__file__).with_name("index_build.py")]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]
