"""One suite for both databases: every test that asks for `store` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from whoholds.identity import report_id, with_claim_ids, with_statement_id
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
    Statement,
)
from whoholds.store import SqlStore, open_store
from whoholds.taxonomy import Certainty, Feature, GeoPrecision, Kind, Manner, Role, Stance

SERVER = os.environ.get("WHOHOLDS_TEST_POSTGRESQL", "postgresql://127.0.0.1:5432/test")
REQUIRED = "WHOHOLDS_REQUIRE_POSTGRESQL"


@pytest.fixture(scope="session")
def server() -> Iterator[Engine]:
    """A PostgreSQL server to test with; where none answers its tests skip, unless they are required."""
    engine = create_engine(SERVER.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    try:
        engine.connect().close()
    except OperationalError as error:
        message = f"NOT TESTED ON POSTGRESQL: no server answers at {SERVER}"
        if os.environ.get(REQUIRED):
            pytest.fail(f"{message}, and {REQUIRED} is set ({error.orig})")
        pytest.skip(message)
    yield engine
    engine.dispose()


@pytest.fixture
def schema(server: Engine) -> Iterator[str]:
    """The URL of a schema of its own, dropped afterwards."""
    name = f"whoholds_{uuid.uuid4().hex}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    yield f"{SERVER}?options=-csearch_path%3D{name}"
    with server.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made: a file, or a schema of its own."""
    return str(tmp_path / "store.sqlite") if request.param == "sqlite" else str(request.getfixturevalue("schema"))


@pytest.fixture
def store(target: str) -> Iterator[SqlStore]:
    """A new store."""
    with open_store(target, create=True) as opened:
        yield opened


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """One claim to be made up: its words stand in the text of its report."""

    source: str = "SOHR"
    actor: str = "army"
    verb: str = "left"
    place: str | None = "Hama"
    kind: Kind = Kind.WITHDRAWAL
    stance: Stance = Stance.ASSERTS
    on: date | None = date(2024, 12, 5)

    @property
    def words(self) -> str:
        return f"{self.source} said the {self.actor} {self.verb} {self.place or 'the area'}."


PLACES = {"Hama": (35.13, 36.75), "Homs": (34.73, 36.72), "Aleppo": (36.2, 37.16), "Suva": (-18.14, 178.44), "Apia": (-13.83, -171.76)}


def place(name: str) -> Place:
    lat, lon = PLACES[name]
    return Place(f"xx:{name}", name, (name, f"old {name}"), lat, lon, Feature.SETTLEMENT, ("Land",), 1000, "made up", "CC0")


class Maker:
    """Makes readings; the same words are the same report."""

    def reading(self, *said: Said, version: str = "1", published: date | None = date(2024, 12, 6), **other: str | None) -> Reading:
        """A report that says these things, as read by rules of a version; `publisher`, `url`, `conflict` may be given."""
        text_ = "\n".join(each.words for each in said) or "Nothing was said."
        publisher, url = other.get("publisher", "Wire"), other.get("url")
        identity = report_id(text_, publisher, published, url)
        report = Report(
            identity, None, publisher, None, text_, url, published, None, "en", other.get("conflict"), "0" * 64, "1", body=0
        )  # fmt: skip
        pairs = [self._pair(report, each) for each in said]
        resolutions = {
            claim.id: Resolution(claim.toponym, place(each.place), 0.9, GeoPrecision.SETTLEMENT, 2.0, "made", (), "g1", NOON)
            for each, (_, claim) in zip(said, pairs, strict=True)
            if claim.toponym and each.place
        }
        extraction = Extraction(identity, version, "lexicon", "model", NOON)
        extracted = Extracted(extraction, tuple(statement for statement, _ in pairs), tuple(claim for _, claim in pairs))
        return Reading(report, extracted, resolutions, {})

    def _pair(self, report: Report, said: Said) -> tuple[Statement, Claim]:
        start = report.text.index(said.words)

        def mention(name: str) -> Mention:
            at = Span(start + said.words.index(name), start + said.words.index(name) + len(name))
            return Mention(report.id, at.start, at.end, name, name, at)

        statement = with_statement_id(
            Statement(
                id="",
                report=report.id,
                evidence=Span(start, start + len(said.words)),
                predicate=mention(said.verb).span,
                cue=None,
                kind=said.kind,
                stance=said.stance,
                certainty=Certainty.CERTAIN,
                actor=mention(said.actor),
                target=None,
                attribution=Attribution(mention(said.source), (), report.publisher, Role.MONITOR, own_voice=False),
                event_date=DateRange(said.on, said.on) if said.on else None,
                manner=Manner.UNSTATED,
                rule="made",
            )
        )
        toponym = mention(said.place) if said.place else None
        return statement, with_claim_ids(Claim("", "", statement.id, toponym), statement)


@pytest.fixture
def make() -> Maker:
    """Makes readings."""
    return Maker()


@pytest.fixture
def said() -> type[Said]:
    """What a made-up claim says."""
    return Said
