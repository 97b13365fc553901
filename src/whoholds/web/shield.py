"""What may leave the server: private persons as residents, in quotes and texts too; nothing on where forces are today (DESIGN §7).

The page is not trusted to hide anything: what it gets is what may be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar, cast

from whoholds.export.redaction import Curtain
from whoholds.export.rows import Row, rows
from whoholds.export.spans import Entry, entries
from whoholds.locate.place_index import PlaceIndex
from whoholds.model import Place, Reading, Span, State
from whoholds.ports import RecordedClaim
from whoholds.queries.cited import Cited, Party, Where, cite, shielded, withheld
from whoholds.queries.desk import Desk
from whoholds.queries.selection import Scope, Selection
from whoholds.store import Head
from whoholds.taxonomy import Feature

Answer = TypeVar("Answer")

READINGS = 1024
"""Reports whose claims are kept at hand, redacted."""

VEIL = "▒"
"""What stands for each letter of a statement that is withheld."""

_ONE_UNIT = 0xFFFF
_DRAWN = frozenset((Feature.SETTLEMENT, Feature.REGION, Feature.COUNTRY))
_PLAIN = (str, int, float, date, State, Party, type(None))
_WITHHELD = object()


@dataclass(frozen=True, slots=True)
class _Shown:
    """A claim before and after private persons lost their names, and whether it is too young to be shown."""

    before: Row
    after: Row
    hidden: bool


class Shield:
    """Answers of the desk as they may be shown at an instant; what is too young is left out."""

    def __init__(self, desk: Desk, index: PlaceIndex, now: datetime, delay: timedelta) -> None:
        """Take the desk; claims of positions are shown once they are older than `delay` at `now`."""
        self._desk, self.now = desk, now
        self._curtain = Curtain(desk.registry, now, delay)
        self._selection = Selection(desk, index, None, Scope())
        self._claims = lru_cache(maxsize=READINGS)(self._claims_of)

    def shown(self, answer: Answer) -> Answer:
        """Return an answer with every claim in it as it may be shown; what rests on a withheld one is left out of its list.

        Raises:
            LookupError: when the answer itself is withheld.
        """
        found = self._shown(answer)
        if found is _WITHHELD:
            raise LookupError("withheld")
        return cast("Answer", found)

    def cited(self, recorded: RecordedClaim) -> Cited | None:
        """Return a claim as it may be shown, None where it may not."""
        return self._cited(cite(self._desk, recorded))

    def place(self, place_id: str) -> Place | None:
        """Return a place as it is drawn: a facility, quarter or road at its settlement or area."""
        return self._selection.place(place_id)

    def drawn(self, place: Place) -> Place:
        """Return a place at hand as it is drawn, see `place`."""
        return place if place.feature in _DRAWN else self.place(place.id) or place

    def title(self, report_id: str, title: str | None) -> str | None:
        """Return the title of a report as it may be shown: without names of private persons, and not at all where a claim is withheld."""
        if title is None:
            return None
        claims = self._claims(report_id).values()
        if any(shown.hidden for shown in claims):
            return None
        return next((shown.after.report.title for shown in claims), title)

    def head(self, head: Head) -> Head:
        """Return a report of a list as it may be shown."""
        return replace(head, title=self.title(head.id, head.title), url=web_address(head.url))

    def reading(self, reading: Reading) -> tuple[Reading, frozenset[str]]:
        """Return a reading without names of private persons, and the ids of its claims that are withheld."""
        hidden = self._hidden(reading)
        return veiled(self._curtain.redacted(reading)[0], hidden), hidden

    def _hidden(self, reading: Reading) -> frozenset[str]:
        since = reading.extracted.extraction.recorded_at
        return frozenset(row.claim.id for row in rows(reading) if self._curtain.hides(row, since))

    def _shown(self, value: object) -> object:
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, Cited):
            return self._cited(value) or _WITHHELD
        if isinstance(value, Where):
            return self._where(value)
        if isinstance(value, tuple):
            return tuple(shown for shown in map(self._shown, value) if shown is not _WITHHELD)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {field.name: self._shown(getattr(value, field.name)) for field in fields(value)}
            return _WITHHELD if _WITHHELD in changed.values() else replace(value, **changed)
        return value

    def _cited(self, cited: Cited) -> Cited | None:
        shown = self._claims(cited.report).get(cited.claim)
        if shown is None:
            return None if withheld(cited, self.now.date()) else self._pinned(shielded(cited))
        if shown.hidden:
            return None
        return self._pinned(shielded(_without_names(cited, shown)))

    def _pinned(self, cited: Cited) -> Cited:
        place = None if cited.place is None else self._where(cited.place)
        return replace(cited, place=place, url=web_address(cited.url))

    def _where(self, where: Where) -> Where:
        if where.feature in _DRAWN:
            return where
        drawn = self.place(where.id)
        return where if drawn is None else replace(where, lat=drawn.lat, lon=drawn.lon)

    def _claims_of(self, report_id: str) -> Mapping[str, _Shown]:
        reading = self._desk.store.reading(report_id)
        if reading is None:
            return {}
        shown, hidden = self.reading(reading)
        pairs = zip(rows(reading), rows(shown), strict=True)
        return {before.claim.id: _Shown(before, after, before.claim.id in hidden) for before, after in pairs}


def is_hidden(entry: Entry, hidden: Collection[str]) -> bool:
    """Tell whether a statement makes a claim that is withheld."""
    return any(row.claim.id in hidden for row in entry.rows)


def veiled(reading: Reading, hidden: Collection[str]) -> Reading:
    """Return a reading with the words of statements that are withheld veiled in its text; no offset changes.

    Words that a shown statement used, too, stay, and so does the rest of its sentence.
    """
    if not hidden:
        return reading
    found = entries(reading)
    away = [entry for entry in found if is_hidden(entry, hidden)]
    kept = [entry for entry in found if not is_hidden(entry, hidden)]
    gone = _offsets(entry.evidence for entry in away) - _offsets(entry.evidence for entry in kept)
    gone |= _offsets(mark.span for entry in away for mark in entry.marks) - _offsets(mark.span for entry in kept for mark in entry.marks)
    text = reading.report.text
    hiding = "".join(VEIL if at in gone and sign.isalnum() and ord(sign) <= _ONE_UNIT else sign for at, sign in enumerate(text))
    return replace(reading, report=replace(reading.report, text=hiding))


def _offsets(spans: Iterable[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def web_address(url: str | None) -> str | None:
    """Return an address that a browser may be sent to; a script or a file that a report gives for its address is none."""
    return url if url is not None and url.lower().startswith(("https://", "http://")) else None


def _without_names(cited: Cited, shown: _Shown) -> Cited:
    """Return a claim with the words of its redacted report."""
    before, after = shown.before, shown.after
    private = before.source != after.source
    return replace(
        cited,
        source=after.source if private else cited.source,
        source_id="resident" if private else cited.source_id,
        actor=after.actor,
        target=after.target,
        place_as_written=(after.claim.toponym.referent or after.claim.toponym.as_written) if after.claim.toponym else None,
        quote=after.quote,
    )
