"""Settings: file < environment < flag, and what is said about a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.config import SETTINGS, load_settings
from whoholds.errors import UsageError


def written(folder: Path, words: str) -> Path:
    path = folder / "own.toml"
    path.write_text(words, encoding="utf-8")
    return path


def test_defaults() -> None:
    settings = load_settings(environment={}, path=None)
    assert (settings.model, settings.max_report_chars, settings.batch_size) == (None, 2_000_000, 32)
    assert "whoholds" in settings.cache_dir.parts


def test_the_environment_overrules_the_file_and_a_flag_overrules_both(tmp_path: Path) -> None:
    path = written(tmp_path, 'model = "file"\nbatch_size = 3\nmax_report_chars = 10\ncache_dir = "~/places"\n')
    environment = {"WHOHOLDS_MODEL": "variable", "WHOHOLDS_BATCH_SIZE": "4", "WHOHOLDS_CONFIG": str(path)}
    settings = load_settings({"model": "flag", "batch_size": None}, environment)
    assert (settings.model, settings.batch_size, settings.max_report_chars) == ("flag", 4, 10)
    assert settings.cache_dir == Path("~/places").expanduser()
    assert load_settings({}, environment | {"WHOHOLDS_MODEL": ""}).model == "file"


def test_a_named_file_wins_over_the_variable(tmp_path: Path) -> None:
    path = written(tmp_path, "batch_size = 5")
    assert load_settings(environment={"WHOHOLDS_CONFIG": "/no/such"}, path=path).batch_size == 5


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("colour = 1", "no setting 'colour'"),
        ("batch_size = 0", "above zero"),
        ("batch_size = true", "whole number"),
        ("batch_size = 1.5", "whole number"),
        ("batch_size = 99999999999999999999", "whole number"),
        ('batch_size = "²"', "whole number"),
        ("model = 3", "must be a name"),
        ('model = " "', "must be a name"),
        ("model = ", "cannot be read as TOML"),
        ("[model]", "must be a name"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, words: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as raised:
        load_settings(environment={}, path=written(tmp_path, words))
    assert "own.toml" in str(raised.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\0", None])
def test_a_named_file_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError):
        load_settings(environment={"WHOHOLDS_CONFIG": str(path)})
    with pytest.raises(UsageError):
        load_settings(environment={}, path=tmp_path)


@pytest.mark.parametrize(
    ("flags", "environment", "says"),
    [
        ({}, {"WHOHOLDS_BATCH_SIZE": "many"}, "WHOHOLDS_BATCH_SIZE"),
        ({"max_report_chars": "-1"}, {}, "--max-report-chars"),
        ({"speed": 1}, {}, "no setting 'speed'"),
    ],
)
def test_a_wrong_variable_or_flag_is_named(flags: dict[str, object], environment: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        load_settings(flags, environment)


def test_every_setting_is_documented(root: Path) -> None:
    reference = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert not [setting.name for setting in SETTINGS if f"`{setting.name}`" not in reference or f"`{setting.variable}`" not in reference]
