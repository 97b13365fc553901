"""The coded values of the data model: what may stand in a field, and nothing else.

The terms are the field's own (ACLED, UCDP GED, PLOVER, FactBank) where it has one.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What is claimed; the 19 kinds of the claim taxonomy."""

    CAPTURE = "capture"
    HANDOVER = "handover"
    LOSS = "loss"
    WITHDRAWAL = "withdrawal"
    CONTROL = "control"
    ENTRY = "entry"
    ADVANCE = "advance"
    POSITION = "position"
    DEPLOYMENT = "deployment"
    ENCIRCLEMENT = "encirclement"
    SIEGE_LIFTED = "siege_lifted"
    CLASH = "clash"
    REPULSE = "repulse"
    STRIKE = "strike"
    DEFECTION = "defection"
    CEASEFIRE = "ceasefire"
    UPRISING = "uprising"
    RELEASE = "release"
    OTHER = "other"


class Stance(StrEnum):
    """The source's commitment to what it reports."""

    ASSERTS = "asserts"
    DENIES = "denies"
    HEDGES = "hedges"
    UNACKNOWLEDGED = "unacknowledged"


NEGATION = ":not"
"""Ends the name of the rule of a statement that denies by a negated clause, and by no act of denying."""


OBSERVED = ":seen"
"""Ends the name of the rule of a statement on what a named outlet's reporter saw there, or what images show whose place was found out."""


class Certainty(StrEnum):
    """How sure the cue is, after the factuality scale of Saurí and Pustejovsky (2009)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNDERSPECIFIED = "underspecified"


class Relation(StrEnum):
    """How the claim stands to the place it names."""

    IN = "in"
    OUTSKIRTS = "outskirts"
    NEAR = "near"
    DIRECTION_OF = "direction_of"
    AROUND = "around"


class ExtentKind(StrEnum):
    """How much of the place the claim is about; a facility in it is no part of it that could divide it."""

    WHOLE = "whole"
    MOST = "most"
    PART = "part"
    PERCENT = "percent"
    FACILITY = "facility"
    UNSTATED = "unstated"


class Manner(StrEnum):
    """How control changed hands."""

    FIGHTING = "fighting"
    UNOPPOSED = "unopposed"
    DEAL = "deal"
    UNSTATED = "unstated"


class Role(StrEnum):
    """What a source is to the war."""

    BELLIGERENT = "belligerent"
    MONITOR = "monitor"
    GOVERNMENT = "government"
    MEDIA = "media"
    OFFICIAL = "official"
    WITNESS = "witness"
    UNKNOWN = "unknown"


class Feature(StrEnum):
    """What a place is. Facilities may be named but are drawn at their settlement (safety rule)."""

    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    FACILITY = "facility"
    NATURAL = "natural"
    ROUTE = "route"


class GeoPrecision(IntEnum):
    """ACLED's geo_precision: 1 named settlement, 2 part of it or near it, 3 region."""

    SETTLEMENT = 1
    NEAR = 2
    REGION = 3


class DistanceVerdict(StrEnum):
    """Whether a stated distance agrees with the straight line between the places named."""

    REPRODUCIBLE = "reproducible"
    ONLY_FROM_EDGE = "only_from_edge"
    NOT_REPRODUCIBLE = "not_reproducible"
    UNCHECKABLE = "uncheckable"


class Holding(StrEnum):
    """Who is where: one axis of a state."""

    CONTROLLED = "controlled"
    SHARED = "shared"
    DIVIDED = "divided"
    CONTESTED = "contested"
    VACATED = "vacated"
    UNKNOWN = "unknown"


class Agreement(StrEnum):
    """Whether the accounts of a holding agree: another axis of a state."""

    AGREED = "agreed"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    UNOPPOSED = "unopposed"


class Tier(StrEnum):
    """How well a state is supported. Observed and cross-party rank equal."""

    OBSERVED = "observed"
    CROSS_PARTY = "cross_party"
    INDEPENDENT = "independent"
    SINGLE = "single"
    ONE_SIDED = "one_sided"
    INHERITED = "inherited"


class LinkRelation(StrEnum):
    """What one claim does to another."""

    DENIES = "denies"
    CONFIRMS = "confirms"
    RETRACTS = "retracts"
    CONTRADICTS = "contradicts"


class LinkPart(StrEnum):
    """Which part of a claim a link is about; only event and place touch the holder."""

    EVENT = "event"
    ACTOR = "actor"
    PLACE = "place"
    EXTENT = "extent"
    TIME = "time"
    MANNER = "manner"


class LinkScope(StrEnum):
    """How the place of the linking claim stands to the place of the linked one."""

    EXACT = "exact"
    WITHIN = "within"
    CONTAINS = "contains"


class Refusal(StrEnum):
    """Why a statement that a language model proposed was not kept."""

    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_STANCE = "unknown_stance"
    UNKNOWN_RELATION = "unknown_relation"
    QUOTE_TOO_SHORT = "quote_too_short"
    QUOTE_TOO_LONG = "quote_too_long"
    QUOTE_NOT_IN_TEXT = "quote_not_in_text"
    PREDICATE_NOT_IN_QUOTE = "predicate_not_in_quote"
    PLACE_MISSING = "place_missing"
    PLACE_NOT_IN_TEXT = "place_not_in_text"
    PLACE_UNKNOWN = "place_unknown"
    SOURCE_NOT_IN_TEXT = "source_not_in_text"
    ACTOR_NOT_IN_TEXT = "actor_not_in_text"
    TARGET_NOT_IN_TEXT = "target_not_in_text"
    DATE_NOT_IN_TEXT = "date_not_in_text"
    DISTANCE_NOT_IN_QUOTE = "distance_not_in_quote"
    DISTANCE_UNREADABLE = "distance_unreadable"
    REPEATED = "repeated"


class FoundBy(StrEnum):
    """Who found a claim, where a second opinion was asked."""

    RULES = "rules"
    BOTH = "both"
    SECOND_OPINION = "second_opinion"


class Verdict(StrEnum):
    """An analyst's decision on a claim, a resolution or a link."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MOVED = "moved"
    IMPERSONATED = "impersonated"
    WITHDRAWN = "withdrawn"
