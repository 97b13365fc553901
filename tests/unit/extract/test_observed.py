"""What is told as seen on the spot, or shown by images whose place was found out; and what is only said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whoholds.config import load_settings
from whoholds.fuse.views import FUSED
from whoholds.model import Failure
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import ClaimFilter, Hints
from whoholds.queries.desk import open_desk
from whoholds.taxonomy import OBSERVED

SEEN = (
    "A Reuters reporter saw rebels enter Saraqib on Friday.",
    "An AFP correspondent on the ground said government troops had left Saraqib.",
    "Rebels have taken Saraqib, an AFP correspondent in the town reported.",
    "Ali Hassan, a Reuters reporter, saw rebels take Saraqib.",
    "Rebels captured Saraqib, geolocated footage showed.",
    "Video geolocated by the BBC shows rebel fighters in control of the town of Saraqib.",
    "Geolocated images published on Friday indicate that rebels hold Saraqib.",
)
SAID = (
    "An AFP correspondent said rebels had captured Saraqib.",
    "A local journalist saw rebels enter Saraqib.",
    "Residents saw rebels enter Saraqib.",
    "Footage shows rebels in control of Saraqib.",
    "A Reuters reporter said the army had denied leaving Saraqib.",
    "A Reuters reporter saw no rebels and the army said it held Saraqib.",
)


@pytest.fixture(scope="module")
def told(shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The rules of the claims of each text."""
    folder = tmp_path_factory.mktemp("observed")
    path, settings = folder / "reports.jsonl", load_settings({"db": str(folder / "store.sqlite")}, environment={})
    records = ({"publisher": "Gazette", "published": "2024-12-06", "text": text} for text in (*SEEN, *SAID))
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    found: dict[str, set[str]] = {}
    with open_desk(settings, create=True) as desk:
        assert not [
            each for each in ingest_reports([str(path)], Hints(), settings, desk.store, lambda _: shipped) if isinstance(each, Failure)
        ]
        for claim in desk.store.claims(ClaimFilter()):
            report = desk.store.report(claim.report.id)
            assert report is not None
            found.setdefault(report.text.strip(), set()).add(claim.statement.rule)
    return found


@pytest.mark.parametrize("text", SEEN)
def test_what_was_seen_is_marked(told: dict[str, set[str]], text: str) -> None:
    assert all(rule.endswith(OBSERVED) for rule in told[text])


@pytest.mark.parametrize("text", SAID)
def test_what_was_only_said_is_not(told: dict[str, set[str]], text: str) -> None:
    assert not any(rule.endswith(OBSERVED) for rule in told[text])


@pytest.mark.parametrize(
    ("text", "tier", "agreement"),
    [
        ("Rebels captured Saraqib in Syria, geolocated footage showed.", "observed", "unopposed"),
        ("Rebels captured Saraqib in Syria, footage showed.", "single", "claimed"),
        ("A Reuters reporter saw rebels take Saraqib in Syria.", "observed", "unopposed"),
    ],
)
def test_what_was_seen_makes_a_state_observed(tmp_path: Path, shipped: Stages, text: str, tier: str, agreement: str) -> None:
    settings = load_settings({"db": str(tmp_path / "store.sqlite")}, environment={})
    path = tmp_path / "report.jsonl"
    path.write_text(json.dumps({"publisher": "Gazette", "published": "2024-12-06", "text": text}), encoding="utf-8")
    with open_desk(settings, create=True) as desk:
        assert list(ingest_reports([str(path)], Hints(), settings, desk.store, lambda _: shipped))
        desk.refresh()
        (state,) = desk.timeline(desk.place("Saraqib").id, FUSED).states
    assert (state.holding, state.tier, state.agreement) == ("controlled", tier, agreement)
