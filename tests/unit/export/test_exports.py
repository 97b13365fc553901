"""Exports: shapes, validity, and that untrusted text stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from whoholds.config import Settings, load_settings
from whoholds.export.evaluation import evaluation_lines, kilometres
from whoholds.export.geojson import geojson_document
from whoholds.export.records import Json, json_document, json_lines, record
from whoholds.export.rows import rows
from whoholds.export.table import table
from whoholds.export.wording import _EXTENTS, _RELATIONS, _VERDICTS, STANCE_SIGNS, Look, clean
from whoholds.model import Attribution, DateRange, Distance, Extent, Mention, Reading, Span
from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.taxonomy import DistanceVerdict, ExtentKind, Manner, Relation, Role, Stance

TEXT = "Army left Hama, 40 km from Homs, said SOHR. The Army denied leaving Homs and then the Army left Nowhere."


@pytest.fixture
def settings() -> Settings:
    return load_settings(environment={})


@pytest.fixture
def reading(stages: Stages, settings: Settings) -> Reading:
    return read_text(TEXT, Hints(publisher="Wire"), published="2024-12-07", settings=settings, opener=lambda _: stages)


def with_statements(reading: Reading, **changes: object) -> Reading:
    statements = tuple(replace(statement, **changes) for statement in reading.extracted.statements)  # type: ignore[arg-type]
    return replace(reading, extracted=replace(reading.extracted, statements=statements))


def with_claims(reading: Reading, **changes: object) -> Reading:
    claims = tuple(replace(claim, **changes) for claim in reading.extracted.claims)  # type: ignore[arg-type]
    return replace(reading, extracted=replace(reading.extracted, claims=claims))


def mention(words: str, referent: str) -> Mention:
    return Mention("r", 0, len(words), words, referent, None)


def test_the_exchange_form_of_the_scorer(reading: Reading) -> None:
    (line,) = evaluation_lines([reading])
    assert json.loads(line)["id"] == reading.report.id
    assert json.loads(line)["claims"][0] == {
        "kind": "withdrawal",
        "place": "Hama",
        "place_name": "Hama",
        "source": "outlet",
        "stance": "asserts",
        "actor": "Army",
        "evidence": "Army left Hama, 40 km from Homs",
        "when": "2024-12-07",
        "distance_km": 40,
        "distance_ref": "Homs",
    }


def test_the_exchange_form_names_source_referent_and_origin(reading: Reading) -> None:
    attribution = Attribution(mention("it", "SOHR"), (), None, Role.MONITOR, own_voice=False)
    named = with_statements(reading, attribution=attribution, event_date=DateRange(date(2024, 12, 1), date(2024, 12, 5)), actor=None)
    named = with_claims(replace(named, report=replace(reading.report, origin_id="a-1")), toponym=mention("the city", "Hama"))
    line = json.loads(next(evaluation_lines([named])))
    assert line["id"] == "a-1"
    assert {key: line["claims"][1][key] for key in ("place", "place_name", "source", "actor", "when", "distance_km")} == {
        "place": "the city",
        "place_name": "Hama",
        "source": "SOHR",
        "actor": None,
        "when": "2024-12-01/2024-12-05",
        "distance_km": None,
    }


@pytest.mark.parametrize("days", [None, DateRange(None, date(2024, 12, 5)), DateRange(date(2024, 12, 5), None)])
def test_an_open_day_is_unknown_to_the_scorer(reading: Reading, days: DateRange | None) -> None:
    assert json.loads(next(evaluation_lines([with_statements(reading, event_date=days)])))["claims"][0]["when"] is None


@pytest.mark.parametrize(
    ("low", "high", "number"),
    [(None, 10.0, 10), (20.0, None, 20), (5.0, 5.0, 5), (5.0, 8.5, [5, 8.5]), (None, None, None), (None, 1.6, 1.6)],
)
def test_a_distance_is_a_number_or_a_range(low: float | None, high: float | None, number: Json) -> None:
    assert kilometres(Distance(low, high, mention("Homs", "Homs"), "")) == number


def test_geojson_follows_its_standard(reading: Reading) -> None:
    collection = json.loads("".join(geojson_document([reading, reading])))
    assert collection["type"] == "FeatureCollection"
    assert collection["note"] == "reported control, not access, safety or sovereignty"
    assert collection["place_data"] == ["made up (CC0)"]
    assert "crs" not in collection
    geometries = [feature["geometry"] for feature in collection["features"][:3]]
    assert geometries == [
        {"type": "Point", "coordinates": [36.75, 35.13]},
        {"type": "Point", "coordinates": [36.72, 34.73]},
        None,
    ]
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
    wanted = {"place": "xx:Hama", "place_name": "Hama", "geo_precision": 1, "radius_km": 2.0, "quote": "Army left Hama, 40 km from Homs"}
    assert wanted.items() <= collection["features"][0]["properties"].items()


def test_nothing_read_is_still_valid() -> None:
    assert json.loads("".join(geojson_document([])))["features"] == []
    assert json.loads("".join(json_document([])))["readings"] == []
    assert "Claims: none" in "".join(table([]))


def test_records_keep_the_models_names(reading: Reading) -> None:
    made = record(reading)
    assert json.loads(next(json_lines([reading]))) == made
    assert json.loads("".join(json_document([reading, reading])))["readings"] == [made, made]
    statements, claims, resolutions = made["statements"], made["claims"], made["resolutions"]
    assert isinstance(statements, list)
    assert isinstance(statements[0], dict)
    assert (statements[0]["evidence"], statements[0]["quote"]) == ([0, 31], "Army left Hama, 40 km from Homs")
    assert statements[0]["event_date"] == {"first": "2024-12-07", "last": "2024-12-07", "edtf": "2024-12-07"}
    assert isinstance(claims, list)
    assert isinstance(claims[0], dict)
    assert isinstance(resolutions, dict)
    assert str(claims[0]["id"]) in resolutions


def test_the_table_shows_what_is_not_plain(reading: Reading) -> None:
    changed = with_claims(reading, relation=Relation.NEAR, extent=Extent(ExtentKind.PERCENT, 40))
    attribution = Attribution(mention("it", "SOHR"), (mention("Telegram", "Telegram"),), None, Role.MONITOR, own_voice=False)
    changed = with_statements(
        changed,
        attribution=attribution,
        stance=Stance.UNACKNOWLEDGED,
        manner=Manner.DEAL,
        background=True,
        presupposed=True,
        euphemism=True,
        event_date=None,
        target=mention("them", "Rebels"),
        actor=None,
    )
    shown = "".join(table([changed]))
    for words in (
        "○ unacknowledged  withdrawal  SOHR (monitor), via Telegram",
        "nobody named → 40 % of near Hama (xx:Hama)",
        "when not said · against Rebels · deal · background · taken for granted",
        "possible euphemism",
        "near Nowhere [no pin]",
        "Claims: 3 unacknowledged",
    ):
        assert words in shown


@pytest.mark.parametrize("width", [10, 40, 80, 120])
def test_the_table_keeps_its_width(reading: Reading, width: int) -> None:
    assert max(map(len, "".join(table([reading], Look(width))).splitlines())) <= max(width, 40)


def test_colour_is_only_added(reading: Reading) -> None:
    coloured = "".join(table([reading], Look(colour=True)))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == "".join(table([reading], Look()))


def test_untrusted_text_is_shown_as_text(reading: Reading) -> None:
    report = replace(
        reading.report, publisher="[red]\x1b[31mWire[/]\u202e", title="a\x07b\x9b1m", text="\x1b]0;title\x07:smile: [bold]x" + TEXT
    )
    changed = with_statements(replace(reading, report=report), evidence=Span(0, 40))
    shown = "".join(table([changed]))
    assert not {sign for sign in shown if sign in "\x1b\x07\x9b\u202e"}
    assert "[red] [31mWire[/]" in shown
    assert ":smile: [bold]x" in shown


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [("a\n b\t\x00c", "a b c"), ("می\u200cخواهد", "می\u200cخواهد"), ("\u2066x\u2069", "x"), ("👩\u200d🚒", "👩\u200d🚒")],
)
def test_cleaned_words(words: str, cleaned: str) -> None:
    assert clean(words) == cleaned


def test_every_coded_value_has_its_words() -> None:
    for words, coded in ((STANCE_SIGNS, Stance), (_RELATIONS, Relation), (_EXTENTS, ExtentKind), (_VERDICTS, DistanceVerdict)):
        assert set(words) == set(coded)


def test_a_row_without_a_place_or_check_says_so(reading: Reading) -> None:
    bare = replace(with_claims(reading, toponym=None), resolutions={}, checks={})
    assert all(row.place is None and row.resolution is None for row in rows(bare))
    shown = "".join(table([bare]))
    assert "no place named" in shown
    assert "≤ 40 km from Homs: cannot be checked" in shown


@pytest.mark.parametrize(
    ("name", "stated", "shown"),
    [
        ("Reuters", Role.UNKNOWN, Role.MEDIA),
        ("Reuters", Role.MONITOR, Role.MONITOR),
        ("a man called Nowhere", Role.UNKNOWN, Role.UNKNOWN),
    ],
)
def test_the_registry_tells_a_role_that_the_words_do_not(reading: Reading, name: str, stated: Role, shown: Role) -> None:
    attribution = Attribution(mention(name, name), (), "Wire", stated, own_voice=False)
    changed = with_statements(reading, attribution=attribution)
    assert {row.role for row in rows(changed)} == {shown}
    assert {row.statement.attribution.role for row in rows(changed)} == {stated}
    drawn = "".join(table([changed]))
    assert (f"{name} ({shown.value})" in drawn) == (shown is not Role.UNKNOWN)
    assert "(unknown)" not in drawn
    assert json.loads("".join(geojson_document([changed])))["features"][0]["properties"]["role"] == shown.value


def test_a_long_source_goes_on_under_its_first_word(reading: Reading) -> None:
    attribution = Attribution(mention("it", "Observatory " * 8), (), "Wire", Role.MONITOR, own_voice=False)
    drawn = "".join(table([with_statements(reading, attribution=attribution)], Look(width=40))).splitlines()
    start = next(number for number, line in enumerate(drawn) if line.startswith("  ● asserts"))
    assert drawn[start + 1].startswith("    Observatory")
    assert max(map(len, drawn)) <= 40


def test_undated_reports_are_counted_with_what_to_do(reading: Reading) -> None:
    undated = replace(reading, report=replace(reading.report, published=None))
    assert "Undated reports: 1; with --published DAY" in "".join(table([reading, undated]))
    assert "Undated" not in "".join(table([reading]))


@pytest.mark.parametrize(("km", "written"), [(5.0, "5 km"), (1.60934, "1.60934 km"), (1_609_340.0, "1,609,340 km")])
def test_kilometres_are_written_without_an_exponent(reading: Reading, km: float, written: str) -> None:
    distance = Distance(km, km, mention("Homs", "Homs"), "")
    assert f"{written} from Homs" in "".join(table([with_claims(reading, distance=distance)]))


@pytest.mark.parametrize("writer", [json_lines, json_document, geojson_document, evaluation_lines])
def test_no_raw_control_stands_in_json(reading: Reading, writer: Callable[[list[Reading]], Iterator[str]]) -> None:
    odd = "a\x1b[31m\x07\x7f\x9b\u202eb\u2066\u2028\ud800\u200d"
    report = replace(reading.report, origin_id=odd, publisher=odd)
    made = "".join(writer([with_statements(replace(reading, report=report), rule=odd)]))
    assert not set(made) & set(odd) - set("a[31mb\u200d")
    assert _holds(json.loads(made), odd)


def _holds(value: Json, words: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(entry, words) for entry in value.values())
    return any(_holds(entry, words) for entry in value) if isinstance(value, list) else value == words
