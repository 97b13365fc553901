"""Turns the mentions of a report into places: candidates from the gazetteer, ranked in the context of the report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from whoholds.locate.checks import DistanceChecker
from whoholds.locate.drawing import BIG_TOWN, drawn
from whoholds.locate.finder import Finder
from whoholds.locate.geometry import rough_km
from whoholds.locate.hits import Hits, joined
from whoholds.locate.names import plain
from whoholds.locate.place_index import PlaceIndex
from whoholds.locate.places import Asked, Match, Row, feature_of
from whoholds.locate.rank import KNOWN_TOWN, LEAST_SURE, MOST_RUNNERS_UP, Ask, Context, Ranked, ranked_all, standing
from whoholds.locate.told import Told, Votes, shares, sure, votes_of
from whoholds.locate.wording import QUARTERS, Wording, read_wording
from whoholds.locate.words import words
from whoholds.model import Candidate, Claim, DistanceCheck, Mention, Report, Resolution
from whoholds.taxonomy import Feature, Relation

TELLING = 0.3
"""Names found in the text count for its context from this prominence on."""
DEMONYM_VOTES = 2.0
CONFLICT_VOTES = 4.0
SUBURB_KM = 25.0
"""A suburb lies at most this far from the middle of its city."""

_WORD = re.compile(r"[^\W\d_]+|m23")


@dataclass(frozen=True, slots=True)
class _Task:
    """A mention to place: its wording and its candidates."""

    mention: Mention
    wording: Wording
    hits: Hits


class ContextResolver:
    """Resolves mentions in the context of their report (implements `ports.Resolver`)."""

    def __init__(self, index: PlaceIndex, version: str, finder: Finder) -> None:
        """Take the places, the version of the gazetteer and the finder of names in text."""
        self._index = index
        self._version = version
        self._finder = finder
        self._checker = DistanceChecker(index)
        self._peoples = _peoples(index)
        self._none = index.none()

    def resolve(self, report: Report, claims: Sequence[Claim]) -> Mapping[str, Resolution]:
        """Return a resolution for every claim that names a place, by claim id; its place is None if none is sure enough."""
        named = [(claim, claim.toponym) for claim in claims if claim.toponym]
        references = [claim.distance.reference for claim in claims if claim.distance]
        mentions = [*(toponym for _, toponym in named), *references]
        if not mentions:
            return {}
        readings = {mention: _reading(report, mention) for mention in mentions}
        self._index.named_all(_names_in(readings.items()))
        tasks = [self._task(mention, wording) for mention, wording in readings.items()]
        best = dict(zip(readings, zip(tasks, self._ranked(report, tasks), strict=True), strict=True))
        now = datetime.now(UTC)
        for mention in references:
            self._checker.note(mention, self._resolution(*best[mention], Relation.IN, now))
        self._index.let_go()
        return {claim.id: self._resolution(*best[mention], claim.relation, now) for claim, mention in named}

    def check(self, claims: Sequence[Claim], resolutions: Mapping[str, Resolution]) -> Mapping[str, DistanceCheck]:
        """Return, for every claim with a distance, how it compares with the straight line, by claim id.

        The line starts at the place that the claim names, or, where that is the reference itself, at the settlement
        among `claims` that lies nearest to the reference; so pass the claims of one sentence or quotation.
        """
        return self._checker.check(claims, resolutions)

    def _task(self, mention: Mention, wording: Wording) -> _Task:
        if self._is_line(wording):
            return _Task(mention, wording, self._none)
        return _Task(mention, replace(wording, line=None), self._none if wording.unnamed else self._hits(mention, wording))

    def _is_line(self, wording: Wording) -> bool:
        """Tell whether a way or border stands between two known places, and the two are not one name ("Abu-Kamal road")."""
        line = wording.line
        if line is None or len(self._whole(f"{line.one} {line.other}")):
            return False
        return all(len(hits) for hits in self._index.named_all([line.one, line.other]))

    def _whole(self, name: str) -> Hits:
        """Return the places that bear `name` with all its letters."""
        hits = self._index.named(name)
        return self._none if hits.guessed else hits

    def _hits(self, mention: Mention, wording: Wording) -> Hits:
        """Return candidates for the whole words ("Damascus countryside", "Aleppo International Airport"), else for the name."""
        for name in (mention.referent, mention.as_written):
            if _has_name(name):
                whole = self._whole(_without_the(name))
                if len(whole) and (name != wording.name or not wording.countryside):
                    return self._with_seats(wording, whole)
        if wording.countryside and wording.name:
            whole = self._whole(f"{wording.name} countryside")
            if len(whole):
                return whole
        if not wording.name or plain(wording.name) in words().common:
            return self._none
        if wording.owner:
            return self._owned(wording)
        hits = self._index.named(wording.name)
        return self._with_seats(wording, hits) if len(hits) else self._longest_inside(wording.name)

    def _with_seats(self, wording: Wording, hits: Hits) -> Hits:
        """Return `hits` and, where all are lesser areas and none is asked for, the towns in them of nearly that name: their seats."""
        if wording.asked not in {Asked.ANY, Asked.SETTLEMENT} or not hits.of_codes("ADM2", "ADM3").all():
            return hits
        areas = {hit.row.id for hit in hits}
        alike = self._index.alike(wording.name)
        kept = [at for at in np.flatnonzero(alike.of_codes("PPL")).tolist() if areas.intersection(alike[at].row.admin)]
        seats = alike.finds[kept]
        seats["match"] = Match.FOLDED
        return Hits(hits.atlas, joined([hits.finds, seats]))

    def _owned(self, wording: Wording) -> Hits:
        """Return candidates for a quarter or facility of a city: its own name in or beside the city, else the city.

        A village of that name far away is none.
        """
        named = self._index.named(wording.owner)
        cities = named.where(named.of_codes("PPL") & ~named.of_codes("PPLX"))
        suburb = wording.part == "suburb"
        own = self._index.named(wording.name)
        near = own.where(np.array([any(_inside(hit.row, city.row, suburb=suburb) for city in cities) for hit in own], np.bool_))
        return next((hits for hits in (near, cities) if len(hits)), named)

    def _longest_inside(self, name: str) -> Hits:
        """Return candidates for the name inside a phrase of otherwise common words ("Aleppo International")."""
        known = max(self._finder.find(name), key=lambda found: (found.prominence, -found.span.start), default=None)
        if known is None or known.prominence < TELLING:
            return self._none
        rest = plain(f"{name[: known.span.start]} {name[known.span.end :]}").split()
        lexicon = words()
        spare = all(word in lexicon.common or word in lexicon.direction or word in lexicon.part for word in rest)
        return self._index.named(known.span.of(name)) if spare else self._none

    def _context(self, report: Report, tasks: Sequence[_Task]) -> Told:
        found = [known.span.of(report.text) for known in self._finder.find(report.text) if known.prominence >= TELLING]
        hits = dict(zip(map(plain, found), self._index.named_all(found), strict=True))
        hits.update({plain(task.wording.name): task.hits for task in tasks if len(task.hits)})
        named = [sure(some) for some in hits.values() if len(some) and not some.guessed]
        votes = self._votes(report)
        if named:
            votes += votes_of(named).sum(axis=0)
        countries = self._none.atlas.countries
        first = Context(shares(countries, votes), ())
        best = [of_name[0] for of_name in ranked_all([Ask(some, Asked.ANY, first) for some in named], most=1)]
        rows = [one.row for one in best if one.score >= LEAST_SURE]
        return Told(countries, votes, [(row.id, row.lat, row.lon) for row in rows if _is_anchor(row)])

    def _votes(self, report: Report) -> Votes:
        """Return what words other than names of towns say: countries, their people, the conflict of the report."""
        numbers = self._none.atlas.country_numbers
        votes = np.zeros(len(numbers))
        said = set(_WORD.findall(report.text.lower()))
        conflict = f" {plain(report.conflict or '')} "
        for country, name, demonyms in self._peoples:
            votes[numbers[country]] += DEMONYM_VOTES * len(said & demonyms)
            if any(f" {stem} " in conflict for stem in (name, *demonyms)):
                votes[numbers[country]] += CONFLICT_VOTES
        return votes

    def _ranked(self, report: Report, tasks: Sequence[_Task]) -> list[tuple[Context, tuple[Ranked, ...]]]:
        """Return for each task its context and its best places, the best first."""
        contexts = self._context(report, tasks).beside([task.hits for task in tasks])
        asks = [self._ask(task, context) for task, context in zip(tasks, contexts, strict=True)]
        return list(zip(contexts, ranked_all(asks, most=MOST_RUNNERS_UP + 1), strict=True))

    def _resolution(self, task: _Task, told: tuple[Context, tuple[Ranked, ...]], relation: Relation, now: datetime) -> Resolution:
        if task.wording.line:
            return Resolution(task.mention, None, 0.0, None, None, f"a line: {task.wording.line.words}", (), self._version, now)
        context, choices = told
        best = choices[0] if choices else None
        if best is None or best.score < LEAST_SURE:
            runners = tuple(self._candidate(one) for one in choices[:MOST_RUNNERS_UP])
            score = best.score if best else 0.0
            return Resolution(task.mention, None, score, None, None, "none sure enough", runners, self._version, now)
        found = drawn(self._index, best.row, task.wording, relation)
        runners = tuple(self._candidate(one) for one in choices[1:])
        method = f"{best.match.name.lower()} name" + (" + context" if context.countries else "") + found.told
        place = self._index.place(found.row)
        return Resolution(task.mention, place, best.score, found.precision, found.radius_km, method, runners, self._version, now)

    def _ask(self, task: _Task, context: Context) -> Ask:
        hits = task.hits
        if not len(hits) and task.wording.capital:
            hits = self._capital(context)
        quarter = task.wording.part in QUARTERS or task.wording.asked is Asked.SUBREGION
        if quarter and not task.wording.owner:
            hits = self._quarter(hits, context)
        return Ask(hits, Asked.ANY if task.wording.owner else task.wording.asked, context, task.wording.natural)

    def _quarter(self, hits: Hits, context: Context) -> Hits:
        """Return the candidates for a quarter whose city its phrase does not name.

        Where the report names a city, a village of the quarter's name far from every city of the report is none. What is left
        is then what the city's own quarters, its neighbours and areas offer; nothing else is guessed.
        """
        named = [self._index.by_id(place_id) for place_id, _, _ in context.anchors]
        cities = [row for row in named if row and row.code.startswith("PPL") and (row.population or 0) >= BIG_TOWN]
        if not cities:
            return hits
        kept = [not _is_village(hit.row) or any(_beside(hit.row, city) for city in cities) for hit in hits]
        return hits.where(np.array(kept, np.bool_))

    def _capital(self, context: Context) -> Hits:
        """Return the capital of the country that the report plays in, for "the capital" with no name."""
        country = max(context.countries, key=lambda one: (context.countries[one], one), default=None)
        capital = self._index.capital(country) if country else None
        return self._index.named(capital.name) if capital else self._none

    def _candidate(self, one: Ranked) -> Candidate:
        return Candidate(self._index.place(one.row), one.score, one.reasons)


def _reading(report: Report, mention: Mention) -> Wording:
    """Read the words of a mention and those beside it."""
    span = mention.span if mention.as_written == mention.referent or not mention.referent_span else mention.referent_span
    if mention.implied and mention.referent_span:
        span = mention.referent_span
    left, right = report.text[: span.start], report.text[span.end :]
    wording = read_wording(mention.as_written or mention.referent, mention.referent, left, right)
    if wording.part and mention.referent not in mention.as_written:
        # "the central prison" of a province is somewhere in the province: its seat would be a guess.
        whole = read_wording(mention.referent, mention.referent, "", "")
        wording = whole if whole.asked is Asked.REGION else wording
    return wording


def _names_in(readings: Iterable[tuple[Mention, Wording]]) -> list[str]:
    """Return the names that will be looked up for mentions, most of them, so that they are looked up together."""
    names = []
    for mention, wording in readings:
        names += [_without_the(name) for name in (mention.referent, mention.as_written) if _has_name(name)]
        names += [name for name in (wording.name, wording.owner) if name]
    return names


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


def _is_anchor(row: Row) -> bool:
    return feature_of(row.code) is Feature.SETTLEMENT or row.code in {"ADM1", "ADM2", "ADM3"}
