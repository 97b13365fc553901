"""Annotations, predictions and alias tables: what is read, and what is refused with the line named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whoholds.errors import BadRecordError, InputError, MissingInputError
from whoholds.evaluate.gold import aliases_beside, gold_set, predicted_units, read_aliases, read_gold
from whoholds.taxonomy import Role

CLAIM = {"quote": "they took Homs and Hama", "kind": "capture", "stance": "asserts", "source": "SOHR", "source_kind": "monitor"}


def gold(folder: Path, *lines: object) -> Path:
    path = folder / "a.gold.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def claim(**fields: Any) -> dict[str, Any]:
    return {"id": "r1", "outlet": None, "claims": [CLAIM | {"places": ["Homs"]} | fields]}


def test_a_claim_is_a_unit_for_each_place(tmp_path: Path) -> None:
    line = claim(places=["Homs", "the city"], places_resolved=["Homs", "Hama"], distance_km=[5, 7], when="2024-12-01/2024-12-02")
    units = read_gold(gold(tmp_path, line))["r1"].units
    assert [(unit.place, unit.place_name) for unit in units] == [("Homs", "Homs"), ("the city", "Hama")]
    assert (units[0].distance, units[0].when, units[0].role) == ((5, 7), "2024-12-01/2024-12-02", Role.MONITOR)


def test_a_claim_without_a_place_is_one_unit(tmp_path: Path) -> None:
    (unit,) = read_gold(gold(tmp_path, claim(places=[])))["r1"].units
    assert (unit.place, unit.place_name, unit.when, unit.distance) == (None, None, None, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no JSON"),
        ("[]", "must be a JSON object"),
        ({"id": "r1"}, "claims must be an array"),
        ({"claims": []}, "id is missing"),
        ({"id": 7, "claims": []}, "id must be text"),
        ({"id": "r1", "claims": ["x"]}, "claim 1 must be an object"),
        (claim(kind="conquest"), "kind 'conquest' is none of capture"),
        (claim(stance=None), "stance is missing"),
        (claim(source_kind="spy"), "source_kind 'spy'"),
        (claim(when="Friday"), "when 'Friday'"),
        (claim(places="Homs"), "places must be an array"),
        (claim(places_resolved=["a", "b"]), "as many names"),
        (claim(distance_km="far"), "distance_km must be"),
    ],
)
def test_a_line_that_is_off_is_named(tmp_path: Path, line: object, said: str) -> None:
    with pytest.raises(BadRecordError, match=r"a\.gold\.jsonl:2") as caught:
        read_gold(gold(tmp_path, {"id": "r0", "claims": []}, line))
    assert said in str(caught.value)


def test_a_report_is_annotated_once(tmp_path: Path) -> None:
    with pytest.raises(BadRecordError, match="annotated twice"):
        read_gold(gold(tmp_path, claim(), claim()))


def test_a_prediction_is_a_unit_for_each_claim() -> None:
    line = {
        "id": "r1",
        "claims": [{"kind": "loss", "stance": "denies", "place": "Homs", "place_name": "Hims", "evidence": "left Homs", "source": None}],
    }
    report, (unit,) = predicted_units(json.dumps(line), "here")
    assert (report, unit.place, unit.place_name, unit.quote, unit.source) == ("r1", "Homs", "Hims", "left Homs", "outlet")


def test_a_set_is_annotations_with_texts_beside_them(tmp_path: Path) -> None:
    path = gold(tmp_path)
    with pytest.raises(MissingInputError, match=r"a\.in\.jsonl: no such file"):
        gold_set(path)
    texts = tmp_path / "a.in.jsonl"
    texts.touch()
    assert (gold_set(path).name, gold_set(path).texts) == ("a", texts)
    with pytest.raises(InputError, match=r"NAME\.gold\.jsonl"):
        gold_set(texts)


def test_alias_tables_lie_beside_the_annotations_or_above(tmp_path: Path) -> None:
    folder = tmp_path / "eval" / "gold"
    folder.mkdir(parents=True)
    assert aliases_beside(folder / "a.gold.jsonl") is None
    (tmp_path / "eval" / "place_aliases.json").write_text('[["Kyiv", "Kiev"]]', encoding="utf-8")
    found = aliases_beside(folder / "a.gold.jsonl")
    assert found == tmp_path / "eval"
    compare = read_aliases(found)
    assert compare.places.same("Kyiv", "Kiev")
    assert not compare.actors.same("Kyiv", "Kiev")


@pytest.mark.parametrize("table", ["{", '{"a": 1}', '["a"]', "[[1]]", '"a"'])
def test_an_alias_table_is_groups_of_names(tmp_path: Path, table: str) -> None:
    (tmp_path / "actor_aliases.json").write_text(table, encoding="utf-8")
    with pytest.raises(InputError, match="array of arrays of names"):
        read_aliases(tmp_path)
