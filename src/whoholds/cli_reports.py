"""The verbs that tell of a store as a whole, and the maps it may begin with: thin, over `whoholds.queries`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.cli_store import config_option, db_option, settings_of
from whoholds.errors import UsageError
from whoholds.terminal import pass_on_cache

if TYPE_CHECKING:
    from whoholds.export.records import Json
    from whoholds.queries.baseline import Baseline, Baselines, Imported


@click.command("baseline", short_help="Import the map of a day, as one source's claims.")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--source", metavar="NAME", help="Whose map it is; it speaks under this name.")
@click.option("--list", "all_of_them", is_flag=True, help="List the baselines that stand.")
@click.option("--remove", metavar="NAME", help="Take back the baselines of this source (with --on, of that day alone).")
@click.option("--on", "day", metavar="DAY", help="With --remove: the day of the map (2024-11-26).")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@db_option
@config_option
def baseline_command(
    file: str | None, source: str | None, db: str | None, config: str | None, *, as_json: bool, all_of_them: bool, **asked: str | None
) -> int:
    """Import FILE, a CSV or GeoJSON of who held which place on a day, as claims of the source NAME.

    Each row has place (a name, or an id such as gn:170063), holder (a force or body as the registry names it) and date; country
    (a name or code) tells places of one name apart, source and note say where the row comes from. A file with a wrong row
    is refused as a whole, with the lines named.

    A baseline weighs nothing: whatever is reported later ends it, and it is shown pale. A file of the same source and
    day takes the place of the earlier one. What is removed stays in the store for audit and speaks no more.

    \b
    Examples:
      whoholds baseline map.csv --source "Desk map"
      whoholds baseline --list
      whoholds baseline --remove "Desk map" --on 2024-11-26
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    removed, day = asked["remove"], day_of(asked["day"], "--on")
    _check_mode(file, removed, listed=all_of_them, day=day)
    settings = settings_of(db, config)
    pass_on_cache(settings.cache_dir)
    from whoholds.queries import open_desk  # noqa: PLC0415
    from whoholds.queries.baseline import Baselines  # noqa: PLC0415

    with open_desk(settings, create=file is not None) as desk:
        baselines = Baselines(desk.store, desk.places, desk.registry)
        if file is not None:
            imported = _imported(baselines, Path(file).expanduser(), source)
            click.echo(_document(imported) if as_json else "\n".join(_import_lines(imported)))
            return 0
        found = baselines.remove(removed, day) if removed else baselines.listed()
    click.echo(_document({"removed" if removed else "baselines": found}) if as_json else "\n".join(_lines(found, removed)))
    return 0


def day_of(given: str | None, flag: str) -> date | None:
    """Return the day that a flag gives, None where it is not given.

    Raises:
        UsageError: when it is no day.
    """
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        message = f"{flag} {given}: is no day; write it as 2024-12-07"
        raise UsageError(message) from None


def _check_mode(file: str | None, removed: str | None, *, listed: bool, day: date | None) -> None:
    modes = [name for name, given in (("FILE", file is not None), ("--list", listed), ("--remove", removed is not None)) if given]
    if len(modes) != 1:
        message = (
            f"baseline: {' and '.join(modes) or 'neither file nor flag'} given; give a file with --source NAME, or --list, or --remove NAME"
        )
        raise UsageError(message)
    if day is not None and removed is None:
        raise UsageError("baseline --on: goes with --remove alone; the days of a file stand in its rows")


def _imported(baselines: Baselines, file: Path, source: str | None) -> Imported:
    from whoholds.errors import BadRecordError  # noqa: PLC0415
    from whoholds.queries.baseline_files import read_rows  # noqa: PLC0415

    if source is None:
        raise UsageError("baseline: --source is missing; name whose map it is, as in --source 'Desk map'")
    given = read_rows(file, datetime.now(UTC).date())
    try:
        return baselines.add(given, source)
    except BadRecordError as error:
        message = f"{file}: {error}"
        raise BadRecordError(message) from None


def _document(answer: object) -> str:
    from whoholds.export import CAVEAT  # noqa: PLC0415
    from whoholds.export.records import plain, written  # noqa: PLC0415

    found: Json = plain(answer)
    return written({"note": CAVEAT, **found} if isinstance(found, dict) else found, indent=1)


def _import_lines(imported: Imported) -> list[str]:
    told = [f"{each.source}, {each.day}: {each.places:,} places" for each in imported.kept]
    told += [f"  takes the place of the one with {each.places:,} places" for each in imported.replaced]
    return [*told, "  known already: nothing changed"] if imported.known == len(imported.kept) and not imported.replaced else told


def _lines(found: Sequence[Baseline], removed: str | None) -> list[str]:
    if not found:
        return ["no baseline stands; `whoholds baseline FILE --source NAME` imports one"]
    return [f"{'removed  ' if removed else ''}{each.source}, {each.day}: {each.places:,} places" for each in found]
