"""The whole model out of a store and into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from whoholds.export.model_lines import Entry, StoredReading
from whoholds.fuse.signatures import signature_of
from whoholds.fuse.views import view_named
from whoholds.ingest.model_lines import Imported, ImportedReading
from whoholds.model import Review
from whoholds.ports import Store
from whoholds.queries.accounts import may_be_named
from whoholds.queries.selection import AT_HAND, Selection


def model_entries(selection: Selection) -> Iterator[Entry]:
    """Yield the readings in the order of recording, then reviews and failures, then the timelines and links that fusion made.

    A report with a claim that is too young to leave is left out whole: its text would tell. Views of private persons are left
    out, as their names are. Earlier readings of a report, which the store keeps for audit, are not among them; `whoholds
    backup` copies those, too.
    """
    store, registry = selection.desk.store, selection.desk.registry
    publishers: set[str] = {""}
    reports = iter(store.report_ids())
    while together := list(islice(reports, AT_HAND)):
        for report_id, reading in store.readings(together).items():
            publishers.add((reading.report.publisher or "").casefold())
            rules = store.read_with(report_id)
            if rules is not None and not selection.holds_back(reading):
                yield StoredReading(selection.reading(reading), rules.gazetteer)
    yield from store.reviews()
    yield from (filed.failure for filed in store.failures())
    for place in selection.places():
        for view in store.views(place):
            if selection.complete or may_be_named(registry, view_named(view), publishers):
                yield store.states(place, view)
    for place in selection.places():
        anchors = {each.claim.anchor for each in store.claims_at([place])}
        yield from (link for link in store.links(anchors) if link.target in anchors)


def import_entries(entries: Iterable[Imported], store: Store) -> Iterator[str]:
    """Record what a file holds, in order; yield for each entry what became of it: an outcome of recording, `review` or `failure`.

    What is kept already changes nothing, so that an import that was interrupted is repeated with the same command.

    Raises:
        BadRecordError: when the file is off somewhere; what came before is kept.
        StoreError: when the store cannot be used.
    """
    for entry in entries:
        if isinstance(entry, ImportedReading):
            report = entry.reading.report
            signature = signature_of(report.text[report.body :])
            yield store.record(entry.reading, gazetteer=entry.gazetteer, signature=signature).outcome.value
        elif isinstance(entry, Review):
            store.review(entry)
            yield "review"
        else:
            store.file(entry)
            yield "failure"
