"""What every test may use: the shared measuring sets where they are present, and a loud skip where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from whoholds.extract import open_extractor
from whoholds.locate import open_gazetteer
from whoholds.pipeline import Stages
from whoholds.second_opinion import open_second_opinion

# A slow machine is no failure; examples are the same on every run, so that what fails can be run again.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring sets that lies beside the checkout on machines that have it."""
    folder = ROOT.parent / "shared"
    if not (folder / "eval").is_dir():
        pytest.skip(
            f"NOT MEASURED: {folder.name}/ is not beside the checkout, so nothing is compared with the reference report or the gold"
        )
    return folder


@pytest.fixture(scope="session")
def shipped() -> Iterator[Stages]:
    """The extractor and the gazetteer that ship, opened once; without a language model the tests that ask for it fail."""
    gazetteer = open_gazetteer()
    finder = gazetteer.finder()
    yield Stages(open_extractor(finder, None), gazetteer.resolver(), second=partial(open_second_opinion, finder))
    gazetteer.close()
