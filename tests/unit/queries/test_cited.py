"""What answers cite, and what of it may leave: by the same rules as exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from whoholds.config import load_settings
from whoholds.export.redaction import DELAY, Curtain
from whoholds.export.rows import rows
from whoholds.pipeline import Stages, ingest_reports
from whoholds.ports import ClaimFilter, Hints
from whoholds.queries.cited import cite, shielded, withheld
from whoholds.queries.claims import Wanted, claims
from whoholds.queries.desk import Desk, open_desk
from whoholds.queries.telling import claims_lines

SIXTH = date(2024, 12, 6)
REPORTS = {
    "a resident, named": "Fatuma Nur, a resident of Hama, said rebels had captured Hama in Syria. Nur said soldiers withdrew from Homs.",
    "an officer": "General Samir Qasim said rebels had captured Hama in Syria.",
    "a body": "The Syrian Observatory for Human Rights said that rebels stood 10 km from Homs in Syria and were advancing toward Damascus.",
    "residents": "Residents said rebels had entered Hama in Syria.",
}


@pytest.fixture(scope="module")
def desk(shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("cited")
    settings = replace(load_settings(environment={}), db=str(folder / "store.sqlite"))
    for number, text in enumerate(REPORTS.values()):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with open_desk(settings, create=True) as opened:
        assert list(
            ingest_reports(sorted(map(str, folder.glob("*.txt"))), Hints("Gazette", SIXTH), settings, opened.store, lambda _: shipped)
        )
        yield opened


def test_answers_and_exports_agree_on_who_is_private(desk: Desk) -> None:
    private = set()
    for recorded in desk.store.claims(ClaimFilter()):
        reading = desk.store.reading(recorded.report.id)
        assert reading is not None
        redacted, _ = Curtain(desk.registry, datetime(2026, 1, 1, tzinfo=UTC), DELAY).redacted(reading)
        exported = next(row for row in rows(redacted) if row.claim.id == recorded.claim.id)
        cited = cite(desk, recorded)
        assert exported.source.startswith("a resident of") is cited.private
        private |= {cited.source} if cited.private else set()
    assert private == {"Fatuma Nur"}


def test_a_private_person_has_no_name_in_source_quote_or_line(desk: Desk) -> None:
    answer = claims(desk, Wanted(ClaimFilter(text="nur hama")))
    assert [shielded(cited).source for cited in answer.claims] == ["a resident of Hama"]
    told = "\n".join(claims_lines(claims(desk, Wanted()), SIXTH))
    assert "a resident of Hama" in told
    assert "Nur" not in told
    assert "Samir Qasim" in told


@pytest.mark.parametrize("today", [date(2024, 12, 6), date(2024, 12, 9), date(2024, 12, 10), date(2024, 12, 11)])
def test_answers_and_exports_agree_on_what_is_too_young(desk: Desk, today: date) -> None:
    curtain = Curtain(desk.registry, datetime.combine(today, time(), tzinfo=UTC), DELAY)
    young = set()
    for recorded in desk.store.claims(ClaimFilter()):
        reading = desk.store.reading(recorded.report.id)
        assert reading is not None
        row = next(row for row in rows(reading) if row.claim.id == recorded.claim.id)
        hidden = curtain.hides(row, recorded.report.recorded_at)
        assert withheld(cite(desk, recorded), today) is hidden
        young |= {recorded.statement.kind.value} if hidden else set()
    assert young == ({"position", "advance"} if today < date(2024, 12, 11) else set())
