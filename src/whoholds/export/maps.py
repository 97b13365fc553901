"""Features as GeoJSON (RFC 7946) and KML (OGC 07-147r2), written as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from whoholds.export import CAVEAT
from whoholds.export.features import COLUMNS, ColumnKind, Feature, FeatureKind, FeatureRow, feature_of
from whoholds.export.records import Json, written
from whoholds.export.wording import clean

_KML_TYPES = {ColumnKind.WHOLE: "int", ColumnKind.REAL: "double", ColumnKind.TRUTH: "bool"}


def geojson_features(rows: Iterable[FeatureRow]) -> Iterator[str]:
    """Yield one FeatureCollection, a feature a line; its last members carry the safety line and the origins of the place data."""
    yield '{"type": "FeatureCollection", "features": ['
    origins: set[str] = set()
    for number, row in enumerate(rows):
        made = feature_of(row)
        point: Json = None if made.lon is None else {"type": "Point", "coordinates": [made.lon, made.lat]}
        document: dict[str, Json] = {"type": "Feature", "id": made.id, "geometry": point, "properties": dict(made.properties)}
        yield (",\n" if number else "\n") + written(document)
        if row.place:
            origins.add(f"{row.place.origin} ({row.place.licence})")
    yield f'\n], "note": {written(CAVEAT)}, "place_data": {written([*sorted(origins)])}}}\n'


def kml_document(rows: Iterable[FeatureRow]) -> Iterator[str]:
    """Yield one KML document: a placemark a feature, with its days as a time span; the safety line is the document's description."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
    yield f"<name>WhoHolds</name>\n<description>{_xml(CAVEAT)}</description>\n"
    yield '<Schema id="whoholds" name="whoholds">\n'
    for name, kind in _columns():
        yield f'<SimpleField type="{_KML_TYPES.get(kind, "string")}" name={quoteattr(name)}></SimpleField>\n'
    yield "</Schema>\n"
    for row in rows:
        yield _placemark(feature_of(row))
    yield "</Document>\n</kml>\n"


def _columns() -> Iterator[tuple[str, ColumnKind]]:
    """Yield the columns as KML may call them: an id and a name are its own words."""
    yield from ((name, kind) for name, kind in COLUMNS.items() if name not in {"id", "name"})


def _placemark(made: Feature) -> str:
    said = made.properties
    pieces = [f"<Placemark><name>{_xml(_title(made))}</name>"]
    if said["first"] or said["last"]:
        ends = [("begin", said["first"]), ("end", said["last"])]
        pieces.append(f"<TimeSpan>{''.join(f'<{end}>{day}</{end}>' for end, day in ends if day)}</TimeSpan>")
    pieces.append('<ExtendedData><SchemaData schemaUrl="#whoholds">')
    for name, _ in _columns():
        if said[name] not in (None, []):
            pieces.append(f"<SimpleData name={quoteattr(name)}>{_xml(_words(said[name]))}</SimpleData>")
    pieces.append("</SchemaData></ExtendedData>")
    if made.lon is not None:
        pieces.append(f"<Point><coordinates>{made.lon},{made.lat}</coordinates></Point>")
    return "".join([*pieces, "</Placemark>\n"])


def _title(made: Feature) -> str:
    said = made.properties
    place = str(said["place_name"] or said["toponym"] or said["place"] or "no place named")
    if made.kind is FeatureKind.STATE:
        return f"{place}: {said['holding']} {_words(said['holders'])}".strip()
    return f"{place}: {said['kind']} ({said['stance']}, {said['source']})"


def _words(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)


def _xml(words: str) -> str:
    """Return words as XML may have them: one line, no controls, no markup."""
    return escape(clean(words))
