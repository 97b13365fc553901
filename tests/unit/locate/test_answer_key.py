"""The resolver against the answer key of the retold reports, and against spellings that no list has."""

from __future__ import annotations

import importlib
import json
import sys
import tomllib
from pathlib import Path

import pytest

from whoholds.locate.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
answer_key = importlib.import_module("benchmarks.locating.answer_key")
unseen = importlib.import_module("benchmarks.locating.unseen")

FLOORS = tomllib.loads((ROOT / "benchmarks/floors_locating.toml").read_text(encoding="utf-8"))
NAMESPACES = {"gn", "wof", "ocha", "ne", "wh"}

needs_texts = pytest.mark.skipif(
    not answer_key.TEXTS.is_file(),
    reason=f"LOCATING NOT MEASURED: {answer_key.TEXTS} is missing; the retold reports lie beside the checkout where it is developed",
)


def test_the_key_names_places_by_namespaced_ids_and_gives_a_precision_to_what_has_one() -> None:
    for line in answer_key.read_key():
        ids = line.ids - {answer_key.UNPLACED}
        assert {place_id.partition(":")[0] for place_id in ids} <= NAMESPACES, line
        assert line.precision in {None, 1, 2, 3}, line
        assert line.ids, line
        assert ids or line.precision is None, line


@needs_texts
def test_the_key_has_every_place_mention_of_the_retold_reports_and_no_other() -> None:
    annotated = {
        (report["id"], written, resolved)
        for report in map(json.loads, answer_key.GOLD.read_text(encoding="utf-8").splitlines())
        for claim in report["claims"]
        for written, resolved in zip(claim["places"], claim.get("places_resolved") or claim["places"], strict=True)
    }
    assert {(line.report, line.as_written, line.resolved) for line in answer_key.read_key()} == annotated


def test_every_place_of_the_key_is_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    lost = [line for line in answer_key.read_key() if line.precision and not any(map(gazetteer.get, line.ids - {answer_key.UNPLACED}))]
    assert lost == []


@needs_texts
def test_place_mentions_of_the_retold_reports_go_to_the_right_place(gazetteer: Gazetteer) -> None:
    told = list(answer_key.answers(gazetteer, answer_key.read_key()))
    wrong = [answer_key.told_wrong(answer) for answer in told if not answer.right]
    false_pins = sum(answer.false_pin for answer in told) / len(told)
    assert answer_key.share(told) >= FLOORS["answer_key"]["right"], wrong
    assert false_pins <= FLOORS["answer_key"]["most_false_pins"], wrong


def test_spellings_that_no_list_has_find_their_place(gazetteer: Gazetteer) -> None:
    told = [unseen.look_up(gazetteer, spelling, country_known=True) for spelling in unseen.read_spellings()]
    assert len(told) == 200
    assert unseen.share_right(told) >= FLOORS["unseen_spellings"]["right"]
    assert unseen.share_false(told) <= FLOORS["unseen_spellings"]["most_false"]
