"""One claim with all that belongs to it: what every export is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from whoholds.model import Claim, DistanceCheck, Extracted, Place, Reading, Report, Resolution, Statement
from whoholds.registry import load_registry
from whoholds.taxonomy import FoundBy, Role

OWN_VOICE = "outlet"
"""How the publisher's own voice is called where its name is not known."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, its statement and report, and where it was located.

    Where a second opinion was had, `found_by` says who found it, and `others` are the statements with which the second
    opinion says the same of the same place; their kind and stance may differ.
    """

    report: Report
    statement: Statement
    claim: Claim
    resolution: Resolution | None
    check: DistanceCheck | None
    found_by: FoundBy | None = None
    others: tuple[Statement, ...] = ()

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
    """Yield a row for each claim of `reading`, in text order; claims of a second opinion are not among them."""
    statements, others = _statements(reading.extracted), _others(reading)
    alone = FoundBy.RULES if reading.second_opinion else None
    for claim in reading.extracted.claims:
        same = others.get(claim.id, ())
        yield Row(
            reading.report,
            statements[claim.statement],
            claim,
            reading.resolutions.get(claim.id),
            reading.checks.get(claim.id),
            FoundBy.BOTH if same else alone,
            same,
        )


def second_rows(reading: Reading) -> Iterator[Row]:
    """Yield a row for each claim that a second opinion alone found, in text order."""
    second = reading.second_opinion
    if second is None:
        return
    statements = _statements(second.extracted)
    for claim in second.extracted.claims:
        if claim.id not in second.matches:
            place, check = second.resolutions.get(claim.id), second.checks.get(claim.id)
            yield Row(reading.report, statements[claim.statement], claim, place, check, FoundBy.SECOND_OPINION)


def _statements(extracted: Extracted) -> Mapping[str, Statement]:
    return {statement.id: statement for statement in extracted.statements}


def _others(reading: Reading) -> Mapping[str, tuple[Statement, ...]]:
    """Return, by claim of the reading, the statements with which a second opinion makes it too."""
    found: dict[str, tuple[Statement, ...]] = {}
    second = reading.second_opinion
    if second is not None:
        statements = _statements(second.extracted)
        for claim in second.extracted.claims:
            for same in second.matches.get(claim.id, ()):
                found[same] = (*found.get(same, ()), statements[claim.statement])
    return found


def report_name(report: Report) -> str:
    """Return what a report is called: the id that its publisher or collector gave it, else its own."""
    return report.origin_id or report.id
