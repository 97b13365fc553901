"""The only wiring: read → extract → locate → record, with a second opinion beside a reading where one is wanted.

The one place that catches the errors of a report and files them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from itertools import groupby, islice

from whoholds.config import Endpoint, Settings, load_settings
from whoholds.errors import InputError, SecondOpinionError, SetupError, UnsupportedLanguageError, UsageError, WhoHoldsError
from whoholds.fuse.signatures import signature_of
from whoholds.ingest.dates import Published, parse_published
from whoholds.ingest.filing import READ, filed
from whoholds.ingest.language import UNKNOWN
from whoholds.ingest.readers import STDIN, check_source, file_name, read_source
from whoholds.ingest.reports import Draft, Limits, compose
from whoholds.ingest.reports import today as current_day
from whoholds.model import Claim, DistanceCheck, Extracted, Failure, Reading, Report, Resolution
from whoholds.ports import Extractor, Hints, Outcome, Recorded, Resolver, Rules, Store
from whoholds.second_opinion import open_second_opinion, require_installed
from whoholds.second_opinion.beside import Asking, second_opinion

EXTRACT, LOCATE, SECOND_OPINION = "extract", "locate", "second-opinion"
"""Names of the stages, as they stand in a Failure."""

LANGUAGES = frozenset({"en"})
"""Languages with a model, a lexicon and a grammar module."""


OpenSecond = Callable[[Endpoint], Extractor]
"""What opens the second extractor for a language model."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages after ingest, ready to work.

    `rules` says what readings by them depend on, where that can be told beforehand; `second` opens the extractor for second
    opinions where one is wanted.
    """

    extractor: Extractor
    resolver: Resolver
    rules: Rules | None = None
    second: OpenSecond | None = None


OpenStages = Callable[[str | None], Stages]
"""What opens the stages for a model setting; a test gives fakes."""


@lru_cache(maxsize=1)
def open_stages(model: str | None) -> Stages:
    """Return the shipped extractor and gazetteer, opened once in a process.

    Raises:
        SetupError: when the language model or the place data is missing, or its index cannot be written anywhere.
    """
    # Late: these load spaCy and the index of places, which --help and argument errors never need.
    from whoholds.extract import open_extractor  # noqa: PLC0415
    from whoholds.locate import open_gazetteer  # noqa: PLC0415

    try:
        gazetteer = open_gazetteer()
    except sqlite3.Error as error:
        message = f"the index of places cannot be made ({error}); free some disk space, or let WHOHOLDS_CACHE_DIR name another folder"
        raise SetupError(message) from None
    finder = gazetteer.finder()
    extractor = open_extractor(finder, model)
    return Stages(extractor, gazetteer.resolver(), extractor.rules(gazetteer.version), partial(open_second_opinion, finder))


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A report on its way, with what people call it: its file, and its own id where it has one."""

    label: str
    report: Report


@dataclass(slots=True)
class _Lane:
    """The stages, opened when the first report needs them."""

    settings: Settings
    opener: OpenStages
    stages: Stages | None = field(default=None)
    asking: Asking | None = field(default=None)

    def opened(self) -> Stages:
        if self.stages is None:
            self.stages = self.opener(self.settings.model)
            endpoint = self.settings.second_opinion
            if endpoint and self.stages.second:
                self.asking = Asking(self.stages.second(endpoint), endpoint.max_reports)
        return self.stages


def read_reports(sources: Iterable[str], hints: Hints, settings: Settings, opener: OpenStages = open_stages) -> Iterator[Reading | Failure]:
    """Yield a Reading for each report in `sources` (files, or `-`), and a Failure for each that did not succeed, in order.

    Sources are read as a stream, in batches of `settings.batch_size`. Files that cannot be opened come first, as
    Failures, before anything is loaded.

    Where a second opinion is wanted and could not be had on a report, its Reading stands without one, followed by a Failure.

    Raises:
        SetupError: when the language model or the place data is missing, or what a second opinion needs.
    """
    _check_second_opinion(settings)
    unusable, names = _sorted_out(sources)
    yield from unusable
    lane = _Lane(settings, opener)
    for batch in _batches(names, hints, settings):
        yield from _read_batch(batch, lane)


def ingest_reports(
    sources: Iterable[str], hints: Hints, settings: Settings, store: Store, opener: OpenStages = open_stages
) -> Iterator[Recorded | Failure]:
    """Read the reports of `sources` into `store`; yield what became of each, and a Failure, filed there too, for what did not succeed.

    Each report is recorded for itself, so that an interrupted run is repeated with the same command and goes on where it
    ended: a report that is kept, and was read by the rules in force, is not read again. No second opinion is asked for:
    what is stored is what can be read again.

    Raises:
        SetupError: when the language model or the place data is missing.
        StoreError: when the store cannot be used; what was recorded before stays.
    """
    unusable, names = _sorted_out(sources)
    yield from (_kept(failure, store) for failure in unusable)
    lane = _Lane(replace(settings, second_opinion=None), opener)
    for batch in _batches(names, hints, settings):
        yield from (_kept(item, store) for item in batch if isinstance(item, Failure))
        reports = [item for item in batch if isinstance(item, _Incoming)]
        known = {item.report.id for item in reports if _is_known(item.report, store, lane)}
        yield from (Recorded(item.report.id, Outcome.KNOWN) for item in reports if item.report.id in known)
        for outcome in _read_batch([item for item in reports if item.report.id not in known], lane):
            yield _kept(outcome, store, lane.opened().rules)


def _is_known(report: Report, store: Store, lane: _Lane) -> bool:
    """Tell whether a reading of the report would be the one that is kept."""
    kept = store.read_with(report.id)
    return kept is not None and kept == lane.opened().rules


def _kept(outcome: Reading | Failure, store: Store, rules: Rules | None = None) -> Recorded | Failure:
    if isinstance(outcome, Failure):
        store.file(outcome)
        return outcome
    revised = replace(outcome.report, revises=outcome.report.revises or store.earlier(outcome.report))
    signature = signature_of(outcome.report.text[outcome.report.body :])
    return store.record(replace(outcome, report=revised), gazetteer=rules.gazetteer if rules else "", signature=signature)


def _sorted_out(sources: Iterable[str]) -> tuple[list[Failure], list[str]]:
    """Return a Failure for each source that cannot be opened, and the others."""
    names = list(sources)
    unusable = {name: failure for name in names if (failure := _unusable(name))}
    return list(unusable.values()), [name for name in names if name not in unusable]


def _batches(names: Iterable[str], hints: Hints, settings: Settings) -> Iterator[list[_Incoming | Failure]]:
    limits = Limits(settings.max_report_chars)
    incoming = (_labelled(name, item) for name in names for item in read_source(name, hints, limits))
    while batch := list(islice(incoming, settings.batch_size)):
        yield batch


def read_text(
    text: str,
    hints: Hints | None = None,
    *,
    published: date | str | None = None,
    settings: Settings | None = None,
    opener: OpenStages = open_stages,
) -> Reading:
    """Return the reading of one report given as text.

    Raises:
        InputError: when the text is empty, too long, HTML, or in a language that is not supported.
        UsageError: when `published` is no day, or in the future, or what must be text is not.
        SetupError: when the language model or the place data is missing, or what a second opinion needs.
        SecondOpinionError: when a second opinion is wanted and cannot be had.
    """
    current = settings or load_settings()
    _check_second_opinion(current)
    known = hints or Hints()
    _refuse_other_types(text, known)
    stated = checked_published(published) if published is not None else None
    sha256 = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    limits = Limits(current.max_report_chars)
    report = compose(Draft(text, sha256, published=stated), known, limits)
    _refuse_language(report)
    stages = opener(current.model)
    reading = _located(report, next(iter(stages.extractor.extract([report]))), stages)
    if current.second_opinion is None or stages.second is None:
        return reading
    return replace(reading, second_opinion=second_opinion(reading, stages.second(current.second_opinion), _locating(report, stages)))


def checked_published(stated: date | str) -> Published:
    """Return the day (and instant) of publication that a caller states.

    Raises:
        UsageError: when it is no ISO date, no day of the calendar, or in the future.
    """
    if not isinstance(stated, str | date):
        message = f"published: {_not_text(stated)}"
        raise UsageError(message)
    try:
        return parse_published(stated if isinstance(stated, str) else stated.isoformat(), current_day())
    except ValueError as error:
        message = f"published: {error}"
        raise UsageError(message) from None


def _refuse_other_types(text: object, hints: Hints) -> None:
    """Refuse what a caller without a type checker may give: bytes, None, a list."""
    given = {"text": text, "publisher": hints.publisher or "", "title": hints.title or "", "url": hints.url or ""}
    for name, value in given.items():
        if not isinstance(value, str):
            message = f"{name}: {_not_text(value)}"
            raise UsageError(message)


def _not_text(value: object) -> str:
    return f"must be text, not {type(value).__name__}"


def _unusable(source: str) -> Failure | None:
    try:
        check_source(source)
    except InputError as error:
        return filed(source, READ, error)
    return None


def _labelled(source: str, item: Report | Failure) -> _Incoming | Failure:
    if isinstance(item, Failure):
        return item
    name = "standard input" if source == STDIN else source
    given, own = item.origin_id or "", file_name(name)
    # A report without an id is called by its file, or by its file and line: said once is enough.
    named_by_file = given == own or given.startswith(f"{own}:")
    return _Incoming(name + given.removeprefix(own) if named_by_file or not given else f"{name} ({given})", item)


def _read_batch(batch: Sequence[_Incoming | Failure], lane: _Lane) -> Iterator[Reading | Failure]:
    """Read a batch together, so that the parser works on many; each item keeps its place in the order."""
    checked = [item if isinstance(item, Failure) else _refused(item) or item for item in batch]
    wanted = [item for item in checked if isinstance(item, _Incoming)]
    extracted = iter(_extract(wanted, lane)) if wanted else iter(())
    for item in checked:
        if isinstance(item, Failure):
            yield item
            continue
        found = next(extracted)
        outcome = found if isinstance(found, Failure) else _locate(item, found, lane.opened())
        yield from [outcome] if isinstance(outcome, Failure) else _with_second_opinion(item, outcome, lane)


def _with_second_opinion(item: _Incoming, reading: Reading, lane: _Lane) -> list[Reading | Failure]:
    """Return a reading with a second opinion, where one is asked for; without one, and a Failure, where none can be had."""
    if lane.asking is None:
        return [reading]
    try:
        return [replace(reading, second_opinion=lane.asking.about(reading, _locating(item.report, lane.opened())))]
    except SecondOpinionError as error:
        return [reading, filed(item.label, SECOND_OPINION, error)]


def _locating(report: Report, stages: Stages) -> Callable[[Extracted], Reading]:
    return lambda extracted: _located(report, extracted, stages)


def _refused(item: _Incoming) -> Failure | None:
    try:
        _refuse_language(item.report)
    except UnsupportedLanguageError as error:
        return filed(item.label, EXTRACT, error)
    return None


def _refuse_language(report: Report) -> None:
    if report.language not in LANGUAGES:
        seen = "the language cannot be told (too few words)" if report.language == UNKNOWN else f"the text looks like {report.language!r}"
        message = f"{seen}; reports are read in {', '.join(sorted(LANGUAGES))} so far"
        raise UnsupportedLanguageError(message)


def _extract(items: Sequence[_Incoming], lane: _Lane) -> list[Extracted | Failure]:
    """Extract from all at once; where one fails, from each alone, so that only that one is lost."""
    extractor = lane.opened().extractor
    try:
        return list(extractor.extract([item.report for item in items]))
    except SetupError:
        raise
    except WhoHoldsError as error:
        if len(items) == 1:
            return [filed(items[0].label, EXTRACT, error)]
        return [found for item in items for found in _extract([item], lane)]


def _locate(item: _Incoming, extracted: Extracted, stages: Stages) -> Reading | Failure:
    try:
        return _located(item.report, extracted, stages)
    except SetupError:
        raise
    except WhoHoldsError as error:
        return filed(item.label, LOCATE, error)


def _check_second_opinion(settings: Settings) -> None:
    """Say that the extra is missing before anything is loaded or read."""
    if settings.second_opinion is not None:
        require_installed()


def _located(report: Report, extracted: Extracted, stages: Stages) -> Reading:
    if not extracted.claims:
        return Reading(report, extracted, {}, {})
    resolutions = stages.resolver.resolve(report, extracted.claims)
    checks: dict[str, DistanceCheck] = {}
    for together in _spoken_together(report, extracted):
        checks |= stages.resolver.check(together, resolutions)
    return Reading(_of_conflict(report, resolutions.values()), extracted, resolutions, checks)


def _of_conflict(report: Report, resolutions: Iterable[Resolution]) -> Report:
    """Return `report` with the war it is about, where its places tell: names of forces are read within it."""
    # Late: a command that reads nothing must not load the registry.
    from whoholds.locate.countries import codes_of  # noqa: PLC0415
    from whoholds.registry.load import load_registry  # noqa: PLC0415

    if report.conflict is not None:
        return report
    countries = codes_of(resolution.place for resolution in resolutions if resolution.place is not None)
    found = load_registry().conflict_for(countries, report.published)
    return report if found is None else replace(report, conflict=found.id)


def _spoken_together(report: Report, extracted: Extracted) -> Iterator[list[Claim]]:
    """Yield the claims that one source makes in one paragraph: a distance stated there is from a place named there."""
    statements = {statement.id: statement for statement in extracted.statements}

    def context(claim: Claim) -> tuple[int, str]:
        statement = statements[claim.statement]
        return report.text.count("\n", 0, statement.evidence.start), statement.attribution.source.referent

    ordered = sorted(extracted.claims, key=context)
    for _, group in groupby(ordered, key=context):
        claims = list(group)
        if any(claim.distance is not None for claim in claims):
            yield claims
