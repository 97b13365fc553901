# ruff: noqa: INP001  a script stands alone
"""Draw docs/images/map-*.png: the demo's map in the browser, wide and narrow, light and dark.

    python scripts/screenshots_map.py [--db out/demo/whoholds.sqlite] [--out docs/images]

Reads the reference day as it is retold into a copy of the store first, so that the pictures show a day on which accounts part.
Needs Chromium and the development requirements. Whatever the page complains of ends the run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.web.browsing import Visit, chromium, serving_at

DAY: Final = "?war=syria&on=2024-12-07"
MOST_BYTES: Final = 300_000
SHOTS: Final = (
    ("map-light", 1200, 750, f"{DAY}&theme=light&at=6.60,34.7000,37.3000"),
    ("map-ministry-dark", 1200, 750, f"{DAY}&theme=dark&view=side:syria.government&drawer=place&place=gn:172894&at=7.60,33.6000,36.7000"),
    (
        "map-compare",
        1440,
        900,
        f"{DAY}&theme=light&view=source:sohr&against=source:syrian-defence-ministry&drawer=differs&at=7.60,33.6000,36.7000",
    ),
    ("map-phone", 390, 844, f"{DAY}&theme=light&at=6.60,33.6000,36.6000"),
)


def main() -> None:
    """Draw every picture and say where it lies."""
    given = argparse.ArgumentParser(description="Draw the map for the documents.")
    given.add_argument("--db", type=Path, default=Path("out/demo/whoholds.sqlite"))
    given.add_argument("--out", type=Path, default=Path("docs/images"))
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "demo.sqlite"
        command = [sys.executable, "-m", "whoholds"]
        subprocess.run([*command, "backup", str(db), "--db", str(asked.db)], check=True)  # noqa: S603  our own command
        subprocess.run([*command, "ingest", "tests/data/retelling.in.jsonl", "--db", str(db)], check=True)  # noqa: S603
        with serving_at(db) as url, chromium() as browser:
            for name, width, height, query in SHOTS:
                with Visit(browser, url, width, height) as visit:
                    page = visit.open(query)
                    page.wait_for_timeout(6000)
                    shot = Path(folder) / f"{name}.png"
                    page.screenshot(path=shot)
                    if visit.wrong or shot.stat().st_size > MOST_BYTES:
                        sys.exit(f"{name}: {shot.stat().st_size} bytes; {visit.wrong}")
                    shutil.copy(shot, asked.out / shot.name)
                    print(asked.out / shot.name)  # noqa: T201  a script's report


if __name__ == "__main__":
    main()
