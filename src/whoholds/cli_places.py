"""The verbs on places: thin, over `whoholds.locate`, which is imported by the verb that needs it."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("locate", short_help="Look a place up by name.")
@click.argument("phrase", metavar="NAME")
@click.option("--near", metavar="PLACE", help="A place beside it, as a hint.")
@click.option("--country", metavar="COUNTRY", help="Its country, by name or code (SY), as a hint.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines for people.")
def locate_command(phrase: str, near: str | None, country: str | None, *, as_json: bool) -> int:
    """Show the places that NAME may mean, best first, with id, position, score and reasons.

    \b
    Examples:
      whoholds locate "Khan Al-Sheh" --near Damascus
      whoholds locate "Daraa province" --country SY --json
      whoholds locate "20 km north of Hama"
    """  # noqa: D301  click's mark for a block that is not re-wrapped
    from whoholds.export.places import candidate_document, candidate_lines  # noqa: PLC0415
    from whoholds.locate import open_gazetteer  # noqa: PLC0415
    from whoholds.locate.search import search  # noqa: PLC0415

    _pass_on_cache()
    written = "".join(sign if sign.isprintable() else " " for sign in phrase).strip()
    answer = search(open_gazetteer(), written, near, country)
    if as_json:
        click.echo(candidate_document(written, answer.candidates, answer.point, sure=answer.sure))
    else:
        for line in candidate_lines(written, answer.candidates, answer.point, sure=answer.sure):
            click.echo(line)
    return 0


@click.group("gazetteer", short_help="What places are known; add your own.")
def gazetteer_group() -> None:
    """Tell what places are known, add places of your own, remove them, or build the embedded ones anew."""


@gazetteer_group.command("info", short_help="Say what the gazetteer holds.")
def info_command() -> int:
    """Say how many places are known, of which version, from where, and what you have added."""
    from whoholds.export.places import labelled_lines  # noqa: PLC0415
    from whoholds.locate import open_gazetteer  # noqa: PLC0415
    from whoholds.locate.gazetteer import DATA  # noqa: PLC0415
    from whoholds.locate.index import cache_folder  # noqa: PLC0415
    from whoholds.locate.shards import read_origins  # noqa: PLC0415
    from whoholds.locate.user_data import listed, user_folder  # noqa: PLC0415

    _pass_on_cache()
    opened = open_gazetteer()
    pairs = [("places", f"{opened.index.count():,}"), ("version", opened.version), ("index in", str(cache_folder()))]
    pairs += [("origin", f"{origin.name}: {origin.licence}") for origin in read_origins(DATA).values()]
    pairs.append(("your own in", str(user_folder())))
    for data in listed(user_folder()):
        left_out = f", {data.left_out:,} rows left out" if data.left_out else ""
        pairs.append((data.label, f"{data.file} ({data.form}): {data.places:,} places{left_out}, added {data.added[:10]}"))
    for line in labelled_lines(pairs):
        click.echo(line)
    return 0


@gazetteer_group.command("add", short_help="Add places of your own.")
@click.argument("file", metavar="FILE")
def add_command(file: str) -> int:
    """Add the places of FILE; they win over embedded ones of the same id, or of the same name within 5 km.

    FILE is a GeoNames dump (19 columns) or its alternateNamesV2, a CSV with name, lat, lon and, if you like, id, names
    (set apart by |), population and code, a GeoJSON file, or a table of P-codes of HDX. A file with a bad row is
    refused as a whole, with the lines named. A file of the same name replaces what it added before.
    """
    from whoholds.locate import open_gazetteer  # noqa: PLC0415
    from whoholds.locate.user_data import add, user_folder  # noqa: PLC0415

    _pass_on_cache()
    added = add(Path(file).expanduser(), open_gazetteer().index, user_folder())
    left_out = f"; {added.left_out:,} rows that are no settlement or area were left out" if added.left_out else ""
    click.echo(f"added {added.places:,} places from {added.file} as {added.label}{left_out}")
    return 0


@gazetteer_group.command("remove", short_help="Remove places that you added.")
@click.argument("label", metavar="LABEL")
def remove_command(label: str) -> int:
    """Remove what was added under LABEL; `whoholds gazetteer info` lists the labels."""
    from whoholds.locate.user_data import remove, user_folder  # noqa: PLC0415

    removed = remove(label, user_folder())
    click.echo(f"removed {removed.places:,} places of {removed.file}")
    return 0


@gazetteer_group.command("build", short_help="Build the embedded places anew (for maintainers).")
@click.argument("sources", metavar="SOURCES")
@click.argument("out", metavar="OUT")
@click.option("--recipe", metavar="PATH", help="What to build from, in TOML (default: the embedded sources.toml).")
def build_command(sources: str, out: str, recipe: str | None) -> int:
    """Build all shards from the folder SOURCES into the folder OUT; minutes of work. The same sources give the same bytes."""
    from whoholds.locate.build import RECIPE, build, read_recipe  # noqa: PLC0415

    build(Path(sources).expanduser(), Path(out).expanduser(), read_recipe(Path(recipe).expanduser() if recipe else RECIPE))
    return 0


def _pass_on_cache() -> None:
    """Tell the gazetteer, which knows the variable alone, of a cache folder that the configuration file names."""
    from whoholds.config import load_settings  # noqa: PLC0415

    os.environ.setdefault("WHOHOLDS_CACHE_DIR", str(load_settings().cache_dir))
