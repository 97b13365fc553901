"""One claim with all that belongs to it: what every export is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.model import Claim, DistanceCheck, Place, Reading, Report, Resolution, Statement
from whoholds.registry import load_registry
from whoholds.taxonomy import Role

OWN_VOICE = "outlet"
"""How the publisher's own voice is called where its name is not known."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, its statement and report, and where it was located."""

    report: Report
    statement: Statement
    claim: Claim
    resolution: Resolution | None
    check: DistanceCheck | None

    @property
    def quote(self) -> str:
        """The words that carry the claim."""
        return self.statement.evidence.of(self.report.text)

    @property
    def source(self) -> str:
        """Who vouches, by name; the publisher where it speaks in its own voice."""
        attribution = self.statement.attribution
        if attribution.own_voice:
            return attribution.publisher or self.report.publisher or OWN_VOICE
        return attribution.source.referent

    @property
    def role(self) -> Role:
        """What the source is to the war: as the words say, and where they do not, as the registry knows the source."""
        stated = self.statement.attribution.role
        if stated is not Role.UNKNOWN:
            return stated
        known = load_registry().source_named(self.source, self.report.conflict, self.report.published)
        return known.kind if known else stated

    @property
    def actor(self) -> str | None:
        """Who does or holds it, by the name that the words stand for."""
        return self.statement.actor.referent if self.statement.actor else None

    @property
    def target(self) -> str | None:
        """Against whom, by the name that the words stand for."""
        return self.statement.target.referent if self.statement.target else None

    @property
    def place(self) -> Place | None:
        """The place, where one is sure enough to pin."""
        return self.resolution.place if self.resolution else None

    @property
    def when(self) -> str | None:
        """The event's days in EDTF."""
        return self.statement.event_date.edtf if self.statement.event_date else None


def rows(reading: Reading) -> Iterator[Row]:
    """Yield a row for each claim of `reading`, in text order."""
    statements = {statement.id: statement for statement in reading.extracted.statements}
    for claim in reading.extracted.claims:
        yield Row(
            reading.report,
            statements[claim.statement],
            claim,
            reading.resolutions.get(claim.id),
            reading.checks.get(claim.id),
        )


def report_name(report: Report) -> str:
    """Return what a report is called: the id that its publisher or collector gave it, else its own."""
    return report.origin_id or report.id
