"""Which of the dates of a sentence is the day of an event (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.extract.clauses import is_verb
from whoholds.extract.dates import StatedDate
from whoholds.extract.findings import Finding
from whoholds.model import DateRange
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import Kind, Stance

BACKGROUND = timedelta(days=14)
STATES = frozenset({Kind.CONTROL, Kind.POSITION})


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates the events of one report; present states and positions hold on the day of publication."""

    lexicon: Lexicon
    published: date | None

    def when(self, finding: Finding, kind: Kind, stance: Stance, stated_dates: Sequence[StatedDate]) -> DateRange | None:
        """Return the day or days of a finding: a date of its own clause, else today for what holds now."""
        for stated in stated_dates:
            if self._dates(finding, stated):
                return stated.days
        published = self.published
        present = finding.stative or kind in STATES or self._is_present(finding)
        if published is not None and present and stance is not Stance.DENIES:
            return DateRange(published, published)
        return None

    def _dates(self, finding: Finding, stated: StatedDate) -> bool:
        """Tell whether a date belongs to the predicate: the nearest verb above it is the predicate or governs it."""
        sentence = finding.sentence
        word = next((w for w in sentence if stated.span.start <= w.start < stated.span.end and w.dep not in {"case", "punct"}), None)
        if word is None:
            return False
        owners = {finding.predicate.i}
        head = sentence.head(finding.predicate)
        if not is_verb(finding.predicate) and is_verb(head) and head.lemma not in self.lexicon.saying.say:
            owners.add(head.i)
        for ancestor in sentence.ancestors(word):
            if ancestor.i in owners:
                return True
            if is_verb(ancestor) and not (ancestor.tag == "VBN" and ancestor.dep == "amod"):
                return False
        return False

    def _is_present(self, finding: Finding) -> bool:
        verb = finding.predicate
        sentence = finding.sentence
        auxiliaries = {w.lower for w in sentence.children(verb, "aux", "auxpass")}
        if verb.tag in {"VBZ", "VBP"}:
            return True
        return verb.tag == "VBG" and bool(auxiliaries & {"is", "are", "was", "were", "been"} or verb.dep in {"advcl", "conj"})

    def is_background(self, event: DateRange | None) -> bool:
        """Tell whether an event is history: over 14 days before publication."""
        return bool(self.published and event and event.last and event.last < self.published - BACKGROUND)
