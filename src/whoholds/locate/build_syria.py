"""Joins OCHA's P-codes of Syria to the places that are there. Used at build time only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from whoholds.locate import build_sources as sources
from whoholds.locate.build_country import Country, by_key, keys_of, merged
from whoholds.locate.geometry import box_radius_km, rough_km
from whoholds.locate.places import ShardRow

SAME_PLACE_KM = 3.0
"""A place of the same folded name within this distance is the same place."""
SAME_AREA_KM = {1: 200.0, 2: 40.0, 3: 40.0}
"""The same for areas by level, whose middles differ from source to source; no two governorates share a name."""


def add_syria(country: Country, folder: Path) -> None:
    """Add OCHA's P-codes: as other ids of places that are there, as places where they are not."""
    for level in (1, 2, 3):
        for properties, geometry in sources.read_geojson(folder / f"ocha_190321_all_syr_admin{level}.geojson.gz"):
            _add_area(country, level, properties, sources.box_of(geometry))
    index = by_key(country.rows.values())
    lines = (line.rstrip("\r\n").split("\t") for line in sources.open_text(folder / "ocha_syr_adm4_places_2015.tsv.gz"))
    header = next(lines)
    for cells in lines:
        _add_ocha_place(country, dict(zip(header, cells, strict=False)), index)
    _add_quarters(country, folder / "alahwa_syr_admin5.geojson.gz")


def _add_area(country: Country, level: int, properties: Mapping[str, object], box: tuple[float, float, float, float]) -> None:
    code, name, arabic = (str(properties[key]) for key in ("PCODE", "NAME_EN", "NAME_AR"))
    lat, lon = sources.box_middle(box)
    parents = [country.same_as.get(step, step) for step in (f"ocha:{properties.get(f'ADM{up}_PCODE')}" for up in range(1, level))]
    root = [row.id for row in country.rows.values() if row.code == "PCLI"]
    names = sources.usable_names([arabic, str(properties.get("NAM_EN_REF") or "")], beside=name)
    admin = tuple(step for step in (*root, *parents) if step in country.rows)
    row = ShardRow(f"ocha:{code}", name, lat, lon, f"ADM{level}", admin, None, box_radius_km(box), None, ("ocha",), names)
    rivals = [known for known in country.rows.values() if known.code == row.code and known.id.startswith(("gn:", "wof:"))]
    same = _same_area(row, rivals, SAME_AREA_KM[level])
    if same:
        country.same_as[row.id] = same.id
        country.rows[same.id] = merged(same, row)
    else:
        country.rows[row.id] = row


def _same_area(row: ShardRow, rivals: Sequence[ShardRow], within_km: float) -> ShardRow | None:
    keys = keys_of(row)
    near = [(rough_km(row.lat, row.lon, rival.lat, rival.lon), rival) for rival in rivals if keys & keys_of(rival)]
    near = [(km, rival) for km, rival in near if km < within_km]
    return min(near, key=lambda pair: (pair[0], pair[1].id))[1] if near else None


def _add_ocha_place(country: Country, record: Mapping[str, str], index: Mapping[str, Sequence[ShardRow]]) -> None:
    place_id, name = f"ocha:{record['PCODE']}", sources.tidied(record["NAME_EN"])
    if not name or not record["LATITUDE"]:
        return
    lat, lon = float(record["LATITUDE"]), float(record["LONGITUDE"])
    names = sources.usable_names([record["NAME_ARA"], record["NAM_EN_REF"]], beside=name)
    steps = [f"ocha:{record[f'ADMIN{level}_COD']}" for level in (1, 2, 3)]
    root = [row.id for row in country.rows.values() if row.code == "PCLI"][:1]
    admin = tuple(step for step in (*root, *(country.same_as.get(step, step) for step in steps)) if step in country.rows)
    row = ShardRow(place_id, name, lat, lon, "PPL", admin, None, None, None, ("ocha",), names)
    near = {rival.id: rough_km(lat, lon, rival.lat, rival.lon) for key in keys_of(row) for rival in index.get(key, ())}
    best = min(near, key=lambda rival: (near[rival], rival), default=None)
    if best is not None and near[best] <= SAME_PLACE_KM:
        country.same_as[place_id] = best
        known = country.rows[best]
        longer = admin if len(admin) > len(known.admin) and admin[:2] == known.admin[:2] else known.admin
        country.rows[best] = merged(known, row)._replace(admin=longer)
    else:
        country.rows[place_id] = row


def _add_quarters(country: Country, path: Path) -> None:
    for properties, geometry in sources.read_geojson(path):
        settlement = country.same_as.get(f"ocha:{properties['CITY_PCODE']}", f"ocha:{properties['CITY_PCODE']}")
        city = country.rows.get(settlement)
        name = sources.tidied(str(properties["HAY_EN"] or ""))
        if city is not None and name and geometry["coordinates"]:
            place_id = f"ocha:{str(properties['HAY_PCODE']).strip()}"
            country.add(ShardRow(place_id, name, city.lat, city.lon, "PPLX", (*city.admin, city.id), None, None, city.id, ("ocha",), ()))
