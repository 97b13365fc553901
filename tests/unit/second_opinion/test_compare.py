"""Which claims the rules and a second opinion share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from whoholds.model import Claim, Extracted, Extraction, Place, Reading, Report, Resolution, Span, Statement
from whoholds.ports import ToponymFinder
from whoholds.second_opinion.compare import matches
from whoholds.second_opinion.proposal import Proposal
from whoholds.second_opinion.verify import Verified, Witness
from whoholds.taxonomy import Feature, GeoPrecision

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LEFT = Proposal("withdrawal", "asserts", "The army left Hama on Friday", "Hama", predicate="left", source="Syrian Observatory")
ELSEWHERE = replace(LEFT, quote="Colonel Ali Homs spoke of Khan Sheikhoun, Hama and Homs", predicate="spoke")


def reading(report: Report, finder: ToponymFinder, proposal: Proposal, pin: str | None) -> Reading:
    found = Verified()
    Witness(report, finder.find(report.text)).verify([proposal], Span(0, len(report.text)), found)
    statements, claims = found.ordered()
    place = Place(pin, pin, (), 1.0, 2.0, Feature.SETTLEMENT, (), None, "made up", "CC0") if pin else None
    made = {claim.id: _resolution(claim, place) for claim in claims}
    return Reading(report, Extracted(Extraction(report.id, "1", "0", "m", NOON), statements, claims), made, {})


def _resolution(claim: Claim, place: Place | None) -> Resolution:
    assert claim.toponym is not None
    return Resolution(claim.toponym, place, 0.9, GeoPrecision.SETTLEMENT, 1.0, "fake", (), "1", NOON)


@pytest.mark.parametrize(
    ("changed", "pins", "same"),
    [
        ({}, ("xx:1", "xx:1"), True),
        ({"stance": "denies"}, ("xx:1", "xx:1"), True),
        ({"kind": "loss"}, ("xx:1", "xx:1"), True),
        ({"predicate": ""}, ("xx:1", "xx:1"), True),
        ({"predicate": "", "kind": "loss"}, ("xx:1", "xx:1"), False),
        ({"source": ""}, ("xx:1", "xx:1"), False),
        ({"quote": ELSEWHERE.quote, "predicate": "spoke"}, ("xx:1", "xx:1"), True),
        ({"quote": ELSEWHERE.quote, "predicate": "spoke"}, ("xx:1", "xx:2"), False),
        ({"quote": ELSEWHERE.quote, "predicate": "spoke"}, (None, None), True),
        ({"quote": ELSEWHERE.quote, "predicate": "spoke", "place": "Khan Sheikhoun"}, (None, None), False),
        ({"quote": ELSEWHERE.quote, "predicate": "spoke", "kind": "loss"}, ("xx:1", "xx:1"), False),
    ],
)
def test_claims_meet_by_anchor_or_by_kind_place_and_source(
    report: Report, finder: ToponymFinder, changed: dict[str, str], pins: tuple[str | None, str | None], *, same: bool
) -> None:
    ours, theirs = reading(report, finder, LEFT, pins[0]), reading(report, finder, replace(LEFT, **changed), pins[1])
    (own,), (other,) = ours.extracted.claims, theirs.extracted.claims
    assert matches(ours, theirs) == ({other.id: (own.id,)} if same else {})


def test_claims_without_a_place_meet_by_anchor_alone(report: Report, finder: ToponymFinder) -> None:
    ours = reading(report, finder, LEFT, None)
    bare: Statement = ours.extracted.statements[0]
    nowhere = replace(ours, extracted=replace(ours.extracted, claims=(Claim("x", "y", bare.id, None),)))
    other = replace(ours, extracted=replace(ours.extracted, claims=(Claim("v", "w", bare.id, None),)))
    assert matches(nowhere, other) == {}
    assert matches(nowhere, nowhere) == {"x": ("x",)}
