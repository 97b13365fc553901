"""The verbs on the store: thin, over the pipeline and `whoholds.store`, which are imported by the verb that needs them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whoholds.errors import InputError, UsageError
from whoholds.terminal import complain, counted, pass_on_cache

if TYPE_CHECKING:
    from whoholds.config import Settings
    from whoholds.model import Failure
    from whoholds.ports import Recorded, Store

Verb = Callable[..., int]


def db_option(verb: Verb) -> Verb:
    """Add the option that names the store."""
    explained = "The store: a file, or postgresql://USER@HOST/DATABASE (default: WHOHOLDS_DB, or whoholds.sqlite in your data folder)."
    return click.option("--db", metavar="PATH|URL", help=explained)(verb)


def config_option(verb: Verb) -> Verb:
    """Add the option that names the file of settings."""
    return click.option("--config", metavar="PATH", help="Settings in TOML.")(verb)


def settings_of(db: str | None, config: str | None, **flags: str | None) -> Settings:
    """Return the settings in force.

    Raises:
        UsageError: when a flag or the file of settings is off.
    """
    from whoholds.config import load_settings  # noqa: PLC0415

    try:
        path = Path(config).expanduser() if config else None
    except RuntimeError:
        message = f"--config {config}: there is no such home folder; write the path in full"
        raise UsageError(message) from None
    return load_settings({"db": db, **flags}, path=path)


@click.command("ingest", short_help="Read reports into the store.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@db_option
@click.option("--published", metavar="DAY", help="Day of publication (2024-12-07), for reports that do not say; wins over a dateline.")
@click.option("--publisher", metavar="NAME", help="Who printed the reports, where they do not say; wins over a dateline.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@config_option
@click.option("--model", metavar="NAME", help="spaCy model: a package or a directory (default: the best that is installed).")
def ingest_command(sources: tuple[str, ...], db: str | None, config: str | None, *, as_json: bool, **known: str | None) -> int:
    """Read each FILE, or standard input for -, as `whoholds read` does, and keep the reports with their claims.

    At the end the timelines of the places that changed are made anew; a run that was interrupted before catches up.
    What is kept already is not read again, unless the rules, the words or the places have changed since. A run that was
    interrupted is repeated with the same command. A report that cannot be read is listed and filed; the run goes on.

    \b
    Examples:
      whoholds ingest reports.jsonl
      whoholds ingest *.txt --publisher "Shafaq News" --db war.sqlite
      whoholds ingest reports.jsonl --db postgresql://desk@db.example/war
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    from whoholds.model import Failure  # noqa: PLC0415
    from whoholds.pipeline import checked_published, ingest_reports  # noqa: PLC0415
    from whoholds.ports import Hints  # noqa: PLC0415
    from whoholds.store import open_store  # noqa: PLC0415

    settings = settings_of(db, config, model=known["model"])
    stated = known["published"]
    hints = Hints(publisher=known["publisher"], published=checked_published(stated).day if stated is not None else None)
    pass_on_cache(settings.cache_dir)
    recorded: list[Recorded] = []
    failures: list[Failure] = []
    with open_store(settings.db, create=True) as store:
        with counted("reports", shown=True) as tick:
            for outcome in ingest_reports(sources, hints, settings, store):
                tick()
                if isinstance(outcome, Failure):
                    failures.append(outcome)
                else:
                    recorded.append(outcome)
        refresh(store)
        shown = store.database.name
    click.echo(_summary_document(shown, recorded, failures) if as_json else _summary(shown, recorded, failures))
    for failure in failures:
        complain(f"{failure.report}: {failure.error}")
    return InputError.exit_code if failures else 0


def refresh(store: Store) -> int:
    """Make the timelines of the places whose claims changed, counted on the terminal; return how many there were."""
    if not store.dirty():
        return 0
    from whoholds.queries.desk import desk_of  # noqa: PLC0415

    with counted("places", shown=True) as tick:
        return desk_of(store).refresh(tick)


@click.command("backup", short_help="Copy the store into one file.")
@click.argument("out", metavar="OUT")
@db_option
@config_option
def backup_command(out: str, db: str | None, config: str | None) -> int:
    """Copy the store into the file OUT, also while others write to it; OUT is checked, and appears only when whole."""
    from whoholds.store.backup import back_up  # noqa: PLC0415

    copied = back_up(settings_of(db, config).db, Path(out))
    click.echo(f"{copied.file}: {copied.reports:,} reports, {copied.size:,} bytes, checked")
    return 0


@click.command("migrate", short_help="Bring an older store up to date.")
@db_option
@config_option
def migrate_command(db: str | None, config: str | None) -> int:
    """Bring the tables of a store that an earlier version made to this version; make a backup first."""
    from whoholds.store import migrate_store  # noqa: PLC0415

    before, after = migrate_store(settings_of(db, config).db)
    click.echo(f"version {after}: nothing to do" if before == after else f"version {before} → {after}")
    return 0


def _summary(store: str, recorded: Sequence[Recorded], failures: Sequence[Failure]) -> str:
    count = Counter(each.outcome.value for each in recorded)
    lines = [
        f"{store}: {len(recorded) + len(failures):,} reports",
        f"  new {count['new']:,} · known {count['known']:,} · read anew {count['reread']:,} · failed {len(failures):,}",
    ]
    kept, changed, orphaned = _reviews(recorded)
    if kept or changed or orphaned:
        lines.append(f"  reviews: kept {len(kept):,} · their claim now reads otherwise {len(changed):,} · is gone {len(orphaned):,}")
        lines += [f"    {word} {anchor}" for word, anchors in (("changed", changed), ("gone", orphaned)) for anchor in anchors]
    return "\n".join(lines)


def _summary_document(store: str, recorded: Sequence[Recorded], failures: Sequence[Failure]) -> str:
    count = Counter(each.outcome.value for each in recorded)
    kept, changed, orphaned = _reviews(recorded)
    document = {
        "store": store,
        "reports": len(recorded) + len(failures),
        **{outcome: count[outcome] for outcome in ("new", "known", "reread")},
        "failures": [{"report": each.report, "stage": each.stage, "error": each.error} for each in failures],
        "reviews": {"kept": kept, "changed": changed, "orphaned": orphaned},
    }
    return json.dumps(document, ensure_ascii=False)


def _reviews(recorded: Sequence[Recorded]) -> tuple[list[str], list[str], list[str]]:
    """Return the anchors whose reviews were kept, whose claim changed, and whose claim is gone."""
    return (
        [anchor for each in recorded for anchor in each.kept],
        [anchor for each in recorded for anchor in each.changed],
        [anchor for each in recorded for anchor in each.orphaned],
    )
