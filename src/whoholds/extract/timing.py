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
from whoholds.taxonomy import Kind

BACKGROUND = timedelta(days=14)
ONGOING = frozenset({"continue", "persist", "go", "rage", "last"})
STATES = frozenset({Kind.CONTROL, Kind.POSITION})
BEING = frozenset({"is", "are", "was", "were", "be", "'s", "'re"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates the events of one report; present states and positions hold on the day of publication."""

    lexicon: Lexicon
    published: date | None

    def when(self, finding: Finding, kind: Kind, stated_dates: Sequence[StatedDate]) -> DateRange | None:
        """Return the day or days of a finding: a date of its own clause, else today for what holds now."""
        for stated in stated_dates:
            if self._dates(finding, stated):
                return stated.days
        published = self.published
        state = finding.stative or kind in STATES
        present = self._is_present(finding) or state or (kind is Kind.ENCIRCLEMENT and self._is_state(finding))
        return DateRange(published, published) if published is not None and present else None

    def _dates(self, finding: Finding, stated: StatedDate) -> bool:
        """Tell whether a date belongs to the predicate: the nearest verb above it is the predicate or governs it."""
        sentence = finding.sentence
        word = next((w for w in sentence if stated.span.start <= w.start < stated.span.end and w.dep not in {"case", "punct"}), None)
        if word is None:
            return False
        owners = self._owners(finding)
        for ancestor in sentence.ancestors(word):
            if ancestor.i in owners:
                return True
            if is_verb(ancestor) and not (ancestor.tag == "VBN" and ancestor.dep == "amod"):
                return False
        return False

    def _owners(self, finding: Finding) -> set[int]:
        """Return the words whose dates are the predicate's: itself, the verb it is part of, the verb it is coordinated with."""
        sentence, predicate = finding.sentence, finding.predicate
        owners = {predicate.i, *(verb.i for verb in finding.absorbs)}
        head = sentence.head(predicate)
        governed = not is_verb(predicate) and is_verb(head)
        if (governed or predicate.dep == "conj") and head.lemma not in self.lexicon.saying.say:
            owners.add(head.i)
        return owners

    def _is_present(self, finding: Finding) -> bool:
        """Tell whether the wording says that it goes on: present tense, "is surrounded", "was fighting", "fighting went on"."""
        sentence, verb = finding.sentence, finding.predicate
        head = sentence.head(verb)
        if not is_verb(verb) and is_verb(head) and verb.dep in {"nsubj", "dobj"}:
            continuous = head.tag == "VBG" and bool({w.lower for w in sentence.children(head, "aux")} & BEING)
            return head.lemma in ONGOING or (head.tag == "VBG" and verb.dep == "nsubj") or continuous
        auxiliaries = {w.lower for w in sentence.children(verb, "aux", "auxpass")}
        if verb.tag in {"VBZ", "VBP"}:
            return True
        if verb.tag == "VBN":
            going_on = "being" in auxiliaries and bool(auxiliaries & {"was", "were"})  # "were being evacuated"
            return going_on or (bool(auxiliaries & {"is", "are"}) and not auxiliaries & {"been", "has", "have"})
        return verb.tag == "VBG" and bool(auxiliaries & {"is", "are", "was", "were", "been"} or verb.dep in {"advcl", "conj"})

    @staticmethod
    def _is_state(finding: Finding) -> bool:
        """Tell whether a participle or noun says how things stand: "was surrounded", "the encirclement is complete"; not "has been"."""
        sentence, verb = finding.sentence, finding.predicate
        above = verb if is_verb(verb) else sentence.head(verb)
        auxiliaries = {w.lower for w in sentence.children(above, "aux", "auxpass")}
        stands = above.lemma == "be" if above is not verb else verb.tag == "VBN" and bool(auxiliaries & BEING)
        return stands and not auxiliaries & {"been", "has", "have", "had"}

    def is_background(self, event: DateRange | None) -> bool:
        """Tell whether an event is history: over 14 days before publication."""
        return bool(self.published and event and event.last and event.last < self.published - BACKGROUND)
