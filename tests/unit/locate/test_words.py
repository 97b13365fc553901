"""The words that also name places: what the file promises, and that its generator gives it."""

from __future__ import annotations

import gzip
import importlib
import sys
from pathlib import Path

import pytest

from whoholds.locate.gazetteer import Gazetteer
from whoholds.locate.names import strict_key
from whoholds.locate.words import words

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
make_english = importlib.import_module("benchmarks.locating.make_english")
MISSING = make_english.missing_packages()


@pytest.mark.skipif(bool(MISSING), reason=f"english.tsv.gz NOT MADE ANEW: its sources are missing (pip install {' '.join(MISSING)})")
def test_the_generator_gives_the_file_that_is_shipped(gazetteer: Gazetteer) -> None:
    made = gzip.decompress(make_english.made(gazetteer.index))
    assert made == gzip.decompress(make_english.OUT.read_bytes()), "run python -m benchmarks.locating.make_english"


def test_every_word_meets_the_name_of_a_place_or_is_a_first_name(gazetteer: Gazetteer) -> None:
    lines = gzip.decompress(make_english.OUT.read_bytes()).decode("ascii").splitlines()
    assert lines == sorted(lines)
    stray = [line for line in lines if "f" not in line.split("\t")[1] and not gazetteer.index.has_key(strict_key(line.split("\t")[0]))]
    assert len(stray) <= len(lines) // 100, "the gazetteer has changed: run python -m benchmarks.locating.make_english"


@pytest.mark.parametrize(
    ("word", "english", "bearer", "first"),
    [
        ("mark", True, True, True),
        ("smith", True, True, False),
        ("reading", True, False, False),
        ("mosul", False, False, False),
        ("deborah", False, True, True),
    ],
)
def test_uses_of_words(word: str, *, english: bool, bearer: bool, first: bool) -> None:
    listed = words()
    assert (word in listed.english, word in listed.bearers_of_names, word in listed.first_names) == (english, bearer, first)
