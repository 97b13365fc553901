"""Texts that have nothing to do with war, whatever pictures they speak in, make hardly a claim."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.false_claims.counting import HARD_NEGATIVES, MOST, false_claims, local_news, read


def test_sport_business_weather_and_screen_make_no_claims() -> None:
    readings = read(HARD_NEGATIVES)
    found = false_claims(readings)
    assert len(readings) == 60
    assert len(found) <= MOST * len(readings), "\n".join(found)


@pytest.mark.usefixtures("shared")
def test_local_news_of_peaceful_countries_makes_no_claims(tmp_path: Path) -> None:
    path = local_news(tmp_path)
    assert path is not None
    readings = read(path)
    found = false_claims(readings)
    assert len(readings) > 250
    assert len(found) <= MOST * len(readings), "\n".join(found)
