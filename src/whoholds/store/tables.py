"""The tables as queries see them; `migrations` makes them, and a test holds the two together.

Five types, which both databases know: words (TEXT), whole numbers (INTEGER; BIGINT for keys and instants), real numbers
and bytes. Days are proleptic ordinals (`date.toordinal`), instants microseconds since 1970 UTC, truth values 0 and 1,
mentions and lists JSON; `codec` turns each into what the model has, and back.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

metadata = MetaData()

BIG: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits; a strict SQLite table calls that INTEGER."""

REAL: TypeEngine[float] = Double().with_variant(sqlite.REAL(), "sqlite")
"""Eight bytes on both: PostgreSQL's own REAL has four."""


def _words(*names: str) -> list[Column[str]]:
    return [Column(name, Text()) for name in names]


def _whole(*names: str) -> list[Column[int]]:
    return [Column(name, Integer()) for name in names]


def _big(*names: str) -> list[Column[int]]:
    return [Column(name, BIG) for name in names]


def _real(*names: str) -> list[Column[float]]:
    return [Column(name, REAL) for name in names]


def _key(name: str = "number") -> Column[int]:
    return Column(name, BIG, primary_key=True, autoincrement=False)


meta = Table("meta", metadata, Column("name", Text(), primary_key=True), *_big("value"))

reports = Table(
    "reports",
    metadata,
    _key(),
    *_words("id", "origin_id", "publisher", "title", "text", "url"),
    *_whole("published"),
    *_words("published_at", "language", "conflict", "raw_sha256", "canonicaliser", "revises"),
    *_whole("body"),
    Column("signature", LargeBinary()),
    *_big("recorded_at"),
)

extractions = Table(
    "extractions",
    metadata,
    _key(),
    *_big("report"),
    *_words("version", "lexicon_hash", "model", "gazetteer"),
    *_big("made_at", "recorded_at", "superseded_at"),
)

statements = Table(
    "statements",
    metadata,
    _key(),
    *_big("extraction"),
    *_whole("position"),
    *_words("id"),
    *_whole("evidence_start", "evidence_end", "predicate_start", "predicate_end", "cue_start", "cue_end"),
    *_words("kind", "stance", "certainty", "actor", "target", "source", "via", "publisher", "role"),
    *_whole("own_voice", "event_first", "event_last"),
    *_words("manner", "rule"),
    *_whole("background", "presupposed", "euphemism"),
    *_words("quote", "words"),
)

claims = Table(
    "claims",
    metadata,
    _key(),
    *_big("statement", "extraction", "report"),
    *_whole("position"),
    *_words("id", "anchor", "toponym", "relation", "extent"),
    *_whole("percent"),
    *_real("km_low", "km_high"),
    *_words("reference", "distance_as_written", "place"),
    *_whole("geo_precision"),
    *_words("kind", "stance", "source", "actor"),
    *_whole("event_first", "event_last", "published"),
    *_words("conflict"),
    *_big("recorded_at", "superseded_at"),
)

resolutions = Table(
    "resolutions",
    metadata,
    _key("claim"),
    *_words("mention", "place"),
    *_real("score"),
    *_whole("geo_precision"),
    *_real("radius_km"),
    *_words("method", "gazetteer_version"),
    *_big("made_at"),
)

runners_up = Table(
    "runners_up",
    metadata,
    _key("claim"),
    Column("position", Integer(), primary_key=True),
    *_words("place"),
    *_real("score"),
    *_words("reasons"),
)

checks = Table(
    "checks",
    metadata,
    _key("claim"),
    *_words("verdict", "start", "reference"),
    *_real("straight_km", "tolerance_km"),
)

places = Table(
    "places",
    metadata,
    Column("id", Text(), primary_key=True),
    *_words("name", "names"),
    *_real("lat", "lon"),
    *_words("feature", "admin"),
    *_big("population"),
    *_words("origin", "licence"),
)

reviews = Table(
    "reviews",
    metadata,
    _key(),
    *_words("id", "subject", "verdict", "reason", "reviewer", "made_at", "claim", "value", "replaces"),
    *_big("recorded_at"),
)

failures = Table("failures", metadata, _key(), *_words("report", "stage", "error"), *_big("recorded_at"))

dirty = Table("dirty", metadata, Column("place", Text(), primary_key=True), *_big("generation"))

states = Table(
    "states",
    metadata,
    Column("place", Text(), primary_key=True),
    Column("view", Text(), primary_key=True),
    Column("first_day", Integer(), primary_key=True),
    *_whole("last_day", "starts_known", "ends_known"),
    *_words("holding", "holders", "agreement", "tier", "encircled_by", "flags", "supporting", "opposing"),
    Column("last_said", Integer()),
    *_big("generation"),
)

links = Table("links", metadata, *_words("place", "source", "target", "relation", "part", "scope"), *_big("generation"))
