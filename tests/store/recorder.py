"""A program that records made-up reports one by one, for tests that start it twice at once or end it in the middle.

recorder.py TARGET SOURCES OUT: OUT gets a line for each report when it is recorded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from whoholds.config import Settings
from whoholds.identity import with_claim_ids, with_statement_id
from whoholds.model import Attribution, Claim, Extracted, Extraction, Mention, Place, Report, Resolution, Span, Statement
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import Hints, Outcome, Recorded, Rules
from whoholds.store import open_store
from whoholds.taxonomy import Certainty, Feature, GeoPrecision, Kind, Manner, Role, Stance

CLAIMS = 20
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
TOWN = Place("xx:Hama", "Hama", ("Hama",), 35.0, 36.0, Feature.SETTLEMENT, (), None, "made up", "CC0")


class ManyClaims:
    """Finds many claims in every report, so that a report is many rows."""

    def extract(self, reports: Iterable[Report]) -> Iterator[Extracted]:
        for report in reports:
            pairs = [_claim(report, number) for number in range(CLAIMS)]
            extraction = Extraction(report.id, "1", "lexicon", "model", NOON)
            yield Extracted(extraction, tuple(one for one, _ in pairs), tuple(other for _, other in pairs))


class OneTown:
    """Places everything in one town."""

    def resolve(self, report: Report, claims: Iterable[Claim]) -> dict[str, Resolution]:
        assert report.text
        return {
            claim.id: Resolution(claim.toponym, TOWN, 1.0, GeoPrecision.SETTLEMENT, 2.0, "made", (), "g1", NOON)
            for claim in claims
            if claim.toponym
        }

    def check(self, *_: object) -> dict[str, object]:
        return {}


def _claim(report: Report, number: int) -> tuple[Statement, Claim]:
    source = Mention(report.id, number, number + 1, "x", "x", Span(number, number + 1))
    statement = with_statement_id(
        Statement(
            "", report.id, Span(number, number + 5), Span(number, number + 2), None, Kind.CONTROL, Stance.ASSERTS, Certainty.CERTAIN,
            None, None, Attribution(source, (), None, Role.MEDIA, own_voice=False), None, Manner.UNSTATED, "made",
        )
    )  # fmt: skip
    return statement, with_claim_ids(Claim("", "", statement.id, source), statement)


def main() -> None:
    """Record every report of the sources."""
    target, sources, out = sys.argv[1:]
    stages = Stages(ManyClaims(), OneTown(), Rules("1", "lexicon", "model", "g1"))  # type: ignore[arg-type]
    settings = Settings(None, Path("unused"), 10_000, 8)
    with open_store(target, create=True) as store, Path(out).open("a", encoding="utf-8") as told:
        for outcome in ingest_reports(sources.split(","), Hints(), settings, store, lambda _: stages):
            assert isinstance(outcome, Recorded), outcome
            told.write(f"{outcome.outcome} {outcome.report}\n" if outcome.outcome is not Outcome.KNOWN else "known\n")
            told.flush()


if __name__ == "__main__":
    main()
