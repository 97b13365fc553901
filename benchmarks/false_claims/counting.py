"""The claims read in reports that make none."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from benchmarks.false_claims.local_news import irrelevant_texts

from whoholds.config import load_settings
from whoholds.model import Failure, Reading
from whoholds.pipeline import read_reports
from whoholds.ports import Hints

HARD_NEGATIVES = Path(__file__).parents[2] / "tests/data/hard_negatives.jsonl"
MOST = 0.02
"""False claims a report, at most."""


def local_news(folder: Path) -> Path | None:
    """Write the local news as a file to read; None where the set is not on this machine."""
    reports = [json.dumps({"id": f"news-{n}", "published": "2009-04-01", "text": text}) for n, text in enumerate(irrelevant_texts(), 1)]
    if not reports:
        return None
    path = folder / "local_news.jsonl"
    path.write_text("\n".join(reports), encoding="utf-8")
    return path


def read(path: Path) -> list[Reading]:
    """Return the readings of the reports in `path`; a report that fails states nothing."""
    return [reading for reading in read_reports([str(path)], Hints(), load_settings()) if not isinstance(reading, Failure)]


def false_claims(readings: Iterable[Reading]) -> list[str]:
    """Return a line for each claim: the report, the rule, the evidence."""
    found = []
    for reading in readings:
        statements = {statement.id: statement for statement in reading.extracted.statements}
        for claim in reading.extracted.claims:
            said = statements[claim.statement]
            found.append(f"{reading.report.origin_id}\t{said.rule}\t{said.evidence.of(reading.report.text)}")
    return found
