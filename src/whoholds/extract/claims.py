"""Findings of one report, sentence by sentence, put together into statements and claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from whoholds.extract.dates import StatedDate, dates
from whoholds.extract.discourse import FIRST, PERSONS, Discourse, Seen
from whoholds.extract.distances import StatedDistance, distances
from whoholds.extract.findings import ActorPhrase, Actuality, Commitment, Finding, Form, PlacePhrase
from whoholds.extract.clauses import is_verb
from whoholds.extract.grammar import Grammar
from whoholds.extract.sources import SourcePhrase
from whoholds.extract.attribution import Voice
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.identity import with_claim_ids, with_statement_id
from whoholds.model import Attribution, Claim, DateRange, Distance, Mention, Report, Span, Statement
from whoholds.taxonomy import Certainty, Kind, Role, Stance

BACKGROUND = timedelta(days=14)
BEARS_ON_CONTROL = frozenset({Kind.WITHDRAWAL, Kind.REPULSE, Kind.LOSS})
ATTEMPTED = {Kind.CAPTURE: Kind.ADVANCE, Kind.ENTRY: Kind.ADVANCE, Kind.CONTROL: Kind.CLASH}
EVIDENCE_WORDS = 40
MIN_EVIDENCE = 4


@dataclass(slots=True)
class Found:
    """What has been put together so far for one report."""

    statements: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)


@dataclass(slots=True)
class ClaimBuilder:
    """Builds the statements and claims of one report; sentences are given in text order."""

    report: Report
    grammar: Grammar
    discourse: Discourse
    found: Found = field(default_factory=Found)
    previous: list[tuple[Finding, Statement, list[Claim]]] = field(default_factory=list)

    def read(self, sentences: Sequence[Sentence]) -> None:
        """Read one paragraph."""
        speakers = self.grammar.attribution.speakers(sentences)
        for sentence in sentences:
            self.discourse.name_places(list(self._named(sentence)))
            stated_dates = list(dates(self._text(sentence), sentence.extent.start, self.report.published))
            stated_distances = list(distances(self._text(sentence), sentence.extent.start))
            findings = [*self.grammar.verbs.find(sentence), *self.grammar.nouns.find(sentence)]
            for finding in sorted(findings, key=lambda f: f.predicate.i):
                self._state(finding, speakers, stated_dates, stated_distances)
            self._remember(sentence)

    def _text(self, sentence: Sentence) -> str:
        return sentence.extent.of(self.report.text)

    # -- one finding ---------------------------------------------------------------------------------------------

    def _state(self, finding: Finding, speakers: dict[int, Voice], when: Sequence[StatedDate], far: Sequence[StatedDistance]) -> None:
        sentence = finding.sentence
        voice = self.grammar.attribution.read(sentence, finding.predicate, speakers)
        reality = self.grammar.stance.read(sentence, finding.predicate)
        if voice.void or reality.actuality is Actuality.DROPPED:
            return
        kind = finding.kind
        if reality.actuality is Actuality.ATTEMPT:
            kind = ATTEMPTED.get(kind, kind)
        commitment = _commitment(voice, reality.actuality, reality.hedge, reality.cue)
        attribution = self._attribution(voice)
        if commitment.stance is Stance.UNACKNOWLEDGED and kind not in {Kind.LOSS, Kind.WITHDRAWAL}:
            return
        statement = Statement(
            id="",
            report=self.report.id,
            evidence=self._evidence(finding),
            predicate=Span(finding.predicate.start, finding.predicate.end),
            cue=commitment.cue,
            kind=kind,
            stance=commitment.stance,
            certainty=commitment.certainty,
            actor=self._actor(finding, finding.actor, voice, attribution),
            target=self._actor(finding, finding.target, voice, attribution),
            attribution=attribution,
            event_date=self._when(finding, kind, commitment.stance, when),
            manner=finding.manner,
            rule=finding.rule,
            presupposed=finding.presupposed,
            euphemism=finding.euphemism,
        )
        statement = replace(statement, background=self._is_background(statement.event_date))
        self._keep(finding, statement, far)

    def _keep(self, finding: Finding, statement: Statement, far: Sequence[StatedDistance]) -> None:
        statement = with_statement_id(statement)
        claims = [self._claim(statement, finding, phrase, far) for phrase in finding.places]
        if finding.elided and not claims:
            claims = self._elided(statement)
        if not claims and finding.bare and statement.kind in BEARS_ON_CONTROL:
            claims = [self._placeless(statement, finding, far)]
        fresh = [claim for claim in claims if self._is_fresh(statement, claim)]
        if not fresh:
            return
        self.found.statements.append(statement)
        self.found.claims.extend(with_claim_ids(claim, statement) for claim in fresh)
        if statement.actor is not None:
            self.discourse.act(Seen(statement.actor.span, statement.actor.referent))
        for claim in fresh:
            self._remember_claimed(claim)

    def _is_fresh(self, statement: Statement, claim: Claim) -> bool:
        """The same proposition by the same source counts once."""
        place = claim.toponym.referent.casefold() if claim.toponym else ""
        key = (statement.kind, statement.stance, place, statement.attribution.source.referent.casefold())
        if key in self.found.seen:
            return False
        self.found.seen.add(key)
        return True

    def _evidence(self, finding: Finding) -> Span:
        """The stretch from the first to the last of predicate, places and actor; the clause where that says too little."""
        words = [finding.predicate, *(w for p in finding.places for w in (p.first, p.last))]
        if finding.actor is not None and abs(finding.actor.first.i - finding.predicate.i) <= EVIDENCE_WORDS // 2:
            words += [finding.actor.first, finding.actor.last]
        if finding.object is not None and abs(finding.object.i - finding.predicate.i) <= EVIDENCE_WORDS // 2:
            words.append(finding.object)
        first, last = min(words, key=lambda w: w.i), max(words, key=lambda w: w.i)
        if last.i - first.i + 1 < MIN_EVIDENCE:
            subtree = [w for w in finding.sentence.subtree(finding.predicate) if abs(w.i - finding.predicate.i) <= EVIDENCE_WORDS // 2]
            first = min([first, *subtree], key=lambda w: w.i)
            last = max([last, *subtree], key=lambda w: w.i)
        if last.i - first.i > EVIDENCE_WORDS:
            first = max(first, finding.sentence.words[max(0, last.i - EVIDENCE_WORDS)], key=lambda w: w.i)
        return Span(first.start, last.end)

    # -- places --------------------------------------------------------------------------------------------------

    def _claim(self, statement: Statement, finding: Finding, phrase: PlacePhrase, far: Sequence[StatedDistance]) -> Claim:
        toponym = self._toponym(phrase)
        distance = self._distance(finding, phrase, toponym, far)
        return Claim("", "", statement.id, toponym, phrase.relation, phrase.extent, distance)

    def _toponym(self, phrase: PlacePhrase) -> Mention:
        text = phrase.span.of(self.report.text)
        seen: Seen | None = None
        if phrase.form in {Form.ANAPHOR, Form.FACILITY} and phrase.name is None:
            seen = self.discourse.place(phrase)
        if seen is not None:
            return Mention(self.report.id, phrase.span.start, phrase.span.end, text, seen.text, seen.span)
        name = phrase.name if phrase.name is not None and phrase.noun not in self.grammar.lexicon.places.region else phrase.span
        span = name if phrase.name is not None else phrase.span
        return Mention(self.report.id, phrase.span.start, phrase.span.end, text, span.of(self.report.text), span)

    def _elided(self, statement: Statement) -> list[Claim]:
        """Places left out where the source has just named them: "… affirming that its forces remain stationed"."""
        same = [c for _, s, claims in self.previous if s.attribution.source.span == statement.attribution.source.span for c in claims]
        mentions = [c.toponym for c in same if c.toponym is not None]
        at = statement.evidence.end
        return [Claim("", "", statement.id, replace(m, start=at, end=at, as_written="")) for m in mentions]

    def _placeless(self, statement: Statement, finding: Finding, far: Sequence[StatedDistance]) -> Claim:
        scene = self._scene(finding)
        if scene is not None:
            return self._claim(statement, finding, scene, far)
        return Claim("", "", statement.id, None)

    def _scene(self, finding: Finding) -> PlacePhrase | None:
        from whoholds.extract.clauses import scene  # noqa: PLC0415

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
            )

    def _is_gloss(self, sentence: Sentence, word: Word) -> bool:
        """Tell whether a name only locates another: "220 km north of X", "the capital of X", "in X's Kursk region"."""
        prep = sentence.head(word)
        if prep.dep != "prep":
            return word.dep in {"poss", "compound", "amod"}
        bearer = sentence.head(prep)
        lemma = bearer.lemma
        return lemma in self.grammar.lexicon.places.direction | self.grammar.lexicon.places.capital or lemma.startswith(("kilomet", "mile", "km"))

    def _remember_claimed(self, claim: Claim) -> None:
        mention = claim.toponym
        if mention is None or mention.referent_span is None or mention.implied:
            return
        region = any(w in self.grammar.lexicon.places.region for w in mention.referent.lower().split())
        self.discourse.claim_place(Seen(replace_end(mention.referent_span, mention), mention.referent, region=region))

    # -- distances and dates -------------------------------------------------------------------------------------

    def _distance(self, finding: Finding, phrase: PlacePhrase, toponym: Mention, far: Sequence[StatedDistance]) -> Distance | None:
        """A distance that leads to the place ("within 10 km of X"), or one set behind it ("X, 130 km north of Y")."""
        text = self.report.text
        for stated in far:
            words = stated.span.of(text).strip()
            between = text[stated.span.end : phrase.span.start] if stated.span.end <= phrase.span.start else None
            if stated.linked and between is not None and len(between) <= 25 and not any(c in between for c in ",.;"):  # noqa: PLR2004  "the city of"
                return Distance(stated.km_low, stated.km_high, toponym, words)
            gap = text[phrase.span.end : stated.span.start] if phrase.span.end <= stated.span.start else None
            if stated.linked and gap is not None and len(gap) <= 30 and gap.lstrip().startswith(",") and ";" not in gap:  # noqa: PLR2004
                reference = self._reference(finding.sentence, stated.span.end)
                if reference is not None:
                    return Distance(stated.km_low, stated.km_high, reference, words)
        return None

    def _reference(self, sentence: Sentence, after: int) -> Mention | None:
        for word in sentence:
            if word.start >= after and word.start - after <= 30:  # noqa: PLR2004  a few words: "the provincial capital,"
                for phrase in self.grammar.places.read(sentence, word)[:1]:
                    return self._toponym(phrase)
        return None

    def _when(self, finding: Finding, kind: Kind, stance: Stance, when: Sequence[StatedDate]) -> DateRange | None:
        for stated in when:
            if self._dates(finding, stated):
                return stated.days
        published = self.report.published
        present = finding.stative or kind in {Kind.CONTROL, Kind.POSITION} or self._is_present(finding)
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
        if not is_verb(finding.predicate) and is_verb(head) and head.lemma not in self.grammar.lexicon.saying.say:
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

    def _is_background(self, event: DateRange | None) -> bool:
        published: date | None = self.report.published
        return bool(published and event and event.last and event.last < published - BACKGROUND)

    # -- actors and sources --------------------------------------------------------------------------------------

    def _actor(self, finding: Finding, phrase: ActorPhrase | None, voice: Voice, attribution: Attribution) -> Mention | None:
        if phrase is None:
            return None
        span = phrase.span
        text = span.of(self.report.text)
        plain = Mention(self.report.id, span.start, span.end, text, text, span)
        if not phrase.pronoun:
            return plain
        owner = self._owner(finding, phrase, voice, attribution)
        return replace(plain, referent=owner.text, referent_span=owner.span) if owner else plain

    def _owner(self, finding: Finding, phrase: ActorPhrase, voice: Voice, attribution: Attribution) -> Seen | None:
        """Return whom a pronoun stands for: the speaker's side for "we" and "its", else the last actor."""
        if phrase.pronoun in FIRST or (phrase.pronoun not in PERSONS and voice.source is not None and not attribution.own_voice):
            group = self._speakers_group(voice)
            if group is not None:
                return group
        return self.discourse.actor(phrase.first.start, phrase.span)

    def _speakers_group(self, voice: Voice) -> Seen | None:
        if voice.source is None or voice.sentence is None:
            return None
        phrase = self.grammar.sources.read(voice.sentence, voice.source)[0]
        if phrase.pronoun:
            known = self.discourse.source(phrase.pronoun, phrase.name.start)
            phrase = known[1] if known else phrase
        span = phrase.group
        return Seen(span, span.of(self.report.text)) if span is not None else None

    def _attribution(self, voice: Voice) -> Attribution:
        publisher = self.report.publisher
        if voice.source is None or voice.sentence is None:
            implied = Mention(self.report.id, 0, 0, "", publisher or "the publisher", None)
            return Attribution(implied, (), publisher, Role.MEDIA, own_voice=True)
        phrases = self.grammar.sources.read(voice.sentence, voice.source)
        source = self._source(phrases)
        via = tuple(self._via(voice))
        return Attribution(source, via, publisher, phrases[0].role, own_voice=False)

    def _source(self, phrases: Sequence[SourcePhrase]) -> Mention:
        """Return the source; joint sources are one mention whose referent joins their names with "; "."""
        names = [self._source_name(phrase) for phrase in phrases]
        start, end = min(n.start for n in names), max(n.end for n in names)
        if len(names) == 1:
            return names[0]
        return Mention(self.report.id, start, end, self.report.text[start:end], "; ".join(n.referent for n in names), Span(start, end))

    def _source_name(self, phrase: SourcePhrase) -> Mention:
        text = phrase.name.of(self.report.text)
        plain = Mention(self.report.id, phrase.name.start, phrase.name.end, text, text, phrase.name)
        if not phrase.pronoun:
            self.discourse.speak(Seen(phrase.name, text), phrase)
            return plain
        known = self.discourse.source(phrase.pronoun, phrase.name.start)
        if known is not None:
            return replace(plain, referent=known[0].text, referent_span=known[0].span)
        actor = self.discourse.actor(phrase.name.start)
        return replace(plain, referent=actor.text, referent_span=actor.span) if actor else plain

    def _via(self, voice: Voice) -> Iterator[Mention]:
        """Yield the channel or the relaying agency: "posted on Telegram", "told Reuters"."""
        if voice.verb is None or voice.sentence is None:
            return
        sentence, verb = voice.sentence, voice.verb
        for prep in sentence.children(verb, "prep", "dative"):
            if prep.lower in {"on", "to", "via", "through", "in"}:
                for noun in sentence.children(prep, "pobj"):
                    if noun.lower in self.grammar.lexicon.saying.channel or noun.name is NameOf.SOURCE:
                        yield self._plain(noun)
        for noun in sentence.children(verb, "dobj", "dative"):
            if verb.lemma == "tell" and (noun.name is NameOf.SOURCE or noun.tag == "NNP"):
                yield self._plain(noun)

    def _plain(self, noun: Word) -> Mention:
        span = Span(noun.start, noun.end)
        return Mention(self.report.id, span.start, span.end, noun.text, noun.text, span)

    def _remember(self, sentence: Sentence) -> None:
        """Remember the actors of a sentence that made no claim, so that "they" finds them."""
        known = {actor.span for actor in self.discourse.actors}
        for word in sentence.words:
            if word.dep in {"nsubj", "nsubjpass"} and self.grammar.actors.is_force(sentence, word):
                phrase = self.grammar.actors.read(sentence, word)
                if phrase is not None and phrase.span not in known and not phrase.pronoun:
                    self.discourse.act(Seen(phrase.span, phrase.span.of(self.report.text)))


def replace_end(referent: Span, mention: Mention) -> Span:
    """Return the span at which a referent was last meant: where the mention stands."""
    return mention.span if mention.start > referent.end else referent


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
