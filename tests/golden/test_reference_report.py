"""The reference report: every statement that the product was built to read, where the report is at hand.

The report's text is not ours to ship: it lies beside the checkout on machines that have it, and here stand only names.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.config import load_settings
from whoholds.export.rows import Row, rows
from whoholds.model import Reading
from whoholds.pipeline import Stages, read_reports
from whoholds.ports import Hints

SOHR = ("Syrian Observatory For Human Rights", "SOHR")
OWN = ("own",)
MEDIA = ("media reports",)
COMMANDER = ("Hassan Abdul Ghani",)
ARMY = ("Syrian army",)
MINISTRY = ("Syrian Ministry of Defense",)

PLACES = {
    "Damascus": "gn:170654",
    "Artouz": "gn:172894",
    "Zakiyah": "gn:162560",
    "Khan Al-Sheh": "gn:168353",
    "Saasaa": "gn:164773",
    "Al-Sanamayn": "gn:172469",
    "Al-Qaryatayn": "gn:173361",
    "Suwayda province": "gn:172410",
    "Daraa province": "gn:170903",
    "Damascus countryside": "gn:170652",
    "Suwayda": "gn:172408",
    "Daraa": "gn:170905",
    "Homs": "gn:169577",
    "Hama": "gn:170017",
    "Aleppo": "gn:170063",
    "Deir ez-Zor": "gn:170794",
}
# kind, stance, how the source is named, place (None: it names none, or one that cannot be pinned)
CLAIMS = [
    ("position", "hedges", MEDIA, "Damascus"),
    ("withdrawal", "asserts", SOHR, "Artouz"),
    ("position", "asserts", SOHR, "Damascus"),
    ("encirclement", "hedges", OWN, "Zakiyah"),
    ("encirclement", "hedges", OWN, "Khan Al-Sheh"),
    ("encirclement", "hedges", OWN, "Saasaa"),
    ("release", "asserts", SOHR, "Suwayda province"),
    ("withdrawal", "hedges", OWN, "Daraa province"),
    ("withdrawal", "hedges", OWN, "Al-Sanamayn"),
    ("capture", "hedges", OWN, "Al-Sanamayn"),
    ("capture", "hedges", OWN, "Daraa province"),
    ("entry", "asserts", COMMANDER, "Al-Sanamayn"),
    ("position", "asserts", COMMANDER, "Damascus"),
    ("control", "asserts", OWN, "Al-Sanamayn"),
    ("advance", "asserts", OWN, "Homs"),
    ("deployment", "asserts", OWN, None),
    ("control", "asserts", OWN, "Aleppo"),
    ("control", "asserts", OWN, "Hama"),
    ("control", "asserts", OWN, "Deir ez-Zor"),
    ("uprising", "asserts", OWN, "Suwayda"),
    ("uprising", "asserts", OWN, "Daraa"),
    ("strike", "asserts", ARMY, "Hama"),
    ("strike", "asserts", ARMY, "Homs"),
    ("deployment", "asserts", ARMY, None),
    ("deployment", "asserts", ARMY, "Daraa"),
    ("deployment", "asserts", ARMY, "Suwayda"),
    ("loss", "unacknowledged", ARMY, None),
    ("withdrawal", "denies", MINISTRY, "Damascus countryside"),
    ("entry", "denies", MINISTRY, "Al-Qaryatayn"),
    ("control", "asserts", MINISTRY, "Damascus countryside"),
    ("control", "asserts", MINISTRY, "Al-Qaryatayn"),
]


@pytest.fixture(scope="module")
def found(shipped: Stages, shared: Path) -> list[Row]:
    source = str(shared / "seed" / "article.txt")
    readings = list(read_reports([source], Hints(), load_settings(), lambda _: shipped))
    (reading,) = (item for item in readings if isinstance(item, Reading))
    return list(rows(reading))


def source_of(row: Row) -> str:
    return "own" if row.statement.attribution.own_voice else row.statement.attribution.source.referent


def is_one(row: Row, kind: str, stance: str, sources: tuple[str, ...], place: str | None) -> bool:
    pinned = row.place.id if row.place else None
    wanted = PLACES[place] if place else None
    return (row.statement.kind, row.statement.stance) == (kind, stance) and source_of(row) in sources and pinned == wanted


def the(found: list[Row], kind: str, sources: tuple[str, ...], place: str) -> Row:
    (row,) = (row for row in found if is_one(row, kind, "asserts", sources, place))
    return row


@pytest.mark.parametrize(("kind", "stance", "sources", "place"), CLAIMS)
def test_the_report_states(found: list[Row], kind: str, stance: str, sources: tuple[str, ...], place: str | None) -> None:
    assert sum(is_one(row, kind, stance, sources, place) for row in found) == 1


def test_it_states_nothing_else(found: list[Row]) -> None:
    others = [row for row in found if not any(is_one(row, *claim) for claim in CLAIMS)]
    assert [(row.statement.kind.value, source_of(row), row.quote) for row in others] == []


def test_publisher_and_day_come_from_its_header(found: list[Row]) -> None:
    assert {(row.report.publisher, str(row.report.published)) for row in found} == {("Shafaq News", "2024-12-07")}


def test_distances_are_kept_with_their_bound(found: list[Row]) -> None:
    bounds = [(source_of(row), row.claim.distance.km_low, row.claim.distance.km_high) for row in found if row.claim.distance]
    assert bounds == [(SOHR[0], None, 10.0), (COMMANDER[0], None, 20.0)]
    assert all(row.check is not None for row in found if row.claim.distance)


def test_the_commander_speaks_for_his_side_over_a_channel(found: list[Row]) -> None:
    row = the(found, "entry", COMMANDER, "Al-Sanamayn")
    assert [relay.referent for relay in row.statement.attribution.via] == ["Telegram"]
    assert row.actor == "armed Syrian opposition"


def test_bases_under_control_do_not_speak_for_their_town(found: list[Row]) -> None:
    assert the(found, "control", OWN, "Al-Sanamayn").claim.extent.kind.value == "facility"


def test_what_the_denial_denies_is_asserted_by_nobody(found: list[Row]) -> None:
    assert not [row for row in found if row.statement.kind == "entry" and row.statement.stance != "denies" and is_at(row, "Al-Qaryatayn")]


def is_at(row: Row, place: str) -> bool:
    return row.place is not None and row.place.id == PLACES[place]
