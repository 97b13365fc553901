"""Claims, forces and places as answers cite them: with the names that people read, and the words that carry them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from whoholds.export.redaction import DELAY, may_be_private, private_people, says_where, too_young, unnamed
from whoholds.export.rows import OWN_VOICE
from whoholds.fuse.accounts import ADVERSARY, NAMED
from whoholds.model import Place
from whoholds.ports import RecordedClaim
from whoholds.queries.desk import Desk
from whoholds.taxonomy import ExtentKind, Feature, Kind, Relation, Stance


@dataclass(frozen=True, slots=True)
class Where:
    """A place as an answer names it; degrees, WGS84."""

    id: str
    name: str
    feature: Feature
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Party:
    """A force that holds, or surrounds, a place: its id and name, and the side that it is of, where that is known."""

    id: str
    name: str
    side: str | None = None
    side_name: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """One claim: who says it where, of what, and in which words.

    `speaks_for` is the side for which the source speaks; `private` marks a person without a public role; `when` is the
    day of the event in EDTF; `rule` is the rule of extraction that read the claim; `number` its turn in the store.
    """

    claim: str
    anchor: str
    number: int
    kind: Kind
    stance: Stance
    source: str
    source_id: str
    speaks_for: str | None
    own_voice: bool
    private: bool
    actor: str | None
    target: str | None
    report: str
    publisher: str | None
    published: date | None
    url: str | None
    when: str | None
    place: Where | None
    place_as_written: str | None
    relation: Relation
    extent: ExtentKind
    euphemism: bool
    quote: str
    rule: str


def where(place: Place) -> Where:
    """Return a place as answers name it."""
    return Where(place.id, place.name, place.feature, place.lat, place.lon)


def place_of(desk: Desk, place_id: str) -> Where:
    """Return the place of an id; one that is known no more keeps its id as its name."""
    found = desk.places.get(place_id) or desk.store.place(place_id)
    return where(found) if found is not None else Where(place_id, place_id, Feature.SETTLEMENT, 0.0, 0.0)


def party(desk: Desk, actor: str, day: date) -> Party:
    """Return a holder as answers name it: an actor, a side, or what a source calls it."""
    side = desk.registry.sides.get(desk.joiner.side_of(actor, day))
    if side is None:
        return Party(actor, party_name(desk, actor))
    rows = (desk.registry.actor(actor, conflict) for conflict in desk.registry.conflicts)
    generic = any(row is not None and row.generic for row in rows)
    # "The army", "rebels": words for a side's forces at large are told as the side.
    name = side_name(side.name) if generic else party_name(desk, actor)
    return Party(actor, name, side.id, side_name(side.name))


def side_name(name: str) -> str:
    """Return the name of a side without its days and its later forms: "Syrian government (until December 2024)" is the first two words."""
    return name.partition(" (")[0].partition(";")[0]


def party_name(desk: Desk, actor: str) -> str:
    """Return the name of an actor or a side."""
    if actor.startswith(ADVERSARY):
        whose = actor.removeprefix(ADVERSARY)
        side = desk.registry.sides.get(whose)
        return f"opponents of {side_name(side.name) if side else whose}"
    if actor in desk.registry.sides:
        return side_name(desk.registry.sides[actor].name)
    rows = (desk.registry.actor(actor, conflict) for conflict in desk.registry.conflicts)
    return next((row.name for row in rows if row is not None), actor.removeprefix(NAMED))


def cite(desk: Desk, recorded: RecordedClaim) -> Cited:
    """Return a recorded claim as answers cite it."""
    statement, report, claim = recorded.statement, recorded.report, recorded.claim
    attribution = statement.attribution
    speaker, side = desk.joiner.speaker(recorded)
    row = desk.registry.sources.get(speaker)
    written = attribution.publisher or report.publisher or OWN_VOICE if attribution.own_voice else attribution.source.referent
    toponym = claim.toponym
    return Cited(
        claim=claim.id,
        anchor=claim.anchor,
        number=recorded.number,
        kind=statement.kind,
        stance=statement.stance,
        source=row.name if row and not attribution.own_voice else written,
        source_id=speaker,
        speaks_for=side,
        own_voice=attribution.own_voice,
        private=not attribution.own_voice and _is_private(desk, recorded),
        actor=statement.actor.referent if statement.actor else None,
        target=statement.target.referent if statement.target else None,
        report=report.id,
        publisher=report.publisher,
        published=report.published,
        url=report.url,
        when=statement.event_date.edtf if statement.event_date else None,
        place=place_of(desk, recorded.place) if recorded.place else None,
        place_as_written=(toponym.referent or toponym.as_written) if toponym else None,
        relation=claim.relation,
        extent=claim.extent.kind,
        euphemism=statement.euphemism,
        quote=recorded.quote,
        rule=statement.rule,
    )


def shielded(cited: Cited) -> Cited:
    """Return a claim without the name of a private person, in the source and inside the quote."""
    if not cited.private:
        return cited
    called = f"a resident of {cited.place.name}" if cited.place else "a resident"
    return replace(cited, source=called, source_id="resident", quote=unnamed(cited.quote, cited.source, called))


def withheld(cited: Cited, today: date) -> bool:
    """Tell whether a claim is too young to be shown anywhere but on the local command line, on a day that has just begun."""
    if not says_where(cited.kind, cited.relation, cited.place.feature if cited.place else None):
        return False
    last = _last_day(cited)
    return last is None or too_young(last, datetime.combine(today, time(), tzinfo=UTC), DELAY)


def _last_day(cited: Cited) -> date | None:
    """Return the last day that a claim may speak of; where the words give none, the day of publication."""
    ends = (cited.when or "").rpartition("/")[2]
    return date.fromisoformat(ends) if ends and ends != ".." else cited.published


def _is_private(desk: Desk, recorded: RecordedClaim) -> bool:
    """Tell whether the source of a claim is a private person; what else its report says of the name is looked up only in doubt."""
    attribution = recorded.statement.attribution
    if not may_be_private(attribution.source, attribution.role, desk.registry, recorded.report):
        return False
    reading = desk.store.reading(recorded.report.id)
    return reading is not None and attribution.source.referent in private_people(reading, desk.registry)
