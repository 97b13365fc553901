"""States in words: the same ones on the command line, on the web and in reports. Report text is untrusted and comes out clean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from whoholds.export import CAVEAT
from whoholds.export.wording import clean
from whoholds.fuse.rules import Flag
from whoholds.model import State
from whoholds.queries.cited import Cited, Party, Where, shielded
from whoholds.queries.who import Denied
from whoholds.taxonomy import Agreement, Feature, Holding, Kind, LinkScope, Stance, Tier

SAFETY = f"{CAVEAT[0].upper()}{CAVEAT[1:]}."
"""The line under every answer."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_BODIES = frozenset({
    "administration", "agency", "army", "authority", "brigade", "coalition", "command", "committee", "council", "division",
    "force", "forces", "front", "government", "legion", "ministry", "movement", "observatory", "office", "operation",
    "operations", "party", "police", "presidency", "room", "staff", "union",
})  # fmt: skip
_HOLDINGS = {
    Holding.CONTROLLED: "held by {}",
    Holding.SHARED: "shared by {}",
    Holding.DIVIDED: "divided: parts are held by {}",
    Holding.CONTESTED: "contested: fighting inside between {}",
    Holding.VACATED: "vacated – nobody is known to have taken it",
    Holding.UNKNOWN: "nobody is known to hold it",
}
_TIERS = {
    Tier.OBSERVED: "seen on the spot",
    Tier.CROSS_PARTY: "sides at war with each other agree",
    Tier.INDEPENDENT: "several independent origins",
    Tier.SINGLE: "one origin",
    Tier.ONE_SIDED: "one side alone",
    Tier.INHERITED: "told of the whole region",
}
_AGREEMENTS = {
    Agreement.AGREED: "accounts agree",
    Agreement.CLAIMED: "claimed",
    Agreement.DISPUTED: "disputed",
    Agreement.UNOPPOSED: "nobody contradicts it",
}
_FLAGS = {
    Flag.AGAINST_INTEREST: "told against the teller's own interest",
    Flag.ALLEGED_ADMISSION: "an admission that only an enemy reports",
    Flag.HEDGED: "told with reservations",
    Flag.EUPHEMISM: "told in a word that may hide more",
    Flag.ENTERED: "another side is said to have entered",
    Flag.BASELINE: "from an imported map",
    Flag.PRESUPPOSED: "taken for granted by the wording of what followed",
    Flag.SIDE_ENDED: "the side that held it has ended",
    Flag.BESIEGED: "besieged: people or supplies cannot pass",
}
_DID = {
    Stance.ASSERTS: "says",
    Stance.DENIES: "denies",
    Stance.HEDGES: "says with reservations",
    Stance.UNACKNOWLEDGED: "does not acknowledge",
}
_KINDS = {Kind.SIEGE_LIFTED: "the end of a siege", Kind.OTHER: "something else"}


def day_words(day: date) -> str:
    """Return a day: 7 December 2024."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def place_words(asked: str, place: Where) -> str:
    """Return a place as it was asked for, with its own name where that differs; a region says that it is one."""
    called = clean(asked)
    shown = clean(place.name) if called == place.id else called
    known = "" if shown.casefold() == place.name.casefold() else f" ({clean(place.name)})"
    return f"{shown}{known}{', the region' if place.feature is Feature.REGION else ''}"


def named(name: str) -> str:
    """Return a name with the article that its kind of body takes: the Syrian Ministry of Defense."""
    shown = clean(name)
    body = any(word.strip("()").lower() in _BODIES for word in shown.split())
    return f"the {shown}" if body and not shown.lower().startswith("the ") and "'s " not in shown else shown


def listed(names: Sequence[str]) -> str:
    """Return names in a row: A, B and C."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "nobody"


def party_words(parties: Sequence[Party]) -> str:
    """Return forces by name."""
    return listed([named(party.name) for party in parties])


def holding_words(state: State, holders: Sequence[Party], encircled_by: Sequence[Party]) -> str:
    """Return who holds a place, and who surrounds it."""
    one = state.holding is Holding.CONTESTED and len(holders) == 1
    said = f"contested: fighting inside, by {party_words(holders)}" if one else _HOLDINGS[state.holding].format(party_words(holders))
    if not encircled_by:
        return said
    hedged = "reportedly surrounded" if Flag.ENCIRCLEMENT_HEDGED in state.flags else "surrounded"
    return f"{said}; {hedged} by {party_words(encircled_by)}"


def start_words(state: State) -> str:
    """Return since when: "since" only where the start is known, else by which day it was so."""
    first, last = state.interval.first, state.interval.last
    if first is None:
        return f"until {day_words(last)}, since when is not known" if last else "since when is not known"
    return f"{'since' if state.starts_known else 'by'} {day_words(first)}"


def span_words(state: State) -> str:
    """Return the days of a state in a timeline."""
    first, last = state.interval.first, state.interval.last
    if last is None or first is None:
        return start_words(state)
    if first == last:
        return f"on {day_words(first)}" if state.starts_known else start_words(state)
    return f"{start_words(state)}, until {day_words(last)}"


def tier_words(state: State, origins: int | None = None) -> str:
    """Return how well a state is supported; empty where nobody is known to hold the place."""
    if state.tier is None:
        return ""
    if origins is not None and state.tier is Tier.INDEPENDENT:
        return f"{origins} independent origins"
    return _TIERS[state.tier]


def agreement_words(state: State, denials: Sequence[Denied], dissent: Sequence[Cited]) -> str:
    """Return whether accounts agree, and who objects, with the scope of each denial."""
    objections = _unique([denial_words(denied) for denied in denials] + [dissent_words(cited) for cited in dissent])
    if state.agreement is Agreement.DISPUTED:
        return f"disputed: {'; '.join(objections)}" if objections else "disputed"
    unheld = state.holding is Holding.UNKNOWN
    said = "" if unheld else "claimed: only its own side says so" if _own_word(state) else _AGREEMENTS[state.agreement]
    if objections and said == _AGREEMENTS[Agreement.UNOPPOSED]:
        said = ""
    return "; ".join(filter(None, [said, *objections]))


def _own_word(state: State) -> bool:
    return state.agreement is Agreement.CLAIMED and state.tier is Tier.ONE_SIDED


def denial_words(denied: Denied) -> str:
    """Return who denies it: "the Syrian Ministry of Defense denies it (for Rif Dimashq, which contains it)"."""
    place = clean(denied.by.place.name) if denied.by.place else clean(denied.by.place_as_written or "")
    scope = {
        LinkScope.EXACT: "",
        LinkScope.CONTAINS: f" (for {place}, which contains it)",
        LinkScope.WITHIN: f" (for {place}, which lies in it)",
    }[denied.scope]
    return f"{named(shielded(denied.by).source)} denies it{scope}"


def dissent_words(cited: Cited) -> str:
    """Return who says otherwise, and what."""
    hedged = " with reservations" if cited.stance is Stance.HEDGES else ""
    return f"{named(shielded(cited).source)} says otherwise{hedged}: {what_words(cited)}"


def what_words(cited: Cited) -> str:
    """Return what a claim says, briefly: "capture by the rebels"."""
    kind = _KINDS.get(cited.kind, cited.kind.value.replace("_", " "))
    return f"{kind} by {clean(cited.actor)}" if cited.actor else kind


def source_words(cited: Cited) -> str:
    """Return who says it and where it was printed: "SOHR (Shafaq News, 7 December 2024)"."""
    printed = ", ".join(
        filter(None, [clean(cited.publisher) if cited.publisher else "", day_words(cited.published) if cited.published else "undated"])
    )
    own = " in its own voice" if cited.own_voice else ""
    return f"{named(shielded(cited).source)}{own} ({printed})"


def cited_words(cited: Cited) -> str:
    """Return one claim in a line: who says what of whom."""
    euphemism = ", in a word that may hide more" if cited.euphemism else ""
    return f"{source_words(cited)} {_DID[cited.stance]}: {what_words(cited)}{euphemism}"


def flag_words(state: State) -> list[str]:
    """Return what to beware of in a state, in words."""
    return [words for flag, words in _FLAGS.items() if flag in state.flags]


def circumstances(state: State, origins: int | None = None) -> str:
    """Return since when, how well supported, what to beware of, and when its holder was last named."""
    last = f"last said {day_words(state.last_said)}" if state.last_said and state.holding is not Holding.UNKNOWN else ""
    return " · ".join(filter(None, [start_words(state), tier_words(state, origins), *flag_words(state), last]))


def _unique(said: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(said))
