"""The rules of one language, put together. A new language is a model, a lexicon and a module like this one."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.extract.actors import ActorReader
from whoholds.extract.attribution import AttributionRules
from whoholds.extract.echoes import EchoRules
from whoholds.extract.events import NounRules
from whoholds.extract.findings import Finding
from whoholds.extract.holdings import HoldingRules
from whoholds.extract.predicates import VerbRules
from whoholds.extract.prisoners import PrisonerRules
from whoholds.extract.sources import SourceReader
from whoholds.extract.stance import StanceRules
from whoholds.extract.syntax import Sentence
from whoholds.extract.tallies import with_tally
from whoholds.extract.topics import TopicRules
from whoholds.extract.toponyms import PlaceReader
from whoholds.registry.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything that reads sentences of one language."""

    lexicon: Lexicon
    places: PlaceReader
    actors: ActorReader
    verbs: VerbRules
    nouns: NounRules
    stance: StanceRules
    attribution: AttributionRules
    sources: SourceReader
    holdings: HoldingRules
    topics: TopicRules
    echoes: EchoRules

    def find(self, sentence: Sentence) -> list[Finding]:
        """Return what the predicates of a sentence claim; a verb that a noun has absorbed claims nothing of its own."""
        nominal = [*self.holdings.find(sentence), *self.nouns.find(sentence)]
        absorbed = {verb.i for finding in nominal for verb in finding.absorbs}
        held = {finding.predicate.i for finding in nominal}
        verbal = [finding for finding in self.verbs.find(sentence) if finding.predicate.i not in absorbed | held]
        found = [*verbal, *nominal, *self.topics.find(sentence)]
        found += self.echoes.find(sentence, found)
        return [with_tally(sentence, finding, self.places) for finding in found]


def english() -> Grammar:
    """Return the grammar of English."""
    lexicon = load_lexicon("en")
    places, actors = PlaceReader(lexicon), ActorReader(lexicon)
    prisoners = PrisonerRules(lexicon, places)
    return Grammar(
        lexicon=lexicon,
        places=places,
        actors=actors,
        verbs=VerbRules(lexicon, places, actors, prisoners),
        nouns=NounRules(lexicon, places, actors, prisoners),
        stance=StanceRules(lexicon),
        attribution=AttributionRules(lexicon),
        sources=SourceReader(lexicon),
        holdings=HoldingRules(lexicon, places, actors),
        topics=TopicRules(lexicon, places, actors),
        echoes=EchoRules(lexicon, places, actors),
    )
