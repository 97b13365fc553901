"""Pairs predicted units with gold units. A unit is one claim about one place; pairing is one to one within a report.

The definitions are those of the annotation guideline's scorer: names are compared as sets of telling words, a name may say at most two
telling words more than the gold one, evidence may have at most 60 words, and of all possible pairs those that agree on most count first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import product

from whoholds.taxonomy import Certainty, Kind, Role, Stance

OWN_VOICE = "outlet"
"""What stands for the publisher's own voice in annotations."""

LONGER = 2
"""How many telling words more than the gold name a predicted name may have."""

EVIDENCE_WORDS = 60
"""How many words evidence may have, so that nothing matches by quoting everything; twice the gold quote where that is more."""

FEWEST_WORDS = 3
"""Evidence of fewer words carries nothing."""


class Level(StrEnum):
    """How far a pair agrees; each asks for what its line says."""

    PLACE = "place"
    """The same place, or both none, and evidence that overlaps."""
    FAMILY = "family"
    """Place, and kinds that are near neighbours."""
    KIND = "kind"
    """Place, and the same kind."""
    STANCE = "stance"
    """Kind, and the same stance."""
    SOURCE = "source"
    """Kind, and the same source."""
    FULL = "full"
    """Kind, stance, source, and the actor where the gold names one."""


CHANGES = frozenset({Kind.CAPTURE, Kind.HANDOVER, Kind.LOSS, Kind.WITHDRAWAL})
STATES = frozenset({Kind.CONTROL, Kind.REPULSE})
PRESSURES = frozenset({Kind.ENTRY, Kind.ADVANCE, Kind.CLASH, Kind.POSITION, Kind.DEPLOYMENT, Kind.UPRISING})
SIEGES = frozenset({Kind.ENCIRCLEMENT, Kind.SIEGE_LIFTED})
FAMILIES = (CHANGES, STATES, PRESSURES, SIEGES)
"""Kinds that annotators themselves confuse; a kind in none of these is a family of its own."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ARTICLES = _words("the a an of in at to and al el as ash ar ad at az ed es et its his her their")
PLACE_WORDS = _ARTICLES | _words("""
    city town village towns villages province governorate countryside region area district districts suburb suburbs outskirts edge edges
    neighborhood neighbourhood state county northern southern eastern western central north south east west near around rural greater parts
    part""")
SOURCE_WORDS = _ARTICLES | _words("mr gen general lt col capt brig spokesman spokesperson commander leader minister")
ACTOR_WORDS = _ARTICLES | _words("""
    force forces troops fighters units unit soldiers militants men army military group groups factions security""")

_QUOTES = "['’‘`ʿʾ]"
_POSSESSIVE = re.compile(rf"{_QUOTES}s\b")
_QUOTE = re.compile(_QUOTES)


@dataclass(frozen=True, slots=True)
class Unit:
    """One claim about one place, as annotated or as read.

    `quote` is the words that carry it; `source` is a name, several joined by "; ", or `OWN_VOICE`; `when` is an ISO day or two with a
    slash between; `distance` is kilometres, or low and high. `certainty` and `rule`, the one that made it, are known of what
    was read alone.
    """

    quote: str
    kind: Kind
    stance: Stance
    source: str = OWN_VOICE
    actor: str | None = None
    place: str | None = None
    place_name: str | None = None
    when: str | None = None
    distance: float | tuple[float, ...] | None = None
    role: Role | None = None
    certainty: Certainty | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold unit and a predicted one, by their numbers in the report, and the levels at which they agree."""

    gold: int
    predicted: int
    levels: frozenset[Level]


def fold(text: str | None) -> tuple[str, ...]:
    """Return the lower-case words of `text` without diacritics, quotes, possessives and punctuation."""
    return _folded(text or "")


@lru_cache(maxsize=1 << 16)
def _folded(text: str) -> tuple[str, ...]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).lower()
    return tuple(re.sub(r"[^\w]+", " ", _QUOTE.sub("", _POSSESSIVE.sub("", plain))).split())


@dataclass(frozen=True, slots=True)
class Names:
    """Compares names of one sort; `untelling` words do not tell names apart, and the names of one alias group are one party."""

    untelling: frozenset[str]
    groups: tuple[tuple[str, ...], ...] = ()
    _numbers: dict[tuple[str, ...], set[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Number the groups, by the folded alias."""
        for number, group in enumerate(self.groups):
            for alias in group:
                self._numbers.setdefault(fold(alias), set()).add(number)

    def same(self, gold: str | None, predicted: str | None) -> bool:
        """Tell whether the two name the same; two absent names do."""
        if not gold or not predicted:
            return not gold and not predicted
        wanted, said = self._telling(gold), self._telling(predicted)
        contained = bool(wanted & said) and (said <= wanted or (wanted < said and len(said - wanted) <= LONGER))
        return contained or bool(self._numbers.get(fold(gold), set()) & self._numbers.get(fold(predicted), set()))

    def _telling(self, name: str) -> frozenset[str]:
        words = fold(name)
        return frozenset(word for word in words if word not in self.untelling) or frozenset(words)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the names of places, sources and actors are compared; without alias tables, by their words alone."""

    places: Names = Names(PLACE_WORDS)
    sources: Names = Names(SOURCE_WORDS)
    actors: Names = Names(ACTOR_WORDS)


def same_place(gold: Unit, predicted: Unit, places: Names) -> bool:
    """Tell whether a name of one, as written or as resolved, is a name of the other; two units without a place agree."""
    ours = [name for name in (gold.place, gold.place_name) if name]
    theirs = [name for name in (predicted.place, predicted.place_name) if name]
    if not ours or not theirs:
        return not ours and not theirs
    return any(places.same(one, other) for one, other in product(ours, theirs))


def same_source(gold: Unit, predicted: Unit, outlet: str | None, sources: Names) -> bool:
    """Tell whether one of the gold sources is among the predicted ones; the outlet by its name is its own voice."""
    said = _separated(predicted.source)
    return any(
        OWN_VOICE in said or bool(outlet and any(sources.same(outlet, other) for other in said))
        if one == OWN_VOICE
        else any(sources.same(one, other) for other in said)
        for one in _separated(gold.source)
    )


def overlaps(quote: str, evidence: str) -> bool:
    """Tell whether half of the quote's words stand in the evidence, or nearly all of a shorter evidence in the quote."""
    wanted, given = fold(quote), fold(evidence)
    if not FEWEST_WORDS <= len(given) <= max(EVIDENCE_WORDS, 2 * len(wanted)):
        return False
    common = (Counter(wanted) & Counter(given)).total()
    return common >= 0.5 * len(wanted) or common >= 0.8 * len(given)


def agreement(gold: Unit, predicted: Unit, outlet: str | None, compare: Comparison) -> frozenset[Level]:
    """Return the levels at which two units of one report agree."""
    if not (same_place(gold, predicted, compare.places) and overlaps(gold.quote, predicted.quote)):
        return frozenset()
    if gold.kind is not predicted.kind:
        related = any(gold.kind in family and predicted.kind in family for family in FAMILIES)
        return frozenset({Level.PLACE, Level.FAMILY} if related else {Level.PLACE})
    levels = {Level.PLACE, Level.FAMILY, Level.KIND}
    if gold.stance is predicted.stance:
        levels.add(Level.STANCE)
    if same_source(gold, predicted, outlet, compare.sources):
        levels.add(Level.SOURCE)
    if levels >= {Level.STANCE, Level.SOURCE} and (not gold.actor or compare.actors.same(gold.actor, predicted.actor)):
        levels.add(Level.FULL)
    return frozenset(levels)


def pair(gold: Sequence[Unit], predicted: Sequence[Unit], outlet: str | None, compare: Comparison) -> tuple[Pair, ...]:
    """Return one-to-one pairs that agree at least on the place, those that agree most first, then in text order."""
    possible = [
        Pair(i, j, levels)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if (levels := agreement(one, other, outlet, compare))
    ]
    possible.sort(key=lambda found: (-len(found.levels), found.gold, found.predicted))
    return tuple(_one_to_one(possible))


def _one_to_one(possible: Iterable[Pair]) -> Iterable[Pair]:
    paired_gold: set[int] = set()
    paired_predicted: set[int] = set()
    for found in possible:
        if found.gold not in paired_gold and found.predicted not in paired_predicted:
            paired_gold.add(found.gold)
            paired_predicted.add(found.predicted)
            yield found


def _separated(sources: str) -> list[str]:
    return [name.strip() for name in (sources or OWN_VOICE).split(";")]
