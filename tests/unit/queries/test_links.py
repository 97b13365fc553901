"""What is kept of how claims stand to each other, from the reports to the store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whoholds.config import load_settings
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import Hints
from whoholds.queries.desk import open_desk
from whoholds.taxonomy import LinkPart, LinkRelation, LinkScope

REPORTS = {
    "Gazette": "Rebels captured Hama in Syria on Thursday, the Syrian Observatory for Human Rights said.",
    "Courier": "The Syrian Ministry of Defense denied that rebels had captured Hama in Syria.",
}


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHOLDS_DB", str(tmp_path / "store.sqlite"))


def test_a_refresh_keeps_the_links_of_a_place(tmp_path: Path, shipped: Stages) -> None:
    settings = load_settings()
    with open_desk(settings, create=True) as desk:
        for name, text in REPORTS.items():
            path = tmp_path / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            hints = Hints(publisher=name, published=date(2024, 12, 6))
            assert list(ingest_reports([str(path)], hints, settings, desk.store, lambda _: shipped))
        desk.refresh()
        claims = {claim.claim.anchor: claim.statement.stance.value for claim in desk.store.claims_at([desk.place("Hama").id])}
        (link,) = desk.store.links(claims)
    assert (claims[link.source], claims[link.target]) == ("denies", "asserts")
    assert (link.relation, link.part, link.scope) == (LinkRelation.DENIES, LinkPart.EVENT, LinkScope.EXACT)
