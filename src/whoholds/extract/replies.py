"""What a retort denies: the claims of whoever spoke last, put into the mouth of who denies them (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whoholds.extract.evidence import EVIDENCE_WORDS
from whoholds.extract.findings import Finding
from whoholds.extract.syntax import Sentence
from whoholds.extract.voices import Voice
from whoholds.identity import with_statement_id
from whoholds.model import Attribution, Claim, Mention, Span, Statement
from whoholds.taxonomy import Certainty, Kind, Stance

RETORT = "retort:"
"""How the rules of these statements begin."""

REACH = 4
"""How many statements back a retort may point."""

WEIGHTY = frozenset({Kind.CAPTURE, Kind.HANDOVER, Kind.LOSS, Kind.WITHDRAWAL, Kind.CONTROL, Kind.ENTRY, Kind.ENCIRCLEMENT})
"""Kinds that a denial is most likely to be about where several things have been said at once."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement with the finding it came of and its claims."""

    finding: Finding
    statement: Statement
    claims: Sequence[Claim]


def same_proposition(one: Statement, other: Statement) -> bool:
    """Tell whether one source speaks of one kind of event in both, whoever is said to have done it."""
    return one.kind is other.kind and one.attribution.source.referent.casefold() == other.attribution.source.referent.casefold()


def just_said(kept: Sequence[Kept], before: int, denier: str) -> list[Kept]:
    """Return what the last source other than the denier has said, not far back, of the kind that weighs most in its last sentence."""
    others = [
        entry
        for entry in kept[-REACH:]
        if entry.statement.predicate.end <= before
        and entry.statement.attribution.source.referent != denier
        and entry.statement.stance in {Stance.ASSERTS, Stance.HEDGES}
    ]
    if not others:
        return []
    last = others[-1]
    theirs = [entry for entry in others if entry.statement.attribution.source == last.statement.attribution.source]
    together = [entry for entry in theirs if entry.finding.sentence is last.finding.sentence]
    kind = next((entry.statement.kind for entry in together if entry.statement.kind in WEIGHTY), last.statement.kind)
    return [entry for entry in theirs if entry.statement.kind is kind]


def denial(said: Kept, sentence: Sentence, voice: Voice, attribution: Attribution) -> tuple[Statement, list[Claim]]:
    """Return the statement that denies what was said, and its claims: those that the retort is about; `voice` has a verb."""
    if voice.verb is None:
        message = "a retort has a verb"
        raise ValueError(message)
    verb, kind = voice.verb, voice.kind or said.statement.kind
    words = [w for w in sentence.subtree(verb) if abs(w.i - verb.i) <= EVIDENCE_WORDS // 2]
    retort = with_statement_id(
        replace(
            said.statement,
            evidence=sentence.span(words[0], words[-1]),
            predicate=Span(verb.start, verb.end),
            cue=voice.cue,
            kind=kind,
            stance=Stance.DENIES,
            certainty=Certainty.CERTAIN,
            attribution=attribution,
            rule=f"{RETORT}{verb.lemma}:{kind}",
        )
    )
    implied = [
        replace(claim, statement=retort.id, toponym=replace(claim.toponym, start=verb.end, end=verb.end, as_written=""))
        for claim in said.claims
        if claim.toponym and _is_about(voice.topics, claim.toponym)
    ]
    return retort, implied


def _is_about(topics: Sequence[str], toponym: Mention) -> bool:
    """Tell whether a denial reaches a place: all do that name no topic, else those whose topic the place's words hold."""
    words = f"{toponym.as_written} {toponym.referent}".lower().split()
    return not topics or any(topic in words for topic in topics)
