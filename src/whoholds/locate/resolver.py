"""Turns the mentions of a report into places: candidates from the gazetteer, ranked in the context of the report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from whoholds.locate.checks import DistanceChecker
from whoholds.locate.drawing import BIG_TOWN, drawn
from whoholds.locate.finder import Finder
from whoholds.locate.gazetteer import PlaceIndex
from whoholds.locate.geometry import rough_km
from whoholds.locate.names import plain
from whoholds.locate.places import Asked, Hit, Match, Row, feature_of
from whoholds.locate.rank import KNOWN_TOWN, LEAST_SURE, MOST_RUNNERS_UP, Context, Ranked, country_of, ranked, standing
from whoholds.locate.wording import QUARTERS, Wording, read_wording
from whoholds.locate.words import words
from whoholds.model import Candidate, Claim, DistanceCheck, Mention, Report, Resolution
from whoholds.taxonomy import Feature, Relation

TELLING = 0.3
"""Names found in the text count for its context from this prominence on."""
DEMONYM_VOTES = 2.0
CONFLICT_VOTES = 4.0
LEAST_SHARE = 0.1
SUBURB_KM = 25.0
"""A suburb lies at most this far from the middle of its city."""

_WORD = re.compile(r"[^\W\d_]+|m23")


@dataclass(frozen=True, slots=True)
class _Task:
    """A mention to place: its wording and its candidates."""

    mention: Mention
    wording: Wording
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a report tells of where it plays: votes for each country (by id) and the positions of its places."""

    votes: Mapping[str, float]
    anchors: Sequence[tuple[str, float, float]]

    def beside(self, hits: Sequence[Hit]) -> Context:
        """Return the context of a name with these candidates, without what the name itself says."""
        own = _country_shares([hit for hit in hits if not hit.guessed])
        return Context(_shares({country: votes - own.get(country, 0.0) for country, votes in self.votes.items()}), self.anchors)


class ContextResolver:
    """Resolves mentions in the context of their report (implements `ports.Resolver`)."""

    def __init__(self, index: PlaceIndex, version: str, finder: Finder) -> None:
        """Take the places, the version of the gazetteer and the finder of names in text."""
        self._index = index
        self._version = version
        self._finder = finder
        self._checker = DistanceChecker(index)
        self._peoples = _peoples(index)

    def resolve(self, report: Report, claims: Sequence[Claim]) -> Mapping[str, Resolution]:
        """Return a resolution for every claim that names a place, by claim id; its place is None if none is sure enough."""
        named = [(claim, claim.toponym) for claim in claims if claim.toponym]
        references = [claim.distance.reference for claim in claims if claim.distance]
        tasks = {mention: self._task(report, mention) for mention in [*(toponym for _, toponym in named), *references]}
        if not tasks:
            return {}
        context = self._context(report, list(tasks.values()))
        now = datetime.now(UTC)
        for mention in references:
            self._checker.note(mention, self._resolution(tasks[mention], Relation.IN, context, now))
        return {claim.id: self._resolution(tasks[mention], claim.relation, context, now) for claim, mention in named}

    def check(self, claims: Sequence[Claim], resolutions: Mapping[str, Resolution]) -> Mapping[str, DistanceCheck]:
        """Return, for every claim with a distance, how it compares with the straight line, by claim id.

        The line starts at the place that the claim names, or, where that is the reference itself, at the settlement
        among `claims` that lies nearest to the reference; so pass the claims of one sentence or quotation.
        """
        return self._checker.check(claims, resolutions)

    def _task(self, report: Report, mention: Mention) -> _Task:
        span = mention.span if mention.as_written == mention.referent or not mention.referent_span else mention.referent_span
        if mention.implied and mention.referent_span:
            span = mention.referent_span
        left, right = report.text[: span.start], report.text[span.end :]
        wording = read_wording(mention.as_written or mention.referent, mention.referent, left, right)
        if wording.part and mention.referent not in mention.as_written:
            # "the central prison" of a province is somewhere in the province: its seat would be a guess.
            whole = read_wording(mention.referent, mention.referent, "", "")
            wording = whole if whole.asked is Asked.REGION else wording
        if self._is_line(wording):
            return _Task(mention, wording, ())
        return _Task(mention, replace(wording, line=None), () if wording.unnamed else self._hits(mention, wording))

    def _is_line(self, wording: Wording) -> bool:
        """Tell whether a way or border stands between two known places, and the two are not one name ("Abu-Kamal road")."""
        line = wording.line
        if line is None or any(hit.similarity == 1 for hit in self._index.named(f"{line.one} {line.other}")):
            return False
        return all(self._index.named(end) for end in (line.one, line.other))

    def _hits(self, mention: Mention, wording: Wording) -> tuple[Hit, ...]:
        """Return candidates for the whole words ("Damascus countryside", "Aleppo International Airport"), else for the name."""
        for name in (mention.referent, mention.as_written):
            if _has_name(name):
                whole = tuple(hit for hit in self._index.named(_without_the(name)) if hit.similarity == 1)
                if whole and (name != wording.name or not wording.countryside):
                    return self._with_seats(wording, whole)
        if wording.countryside and wording.name:
            whole = tuple(hit for hit in self._index.named(f"{wording.name} countryside") if hit.similarity == 1)
            if whole:
                return whole
        if not wording.name or plain(wording.name) in words().common:
            return ()
        if wording.owner:
            return self._owned(wording)
        hits = self._index.named(wording.name)
        return self._with_seats(wording, hits) if hits else self._longest_inside(wording.name)

    def _with_seats(self, wording: Wording, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Return `hits` and, where all are lesser areas and none is asked for, the towns in them of nearly that name: their seats."""
        areas = {hit.row.id for hit in hits if hit.row.code in {"ADM2", "ADM3"}}
        if len(areas) < len(hits) or wording.asked not in {Asked.ANY, Asked.SETTLEMENT}:
            return hits
        seats = [hit for hit in self._index.alike(wording.name) if hit.row.code.startswith("PPL") and areas.intersection(hit.row.admin)]
        return (*hits, *(Hit(hit.row, Match.FOLDED, hit.similarity) for hit in seats))

    def _owned(self, wording: Wording) -> tuple[Hit, ...]:
        """Return candidates for a quarter or facility of a city: its own name in or beside the city, else the city.

        A village of that name far away is none.
        """
        named = self._index.named(wording.owner)
        cities = tuple(hit for hit in named if feature_of(hit.row.code) is Feature.SETTLEMENT)
        suburb = wording.part == "suburb"
        near = [hit for hit in self._index.named(wording.name) if any(_inside(hit.row, city.row, suburb=suburb) for city in cities)]
        return tuple(near) or cities or named

    def _longest_inside(self, name: str) -> tuple[Hit, ...]:
        """Return candidates for the name inside a phrase of otherwise common words ("Aleppo International")."""
        known = max(self._finder.find(name), key=lambda found: (found.prominence, -found.span.start), default=None)
        if known is None or known.prominence < TELLING:
            return ()
        rest = plain(f"{name[: known.span.start]} {name[known.span.end :]}").split()
        lexicon = words()
        spare = all(word in lexicon.common or word in lexicon.direction or word in lexicon.part for word in rest)
        return self._index.named(known.span.of(name)) if spare else ()

    def _context(self, report: Report, tasks: Sequence[_Task]) -> _Told:
        votes = self._votes(report)
        found = [(known, known.span.of(report.text)) for known in self._finder.find(report.text) if known.prominence >= TELLING]
        hits = {plain(name): self._index.named(name) for _, name in found}
        hits.update({plain(task.wording.name): task.hits for task in tasks if task.hits})
        sure = {name: [hit for hit in candidates if not hit.guessed] for name, candidates in hits.items()}
        for candidates in sure.values():
            for country, share in _country_shares(candidates).items():
                votes[country] += share
        first = Context(_shares(votes), ())
        best = [ranked(candidates, Asked.ANY, first, most=1)[0] for candidates in sure.values() if candidates]
        anchors = [(one.row.id, one.row.lat, one.row.lon) for one in best if one.score >= LEAST_SURE and _is_anchor(one.row)]
        return _Told(votes, anchors)

    def _votes(self, report: Report) -> defaultdict[str, float]:
        """Return what words other than names of towns say: countries, their people, the conflict of the report."""
        votes: defaultdict[str, float] = defaultdict(float)
        said = set(_WORD.findall(report.text.lower()))
        conflict = f" {plain(report.conflict or '')} "
        for country, name, demonyms in self._peoples:
            votes[country] += DEMONYM_VOTES * len(said & demonyms)
            if any(f" {stem} " in conflict for stem in (name, *demonyms)):
                votes[country] += CONFLICT_VOTES
        return defaultdict(float, {country: count for country, count in votes.items() if count})

    def _resolution(self, task: _Task, relation: Relation, told: _Told, now: datetime) -> Resolution:
        if task.wording.line:
            return Resolution(task.mention, None, 0.0, None, None, f"a line: {task.wording.line.words}", (), self._version, now)
        context = told.beside(task.hits)
        choices = self._choices(task, context)
        best = choices[0] if choices else None
        if best is None or best.score < LEAST_SURE:
            runners = tuple(self._candidate(one) for one in choices[:MOST_RUNNERS_UP])
            score = best.score if best else 0.0
            return Resolution(task.mention, None, score, None, None, "none sure enough", runners, self._version, now)
        found = drawn(self._index, best.row, task.wording, relation)
        runners = tuple(self._candidate(one) for one in choices[1 : MOST_RUNNERS_UP + 1])
        method = f"{best.match.name.lower()} name" + (" + context" if context.countries else "") + found.told
        place = self._index.place(found.row)
        return Resolution(task.mention, place, best.score, found.precision, found.radius_km, method, runners, self._version, now)

    def _choices(self, task: _Task, context: Context) -> list[Ranked]:
        hits = task.hits
        if not hits and task.wording.capital:
            hits = self._capital(context)
        quarter = task.wording.part in QUARTERS or task.wording.asked is Asked.SUBREGION
        if quarter and not task.wording.owner:
            hits = self._quarter(hits, context)
        asked = Asked.ANY if task.wording.owner else task.wording.asked
        return list(ranked(hits, asked, context, natural=task.wording.natural, most=MOST_RUNNERS_UP + 1))

    def _quarter(self, hits: tuple[Hit, ...], context: Context) -> tuple[Hit, ...]:
        """Return the candidates for a quarter whose city its phrase does not name.

        Where the report names a city, a village of the quarter's name far from every city of the report is none. What is left
        is then what the city's own quarters, its neighbours and areas offer; nothing else is guessed.
        """
        named = [self._index.by_id(place_id) for place_id, _, _ in context.anchors]
        cities = [row for row in named if row and row.code.startswith("PPL") and (row.population or 0) >= BIG_TOWN]
        if not cities:
            return hits
        return tuple(hit for hit in hits if not _is_village(hit.row) or any(_beside(hit.row, city) for city in cities))

    def _capital(self, context: Context) -> tuple[Hit, ...]:
        """Return the capital of the country that the report plays in, for "the capital" with no name."""
        country = max(context.countries, key=lambda one: (context.countries[one], one), default=None)
        capital = self._index.capital(country) if country else None
        return self._index.named(capital.name) if capital else ()

    def _candidate(self, one: Ranked) -> Candidate:
        return Candidate(self._index.place(one.row), one.score, one.reasons)


def _peoples(index: PlaceIndex) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return the countries that have words for their people: id, plain name, the words."""
    ids = {plain(name): row.id for row in reversed(index.countries()) for name in (row.name, *row.names)}
    demonyms: defaultdict[str, set[str]] = defaultdict(set)
    for word, country in words().demonyms.items():
        demonyms[plain(country)].add(word)
    return tuple((ids[name], name, frozenset(listed)) for name, listed in demonyms.items() if name in ids)


def _inside(row: Row, city: Row, *, suburb: bool) -> bool:
    """Tell whether `row` is a quarter of `city`, or, where a suburb is meant, a town beside it."""
    beside = suburb and row.id != city.id and rough_km(row.lat, row.lon, city.lat, city.lon) <= SUBURB_KM
    return row.settlement == city.id or beside


def _is_village(row: Row) -> bool:
    return row.code.startswith("PPL") and standing(row) < KNOWN_TOWN


def _beside(row: Row, city: Row) -> bool:
    """Tell whether `row` is the city, a quarter of it or a town beside it."""
    return row.settlement == city.id or rough_km(row.lat, row.lon, city.lat, city.lon) <= SUBURB_KM


def _has_name(phrase: str) -> bool:
    return any(letter.isupper() or not letter.isascii() for letter in phrase)


def _without_the(phrase: str) -> str:
    return re.sub(r"^[Tt]he ", "", phrase)


def _country_shares(hits: Sequence[Hit]) -> dict[str, float]:
    """Return how far the places of one name speak for each country: by prominence, in all at most 1, an obscure name less."""
    weights: defaultdict[str, float] = defaultdict(float)
    for hit in hits:
        weights[country_of(hit.row)] = max(weights[country_of(hit.row)], (0.05 + standing(hit.row)) ** 2 * hit.similarity * hit.match)
    total = sum(weights.values()) or 1.0
    strength = min(1.0, 0.2 + max((standing(hit.row) for hit in hits), default=0.0))
    return {country: strength * weight / total for country, weight in weights.items()}


def _shares(votes: Mapping[str, float]) -> dict[str, float]:
    """Return votes as shares of the strongest; what has hardly any is left out."""
    most = max(votes.values(), default=0.0)
    return {country: count / most for country, count in votes.items() if most and count / most >= LEAST_SHARE}


def _is_anchor(row: Row) -> bool:
    return feature_of(row.code) is Feature.SETTLEMENT or row.code in {"ADM1", "ADM2", "ADM3"}
