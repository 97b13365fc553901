"""Findings of one report, sentence by sentence, put together into statements and claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from whoholds.extract.clauses import is_verb, scene
from whoholds.extract.dates import StatedDate, dates
from whoholds.extract.discourse import Discourse, Seen
from whoholds.extract.distances import AT_A_DISTANCE, GLOSS, StatedDistance, distances
from whoholds.extract.evidence import evidence, reaching_back
from whoholds.extract.findings import Actuality, Commitment, Finding, PlacePhrase
from whoholds.extract.grammar import Grammar
from whoholds.extract.mentions import MentionMaker
from whoholds.extract.observed import was_seen
from whoholds.extract.replies import RETORT, Kept, denial, just_said, same_proposition
from whoholds.extract.stance import Reality
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.extract.timing import Calendar
from whoholds.extract.voices import Voice
from whoholds.identity import with_claim_ids, with_statement_id
from whoholds.model import Attribution, Claim, Distance, Mention, Report, Span, Statement
from whoholds.taxonomy import NEGATION, OBSERVED, Certainty, ExtentKind, Kind, Stance

BEARS_ON_CONTROL = frozenset({Kind.WITHDRAWAL, Kind.REPULSE, Kind.LOSS})
TAKES_LAST_PLACE = BEARS_ON_CONTROL | {Kind.CLASH, Kind.ENTRY, Kind.RELEASE, Kind.CAPTURE, Kind.POSITION, Kind.ENCIRCLEMENT}
ATTEMPTED = {Kind.CAPTURE: Kind.ADVANCE, Kind.ENTRY: Kind.ADVANCE, Kind.CONTROL: Kind.CLASH}


@dataclass(slots=True)
class Found:
    """What has been put together so far for one report."""

    statements: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def explicit(self, retort: Statement, denied: Claim) -> bool:
        """Tell whether who retorts has told of the same in so many words, which counts once."""
        told = {statement.id for statement in self.statements if same_proposition(statement, retort)}
        return any(claim.statement in told and _place_key(claim) == _place_key(denied) for claim in self.claims)

    def supersede(self, statement: Statement, fresh: Sequence[Claim]) -> None:
        """Drop the retorts of a source that now denies the same in so many words."""
        if statement.stance is not Stance.DENIES:
            return
        retorts = {s.id for s in self.statements if s.rule.startswith(RETORT) and same_proposition(s, statement)}
        places = {_place_key(claim) for claim in fresh}
        self.claims = [claim for claim in self.claims if claim.statement not in retorts or _place_key(claim) not in places]
        kept = {claim.statement for claim in self.claims}
        self.statements = [s for s in self.statements if s.id not in retorts or s.id in kept]


@dataclass(slots=True)
class ClaimBuilder:
    """Builds the statements and claims of one report; sentences are given in text order."""

    report: Report
    grammar: Grammar
    discourse: Discourse
    mentions: MentionMaker
    calendar: Calendar
    found: Found = field(default_factory=Found)
    previous: list[Kept] = field(default_factory=list)
    spoken: Voice | None = None

    @classmethod
    def of(cls, report: Report, grammar: Grammar) -> ClaimBuilder:
        """Begin a report."""
        discourse = Discourse(grammar.lexicon)
        return cls(report, grammar, discourse, MentionMaker(report, grammar, discourse), Calendar(grammar.lexicon, report.published))

    def read(self, sentences: Sequence[Sentence]) -> None:
        """Read one paragraph."""
        speakers = self.grammar.attribution.speakers(sentences, self.spoken)
        self.spoken = self.grammar.attribution.last_speaker(sentences, speakers)
        for sentence in sentences:
            self.discourse.name_places(list(self._named(sentence)))
            self._hear(sentence)
            stated_dates = list(dates(self._text(sentence), sentence.extent.start, self.report.published))
            stated_distances = list(distances(self._text(sentence), sentence.extent.start))
            findings = self.grammar.find(sentence)
            for finding in sorted(findings, key=lambda f: f.predicate.i):
                self._state(finding, speakers, stated_dates, stated_distances)
            for voice in self.grammar.attribution.retorts(sentence):
                self._retort(sentence, voice)
            self._remember(sentence)

    def _text(self, sentence: Sentence) -> str:
        return sentence.extent.of(self.report.text)

    def _hear(self, sentence: Sentence) -> None:
        """Remember who speaks in a sentence, so that "he added" in the next finds its speaker."""
        for voice in self.grammar.attribution.voices(sentence):
            self.mentions.remember(voice)

    # -- one finding ---------------------------------------------------------------------------------------------

    def _state(self, finding: Finding, speakers: dict[int, Voice], when: Sequence[StatedDate], far: Sequence[StatedDistance]) -> None:
        voice = self.grammar.attribution.read(finding.sentence, finding.predicate, speakers)
        reality = self.grammar.stance.read(finding.sentence, finding.predicate)
        if finding.negated and reality.actuality is Actuality.ACTUAL:
            reality = replace(reality, actuality=Actuality.NEGATED)
        if voice.void or reality.actuality is Actuality.DROPPED:
            return
        if voice.contradicted is not None and reality.actuality is Actuality.ACTUAL:
            claimed = Voice(voice.contradicted, voice.sentence, voice.cue)
            self._keep(finding, self._statement(finding, claimed, reality, when), far)
        statement = self._statement(finding, voice, reality, when)
        silent = statement.stance is Stance.UNACKNOWLEDGED
        if not silent or statement.kind in {Kind.LOSS, Kind.WITHDRAWAL, Kind.CAPTURE, Kind.ENTRY}:
            self._keep(finding, statement, far)

    def _statement(self, finding: Finding, voice: Voice, reality: Reality, when: Sequence[StatedDate]) -> Statement:
        attempt = reality.actuality is Actuality.ATTEMPT
        kind = ATTEMPTED.get(finding.kind, finding.kind) if attempt else finding.kind
        commitment = _commitment(voice, reality.actuality, reality.hedge, reality.cue)
        found_untrue = voice.stance is None and commitment.stance is Stance.DENIES
        attribution = self.mentions.attribution(voice)
        event = self.calendar.when(finding, kind, when)
        return Statement(
            id="",
            report=self.report.id,
            evidence=evidence(finding, voice.cue),
            predicate=Span(finding.predicate.start, finding.predicate.end),
            cue=commitment.cue,
            kind=kind,
            stance=commitment.stance,
            certainty=commitment.certainty,
            actor=self.mentions.actor(finding.actor, voice, attribution) or self._strikers(finding, attribution),
            target=self.mentions.actor(finding.target, voice, attribution),
            attribution=attribution,
            event_date=event,
            manner=finding.manner,
            rule=finding.rule + (NEGATION if found_untrue else OBSERVED if self._seen(finding, voice, commitment) else ""),
            background=self.calendar.is_background(event),
            presupposed=finding.presupposed,
            euphemism=finding.euphemism,
        )

    def _seen(self, finding: Finding, voice: Voice, commitment: Commitment) -> bool:
        said = commitment.stance in {Stance.ASSERTS, Stance.HEDGES}
        return said and was_seen(finding.sentence, voice, commitment.cue, self.grammar.lexicon.saying)

    def _retort(self, sentence: Sentence, voice: Voice) -> None:
        """Deny what another source has just said, where the denial only points at it."""
        if voice.verb is None:
            return
        attribution = self.mentions.attribution(voice)
        for said in just_said(self.previous, voice.verb.start, attribution.source.referent):
            retort, implied = denial(said, sentence, voice, attribution)
            fresh = [claim for claim in implied if not self.found.explicit(retort, claim) and self._is_fresh(retort, claim)]
            if fresh:
                self.found.statements.append(retort)
                self.found.claims.extend(with_claim_ids(claim, retort) for claim in fresh)

    def _strikers(self, finding: Finding, attribution: Attribution) -> Mention | None:
        """Return who strikes in a list ("Coalition forces conducted 15 strikes … Near X, two strikes destroyed …"): as before."""
        subject = finding.sentence.child(finding.predicate, "nsubj")
        if finding.kind is not Kind.STRIKE or subject is None or subject.lemma not in self.grammar.lexicon.actors.aircraft:
            return None
        for said in (kept.statement for kept in reversed(self.previous)):
            if said.kind is Kind.STRIKE and said.actor is not None and said.attribution.source.referent == attribution.source.referent:
                return replace(said.actor, start=subject.start, end=subject.start, as_written="")
        return None

    def _keep(self, finding: Finding, statement: Statement, far: Sequence[StatedDistance]) -> None:
        nominal = finding.bare and not finding.places and not is_verb(finding.predicate)
        if nominal and (seen := self._here(finding)) is not None:
            statement = replace(statement, evidence=reaching_back(finding.sentence, statement.evidence, seen.end))
        statement = with_statement_id(statement)
        claims = [self._claim(statement, finding, phrase, far) for phrase in finding.places]
        if not claims and finding.bare:
            claims = self._without_place(statement, finding, far)
        claims = [claim for claim in claims if self._says_where(statement, claim)]
        fresh = [claim for claim in claims if self._is_fresh(statement, claim)]
        if not fresh:
            return
        self.found.supersede(statement, fresh)
        self.previous.append(Kept(finding, statement, fresh))
        self.found.statements.append(statement)
        self.found.claims.extend(with_claim_ids(claim, statement) for claim in fresh)
        if statement.actor is not None:
            actor = statement.actor
            self.discourse.act(Seen(actor.referent_span or actor.span, actor.referent, meant=actor.end))
        for claim in fresh:
            self._remember_claimed(claim)

    def _says_where(self, statement: Statement, claim: Claim) -> bool:
        """Leave out what is no place ("their positions", "areas") unless the claim bears on control; and nobody's withdrawal."""
        if claim.toponym is None:
            return statement.actor is not None or statement.stance is not Stance.ASSERTS
        words = claim.toponym.as_written.split()
        generic = len(words) == 1 and words[0].islower() and words[0].endswith("s") and claim.toponym.referent_span == claim.toponym.span
        if words == ["land"]:
            return False
        if generic and words[0] not in self.grammar.lexicon.places.front_alone:
            return False
        vague = (
            claim.toponym.referent_span == claim.toponym.span
            and claim.toponym.as_written.split()[-1].lower() in self.grammar.lexicon.places.nowhere
        )
        return not vague or statement.kind in {Kind.CAPTURE, Kind.CONTROL, Kind.LOSS, Kind.HANDOVER}

    def _is_fresh(self, statement: Statement, claim: Claim) -> bool:
        """The same proposition by the same source counts once."""
        actor = statement.actor.referent.casefold() if statement.actor else ""
        key = (statement.kind, statement.stance, _place_key(claim), actor, statement.attribution.source.referent.casefold())
        if key in self.found.seen:
            return False
        self.found.seen.add(key)
        return True

    # -- places --------------------------------------------------------------------------------------------------

    def _claim(self, statement: Statement, finding: Finding, phrase: PlacePhrase, far: Sequence[StatedDistance]) -> Claim:
        toponym = self.mentions.toponym(phrase)
        distance = self._distance(finding, phrase, toponym, far)
        return Claim("", "", statement.id, toponym, phrase.relation, phrase.extent, distance)

    def _without_place(self, statement: Statement, finding: Finding, far: Sequence[StatedDistance]) -> list[Claim]:
        """Claims of a predicate whose place stands elsewhere: before the clause, in what was just said, or nowhere."""
        if self._is_person(finding):
            return []
        scene_place = self._scene(finding) if self._here(finding) is None else None
        if scene_place is not None:
            return [self._claim(statement, finding, scene_place, far)]
        if finding.elided:
            return self._elided(statement) or self._last_place(statement)
        indefinite = any(w.lower in {"any", "no"} for w in finding.sentence.children(finding.predicate, "det"))
        earlier = statement.kind is Kind.REPULSE and finding.predicate.dep in {
            "pcomp",
            "advcl",
        }  # "after repelling the assault of last week"
        if not indefinite and not earlier and statement.kind in TAKES_LAST_PLACE and (last := self._last_place(statement)):
            return last
        return [Claim("", "", statement.id, None)] if statement.kind in BEARS_ON_CONTROL else []

    @staticmethod
    def _is_person(finding: Finding) -> bool:
        """Tell whether it is a person who fled, not a force: "the president has fled"."""
        actor = finding.actor
        named = actor is not None and not actor.known and not actor.pronoun and actor.head.tag == "NNP"
        return named and finding.predicate.lemma in {"flee", "escape"}

    def _here(self, finding: Finding) -> Seen | None:
        """The place last claimed, where this very sentence names or means it: "took the hill after a battle with …"."""
        if finding.kind not in TAKES_LAST_PLACE or finding.elided:
            return None
        seen = self.discourse.understood(finding.predicate.start)
        return seen if seen is not None and seen.end >= finding.sentence.words[0].start else None

    def _last_place(self, statement: Statement) -> list[Claim]:
        """The place last claimed, left out because it is understood ("… and fighting went on")."""
        seen = self.discourse.understood(statement.predicate.start)
        if seen is None:
            return []
        at = statement.predicate.start
        return [Claim("", "", statement.id, Mention(self.report.id, at, at, "", seen.text, seen.span))]

    def _elided(self, statement: Statement) -> list[Claim]:
        """Places left out where the source has just named them: "… affirming that its forces remain stationed"."""
        source = statement.attribution.source
        same = [c for kept in self.previous if kept.statement.attribution.source.referent == source.referent for c in kept.claims]
        mentions = [c.toponym for c in same if c.toponym is not None]
        at = statement.evidence.end
        return [Claim("", "", statement.id, replace(m, start=at, end=at, as_written="")) for m in mentions]

    def _scene(self, finding: Finding) -> PlacePhrase | None:
        for complement in scene(finding.sentence, finding.predicate):
            for phrase in self.grammar.places.read(finding.sentence, complement.noun, complement.preposition):
                return phrase
        return None

    def _named(self, sentence: Sentence) -> Iterator[Seen]:
        """Yield the places a sentence names, in order; those that only help to find another are glosses."""
        words = self.grammar.lexicon.places
        for word in sentence:
            if not word.name.locates or word.name is NameOf.COUNTRY:
                continue
            after = sentence.words[word.i + 1] if word.i + 1 < len(sentence) else None
            with_noun = after is not None and after.lemma in words.region and word.dep in {"compound", "nmod", "poss", "amod"}
            span = Span(word.start, after.end) if with_noun and after is not None else Span(word.start, word.end)
            apposed = {w.lemma for w in sentence.children(word, "appos")}
            yield Seen(
                span,
                span.of(self.report.text),
                region=with_noun or word.name is NameOf.REGION,
                gloss=self._is_gloss(sentence, word),
                capital=bool(apposed & words.capital),
                topic=word.dep in {"nsubj", "nsubjpass"},
            )

    def _is_gloss(self, sentence: Sentence, word: Word) -> bool:
        """Tell whether a name only locates another: "220 km north of X", "the capital of X", "in X's Kursk region"."""
        prep = sentence.head(word)
        if word.dep in {"poss", "compound", "amod", "nmod"}:
            return prep.lemma not in self.grammar.lexicon.places.any
        if prep.dep != "prep":
            return word.dep == "dobj" and prep.dep == "acl"
        bearer = sentence.head(prep)
        lemma = bearer.lemma
        return lemma in self.grammar.lexicon.places.direction | self.grammar.lexicon.places.capital or lemma.startswith(
            ("kilomet", "mile", "km")
        )

    def _remember_claimed(self, claim: Claim) -> None:
        mention = claim.toponym
        if mention is None or mention.referent_span is None or mention.implied:
            return
        region = any(w in self.grammar.lexicon.places.region for w in mention.referent.lower().split())
        self.discourse.claim_place(Seen(mention.referent_span, mention.referent, region=region, meant=mention.end))

    # -- distances and dates -------------------------------------------------------------------------------------

    def _distance(self, finding: Finding, phrase: PlacePhrase, toponym: Mention, far: Sequence[StatedDistance]) -> Distance | None:
        """A distance that leads to the place ("within 10 km of X"), or one behind it ("X, 130 km north of Y", "X at a distance of …")."""
        text = self.report.text
        for stated in far:
            words = stated.span.of(text).strip()
            between = text[stated.span.end : phrase.span.start] if stated.span.end <= phrase.span.start else None
            if stated.linked and between is not None and len(between) <= 25 and not any(c in between for c in ",.;"):  # noqa: PLR2004  "the city of"
                return Distance(stated.km_low, stated.km_high, toponym, words)
            gap = text[phrase.span.end : stated.span.start] if phrase.span.end <= stated.span.start else None
            if stated.linked and gap is not None and GLOSS.fullmatch(gap):
                reference = self._reference(finding.sentence, stated.span.end)
                if reference is not None:
                    return Distance(stated.km_low, stated.km_high, reference, words)
            if not stated.linked and gap is not None and AT_A_DISTANCE.fullmatch(gap):
                return Distance(stated.km_low, stated.km_high, toponym, words)
        return None

    def _reference(self, sentence: Sentence, after: int) -> Mention | None:
        for word in sentence:
            if word.start >= after and word.start - after <= 30:  # noqa: PLR2004  a few words: "the provincial capital,"
                for phrase in self.grammar.places.read(sentence, word)[:1]:
                    return self.mentions.toponym(phrase)
        return None

    def _main_actor(self, sentence: Sentence) -> Seen | None:
        """Return the actor that a sentence is about: the subject of its main clause."""
        root = next((w for w in sentence if w.dep == "ROOT"), None)
        noun = sentence.child(root, "nsubj", "nsubjpass") if root is not None else None
        if noun is None or not self.grammar.actors.is_force(sentence, noun):
            return None
        phrase = self.grammar.actors.read(sentence, noun)
        return Seen(phrase.span, phrase.span.of(self.report.text)) if phrase is not None and not phrase.pronoun else None

    def _remember(self, sentence: Sentence) -> None:
        """Remember the actors of a sentence that made no claim, so that "they" finds them."""
        self.discourse.about = self._main_actor(sentence) or self.discourse.about
        known = {actor.span for actor in self.discourse.actors}
        for word in sentence.words:
            if word.dep in {"nsubj", "nsubjpass"} and self.grammar.actors.is_force(sentence, word):
                phrase = self.grammar.actors.read(sentence, word)
                if phrase is not None and phrase.span not in known and not phrase.pronoun:
                    self.discourse.act(Seen(phrase.span, phrase.span.of(self.report.text)))


def _place_key(claim: Claim) -> str:
    """What tells two claims of one source apart by place: the name, or the words of a facility that has none."""
    if claim.toponym is None:
        return ""
    facility = claim.extent.kind is ExtentKind.FACILITY
    return (claim.toponym.as_written if facility else claim.toponym.referent).casefold()


def _commitment(voice: Voice, actuality: Actuality, hedge: Certainty | None, cue: Span | None) -> Commitment:
    """Put together what the saying and the clause commit the source to.

    An adverb of hearsay beside a named source leaves the source's own assertion; a modal does not.
    """
    if voice.stance is not None:
        return Commitment(voice.stance, voice.certainty, voice.cue)
    if actuality is Actuality.NEGATED:
        return Commitment(Stance.DENIES, Certainty.CERTAIN, voice.cue)
    if hedge is not None and (voice.source is None or hedge is not Certainty.UNDERSPECIFIED):
        return Commitment(Stance.HEDGES, hedge, cue)
    return Commitment(Stance.ASSERTS, Certainty.CERTAIN, voice.cue)
