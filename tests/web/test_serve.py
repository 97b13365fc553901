"""The verb, and what bounds the server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from whoholds import cli_serve
from whoholds.cli import commands
from whoholds.errors import SetupError, UsageError, WhoHoldsError
from whoholds.web.limits import AtOnce, Rate
from whoholds.web.problems import Problem
from whoholds.web.serving import Address, listening


def refused(*arguments: str) -> WhoHoldsError:
    result = CliRunner().invoke(commands, ["serve", *arguments])
    assert isinstance(result.exception, WhoHoldsError), result.output
    return result.exception


def test_what_is_missing_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_serve, "find_spec", lambda name: None if name == "fastapi" else object())
    error = refused()
    assert isinstance(error, SetupError)
    assert "fastapi is not installed; pip install 'whoholds[web]'" in str(error)


def test_other_machines_are_served_only_under_a_name(tmp_path: Path) -> None:
    error = refused("--host", "0.0.0.0", "--db", str(tmp_path / "none.sqlite"))  # noqa: S104  refused
    assert isinstance(error, UsageError)
    assert "--allow-host" in str(error)


def test_a_short_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHOLDS_REVIEW_TOKEN", "short")
    assert "16 characters" in str(refused("--review", "A. Analyst"))


def test_a_reviewer_has_a_name() -> None:
    assert "--review" in str(refused("--review", "  "))


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "there is none yet" in str(refused("--db", str(tmp_path / "none.sqlite")))


def test_other_verbs_do_not_load_the_web() -> None:
    code = "import sys, whoholds.cli; print(*sorted({'fastapi', 'uvicorn', 'starlette', 'pydantic', 'maplibre'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:80/"), ("::1", "http://[::1]:80/"), ("localhost", "http://localhost:80/")],
)
def test_the_page_has_an_address(host: str, url: str) -> None:
    assert Address(host, 80).url == url


def test_a_port_that_is_taken_is_told() -> None:
    with listening(Address("127.0.0.1", 0)) as opened:
        port = opened.getsockname()[1]
        with pytest.raises(UsageError, match="give another port"), listening(Address("127.0.0.1", port)):
            pass


def test_a_rate_is_kept_and_forgets() -> None:
    now = [0.0]
    rate = Rate(2, 10.0, clock=lambda: now[0])
    rate.take()
    rate.take()
    with pytest.raises(Problem) as told:
        rate.take()
    assert (told.value.status, told.value.headers) == (429, {"Retry-After": "10"})
    now[0] = 10.1
    rate.take()


def test_no_more_at_once_than_allowed() -> None:
    turns = AtOnce(1)
    with turns.one(), pytest.raises(Problem), turns.one():
        pass
    with turns.one():
        pass
