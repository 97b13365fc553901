"""The folding of names on real pairs of spellings and on different places of similar names."""

from __future__ import annotations

import importlib
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
name_pairs = importlib.import_module("benchmarks.locating.name_pairs")

FLOORS = tomllib.loads((ROOT / "benchmarks/floors_locating.toml").read_text(encoding="utf-8"))["name_pairs"]
COUNTRIES = set("AF AZ BF CD CF ER ET IL IQ IR JO LB LY ML MM NE NG PK PS SD SO SS SY TD TR UA YE".split())  # noqa: SIM905  read as a list
PAIRS = name_pairs.read_pairs()


def test_the_table_covers_its_countries_and_both_sorts_of_pairs() -> None:
    assert {pair.country for pair in PAIRS} == COUNTRIES
    assert sum(pair.same for pair in PAIRS) >= 400
    assert sum(not pair.same for pair in PAIRS) >= 400
    assert len({(pair.country, pair.one, pair.other) for pair in PAIRS}) == len(PAIRS)
    assert all(pair.one != pair.other for pair in PAIRS)


@pytest.mark.parametrize(
    ("level", "floor", "ceiling"),
    [
        (name_pairs.Level.STRICT, FLOORS["strict_match"], FLOORS["most_strict_false"]),
        (name_pairs.Level.LOOSE, FLOORS["loose_match"], FLOORS["most_loose_false"]),
    ],
)
def test_spellings_of_one_place_meet_and_those_of_different_places_rarely_do(level: str, floor: float, ceiling: float) -> None:
    assert name_pairs.rate(name_pairs.folded(PAIRS, same=True), level) >= floor
    assert name_pairs.rate(name_pairs.folded(PAIRS, same=False), level) <= ceiling
