"""Phrases that name places, read off the parse around a noun (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.extract.findings import Form, PlacePhrase
from whoholds.extract.names import CALENDAR
from whoholds.extract.phrases import determiner, first_word, is_proper, proper_run
from whoholds.extract.syntax import NameOf, Sentence, Word
from whoholds.model import Extent, Span
from whoholds.registry.lexicon import Lexicon
from whoholds.taxonomy import ExtentKind, Relation

DEFINITE = frozenset({"the", "this", "that", "its", "their", "these", "those", "his", "our"})
PRONOUNS = frozenset({"it", "there", "here", "nearby", "elsewhere"})
WHOLE = frozenset({"all", "whole", "entire", "full", "entirety", "rest", "remainder", "entirely", "total"})
MOST = frozenset({"most", "majority", "bulk", "much", "two-third", "large"})
SIDES = re.compile(r"^(?:north|south|east|west|central|upper|lower|greater|old|inner|outer|downtown|rural)", re.IGNORECASE)
ACRONYM = re.compile(r"^[A-Z][A-Z0-9.&/-]{1,6}s?$")
CALLED = frozenset({"know", "call", "name"})
QUANTIFIERS = frozenset({"several", "many", "some", "few"})
LAND = frozenset({"hectare", "acre"})
FURTHER = frozenset({"further", "farther"})
LIST_MARKS = frozenset({",", "and", "&", "or", "as", "well", "both", "plus"})


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Reads place phrases with one lexicon."""

    lexicon: Lexicon

    def read(self, sentence: Sentence, noun: Word, preposition: str = "") -> list[PlacePhrase]:
        """Return the places that `noun` and what is coordinated with it stand for; empty where it is no place."""
        found = [phrase for head in self._coordinated(sentence, noun) for phrase in self._one(sentence, head)]
        loose = [phrase for phrase in found if self._is_loose(phrase)]
        found = [phrase for phrase in found if phrase not in loose[:-1]]  # "bases and depots" of one town are one place
        relation = self._relation(preposition)
        return [replace(p, relation=relation) if p.relation is Relation.IN and relation is not Relation.IN else p for p in found]

    @staticmethod
    def _is_loose(phrase: PlacePhrase) -> bool:
        """Tell whether a phrase is bare plural works, whose place stands elsewhere: "bases", not "the bases" or "bases at X"."""
        bare = phrase.form is Form.FACILITY and phrase.name is None and phrase.last.tag == "NNS"
        return bare and determiner(phrase.sentence, phrase.last) is None

    def is_place(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether `noun` heads a place phrase, a pronoun not counted."""
        return any(phrase.noun not in PRONOUNS for phrase in self._one(sentence, noun))

    def stands(self, sentence: Sentence, noun: Word) -> bool:
        """Tell whether a known name stands for a place: a town's name that says something is a person's or a government's."""
        said = (
            noun.name is NameOf.PLACE
            and noun.dep == "nsubj"
            and sentence.head(noun).lemma in self.lexicon.saying.say | self.lexicon.saying.deny
        )
        return noun.name.locates and not said

    def unknown_name(self, word: Word) -> bool:
        """Tell whether a word may be a place name that the gazetteer does not know."""
        if word.name is not NameOf.NOTHING or not is_proper(word) or word.tag.startswith(("VB", "CD", "PRP")):
            return False
        actors, saying = self.lexicon.actors, self.lexicon.saying
        common = word.lower.rstrip("s")
        return not (
            common in actors.force
            or common in actors.polity
            or common in saying.office
            or word.lower.rstrip(".") in CALENDAR
            or ACRONYM.match(word.text)
            or not word.text[:1].isalpha()
            or word.lower.endswith(("-held", "-controlled", "-backed", "-led", "-run", "-occupied"))
        )

    def _relation(self, preposition: str) -> Relation:
        words = self.lexicon.places
        if preposition.split(" ", maxsplit=1)[0] in words.direction:
            return Relation.DIRECTION_OF
        if preposition in words.relation_around:
            return Relation.AROUND
        return Relation.NEAR if preposition in words.relation_near else Relation.IN

    def _coordinated(self, sentence: Sentence, noun: Word) -> Iterator[Word]:
        """Yield `noun` and its conjuncts, and repair lists that the parser broke ("A in the north, B in the center, and C")."""
        of_units = [w for w in self._bases(sentence, noun) if w.lemma in self.lexicon.places.facility]
        heads = [w for w in [*sentence.conjuncts(noun), *of_units] if w.i == noun.i or not (self._lone_verb(w) or self._aside(sentence, w))]
        yield from heads
        if heads[-1].name.locates:
            yield from self._list_after(sentence, heads[-1])

    @staticmethod
    def _bases(sentence: Sentence, noun: Word) -> list[Word]:
        """Return what the list goes on with behind whose base it is: "the base of the 87th Regiment and the airport"."""
        units = [w for p in sentence.children(noun, "prep") if p.lower == "of" for w in sentence.children(p, "pobj")]
        numbered = [w for w in units if not w.name.locates and any(c.text[:1].isdigit() for c in sentence.children(w))]
        return [further for unit in numbered for further in sentence.conjuncts(unit)[1:]]

    def _aside(self, sentence: Sentence, word: Word) -> bool:
        """Tell whether a compass word only says where the next of a list lies: "A and, further west, B"."""
        return word.lower in self.lexicon.places.direction and any(w.lower in FURTHER for w in sentence.children(word, "advmod"))

    @staticmethod
    def _lone_verb(word: Word) -> bool:
        return word.tag.startswith("VB")

    def _list_after(self, sentence: Sentence, last: Word) -> list[Word]:
        """Return known names that go on a list after `last`, if an "and" closes it."""
        found: list[Word] = []
        closed = aside = False
        i = last.i + 1
        while i < len(sentence):
            word = sentence.words[i]
            if word.name.locates and sentence.words[i - 1].lower in LIST_MARKS:
                found.append(word)
                if closed:
                    return found
            elif word.lower in LIST_MARKS:
                closed = closed or word.lower in {"and", "&"}
            elif closed and aside and word.lemma in self.lexicon.places.facility:
                return [*found, word]
            elif not (word.lower in {"in", "to", "the"} | FURTHER or word.lower in self.lexicon.places.direction):
                return []
            aside = aside or word.lower in FURTHER
            i += 1
        return []

    def _one(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        if noun.lower in PRONOUNS:
            return [PlacePhrase(sentence, noun, noun, Form.ANAPHOR, noun=noun.lower)]
        if noun.name.locates:
            return [self._named(sentence, noun)] if self.stands(sentence, noun) else []
        words = self.lexicon.places
        if noun.lemma in words.never:
            return []
        if noun.lemma in words.any or noun.lemma in words.quantity or noun.tag == "CD" or noun.lower in words.edge or noun.lower == "%":
            several = self._names_before(sentence, noun)
            return several if len(several) > 1 else self._common(sentence, noun)
        if self._is_area(sentence, noun):
            return self._area(sentence, noun)
        article = determiner(sentence, noun) if noun.lemma in words.direction and noun.tag == "NN" else None
        if article is not None and article.lower == "the" and (inner := self._inner(sentence, noun)):
            return [replace(place, first=noun, extent=Extent(ExtentKind.PART)) for place in inner[:1]]
        return [self._named(sentence, noun)] if self.unknown_name(noun) else []

    @staticmethod
    def _is_area(sentence: Sentence, noun: Word) -> bool:
        """Tell whether a noun measures land: "250 square kilometres", "40 hectares"."""
        return noun.lemma in LAND or any(w.lower in {"square", "sq"} for w in sentence.children(noun, "amod", "compound", "nmod"))

    def _area(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        """Read so much of a place as that part of it; of no named place, as words that are placed nowhere."""
        first = next((w for w in sentence.children(noun, "nummod")), first_word(sentence, noun))
        for prep in sentence.children(noun, "prep"):
            for inner in sentence.children(prep, "pobj") if prep.lower in {"of", "in", "across"} else []:
                if found := self.read(sentence, inner):
                    return [replace(p, first=first, core=p.span, extent=Extent(ExtentKind.PART)) for p in found]
        return [PlacePhrase(sentence, first, noun, Form.VAGUE, noun=noun.lemma, extent=Extent(ExtentKind.PART))]

    def _named(self, sentence: Sentence, noun: Word) -> PlacePhrase:
        first, last = proper_run(sentence, noun) if not noun.name.locates else self._whole_name(sentence, noun)
        name = Span(first.start, last.end)
        extent = Extent()
        for child in sentence.children(noun):
            if child.i == first.i - 1 and SIDES.match(child.text) and child.name is NameOf.NOTHING:
                first, extent = child, Extent(ExtentKind.PART)
        form = Form.NAMED
        if noun.name is NameOf.FACILITY:
            form, extent = Form.FACILITY, Extent(ExtentKind.FACILITY)
        noun_beside = "region" if noun.name is NameOf.REGION else ""
        known = noun.name.locates and name == Span(noun.start, noun.end)
        return PlacePhrase(sentence, first, last, form, name, noun=noun_beside, extent=extent, known=known)

    def _whole_name(self, sentence: Sentence, noun: Word) -> tuple[Word, Word]:
        """A known name may be one part of a name nobody knows: "Verkhnia Balka", "Novoselivka Druha"."""
        first = last = noun
        while first.i > 0 and self._is_part(before := sentence.words[first.i - 1], noun):
            first = before
        if noun.dep == "compound" and self._is_part(head := sentence.head(noun), noun) and head.i == noun.i + 1:
            last = head
        return first, last

    def _is_part(self, word: Word, noun: Word) -> bool:
        joined = word.head == noun.i or (word.head == noun.head and noun.dep == "compound") or noun.head == word.i
        return joined and word.dep in {"compound", "nmod", noun.dep} and (word.name is NameOf.PLACE or self.unknown_name(word))

    def _common(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        """Read a common noun of place: what it says of the name beside it, or what it refers back to."""
        words = self.lexicon.places
        beside = self._name_beside(sentence, noun)
        inner = self._inner(sentence, noun)
        if noun.lemma in words.held_at and beside is not None and not beside.known:
            beside = None
        if noun.lower in {"any", "none"} and not any(place.name for place in inner):
            return []  # "denied that any of its territory was lost"
        wider = bool(inner) and inner[0].noun in words.region
        if beside is not None and (noun.lemma not in words.settlement or (wider and beside.known)):
            return [self._around(sentence, noun, beside)]
        if inner and noun.lemma in words.settlement | words.vague | words.part and (len(inner) > 1 or noun.lemma in words.settlement):
            return inner
        if (
            inner
            and noun.tag == "NNS"
            and (noun.lemma in words.vague or noun.lemma in words.held_at)
            and noun.lemma not in words.settlement
        ):
            first = first_word(sentence, noun)
            return [replace(p, first=first if n == 0 else p.first, extent=Extent(ExtentKind.PART)) for n, p in enumerate(inner)]
        if inner and (noun.lemma in words.quantity or noun.tag == "CD" or noun.lower == "%"):
            extent = self._extent(sentence, noun)
            return [replace(p, extent=extent, core=p.span, first=noun if p.first.i > noun.i else p.first) for p in inner]
        if inner:
            return [self._around(sentence, noun, inner[0])]
        if beside is not None:
            return [self._around(sentence, noun, beside)]
        if noun.lemma in words.quantity or noun.tag == "CD" or noun.lower == "%":
            return self._rest(sentence, noun)
        return [self._unnamed(sentence, noun)]

    def _rest(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        """Read "the northern part", "the other half": a part of the place spoken of."""
        for prep in sentence.children(noun, "prep"):
            for side in sentence.children(prep, "pobj") if prep.lower == "of" else []:
                if side.lemma in self.lexicon.places.direction and determiner(sentence, side) is not None:
                    return [PlacePhrase(sentence, noun, side, Form.VAGUE, extent=self._extent(sentence, noun))]
        article = determiner(sentence, noun)
        if article is None or article.lower not in DEFINITE or noun.lemma not in {"part", "half", "rest", "remainder"}:
            return []
        return [PlacePhrase(sentence, article, noun, Form.ANAPHOR, noun=noun.lemma, extent=Extent(ExtentKind.PART))]

    def _inner(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        """Return the places under "of" (and for facilities and areas, "in" or "near") right after the noun."""
        words = self.lexicon.places
        allowed = (
            {"of"}
            if noun.lemma in words.settlement | words.quantity
            else {"of", "in", "near", "around", "at", "to", "on", "outside", "between"}
        )
        for prep in sentence.children(noun, "prep"):
            if prep.lower in allowed and prep.i <= noun.i + 2:
                for inner in sentence.children(prep, "pobj"):
                    found = self.read(sentence, inner)
                    if found:
                        found += [place for further in self._further(sentence, prep) for place in self.read(sentence, further)]
                        vague = prep.lower == "in" and noun.tag == "NNS" and len(self._names_before(sentence, inner)) > 1
                        return found[:1] if vague else found  # "towns in A and B provinces" are one vague area
        apposed = [child for child in sentence.children(noun, "appos") if child.i <= noun.i + 2]
        for name in (*self._called(sentence, noun), *apposed):
            if name.name.locates or self.unknown_name(name):
                return self.read(sentence, name)
        return self._shared(sentence, noun)

    @staticmethod
    def _further(sentence: Sentence, prep: Word) -> Iterator[Word]:
        """Yield what stands under a second preposition: "in Daraa province and around Artouz"."""
        for also in sentence.children(prep, "conj"):
            if also.tag == "IN":
                yield from sentence.children(also, "pobj")

    @staticmethod
    def _called(sentence: Sentence, noun: Word) -> Iterator[Word]:
        """Yield what a place is known as: "two areas known as A and B"."""
        for known in sentence.children(noun, "acl"):
            if known.lemma in CALLED:
                yield from sentence.children(known, "oprd")
                yield from (name for prep in sentence.children(known, "prep") for name in sentence.children(prep, "pobj"))

    def _shared(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        """Return the name that two nouns share: "the city and countryside of X", "the town of X and outskirts"."""
        one, *others = sentence.conjuncts(sentence.head(noun) if noun.dep == "conj" else noun)
        if len(others) != 1 or others[0].i - one.i != 2 or sentence.children(others[0], "det"):  # noqa: PLR2004  "and" alone between them
            return []
        for prep in sentence.children(one, "prep") + sentence.children(others[0], "prep"):
            inner = sentence.child(prep, "pobj") if prep.lower == "of" and prep.i == others[0].i + 1 else None
            if inner is not None and inner.name.locates:
                return [self._named(sentence, inner)]
        return []

    def _name_beside(self, sentence: Sentence, noun: Word) -> PlacePhrase | None:
        """Return the name before the noun: "Daraa province", "Homs' outskirts", "the Saraqeb front"; not "the Gaza side of the dam"."""
        if noun.lemma == "side" and any(p.lower == "of" for p in sentence.children(noun, "prep")):
            return None
        for child in reversed(sentence.children(noun, "compound", "poss", "nmod", "amod", "det")):
            if child.i < noun.i and (child.name.locates or (child.tag in {"NNP", "NNPS"} and self.unknown_name(child))):
                return self._named(sentence, child)
        return None

    def _names_before(self, sentence: Sentence, noun: Word) -> list[PlacePhrase]:
        """Return the names that share a noun behind them: "the Dawasa and Nabi Sheet districts"."""
        if noun.tag not in {"NNS", "NNPS"}:
            return []
        for child in sentence.children(noun, "compound", "nmod", "amod"):
            names = [w for w in sentence.conjuncts(child) if child.i <= w.i < noun.i]
            if len(names) > 1 and all(w.name.locates or (w.tag in {"NNP", "NNPS"} and self.unknown_name(w)) for w in names):
                found = [self._named(sentence, w) for w in names]
                region = noun.lemma in self.lexicon.places.region
                return [replace(place, noun=noun.lemma if region else place.noun) for place in found]
        return []

    def _around(self, sentence: Sentence, noun: Word, inner: PlacePhrase) -> PlacePhrase:
        """Return the phrase from the noun's first modifier to the end of the name, or from the name to the noun."""
        words = self.lexicon.places
        start = first_word(sentence, noun)
        first = min(start, inner.first, key=lambda w: w.i)
        last = max(noun, inner.last, key=lambda w: w.i)
        is_facility = noun.lemma in words.facility and noun.lemma not in words.region | words.settlement
        extent, relation = inner.extent, inner.relation
        if noun.lower in words.edge or noun.lemma in words.edge:
            relation = Relation.OUTSKIRTS
        elif is_facility:
            extent = Extent(ExtentKind.FACILITY)
        elif noun.lemma in words.part:
            extent = Extent(ExtentKind.PART)
        form = Form.FACILITY if is_facility else inner.form
        name = Span(first.start, last.end) if noun.lemma in words.region else inner.name
        return replace(inner, first=first, last=last, form=form, noun=noun.lemma, extent=extent, relation=relation, name=name)

    def _unnamed(self, sentence: Sentence, noun: Word) -> PlacePhrase:
        words = self.lexicon.places
        first = first_word(sentence, noun)
        plural = noun.tag == "NNS"
        article = determiner(sentence, noun)
        refers = article is not None and article.lower in DEFINITE and not (plural and noun.lemma not in words.edge | words.part)
        relation = Relation.OUTSKIRTS if noun.lower in words.edge or noun.lemma in words.edge else Relation.IN
        extent = Extent(ExtentKind.PART) if noun.lemma in words.part else Extent()
        if article is not None and refers:
            first = article
        if plural and first.i and sentence.words[first.i - 1].lower in QUANTIFIERS:
            first = sentence.words[first.i - 1]
        if noun.lemma in words.facility and noun.lemma not in words.region | words.settlement | words.vague:
            inside = Extent(ExtentKind.FACILITY)
            unit = self._unit(sentence, noun)
            if unit is not None:
                name = Span(first.start, unit.end)
                return PlacePhrase(sentence, first, unit, Form.FACILITY, name, noun=noun.lemma, relation=relation, extent=inside)
            return PlacePhrase(sentence, first, noun, Form.FACILITY, noun=noun.lemma, relation=relation, extent=inside)
        named = sentence.head(noun)
        if not refers and noun.dep == "appos" and named.name.locates:  # "Spin Boldak, a town captured by …"
            return self._named(sentence, named)
        form = Form.ANAPHOR if refers else Form.VAGUE
        return PlacePhrase(sentence, first, noun, form, noun=noun.lemma, relation=relation, extent=extent)

    def _unit(self, sentence: Sentence, noun: Word) -> Word | None:
        """Return the body whose base it is: "the base of the 87th Regiment" is a place of that name."""
        for prep in sentence.children(noun, "prep"):
            if prep.lower == "of" and prep.i == noun.i + 1:
                for body in sentence.children(prep, "pobj"):
                    numbered = any(w.text[:1].isdigit() for w in sentence.children(body))
                    if numbered and body.lemma in self.lexicon.actors.force:
                        return body
        return None

    def _extent(self, sentence: Sentence, noun: Word) -> Extent:
        percent = next((w for w in sentence.children(noun) if w.tag == "CD" and w.text.rstrip("%").replace(".", "").isdigit()), None)
        if noun.lemma in {"percent", "%"} and percent is not None:
            return Extent(ExtentKind.PERCENT, round(float(percent.text.rstrip("%"))))
        if noun.lemma in WHOLE:
            return Extent(ExtentKind.WHOLE)
        return Extent(ExtentKind.MOST if noun.lemma in MOST else ExtentKind.PART)
