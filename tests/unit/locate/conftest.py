"""The shipped gazetteer, opened once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from whoholds.locate import open_gazetteer
from whoholds.locate.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    opened = open_gazetteer()
    yield opened
    opened.close()
