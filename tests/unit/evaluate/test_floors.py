"""Floors: what falls below one, how they are raised, and what a file of them must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from whoholds.errors import DataError, MissingInputError
from whoholds.evaluate.align import Comparison, Unit, pair
from whoholds.evaluate.floors import Floors, below, corpus_hash, floors_text, raised, read_floors
from whoholds.evaluate.gold import GoldSet
from whoholds.evaluate.metrics import Judged, Scores, score
from whoholds.taxonomy import Kind, Stance

DAY, LATER = date(2026, 1, 1), date(2026, 2, 1)
ENTRY = Floors("a", Path("gold/a.gold.jsonl"), "0123", DAY, 0.01, {"kind": 0.8})
ENTRY_TEXT = '[a]\ngold = "a.gold.jsonl"\ncorpus = "0123"\nmeasured = 2026-01-01\nepsilon = 0.01\nfloors = { kind = 0.8 }\n'


def scores(right: int, of: int, stance: Stance = Stance.ASSERTS) -> Scores:
    gold = [Unit(f"they took town{number} today", Kind.CAPTURE, stance, place=f"town{number}") for number in range(of)]
    read = gold[:right]
    return score([Judged("r", None, "", tuple(gold), tuple(read), pair(gold, read, None, Comparison()))])


@pytest.mark.parametrize(
    ("right", "unmet"), [(20, []), (14, []), (13, ["a.kind is 0.788, below 0.800 (measured 2026-01-01, epsilon 0.01)"])]
)
def test_below_is_more_than_epsilon_below(right: int, unmet: list[str]) -> None:
    assert list(below(ENTRY, scores(right, 20))) == unmet


def test_a_figure_that_is_gone_is_below_its_floor() -> None:
    assert list(below(replace(ENTRY, floors={"denies": 0.5}), scores(20, 20)))


def test_floors_are_raised_and_never_lowered() -> None:
    higher = raised(replace(ENTRY, floors={"kind": 0.8, "family": 0.9}), scores(20, 20), "4567", LATER)
    assert higher == Floors("a", ENTRY.gold, "4567", LATER, 0.01, {"control": 1.0, "kind": 1.0, "full": 1.0, "family": 0.9})
    assert raised(higher, scores(5, 20), "4567", DAY) == higher


def test_a_slice_of_few_units_gets_no_floor() -> None:
    assert "denies" not in raised(ENTRY, scores(9, 9, Stance.DENIES), "0123", DAY).floors
    assert "denies" in raised(ENTRY, scores(10, 10, Stance.DENIES), "0123", DAY).floors


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    entries = [replace(ENTRY, gold=tmp_path / "x" / "a.gold.jsonl"), replace(ENTRY, name="b", gold=tmp_path / "b.gold.jsonl", floors={})]
    path = tmp_path / "floors.toml"
    path.write_text("# head\n" + "".join(floors_text(entries, tmp_path)), encoding="utf-8")
    assert list(read_floors(path).values()) == entries


def test_the_hash_is_of_words_and_not_of_line_ends(tmp_path: Path) -> None:
    files = GoldSet("a", tmp_path / "a.gold.jsonl", tmp_path / "a.in.jsonl")
    hashes = []
    for gold, texts in ((b"1\n2\n", b"3\n"), (b"1\r\n2\r\n", b"3"), (b"1\n2\n", b"4\n"), (b"1\n2\n3\n", b"")):
        files.gold.write_bytes(gold)
        files.texts.write_bytes(texts)
        hashes.append(corpus_hash(files))
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("corpus", "hash"),
        ("2026-01-01", '"today"'),
        ("0.8", "80"),
        ("0.8", "1.8"),
        ("kind =", "kindness ="),
        ("[a]", "[a"),
        ("epsilon = 0.01", "epsilon = 'small'"),
    ],
)
def test_a_file_that_is_off_is_refused(tmp_path: Path, said: str, instead: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(ENTRY_TEXT, encoding="utf-8")
    assert set(read_floors(path)) == {"a"}
    path.write_text(ENTRY_TEXT.replace(said, instead, 1), encoding="utf-8")
    with pytest.raises(DataError, match=r"floors\.toml"):
        read_floors(path)


def test_no_file_no_floors(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError):
        read_floors(tmp_path / "floors.toml")
