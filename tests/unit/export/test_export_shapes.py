"""The shapes of exports, on made-up rows: columns against the taxonomy, cells against spreadsheets, names against readers."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from whoholds.export import CAVEAT, access, acled, ged, viina
from whoholds.export.access import AccessRow, access_lines
from whoholds.export.acled import Whereabouts, acled_lines
from whoholds.export.cells import Cell, cells, csv_lines, guarded, joined
from whoholds.export.events import Event, EventType, Party, SubEventType, Told, linked, makes_a_row, parties, sub_event_of
from whoholds.export.features import COLUMNS, StateRow, feature_of
from whoholds.export.maps import geojson_features, kml_document
from whoholds.export.metadata import table_metadata
from whoholds.export.redaction import Curtain
from whoholds.export.rows import Row, rows
from whoholds.export.shifting import Shift, Swap
from whoholds.model import (
    Attribution,
    Claim,
    DateRange,
    Extracted,
    Extraction,
    Mention,
    Place,
    Reading,
    Report,
    Resolution,
    Span,
    State,
    Statement,
    Timeline,
)
from whoholds.registry import load_registry
from whoholds.registry.rows import ActorKind
from whoholds.taxonomy import (
    Agreement,
    Certainty,
    Feature,
    GeoPrecision,
    Holding,
    Kind,
    Manner,
    Relation,
    Role,
    Stance,
    Tier,
)

NOON = datetime(2024, 12, 8, 12, tzinfo=UTC)
DAY = date(2024, 12, 5)
HAMA = Place("gn:170017", "Hama", ("Hamah",), 35.1318, 36.7578, Feature.SETTLEMENT, ("Syria", "Hama"), 460602, "GeoNames", "CC-BY-4.0")
TAXONOMY = Path(__file__).resolve().parents[4] / "shared" / "TAXONOMY.md"


def reading(text: str, source: str, *, role: Role = Role.MONITOR, place: Place | None = HAMA, **changes: object) -> Reading:
    """A report with one claim: `source` says that something is so in Hama; `changes` are fields of its statement."""
    report = Report("r1", None, "Wire", None, text, None, DAY, None, "en", "syria", "0" * 64, "1")

    def mention(words: str) -> Mention:
        at = text.index(words)
        return Mention("r1", at, at + len(words), words, words, Span(at, at + len(words)))

    said = Statement(
        id="s1",
        report="r1",
        evidence=Span(0, len(text)),
        predicate=Span(0, 1),
        cue=None,
        kind=Kind.CAPTURE,
        stance=Stance.ASSERTS,
        certainty=Certainty.CERTAIN,
        actor=None,
        target=None,
        attribution=Attribution(mention(source), (), "Wire", role, own_voice=False),
        event_date=DateRange(DAY, DAY),
        manner=Manner.UNSTATED,
        rule="made",
    )
    said = replace(said, **changes)  # type: ignore[arg-type]
    claim = Claim("c1", "a1", "s1", mention("Hama"))
    found = Resolution(mention("Hama"), place, 0.9, GeoPrecision.SETTLEMENT, 2.0, "made", (), "g1", NOON)
    return Reading(report, Extracted(Extraction("r1", "1", "l", "m", NOON), (said,), (claim,)), {"c1": found}, {})


def row(**changes: object) -> Row:
    return next(rows(reading("SOHR said they took Hama.", "SOHR", **changes)))  # type: ignore[arg-type]


def told(made: Row, actor: Party | None = None, target: Party | None = None, sub: SubEventType = SubEventType.OVERTAKES) -> Told:
    return Told(made, DAY, actor, target, sub, NOON)


HTS = Party("syria.opposition", ("Hayat Tahrir al-Sham",), ActorKind.REBEL_GROUP)
ARMY = Party("syria.government", ("Syrian Arab Army",), ActorKind.STATE_FORCES, government=True)


def taxonomy(shape: str) -> str:
    if not TAXONOMY.exists():
        pytest.skip("NOT CHECKED: ../shared/TAXONOMY.md is not here")
    return re.sub(r"\s+", " ", TAXONOMY.read_text(encoding="utf-8").split(f"**{shape}", 1)[1].split("\n\n**", 1)[0])


def test_the_columns_of_acled_are_those_of_the_taxonomy_one_by_one() -> None:
    listed = re.search(r"in this order: ([\w, ]+); then ours: ([\w, ]+)\.", taxonomy("ACLED-shaped CSV"))
    assert listed
    theirs, ours = (group.split(", ") for group in listed.groups())
    assert len(theirs) == 31
    assert [*acled.COLUMNS] == [*theirs, *ours]


def test_the_columns_of_ged_are_those_of_the_taxonomy_one_by_one() -> None:
    listed = re.search(r"that says so\): (.*?), deaths columns blank", taxonomy("UCDP-GED-shaped CSV"))
    assert listed
    named = [re.sub(r" \(.*?\)", "", column) for column in listed.group(1).split(", ")]
    assert [*ged.COLUMNS[:-7]] == named
    assert ged.COLUMNS[-7:] == ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")


def test_the_columns_of_viina_are_those_of_the_taxonomy() -> None:
    assert "geonameid, date, status_<view>" in taxonomy("VIINA-shaped CSV")
    columns = ["geonameid", "date", "status_side_syria_government", "status_source_sohr", "status"]
    assert viina.viina_columns(["fused", "side:syria.government", "source:sohr"]) == columns


def test_the_access_table_has_what_the_taxonomy_asks_for() -> None:
    wanted = {"holders": "holders", "agreement": "agreement", "encircled": "encircled", "last_report": "last report date"}
    said = taxonomy("Access table")
    assert all(words in said and column in access.COLUMNS for column, words in wanted.items())
    assert {"pcode", "admin_level", "sources"} <= set(access.COLUMNS)
    assert len(access.TAGS) == len(access.COLUMNS)
    assert all(re.fullmatch(r"#[a-z]+\d?(\+[a-z_0-9]+)*", tag) for tag in access.TAGS)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'=1"),
        ("\t=1", "'=1"),
        ('"=1', "'\"=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("|calc", "'|calc"),
        ("SOHR\r\n=1", "SOHR =1"),
        ("a\x00b\u202ec", "abc"),
        ("Al-Sanamayn", "Al-Sanamayn"),
        ("syria.government", "syria.government"),
        (-12.5, -12.5),
        (None, None),
    ],
)
def test_no_cell_runs_as_a_formula(cell: Cell, shown: Cell) -> None:
    assert guarded(cell) == shown


def test_csv_lines_are_read_back_as_they_were() -> None:
    (header, first, second) = csv_lines(["a", "b"], [['says "yes", twice', 1.5], [None, True]])
    assert header == "a,b\r\n"
    assert list(csv.reader([first, second])) == [['says "yes", twice', "1.5"], ["", "true"]]
    assert joined(["a", None, "b;c", "a"]) == "a;b,c"


@pytest.mark.parametrize(
    ("kind", "changes", "government", "follows", "sub_event"),
    [
        (Kind.CAPTURE, {}, True, False, SubEventType.REGAINS),
        (Kind.CAPTURE, {}, False, False, SubEventType.OVERTAKES),
        (Kind.CAPTURE, {"manner": Manner.DEAL}, False, False, SubEventType.TRANSFER),
        (Kind.CAPTURE, {"manner": Manner.UNOPPOSED}, True, False, SubEventType.TRANSFER),
        (Kind.HANDOVER, {}, False, False, SubEventType.TRANSFER),
        (Kind.LOSS, {}, False, False, None),
        (Kind.WITHDRAWAL, {}, False, True, SubEventType.TRANSFER),
        (Kind.WITHDRAWAL, {}, False, False, SubEventType.CHANGE),
        (Kind.CONTROL, {}, False, False, None),
        (Kind.ENTRY, {}, False, False, SubEventType.OTHER),
        (Kind.ENTRY, {"manner": Manner.FIGHTING}, False, False, SubEventType.CLASH),
        (Kind.ADVANCE, {}, False, False, SubEventType.CHANGE),
        (Kind.POSITION, {}, False, False, None),
        (Kind.DEPLOYMENT, {}, False, False, SubEventType.CHANGE),
        (Kind.ENCIRCLEMENT, {}, False, False, SubEventType.OTHER),
        (Kind.SIEGE_LIFTED, {}, False, False, SubEventType.OTHER),
        (Kind.CLASH, {}, False, False, SubEventType.CLASH),
        (Kind.REPULSE, {}, False, False, SubEventType.CLASH),
        (Kind.STRIKE, {}, False, False, SubEventType.AIR),
        (Kind.DEFECTION, {}, False, False, SubEventType.CHANGE),
        (Kind.DEFECTION, {"manner": Manner.DEAL}, False, False, SubEventType.AGREEMENT),
        (Kind.CEASEFIRE, {}, False, False, SubEventType.AGREEMENT),
        (Kind.UPRISING, {}, False, False, SubEventType.OTHER),
        (Kind.RELEASE, {}, False, False, SubEventType.OTHER),
        (Kind.RELEASE, {"manner": Manner.DEAL}, False, False, SubEventType.AGREEMENT),
        (Kind.OTHER, {}, False, False, SubEventType.OTHER),
    ],
)
def test_every_kind_has_its_sub_event_type(
    kind: Kind, changes: dict[str, object], *, government: bool, follows: bool, sub_event: SubEventType | None
) -> None:
    assert sub_event_of(row(kind=kind, **changes), government=government, taker_follows=follows) is sub_event


def test_a_strike_from_the_ground_is_shelling() -> None:
    made = next(rows(reading("SOHR said artillery shelling hit Hama.", "SOHR", kind=Kind.STRIKE)))
    assert sub_event_of(made, government=False, taker_follows=False) is SubEventType.SHELLING
    assert SubEventType.SHELLING.event_type is EventType.REMOTE
    assert {each.event_type.disorder_type for each in SubEventType} == {"Political violence", "Strategic developments"}


@pytest.mark.parametrize(
    ("changes", "makes"),
    [
        ({}, True),
        ({"stance": Stance.HEDGES}, True),
        ({"stance": Stance.DENIES}, False),
        ({"stance": Stance.UNACKNOWLEDGED}, False),
        ({"presupposed": True}, False),
        ({"place": None}, False),
    ],
)
def test_a_denial_alone_makes_no_row(changes: dict[str, object], *, makes: bool) -> None:
    assert makes_a_row(row(**changes)) is makes


def test_claims_of_one_place_day_and_actors_are_one_event() -> None:
    both = told(row(), HTS, ARMY)
    one = told(row(stance=Stance.HEDGES), HTS)
    nobody = told(row(), None)
    other_way = told(row(kind=Kind.CLASH), ARMY, HTS, SubEventType.CLASH)
    another = told(row(), Party("syria.sdf", ("SDF",)))
    later = replace(both, day=DAY + timedelta(days=1))
    events = linked([nobody, one, later, another, both, other_way])
    assert [len(event) for event in events] == [4, 1, 1]
    assert [party.names[0] for party in parties(events[0])] == ["Hayat Tahrir al-Sham", "Syrian Arab Army"]


def test_an_event_in_the_shape_of_acled() -> None:
    event = Event(
        HAMA, DAY, "syria", (told(row(), HTS, ARMY),), (HTS, ARMY), ("Syrian Ministry of Defence",), Tier.SINGLE, Holding.CONTROLLED,
        Agreement.DISPUTED,
    )  # fmt: skip
    header, line = acled_lines([(event, Whereabouts("SY", 760, "Middle East"))])
    made = dict(zip(next(csv.reader([header])), next(csv.reader([line])), strict=True))
    assert made.pop("event_id_cnty").startswith("WH-")
    assert made == {
        "event_date": "2024-12-05",
        "year": "2024",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Non-state actor overtakes territory",
        "actor1": "Hayat Tahrir al-Sham",
        "assoc_actor_1": "",
        "inter1": "Rebel group",
        "actor2": "Syrian Arab Army",
        "assoc_actor_2": "",
        "inter2": "State forces",
        "interaction": "Rebel group-State forces",
        "civilian_targeting": "",
        "iso": "760",
        "region": "Middle East",
        "country": "Syria",
        "admin1": "Hama",
        "admin2": "",
        "admin3": "",
        "location": "Hama",
        "latitude": "35.1318",
        "longitude": "36.7578",
        "geo_precision": "1",
        "source": "SOHR;Wire",
        "source_scale": "",
        "notes": "SOHR (Wire, 2024-12-05): “SOHR said they took Hama.”",
        "fatalities": "",
        "tags": "",
        "timestamp": str(int(NOON.timestamp())),
        "claim_ids": "c1",
        "asserted_by": "SOHR",
        "denied_by": "Syrian Ministry of Defence",
        "tier": "single",
        "holding": "controlled",
        "agreement": "disputed",
        "time_edtf": "2024-12-05",
        "radius_km": "2.0",
    }


def test_a_hedged_event_says_so_and_one_without_actors_or_days_too() -> None:
    event = Event(HAMA, DAY, "syria", (told(row(stance=Stance.HEDGES, event_date=None)),), (), tier=Tier.SINGLE)
    made = acled.acled_row(event, Whereabouts())
    assert (made.tags, made.tier, made.actor1, made.iso) == ("hedged", "single", "Unidentified Armed Group", None)
    assert (made.time_edtf, made.time_precision) == ("../2024-12-05", 3)
    assert {field.name for field in fields(made)} == set(acled.COLUMNS)


def state(first: date | None, last: date | None, holder: str | None, holding: Holding = Holding.CONTROLLED) -> State:
    return State(
        place="gn:170017",
        interval=DateRange(first, last),
        starts_known=True,
        ends_known=last is not None,
        holding=holding,
        holders=(holder,) if holder else (),
        agreement=Agreement.AGREED,
        tier=Tier.SINGLE,
        encircled_by=(),
        flags=frozenset(),
        supporting=("c1",),
        opposing=(),
    )


TIMELINES = viina.PlaceTimelines(
    "gn:170017",
    (
        Timeline("gn:170017", "fused", (state(date(2024, 12, 1), date(2024, 12, 4), "saa"), state(date(2024, 12, 5), None, "hts"))),
        Timeline("gn:170017", "side:syria.government", (state(date(2024, 12, 1), date(2024, 12, 5), None, Holding.CONTESTED),)),
    ),
)


@pytest.mark.parametrize(
    ("every_day", "lines"),
    [
        (False, ["170017,20241201,CONTESTED,saa", "170017,20241205,CONTESTED,hts", "170017,20241206,,hts"]),
        (
            True,
            [
                *(f"170017,2024120{day},CONTESTED,saa" for day in range(1, 5)),
                "170017,20241205,CONTESTED,hts",
                "170017,20241206,,hts",
                "170017,20241207,,hts",
            ],
        ),
    ],
)
def test_viina_tells_changes_or_every_day(*, every_day: bool, lines: list[str]) -> None:
    calendar = viina.Calendar(None, date(2024, 12, 7), every_day)
    header, *made = viina.viina_lines([TIMELINES], ["fused", "side:syria.government"], calendar)
    assert header == "geonameid,date,status_side_syria_government,status\r\n"
    assert [line.rstrip() for line in made] == lines


def test_viina_begins_with_what_holds_on_the_first_day_asked_for() -> None:
    made = list(viina.viina_lines([TIMELINES], ["fused"], viina.Calendar(date(2024, 12, 3), date(2024, 12, 4))))
    assert made[1:] == ["170017,20241203,saa\r\n"]


def test_the_file_of_ged_is_empty_and_says_so() -> None:
    header, said = ged.ged_lines()
    assert next(csv.reader([header])) == list(ged.COLUMNS)
    assert said.startswith("# No events")
    assert CAVEAT in said


def test_the_access_table_has_its_hashtags_under_the_header() -> None:
    area = AccessRow(1, "SY05", "Hama", "Hama", "2024-12-07", "=HTS", "controlled", "agreed", "single", "no", "", "", "2024-12-06", "SOHR")
    made = list(csv.reader(io.StringIO("".join(access_lines([area])))))
    assert made[:2] == [list(access.COLUMNS), list(access.TAGS)]
    assert made[2][:6] == ["1", "SY05", "Hama", "Hama", "2024-12-07", "'=HTS"]
    assert len(cells(area)) == len(access.COLUMNS)


def test_a_feature_has_every_column_and_the_models_names() -> None:
    made = feature_of(StateRow("fused", TIMELINES.timelines[0].states[0], HAMA))
    assert list(made.properties) == list(COLUMNS)
    assert {field.name for field in fields(State)} <= set(COLUMNS)
    assert (made.lon, made.lat, made.properties["holders"], made.properties["interval"]) == (
        36.7578,
        35.1318,
        ["saa"],
        "2024-12-01/2024-12-04",
    )
    assert feature_of(row()).properties["event_date"] == "2024-12-05"


def test_maps_carry_the_safety_line_and_hold_no_markup_of_reports() -> None:
    nasty = next(rows(reading("SOHR <script>&\x1b said they took Hama.", "SOHR")))
    document = json.loads("".join(geojson_features([nasty, StateRow("fused", TIMELINES.timelines[0].states[0], None)])))
    assert document["note"] == CAVEAT
    assert [each["geometry"] is None for each in document["features"]] == [False, True]
    written = "".join(kml_document([nasty]))
    assert f"<description>{CAVEAT}</description>" in written
    assert "&lt;script&gt;&amp; said" in written
    assert "\x1b" not in written


def test_metadata_describe_a_table() -> None:
    made = json.loads(table_metadata("x.csv", ["a", "b"], "2 rows"))
    assert (made["url"], [each["name"] for each in made["tableSchema"]["columns"]]) == ("x.csv", ["a", "b"])
    assert CAVEAT[1:] in made["dc:description"]


def curtain(now: datetime = NOON) -> Curtain:
    return Curtain(load_registry(), now, timedelta(hours=72))


@pytest.mark.parametrize(
    ("changes", "days_later", "hidden"),
    [
        ({"kind": Kind.POSITION}, 3, True),
        ({"kind": Kind.POSITION}, 5, False),
        ({"kind": Kind.DEPLOYMENT}, 3, True),
        ({"kind": Kind.CAPTURE}, 0, False),
        ({"kind": Kind.POSITION, "event_date": DateRange(None, DAY + timedelta(days=3))}, 5, True),
        ({"kind": Kind.POSITION, "event_date": None}, 3, True),
        ({"kind": Kind.CLASH, "place": replace(HAMA, feature=Feature.ROUTE)}, 3, True),
    ],
)
def test_where_forces_are_now_does_not_leave(changes: dict[str, object], days_later: int, *, hidden: bool) -> None:
    now = datetime(2024, 12, 5, 12, tzinfo=UTC) + timedelta(days=days_later)
    assert curtain(now).hides(row(**changes), NOON) is hidden


def test_which_way_forces_go_does_not_leave_and_undated_claims_age_from_when_they_were_known() -> None:
    way = replace(row(kind=Kind.ADVANCE), claim=replace(row().claim, relation=Relation.DIRECTION_OF))
    assert curtain().hides(way, NOON)
    undated = row(kind=Kind.POSITION, event_date=None)
    undated = replace(undated, report=replace(undated.report, published=None))
    assert curtain().hides(undated, NOON)
    assert not curtain(NOON + timedelta(days=6)).hides(undated, NOON)


@pytest.mark.parametrize(
    ("text", "source", "role", "shown"),
    [
        (
            "Samir Qasim said they took Hama. Qasim wept.",
            "Samir Qasim",
            Role.WITNESS,
            "a resident of Hama said they took Hama. a resident of Hama wept.",
        ),
        ("Samir Qasim said they took Hama.", "Samir Qasim", Role.UNKNOWN, "a resident of Hama said they took Hama."),
        ("General Samir Qasim said they took Hama.", "Samir Qasim", Role.UNKNOWN, None),
        ("Samir Qasim, the governor, said they took Hama.", "Samir Qasim", Role.UNKNOWN, None),
        ("Samir Qasim said they took Hama.", "Samir Qasim", Role.OFFICIAL, None),
        ("Orontes News Network said they took Hama.", "Orontes News Network", Role.UNKNOWN, None),
        ("Reuters said they took Hama.", "Reuters", Role.UNKNOWN, None),
        ("residents said they took Hama.", "residents", Role.WITNESS, None),
        ("Residents said they took Hama.", "Residents", Role.WITNESS, None),
        ("two witnesses said they took Hama.", "two witnesses", Role.WITNESS, None),
    ],
)  # fmt: skip
def test_private_persons_are_residents_and_bodies_and_offices_keep_their_names(
    text: str, source: str, role: Role, shown: str | None
) -> None:
    before = reading(text, source, role=role)
    after, people = curtain().redacted(before)
    assert people == (shown is not None)
    assert after.report.text == (shown or text)
    (made,) = rows(after)
    assert made.quote == (shown or text)
    assert made.source == (source if shown is None else "a resident of Hama")
    assert made.claim.id == "c1"
    assert made.claim.toponym is not None
    assert made.claim.toponym.span.of(after.report.text) == "Hama"


@pytest.mark.parametrize(
    ("swaps", "span", "words"),
    [
        ([Swap(0, 3, "x")], Span(4, 7), "two"),
        ([Swap(4, 7, "longer")], Span(8, 13), "three"),
        ([Swap(4, 7, "longer")], Span(5, 6), "longer"),
        ([Swap(4, 7, "longer")], Span(0, 5), "one longer"),
        ([Swap(4, 7, "longer")], Span(6, 13), "longer three"),
        ([Swap(0, 3, "x"), Swap(4, 7, "")], Span(8, 13), "three"),
        ([Swap(4, 7, "longer")], Span(0, 13), "one longer three"),
        ([Swap(4, 7, "longer")], Span(7, 7), ""),
    ],
)
def test_spans_move_with_the_words(swaps: list[Swap], span: Span, words: str) -> None:
    shift = Shift(swaps)
    assert shift.span(span).of(shift.text("one two three")) == words
