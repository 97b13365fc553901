"""The retelling of the reference report through the whole chain, claim by claim, as a golden file.

Where the golden file is missing it is written and the test fails: read it, compare it with
`tests/data/retelling.gold.jsonl`, and run the test again. To renew it after a change of rules, delete it first.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whoholds.config import load_settings
from whoholds.export.rows import Row, rows
from whoholds.model import Reading
from whoholds.pipeline import Stages, read_reports
from whoholds.ports import Hints

GOLDEN = Path(__file__).with_name("retelling.json")
COLUMNS = ("kind", "stance", "source", "actor", "place", "place_id")


def columns(row: Row) -> list[str | None]:
    """Return what the golden file holds of a claim, in the order of COLUMNS."""
    source = "own" if row.statement.attribution.own_voice else row.statement.attribution.source.referent
    place = row.claim.toponym.referent if row.claim.toponym else None
    return [row.statement.kind.value, row.statement.stance.value, source, row.actor, place, row.place.id if row.place else None]


def written(claims: list[list[str | None]]) -> str:
    """Return the golden file: a claim a line, so that a changed one is a changed line."""
    lines = [json.dumps(line, ensure_ascii=False) for line in (list(COLUMNS), *claims)]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def test_the_retelling_is_read_as_before(shipped: Stages, root: Path) -> None:
    found = list(read_reports([str(root / "tests/data/retelling.in.jsonl")], Hints(), load_settings(), lambda _: shipped))
    (reading,) = (item for item in found if isinstance(item, Reading))
    now = [columns(row) for row in rows(reading)]
    if not GOLDEN.exists():
        GOLDEN.write_text(written(now), encoding="utf-8")
        pytest.fail(f"{GOLDEN.name} was missing and has been written: read it, then run the tests again")
    before = json.loads(GOLDEN.read_text(encoding="utf-8"))[1:]
    gone = [claim for claim in before if claim not in now]
    new = [claim for claim in now if claim not in before]
    assert (gone, new) == ([], []), (
        "the retelling is read otherwise than before; where that is better, delete retelling.json and read it anew"
    )
    assert now == before
