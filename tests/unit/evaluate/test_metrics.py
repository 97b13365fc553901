"""Figures: small sums by hand, and the same as the shared scorer's on annotations spoilt in many ways."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from whoholds.errors import InputError
from whoholds.evaluate.align import Comparison, Level, Unit, pair
from whoholds.evaluate.gold import predicted_units, read_aliases, read_gold
from whoholds.evaluate.metrics import Judged, Share, Slice, Tally, days, differences, figures, score
from whoholds.evaluate.report import document
from whoholds.evaluate.run import ReadUnits, judge
from whoholds.taxonomy import Certainty, Kind, Role, Stance

OWN_SETS = ("sentences", "reports", "retelling", "voices")
SHARED_SETS = ("seed", "retold_dev", "stance_dev", "wire_dev", "re3d_dev")
KINDS, STANCES = [kind.value for kind in Kind], [stance.value for stance in Stance]


def unit(place: str, kind: Kind = Kind.CAPTURE, **fields: Any) -> Unit:
    return Unit(f"they took {place} in the morning", kind, fields.pop("stance", Stance.ASSERTS), place=place, **fields)


def judged(gold: list[Unit], read: list[Unit] | None) -> Judged:
    return Judged("r1", None, "", tuple(gold), None if read is None else tuple(read), pair(gold, read or [], None, Comparison()))


@pytest.fixture
def report() -> Judged:
    gold = [
        unit("Homs", when="2024-12-06", role=Role.MONITOR),
        unit("Hama", Kind.LOSS, when="2024-12-06"),
        unit("Idlib", Kind.ENTRY, stance=Stance.DENIES, distance=10),
        unit("Daraa"),
    ]
    read = [
        unit("Homs", when="2024-12-05/2024-12-06", role=Role.MONITOR, certainty=Certainty.CERTAIN),
        unit("Hama", Kind.WITHDRAWAL, when="2024-12-06", certainty=Certainty.CERTAIN),
        unit("Idlib", Kind.ENTRY, distance=10, when="2024-12-01", certainty=Certainty.POSSIBLE),
        unit("Aleppo", certainty=Certainty.POSSIBLE),
    ]
    return judged(gold, read)


def test_units_are_counted_by_level_and_slice(report: Judged) -> None:
    scores = score([report])
    assert [scores.levels[level].hit for level in Level] == [3, 3, 2, 1, 2, 1]
    assert scores.slices[Slice.CONTROL] == Tally(gold=3, predicted=3, hit=1)
    assert scores.slices[Slice.DENIES] == Tally(gold=1, predicted=0, hit=0)
    assert scores.levels[Level.KIND].f1 == pytest.approx(0.5)


def test_tables_by_field_count_pairs_of_one_kind(report: Judged) -> None:
    scores = score([report])
    assert scores.kinds[Kind.CAPTURE] == Tally(2, 2, 1)
    assert scores.stances[Stance.ASSERTS] == Tally(3, 4, 1)
    assert scores.roles == {Role.MONITOR: Tally(1, 1, 1)}


def test_dates_and_distances_are_of_pairs_of_one_kind(report: Judged) -> None:
    scores = score([report])
    assert (scores.when, scores.distance) == (Share(0, 1), Share(1, 1))
    dates = scores.dates
    assert (dates.exact, dates.overlapping, dates.other, dates.missing, dates.added) == (0, 1, 0, 0, 1)


def test_certainty_is_held_against_stance(report: Judged) -> None:
    table = score([report]).certainty
    assert {value: (row.read, row.stance) for value, row in table.items()} == {
        Certainty.CERTAIN: (2, Share(1, 1)),
        Certainty.POSSIBLE: (2, Share(0, 1)),
    }


def test_differences_are_misses_wrong_pairs_and_false_claims(report: Judged) -> None:
    found = [(one.gold and one.gold.place, one.predicted and one.predicted.place) for one in differences([report])]
    assert found == [("Hama", "Hama"), ("Idlib", "Idlib"), ("Daraa", None), (None, "Aleppo")]


def test_a_report_that_was_not_read_counts_as_read_without_a_claim() -> None:
    scores = score([judged([unit("Homs")], None)])
    assert (scores.missing, scores.levels[Level.PLACE]) == (1, Tally(1, 0, 0))


def test_figures_leave_out_what_the_gold_has_not() -> None:
    assert figures(score([])) == {}
    assert set(figures(score([judged([unit("Homs")], [])]))) == {*Level, Slice.CONTROL}


@pytest.mark.parametrize("when", ["", "2024", "2024-13-01", "../2024-12-01", "soon"])
def test_days_are_days(when: str) -> None:
    with pytest.raises(InputError, match="ISO day"):
        days(when)


def spoilt(claim: dict[str, Any], place: int | None, dice: random.Random) -> dict[str, Any]:
    """Return a gold claim about one of its places as a prediction, wrong here and there."""
    quote: str = claim["quote"]
    words = quote.split()
    resolved = claim.get("places_resolved") or claim["places"]
    source, actor = claim["source"], claim["actor"]
    name = None if place is None else claim["places"][place]
    return {
        "kind": dice.choice([claim["kind"]] * 8 + KINDS),
        "stance": dice.choice([claim["stance"]] * 8 + STANCES),
        "source": dice.choice([source, source, source, source.split()[-1], f"Gen {source}", "outlet", "residents"]),
        "actor": dice.choice([actor, actor, "the army", None, f"{actor} of the far north"]),
        "place": dice.choice([name, name, name, f"the town of {name}", f"{name} on the coast road home", None]),
        "place_name": None if place is None else dice.choice([resolved[place], name]),
        "evidence": " ".join(dice.choice([words, words, words[:4], words[3:], words[:2], ["said"] * 10 + words, words * 9])),
        "when": dice.choice([claim.get("when"), claim.get("when"), None, "2024-12-01"]),
        "distance_km": dice.choice([claim.get("distance_km"), None, 10]),
    }


def predictions(gold: Path, dice: random.Random) -> dict[str, dict[str, Any]]:
    """Return predictions made of the annotations: some reports missing, some claims left out, some twice, many spoilt."""
    made = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places = [(claim, number) for claim in row["claims"] for number in (range(len(claim["places"])) if claim["places"] else [None])]
        chosen = [pair for pair in places for _ in range(dice.choice([0, 1, 1, 1, 1, 2]))]
        dice.shuffle(chosen)
        made[row["id"]] = {"id": row["id"], "claims": [spoilt(claim, number, dice) for claim, number in chosen]}
    for report in dice.sample(sorted(made), len(made) // 20):
        del made[report]
    return made


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", [*OWN_SETS, *SHARED_SETS])
@pytest.mark.parametrize("seed", range(3))
def test_spoilt_annotations_get_the_figures_of_the_shared_scorer(
    scorer: ModuleType, shared: Path, root: Path, name: str, seed: int
) -> None:
    gold = (root / "tests" / "data" if name in OWN_SETS else shared / "eval" / "gold") / f"{name}.gold.jsonl"
    made = predictions(gold, random.Random(f"{name} {seed}"))  # noqa: S311  dice, not secrets
    theirs, shown = scorer.score(scorer.read(str(gold)), made)
    read = dict(predicted_units(json.dumps(line), report) for report, line in made.items())
    reports = judge(
        read_gold(gold), {report: ReadUnits(report, "", units) for report, units in read.items()}, read_aliases(shared / "eval")
    )
    ours = json.loads(document(name, score(reports)))
    assert {figure: ours[figure] for figure in theirs} == theirs
    assert len(list(differences(reports))) == len(shown)
