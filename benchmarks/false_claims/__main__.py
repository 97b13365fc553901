"""Counts the claims read in texts that have nothing to do with war: python -m benchmarks.false_claims [--show].

Two sets: ours, of sport, business, weather and screen in words of war (`tests/data/hard_negatives.jsonl`), and the local
news of `benchmarks.false_claims.local_news`. Every claim read in them is false. See docs/reference/measuring.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from benchmarks.false_claims.counting import HARD_NEGATIVES, false_claims, local_news, read


@click.command()
@click.option("--show", is_flag=True, help="Print each false claim with its rule.")
def main(*, show: bool) -> None:
    """Print false claims a report for both sets."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (HARD_NEGATIVES, local_news(Path(folder))):
            if path is None:
                click.echo("local news: NOT MEASURED, the texts of LGL are not on this machine", err=True)
                continue
            readings = read(path)
            found = false_claims(readings)
            click.echo(f"{path.stem}: {len(readings)} reports, {len(found)} false claims, {len(found) / len(readings):.3f} a report")
            if show:
                click.echo("\n".join(found))


if __name__ == "__main__":
    main()
