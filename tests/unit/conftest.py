"""Fakes of the stages: a small country, and an extractor that knows one sentence form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whoholds.config import CONFIG_VARIABLE, SETTINGS
from whoholds.errors import DataError
from whoholds.identity import with_claim_ids, with_statement_id
from whoholds.model import (
    Attribution,
    Claim,
    DateRange,
    Distance,
    DistanceCheck,
    Extracted,
    Extraction,
    Mention,
    Place,
    Report,
    Resolution,
    Span,
    Statement,
)
from whoholds.pipeline import Stages
from whoholds.taxonomy import Certainty, DistanceVerdict, Feature, GeoPrecision, Kind, Manner, Role, Stance

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SENTENCE = re.compile(
    r"(?P<actor>[A-Z]\w+) (?P<predicate>left|denied leaving) (?P<place>[A-Z]\w+)(?:, (?P<km>\d+) km from (?P<reference>[A-Z]\w+))?"
)
PLACES = {"Hama": (36.75, 35.13), "Homs": (36.72, 34.73)}


def place(name: str) -> Place:
    lon, lat = PLACES[name]
    return Place(f"xx:{name}", name, (name,), lat, lon, Feature.SETTLEMENT, ("Land",), 1000, "made up", "CC0")


@dataclass
class FakeExtractor:
    """Finds "Army left Hama, 40 km from Homs"; refuses a report that holds the word "broken"."""

    calls: list[list[str]] = field(default_factory=list)

    def extract(self, reports: Iterable[Report]) -> Iterator[Extracted]:
        batch = list(reports)
        self.calls.append([report.id for report in batch])
        for report in batch:
            if "broken" in report.text:
                raise DataError("the lexicon has a hole; mend it")
            yield self._extracted(report)

    def _extracted(self, report: Report) -> Extracted:
        pairs = [_pair(report, match) for match in SENTENCE.finditer(report.text)]
        extraction = Extraction(report.id, "fake-1", "0", "none", NOON)
        return Extracted(extraction, tuple(statement for statement, _ in pairs), tuple(claim for _, claim in pairs))


def _mention(report: Report, match: re.Match[str], group: str) -> Mention:
    span = Span(*match.span(group))
    return Mention(report.id, span.start, span.end, match.group(group), match.group(group), span)


def _pair(report: Report, match: re.Match[str]) -> tuple[Statement, Claim]:
    publisher = Mention(report.id, 0, 0, "", report.publisher or "", None)
    statement = with_statement_id(
        Statement(
            id="",
            report=report.id,
            evidence=Span(*match.span()),
            predicate=Span(*match.span("predicate")),
            cue=None,
            kind=Kind.WITHDRAWAL,
            stance=Stance.DENIES if "denied" in match.group("predicate") else Stance.ASSERTS,
            certainty=Certainty.CERTAIN,
            actor=_mention(report, match, "actor"),
            target=None,
            attribution=Attribution(publisher, (), report.publisher, Role.MEDIA, own_voice=True),
            event_date=DateRange(report.published, report.published) if report.published else None,
            manner=Manner.UNSTATED,
            rule="fake",
        )
    )
    kilometres = float(match.group("km") or 0)
    distance = Distance(None, kilometres, _mention(report, match, "reference"), match.group("km")) if kilometres else None
    return statement, with_claim_ids(Claim("", "", statement.id, _mention(report, match, "place"), distance=distance), statement)


class FakeResolver:
    """Knows Hama and Homs."""

    def resolve(self, report: Report, claims: Sequence[Claim]) -> Mapping[str, Resolution]:
        assert all(claim.toponym is None or claim.toponym.report == report.id for claim in claims)
        return {claim.id: _resolution(claim.toponym) for claim in claims if claim.toponym}

    def check(self, claims: Sequence[Claim], resolutions: Mapping[str, Resolution]) -> Mapping[str, DistanceCheck]:
        return {claim.id: _check(claim, resolutions[claim.id]) for claim in claims if claim.distance}


def _resolution(toponym: Mention) -> Resolution:
    found = place(toponym.referent) if toponym.referent in PLACES else None
    precision = GeoPrecision.SETTLEMENT if found else None
    return Resolution(toponym, found, 0.9 if found else 0.0, precision, 2.0 if found else None, "fake", (), "fake-1", NOON)


def _check(claim: Claim, resolution: Resolution) -> DistanceCheck:
    return DistanceCheck(claim.id, DistanceVerdict.ONLY_FROM_EDGE, resolution.place, place("Homs"), 44.6, 2.0)


@pytest.fixture
def extractor() -> FakeExtractor:
    return FakeExtractor()


@pytest.fixture
def stages(extractor: FakeExtractor) -> Stages:
    return Stages(extractor, FakeResolver())


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment without a user's settings; gives the folder for a configuration."""
    for variable in (CONFIG_VARIABLE, *(setting.variable for setting in SETTINGS)):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("WHOHOLDS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("WHOHOLDS_DB", str(tmp_path / "data" / "store.sqlite"))
    return tmp_path
