"""Place-days with the right holder, ours beside two trivial readings, in three made-up worlds and five seeds each.

python -m benchmarks.fusion.worlds [--seeds 5] [--sim ../shared/sim]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import click

WORLDS = ("honest", "biased", "syndicated")


def measured(sim: Path, world: str, seed: int) -> dict[str, float]:
    """Return the shares that the simulation's own scorer prints for one war."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "predicted.csv")
        steps = (
            [str(sim / "simulate.py"), folder, "--seed", str(seed), "--world", world],
            ["-m", "benchmarks.fusion.simulated", folder, out],
            [str(sim / "score_timeline.py"), folder, out],
        )
        printed = [subprocess.run([sys.executable, *step], check=True, capture_output=True, text=True).stdout for step in steps]  # noqa: S603
    return dict(json.loads(printed[-1]))


def main() -> None:
    """Print one line a war, and the mean of each world."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sim", type=Path, default=Path("../shared/sim"))
    asked = parser.parse_args()
    click.echo(f"{'world':<12}{'seed':>5}{'ours':>9}{'last':>9}{'majority':>10}{'ahead':>8}{'unknown':>9}")
    for world in WORLDS:
        rows = [measured(asked.sim, world, seed) for seed in range(1, asked.seeds + 1)]
        for seed, row in enumerate(rows, 1):
            _print(world, str(seed), row)
        _print(world, "mean", {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]})


def _print(world: str, seed: str, row: dict[str, float]) -> None:
    ours, last = row["prediction"], row["last claim wins"]
    best = max(last, row["majority of 14 days"])
    click.echo(f"{world:<12}{seed:>5}{ours:>9.4f}{last:>9.4f}{row['majority of 14 days']:>10.4f}{ours - best:>+8.4f}{row['unknown']:>9.4f}")


if __name__ == "__main__":
    main()
