"""Finding and placing toponyms in general news, on a fixed sample of LGL and GeoVirus, against the floors."""

from __future__ import annotations

import importlib
import sys
import tomllib
from pathlib import Path

import pytest

from whoholds.locate.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
sets = importlib.import_module("benchmarks.locating.geoparsing_sets")
geoparsing = importlib.import_module("benchmarks.locating.geoparsing")
FLOORS = tomllib.loads((ROOT / "benchmarks/floors_locating.toml").read_text(encoding="utf-8"))["recognition"]

needs_sets = pytest.mark.skipif(
    not (sets.FOLDER / "lgl.xml").is_file(),
    reason=f"RECOGNITION NOT MEASURED: {sets.FOLDER} is missing; the sets lie beside the checkout where it is developed",
)


@needs_sets
@pytest.mark.parametrize("name", ["lgl", "geovirus"])
def test_toponyms_of_general_news_are_found_and_placed(gazetteer: Gazetteer, name: str) -> None:
    floors = FLOORS[name]
    articles = (sets.read_lgl if name == "lgl" else sets.read_geovirus)()[:: floors["every"]]
    finder, _ = geoparsing.measured(geoparsing.ours(gazetteer), articles)
    with_parse = geoparsing.on_spans(gazetteer, geoparsing.read_with_parse(gazetteer, articles))
    parsed, _ = geoparsing.measured(with_parse, articles)
    assert finder.f1 >= floors["finder"], finder.line()
    assert parsed.f1 >= floors["parse"], parsed.line()
    assert parsed.near / parsed.gold >= floors["near"], parsed.line()
