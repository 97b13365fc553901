"""Which claims of a second opinion a reading holds too (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from whoholds.model import Attribution, Claim, Reading, Resolution, Statement


def matches(reading: Reading, other: Reading) -> Mapping[str, tuple[str, ...]]:
    """Return, for each claim of `other` that `reading` holds too, the ids of these claims there.

    Two claims are the same where they share an anchor (the words of predicate, place and source), else where they share
    kind, place and source. They may differ in stance: who shows them says so.
    """
    anchors: dict[str, list[str]] = {}
    meanings: dict[tuple[str, str, str], list[str]] = {}
    for claim, meaning in _meanings(reading):
        anchors.setdefault(claim.anchor, []).append(claim.id)
        if meaning:
            meanings.setdefault(meaning, []).append(claim.id)
    found = {claim.id: anchors.get(claim.anchor) or (meanings.get(meaning) if meaning else None) for claim, meaning in _meanings(other)}
    return {claim: tuple(same) for claim, same in found.items() if same}


def _meanings(reading: Reading) -> list[tuple[Claim, tuple[str, str, str] | None]]:
    statements = {statement.id: statement for statement in reading.extracted.statements}
    return [(claim, _meaning(statements[claim.statement], claim, reading.resolutions.get(claim.id))) for claim in reading.extracted.claims]


def _meaning(statement: Statement, claim: Claim, resolution: Resolution | None) -> tuple[str, str, str] | None:
    """Return kind, place and source; None where no place is named, as then nothing says that two claims are about one thing."""
    if claim.toponym is None:
        return None
    place = resolution.place.id if resolution and resolution.place else claim.toponym.referent.casefold()
    return statement.kind.value, place, _voice(statement.attribution)


def _voice(attribution: Attribution) -> str:
    if attribution.own_voice:
        return ""
    from whoholds.registry.bodies import canonical_body  # noqa: PLC0415  the registry is read only where claims are compared

    return canonical_body(attribution.source.referent).casefold().removeprefix("the ")
