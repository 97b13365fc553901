"""Clauses that only say "so has", "as did": the same of another place or party (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.extract.actors import ActorReader
from whoholds.extract.clauses import is_verb
from whoholds.extract.findings import Finding, Form
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.toponyms import PlaceReader
from whoholds.registry.lexicon import Lexicon

STAND_INS = frozenset({"have", "do", "be"})


def echo_of(sentence: Sentence, verb: Word) -> Word | None:
    """Return who or what an elliptic clause says the same of, by inversion: "so has Y", "as did Y"; None where it is no such clause."""
    if verb.lemma not in STAND_INS or not is_verb(verb) or verb.dep not in {"conj", "advcl", "ccomp", "parataxis"}:
        return None
    again = {w.lower for w in sentence.children(verb, "advmod", "mark", "prep", "dep")} & {"so", "as"}
    subject = sentence.child(verb, "nsubj", "attr") or sentence.child(verb, "dobj")  # "so has Y" is read as having it
    bare = not [w for w in sentence.children(verb, "dobj", "acomp", "xcomp", "ccomp", "neg") if w is not subject]
    return subject if again and bare and subject is not None and subject.i == _next_noun(sentence, verb) else None


def _next_noun(sentence: Sentence, verb: Word) -> int:
    """Return where the noun right behind the verb stands: only an inverted clause has its subject there."""
    return next((w.i for w in sentence.words[verb.i + 1 :] if w.tag.startswith(("NN", "PRP")) and w.dep not in {"compound", "poss"}), -1)


@dataclass(frozen=True, slots=True)
class EchoRules:
    """Finds what the clauses of one sentence say again."""

    lexicon: Lexicon
    places: PlaceReader
    actors: ActorReader

    def find(self, sentence: Sentence, findings: list[Finding]) -> Iterator[Finding]:
        """Yield the findings that an elliptic clause repeats of another place or party, or denies of another place."""
        for finding in findings:
            if (contrast := self._but_not(sentence, finding)) is not None:
                yield contrast
            for verb in sentence.children(finding.predicate, "conj", "advcl"):
                other = echo_of(sentence, verb)
                if other is not None and (found := self._repeated(sentence, finding, verb, other)) is not None:
                    yield found

    def _but_not(self, sentence: Sentence, finding: Finding) -> Finding | None:
        """Read "took A but not B": what is said of one place is denied of the next."""
        if not finding.places:
            return None
        behind = [w for w in sentence.words[finding.places[-1].last.i + 1 :] if w.text != ","][:6]
        if [w.lower for w in behind[:2]] != ["but", "not"] or any(is_verb(w) for w in behind[2:4]):
            return None
        other = next((w for w in behind[2:] if w.tag.startswith("NN") and w.dep not in {"compound", "poss"}), None)
        places = self.places.read(sentence, other) if other is not None else []
        named = [place for place in places if place.known or place.name is not None or place.form is Form.FACILITY]
        return replace(finding, places=tuple(named), rule=f"{finding.rule}:contrast", object=other, negated=True) if named else None

    def _repeated(self, sentence: Sentence, finding: Finding, verb: Word, other: Word) -> Finding | None:
        rule = f"{finding.rule}:echo"
        if other.name.locates and other.name is not NameOf.COUNTRY:
            places = self.places.read(sentence, other)
            return replace(finding, predicate=verb, places=tuple(places), rule=rule, object=None) if places else None
        actor = self.actors.read(sentence, other) if self.actors.is_power(sentence, other) else None
        return replace(finding, predicate=verb, actor=actor, rule=rule, object=None) if actor is not None else None
