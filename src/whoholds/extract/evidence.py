"""The stretch of text that carries a claim (pure)."""

from __future__ import annotations

from whoholds.extract.findings import ActorPhrase, Finding
from whoholds.extract.syntax import Sentence
from whoholds.model import Span

EVIDENCE_WORDS = 40
"""How many words evidence may have."""

MIN_EVIDENCE = 4
EVIDENCE_REACH = 12
ACTOR_REACH = 12
NEAR = 2
BORROWING = frozenset({"advcl", "pcomp", "conj", "xcomp"})


def evidence(finding: Finding, cue: Span | None = None) -> Span:
    """Return the stretch from the first to the last of predicate, places and actor; the clause where that says too little.

    A headline of two or three words ("Mayor: X surrounded") says too little without its speaker, whose words are `cue`.
    """
    words = [finding.predicate, *(w for p in finding.places for w in (p.first, p.last))]
    if finding.object is not None and abs(finding.object.i - finding.predicate.i) <= EVIDENCE_WORDS // 2:
        words.append(finding.object)
    speaks = max(w.i for w in words) - min(w.i for w in words) + 1 >= MIN_EVIDENCE
    if finding.actor is not None and _beside(finding, finding.actor) and not (speaks and _borrowed(finding, finding.actor)):
        words += [finding.actor.first, finding.actor.last]
    first, last = min(words, key=lambda w: w.i), max(words, key=lambda w: w.i)
    if last.i - first.i + 1 < MIN_EVIDENCE:
        above = finding.sentence.head(finding.predicate)
        for head in (finding.predicate, above):
            if last.i - first.i + 1 < MIN_EVIDENCE:
                near = (w for w in finding.sentence.subtree(head) if abs(w.i - finding.predicate.i) <= EVIDENCE_REACH)
                subtree = [w for w in near if w.dep != "punct"]
                first = min([first, *subtree], key=lambda w: w.i)
                last = max([last, *subtree], key=lambda w: w.i)
    if last.i - first.i > EVIDENCE_WORDS:
        first = max(first, finding.sentence.words[max(0, last.i - EVIDENCE_WORDS)], key=lambda w: w.i)
    if cue is not None and len(finding.sentence) < MIN_EVIDENCE:
        return Span(min(first.start, cue.start), max(last.end, cue.end))
    return Span(first.start, last.end)


def _beside(finding: Finding, actor: ActorPhrase) -> bool:
    """Tell whether an actor stands near its predicate; that of a clause without a subject of its own, nearer still."""
    clausal = finding.predicate.dep in {"advcl", "pcomp"} and not finding.places
    return not clausal and abs(actor.first.i - finding.predicate.i) <= ACTOR_REACH


def _borrowed(finding: Finding, actor: ActorPhrase) -> bool:
    """Tell whether a clause has its subject from another clause, and that not right before it: "…, capturing the farms"."""
    own = any(w.i == actor.head.i for w in finding.sentence.children(finding.predicate))
    return finding.predicate.dep in BORROWING and not own and finding.predicate.i - actor.last.i > NEAR


def reaching_back(sentence: Sentence, stated: Span, seen_end: int) -> Span:
    """Return evidence that begins with the clause of a place named before it in the same sentence, where that is not too far."""
    inside = [word for word in sentence if word.start >= seen_end]
    if not inside or stated.start <= seen_end:
        return stated
    place = sentence.words[max(0, inside[0].i - 1)]
    verb = next((w for w in sentence.ancestors(place) if w.tag.startswith("VB")), place)
    first = min(place, verb, key=lambda w: w.i)
    last = next((word for word in reversed(sentence.words) if word.end <= stated.end), place)
    return Span(first.start, stated.end) if 0 < last.i - first.i <= EVIDENCE_WORDS else stated
