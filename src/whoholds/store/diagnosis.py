"""What `whoholds doctor` says of the store: whether it can be used, and how much it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import text

from whoholds.errors import StoreMissingError, WhoHoldsError
from whoholds.installation import Check, Status
from whoholds.store.dialects import Database, Flavour
from whoholds.store.opening import open_store

_NAME = "store"


def diagnose_store(target: str) -> Iterator[Check]:
    """Yield the checks of the store at `target`; one that is not there yet is no fault."""
    try:
        with open_store(target) as store:
            counts = store.counts()
            held = f"{counts.reports:,} reports, {counts.claims:,} claims, {counts.places:,} places, {counts.reviews:,} reviews"
            yield Check(_NAME, Status.OK, f"{held} in {store.database.name}")
            yield from _faults(store.database)
            if counts.dirty:
                yield Check(_NAME, Status.OK, f"{counts.dirty:,} places have claims that no state counts yet")
            if counts.failures:
                yield Check(_NAME, Status.WARN, f"{counts.failures:,} reports could not be read", "read them again with `whoholds ingest`")
    except StoreMissingError as error:
        yield Check(_NAME, Status.OK, str(error))
    except WhoHoldsError as error:
        yield _failed(error)


def _failed(error: WhoHoldsError) -> Check:
    what, _, remedy = str(error).rpartition("; ")
    return Check(_NAME, Status.FAIL, what or str(error), remedy if what else "")


def _faults(database: Database) -> Iterator[Check]:
    """Yield what SQLite's own check finds; a server looks after itself."""
    if database.flavour is not Flavour.SQLITE:
        return
    with database.reading() as connection, closing(connection.execute(text("PRAGMA quick_check(3)"))) as found:
        problems = [str(row[0]) for row in found if row[0] != "ok"]
    if problems:
        yield Check(_NAME, Status.FAIL, f"the file is damaged: {'; '.join(problems)}", "put the last backup in its place")
