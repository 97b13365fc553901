"""Who holds what, through the real chain: reports read, claims kept, places fused, questions asked.

The first block asks a store that holds the reference report alone, which is not ours to ship; the second one that holds the
demonstration's reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from whoholds.config import load_settings
from whoholds.fuse.views import FUSED, view_named
from whoholds.model import Failure
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import Hints
from whoholds.queries.baseline import Baselines
from whoholds.queries.baseline_files import read_rows
from whoholds.queries.claims import Wanted, claims
from whoholds.queries.desk import Desk, open_desk
from whoholds.queries.diff import Moment, diff
from whoholds.queries.explain import explain
from whoholds.queries.table import table
from whoholds.queries.telling import explain_lines, headline, who_lines
from whoholds.queries.who import Asked, who
from whoholds.taxonomy import DistanceVerdict, ExtentKind, Kind, LinkScope, Stance

SEVENTH = date(2024, 12, 7)
OPPOSITION, GOVERNMENT = "Syrian opposition factions", "Syrian government"
SDF, SNA = "Syrian Democratic Forces", "Syrian National Army"
Told = tuple[str, tuple[str, ...], str, str | None]
"""What a state is told as: holding, holders, agreement, tier."""


def filled(stages: Stages, source: Path, hints: Hints, db: Path) -> Iterator[Desk]:
    """A desk over a new store into which a file was read, its timelines made."""
    settings = replace(load_settings(), db=str(db))
    with open_desk(settings, create=True) as desk:
        outcomes = list(ingest_reports([str(source)], hints, settings, desk.store, lambda _model: stages))
        assert not [outcome for outcome in outcomes if isinstance(outcome, Failure)]
        assert desk.refresh() > 0
        yield desk


@pytest.fixture(scope="module")
def reference(shared: Path, shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A store that holds the reference report alone."""
    path = shared / "seed" / "article.txt"
    if not path.is_file():
        pytest.skip(f"NOT MEASURED: {path.name} is not beside the checkout, so nothing is asked of the reference report")
    yield from filled(shipped, path, Hints("Shafaq News", SEVENTH), tmp_path_factory.mktemp("reference") / "store.sqlite")


@pytest.fixture(scope="module")
def demo(root: Path, shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A store that holds the demonstration's reports."""
    yield from filled(shipped, root / "examples" / "reports.jsonl", Hints(), tmp_path_factory.mktemp("demo") / "store.sqlite")


def with_map(desk: Desk, root: Path) -> Desk:
    """The same desk, with the example map imported."""
    rows = read_rows(root / "examples" / "baseline-syria-2024-11-26.csv", date(2026, 1, 1))
    Baselines(desk.store, desk.places, desk.registry).add(rows, "Example map")
    assert desk.refresh() > 0
    return desk


@pytest.fixture(scope="module")
def reference_and_map(shared: Path, root: Path, shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A store that holds the reference report and the example map."""
    path = shared / "seed" / "article.txt"
    if not path.is_file():
        pytest.skip(f"NOT MEASURED: {path.name} is not beside the checkout, so nothing is asked of the reference report")
    folder = tmp_path_factory.mktemp("reference_and_map")
    for desk in filled(shipped, path, Hints("Shafaq News", SEVENTH), folder / "store.sqlite"):
        yield with_map(desk, root)


@pytest.fixture(scope="module")
def demo_and_map(root: Path, shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A store that holds the demonstration's reports and the example map."""
    folder = tmp_path_factory.mktemp("demo_and_map")
    for desk in filled(shipped, root / "examples" / "reports.jsonl", Hints(), folder / "store.sqlite"):
        yield with_map(desk, root)


@pytest.fixture(scope="module")
def town_of_three(shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A store with made-up reports on one town: who took it, who says another holds it, who claims it later."""
    folder = tmp_path_factory.mktemp("town_of_three")
    path = folder / "reports.jsonl"
    path.write_text("\n".join(json.dumps(report) for report in TOWN_OF_THREE), encoding="utf-8")
    yield from filled(shipped, path, Hints(), folder / "store.sqlite")


TOWN_OF_THREE = [
    {
        "publisher": "Orontes Daily",
        "published": "2024-12-06",
        "text": "The Syrian Democratic Forces took full control of Deir ez-Zor on Friday, the Syrian Observatory for Human Rights said.",
    },
    {
        "publisher": "Levant Wire",
        "published": "2024-12-07",
        "text": "Syrian opposition factions control the cities of Aleppo, Hama and Deir ez-Zor.",
    },
    {
        "publisher": "Tigris Post",
        "published": "2024-12-10",
        "text": "Syrian opposition commander Hassan Abdul Ghani said on Tuesday that his fighters had captured the city of Deir ez-Zor.",
    },
    {
        "publisher": "Orontes Daily",
        "published": "2024-12-12",
        "text": "The Syrian Observatory for Human Rights said the Syrian Democratic Forces had withdrawn from Deir ez-Zor on Tuesday.",
    },
]


# place, view: holding, holders, agreement, tier
REFERENCE = {
    "Artouz was left by SOHR's account": ("Artouz", "fused", ("vacated", (), "disputed", "single")),
    "Artouz in the ministry's account": ("Artouz", "source:syrian-defence-ministry", ("controlled", (GOVERNMENT,), "claimed", "one_sided")),
    "Artouz in the government's account": ("Artouz", "side:syria.government", ("controlled", (GOVERNMENT,), "claimed", "one_sided")),
    "Al-Sanamayn is claimed": ("Al-Sanamayn", "fused", ("controlled", (OPPOSITION,), "claimed", "one_sided")),
    "Al-Qaryatayn by the ministry's account": ("Al-Qaryatayn", "fused", ("controlled", (GOVERNMENT,), "claimed", "one_sided")),
    "Zakiyah is surrounded, its holder unknown": ("Zakiyah", "fused", ("unknown", (), "claimed", None)),
    "Khan Al-Sheh is surrounded, its holder unknown": ("Khan Al-Sheh", "fused", ("unknown", (), "claimed", None)),
    "Saasaa is surrounded, its holder unknown": ("Saasaa", "fused", ("unknown", (), "claimed", None)),
    "Aleppo": ("Aleppo", "fused", ("controlled", (OPPOSITION,), "unopposed", "single")),
    "Hama": ("Hama", "fused", ("controlled", (OPPOSITION,), "unopposed", "single")),
    "Daraa province is claimed": ("Daraa province", "fused", ("controlled", (OPPOSITION,), "claimed", "single")),
    "a town of Daraa without a word of its own inherits": ("Inkhil", "fused", ("controlled", (OPPOSITION,), "claimed", "inherited")),
}
SILENT = {
    "Damascus is unknown from this report alone": ("Damascus", "fused"),
    "a release of prisoners is no change": ("Suwayda province", "fused"),
    "the opposition has not spoken of Artouz": ("Artouz", "side:syria.opposition"),
}


@pytest.mark.parametrize(("place", "view", "expected"), REFERENCE.values(), ids=REFERENCE)
def test_the_reference_report_alone_says_who_holds(reference: Desk, place: str, view: str, expected: Told) -> None:
    answer = who(reference, Asked(place, SEVENTH, view_named(view)))
    state = answer.state
    assert state is not None
    names = tuple(holder.name for holder in answer.holders)
    assert (state.holding, names, state.agreement, state.tier) == expected


@pytest.mark.parametrize(("place", "view"), SILENT.values(), ids=SILENT)
def test_where_nothing_is_said_nothing_is_told(reference: Desk, place: str, view: str) -> None:
    answer = who(reference, Asked(place, SEVENTH, view_named(view)))
    assert answer.state is None
    assert "nothing said" in headline(answer) or "no report says" in headline(answer)


def test_the_denial_of_the_region_disputes_artouz_with_its_scope(reference: Desk) -> None:
    answer = who(reference, Asked("Artouz", SEVENTH))
    assert [(denied.by.source_id, denied.scope) for denied in answer.denials] == [("syrian-defence-ministry", LinkScope.CONTAINS)]
    assert headline(answer) == (
        "Artouz (Artuz), 7 December 2024: vacated – nobody is known to have taken it; disputed: "
        "the Syrian Ministry of Defense denies it (for Rif Dimashq, which contains it)"
    )


def test_every_answer_carries_the_safety_line(reference: Desk) -> None:
    lines = list(who_lines(who(reference, Asked("Artouz", SEVENTH))))
    assert lines[-1] == "Reported control, not access, safety or sovereignty."


def test_bases_under_control_are_dissent_and_never_the_holder(reference: Desk) -> None:
    argument = explain(reference, Asked("Al-Sanamayn", SEVENTH))
    assert [(point.cited.own_voice, point.cited.extent) for point in argument.dissent] == [(True, ExtentKind.FACILITY)]
    assert "facility" in argument.dissent[0].because
    kinds = {(point.cited.kind, point.cited.stance) for point in argument.supporting}
    assert {(Kind.ENTRY, Stance.ASSERTS), (Kind.CAPTURE, Stance.HEDGES), (Kind.WITHDRAWAL, Stance.HEDGES)} == kinds


def test_the_denied_entry_has_its_placeholder_and_no_pin_of_its_own(reference: Desk) -> None:
    argument = explain(reference, Asked("Al-Qaryatayn", SEVENTH))
    assert [(point.cited.kind, "unnamed reports" in point.because) for point in argument.others] == [(Kind.ENTRY, True)]
    assert "syria.opposition" not in {holder.side for holder in argument.who.holders}


@pytest.mark.parametrize("place", ["Zakiyah", "Khan Al-Sheh", "Saasaa"])
def test_surrounded_reportedly_and_not_besieged(reference: Desk, place: str) -> None:
    answer = who(reference, Asked(place, SEVENTH))
    assert [ring.name for ring in answer.encircled_by] == [OPPOSITION]
    assert f"reportedly surrounded by {OPPOSITION}" in headline(answer)
    assert "besieged" not in headline(answer)


def test_damascus_is_pressed_at_stated_distances_that_were_checked(reference: Desk) -> None:
    answer = who(reference, Asked("Damascus", SEVENTH))
    assert [(pressure.km_high, pressure.verdict) for pressure in answer.pressure] == [
        (10.0, DistanceVerdict.ONLY_FROM_EDGE),
        (20.0, DistanceVerdict.NOT_REPRODUCIBLE),
    ]
    assert all(pressure.straight_km for pressure in answer.pressure)


@pytest.mark.parametrize("place", ["Aleppo", "Hama"])
def test_undated_control_is_by_a_day_never_since(reference: Desk, place: str) -> None:
    lines = list(who_lines(who(reference, Asked(place, SEVENTH))))
    assert "by 7 December 2024" in lines[1]
    assert "since" not in "".join(lines)


def test_repositioning_is_no_withdrawal_and_silence_shows(reference: Desk) -> None:
    argument = explain(reference, Asked("Daraa", SEVENTH))
    moved = [point for point in argument.others if point.cited.kind is Kind.DEPLOYMENT]
    assert [(point.cited.source_id, point.rule) for point in moved] == [("syrian-arab-army", "shown only")]
    assert [cited.source_id for cited in argument.silent] == ["syrian-arab-army"]
    assert any(line.startswith("Silence: ") for line in explain_lines(argument, SEVENTH))


def test_accounts_that_differ_are_those_that_both_spoke(reference: Desk) -> None:
    moments = (Moment(SEVENTH, view_named(f"side:syria.{side}")) for side in ("government", "opposition"))
    assert diff(reference, *moments).changes == ()
    changed = {change.place.name for change in diff(reference, Moment(date(2024, 12, 6)), Moment(SEVENTH)).changes}
    assert {"Artuz", "Al-Sanamayn", "Aleppo", "Hama"} <= changed


def test_claims_by_area_and_stance(reference: Desk) -> None:
    found = claims(reference, Wanted(replace(Wanted().filter, stances=frozenset({Stance.DENIES})), inside="Rif Dimashq"))
    assert [cited.source_id for cited in found.claims] == ["syrian-defence-ministry"]
    sided = claims(reference, Wanted(side="syria.opposition"))
    assert {cited.source_id for cited in sided.claims} == {"hassan-abdul-ghani"}
    by_name, by_id = (claims(reference, Wanted(source=name)) for name in ("Syrian Observatory for Human Rights", "sohr"))
    assert by_name == by_id
    assert len(by_id.claims) == 3


# place, day: holding, holders, agreement, tier
DEMO = {
    "Hama as the loser's minister admits": ("Hama", date(2024, 12, 5), ("controlled", (OPPOSITION,), "unopposed", "single")),
    "Hama on the day after": ("Hama", date(2024, 12, 6), ("controlled", (OPPOSITION,), "unopposed", "single")),
    "Deir ez-Zor is left": ("Deir ez-Zor", date(2024, 12, 6), ("vacated", (), "unopposed", "single")),
    "Deir ez-Zor is the SDF's": ("Deir ez-Zor", date(2024, 12, 9), ("controlled", (SDF,), "unopposed", "single")),
    "Deir ez-Zor is claimed": ("Deir ez-Zor", date(2024, 12, 11), ("controlled", (OPPOSITION,), "claimed", "one_sided")),
    "Homs is left, says a monitor; the ministry denies it": ("Homs", date(2024, 12, 6), ("vacated", (), "disputed", "single")),
    "the denial does not outlive the fall of Homs": ("Homs", SEVENTH, ("controlled", (OPPOSITION,), "unopposed", "single")),
    "Tel Rifaat by a party's own outlet": (
        "Tel Rifaat",
        date(2024, 12, 1),
        ("controlled", ("Syrian National Army",), "claimed", "one_sided"),
    ),
}


@pytest.mark.parametrize(("place", "day", "expected"), DEMO.values(), ids=DEMO)
def test_the_demonstration_says_who_holds(demo: Desk, place: str, day: date, expected: Told) -> None:
    answer = who(demo, Asked(place, day))
    state = answer.state
    assert state is not None
    names = tuple(holder.name for holder in answer.holders)
    assert (state.holding, names, state.agreement, state.tier) == expected


def test_a_minister_tells_of_the_entry_and_the_army_of_moving_out(demo: Desk) -> None:
    argument = explain(demo, Asked("Hama", date(2024, 12, 6)))
    admitted = [point.cited for point in argument.supporting]
    assert [(cited.source_id, cited.speaks_for) for cited in admitted] == [("ali-mahmoud-abbas", "syria.government"), ("a-news", None)]
    # Who held Hama before, these reports do not say: so they do not tell at whose cost it was entered.
    assert argument.against_interest == ()
    moved = [point for point in argument.others if point.cited.source_id == "syrian-arab-army"]
    assert [(point.cited.kind, "moved its forces out" in point.cited.quote) for point in moved] == [(Kind.DEPLOYMENT, True)]


def test_moving_out_to_the_surroundings_is_told_as_a_word_that_may_hide_more(demo: Desk) -> None:
    argument = explain(demo, Asked("Hama", date(2024, 12, 6)))
    (moved,) = [point.cited for point in argument.others if point.cited.source_id == "syrian-arab-army"]
    assert moved.euphemism
    assert any("in a word that may hide more" in line for line in explain_lines(argument, SEVENTH))


def test_the_loser_tells_of_the_entry_against_its_own_interest(demo_and_map: Desk) -> None:
    argument = explain(demo_and_map, Asked("Hama", date(2024, 12, 6)))
    (admitted,) = [point for point in argument.supporting if point.cited.source_id == "ali-mahmoud-abbas"]
    assert argument.against_interest == (admitted.cited.claim,)
    assert admitted.interest == "its source speaks for the side that lost the place"
    assert any(line.strip() == f"against its own interest: {admitted.interest}" for line in explain_lines(argument, SEVENTH))
    assert [holder.name for holder in argument.who.holders] == [OPPOSITION]


def test_damascus_is_the_governments_by_the_map_and_pressed_no_less(reference_and_map: Desk) -> None:
    answer = who(reference_and_map, Asked("Damascus", SEVENTH))
    assert answer.state is not None
    assert (answer.state.holding, [holder.side for holder in answer.holders]) == ("controlled", ["syria.government"])
    assert "baseline" in answer.state.flags


def test_an_imported_map_is_never_told_as_dissent(reference_and_map: Desk) -> None:
    for place in ("Aleppo", "Hama"):
        argument = explain(reference_and_map, Asked(place, SEVENTH))
        assert [holder.name for holder in argument.who.holders] == [OPPOSITION]
        assert "Example map" not in {point.cited.source for point in argument.dissent}
        because = [point.because for point in argument.others if point.cited.rule == "baseline"]
        assert because == ["an imported map: whatever is reported goes before it"]


# day, known by: holders, agreement, who dissents
THREE = {
    "the SDF by a monitor": (date(2024, 12, 6), None, [SDF], "unopposed", []),
    "the SDF, with dissent": (SEVENTH, SEVENTH, [SDF], "disputed", ["Levant Wire"]),
    "the SDF still, where the winner alone has spoken": (
        date(2024, 12, 11),
        date(2024, 12, 11),
        [SDF],
        "unopposed",
        ["Levant Wire", "Hassan Abdul Ghani"],
    ),
    "the opposition, once a monitor tells that the SDF left": (date(2024, 12, 12), None, [OPPOSITION], "agreed", []),
}


@pytest.mark.parametrize(("day", "known_by", "holders", "agreement", "dissent"), THREE.values(), ids=THREE)
def test_a_town_that_two_are_said_to_hold(
    town_of_three: Desk, day: date, known_by: date | None, holders: list[str], agreement: str, dissent: list[str]
) -> None:
    answer = who(town_of_three, Asked("Deir ez-Zor", day, FUSED, known_by))
    assert answer.state is not None
    assert ([holder.name for holder in answer.holders], answer.state.agreement) == (holders, agreement)
    assert [cited.source for cited in answer.dissent] == dissent


def test_the_denial_of_homs_is_exact_and_lapses_with_the_fall(demo: Desk) -> None:
    before = who(demo, Asked("Homs", date(2024, 12, 6)))
    assert {(denied.by.source_id, denied.scope) for denied in before.denials} == {("syrian-defence-ministry", LinkScope.EXACT)}
    assert who(demo, Asked("Homs", SEVENTH)).denials == ()


def test_failed_to_take_is_a_negative_finding_without_placeholder(demo: Desk) -> None:
    found = claims(demo, Wanted(replace(Wanted().filter, text="Zein Al-Abideen")))
    assert [(cited.kind, cited.stance, cited.place) for cited in found.claims] == [(Kind.CAPTURE, Stance.DENIES, None)]


@pytest.mark.parametrize("day", [date(2024, 11, 30), date(2024, 12, 6), SEVENTH, date(2024, 12, 12), date(2025, 1, 1)])
def test_the_table_says_of_every_place_what_who_says(demo_and_map: Desk, day: date) -> None:
    told = {row.place.id: (row.state, row.inherited_from, row.holders) for row in table(demo_and_map, day).rows}
    answers = {place: who(demo_and_map, Asked(place, day, FUSED, day)) for place in demo_and_map.store.claimed_places()}
    wanted = {place: (answer.state, answer.inherited_from, answer.holders) for place, answer in answers.items() if answer.state}
    assert told == wanted
    assert told


def test_what_was_known_by_a_day_leaves_out_what_came_later(demo: Desk) -> None:
    asked = Asked("Homs", SEVENTH, FUSED, known_by=date(2024, 12, 6))
    state = who(demo, asked).state
    assert state is not None
    assert state.holding == "vacated"
    assert who(demo, replace(asked, known_by=date(2024, 12, 1))).state is None
