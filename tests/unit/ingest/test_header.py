"""Headers and datelines: what they give, where prose begins, and what is no header."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whoholds.ingest.header import read_header

TODAY = date(2026, 1, 15)
DAY = date(2024, 12, 7)


@pytest.mark.parametrize(
    ("head", "publisher", "published"),
    [
        ("BEIRUT, Dec 7 (Reuters) - ", "Reuters", None),
        ("BEIRUT, Dec. 7, 2024 (Reuters) -- ", "Reuters", DAY),
        ("DAMASCUS, Syria (AP) — ", "AP", None),
        ("Damascus, Syria (7:40 A.M.) – ", None, None),
        ("Baghdad (IraqiNews.com) – ", "IraqiNews.com", None),
        ("QAMISHLI, Syria (North Press) – ", "North Press", None),
        ("SANA'A, Feb. 3 (Saba) – ", "Saba", None),
        ("(Beirut) – ", None, None),
        ("(Beirut, December 7, 2024) – ", None, DAY),
        ("KYIV, Ukraine — ", None, None),
        ("AMMAN: ", None, None),
        ("Shafaq News/ ", "Shafaq News", None),
        ("Shafaq News / ", "Shafaq News", None),
        (" date 2024-12-07 Shafaq News/ ", "Shafaq News", DAY),
        ("2024-12-07 Shafaq News/ ", "Shafaq News", DAY),
        ("7 December 2024 | ", None, DAY),
        ("(AFP) ", "AFP", None),
        ("15:40 – ", None, None),
        ("Title: Rebels in Hama\nPublisher: Example Wire\nDate: 7 Dec 2024\n\n", "Example Wire", DAY),
        ("Published: 2024-12-07T22:10:00+03:00\nSource: Example Wire\n", "Example Wire", DAY),
        ("Army leaves Hama\n\nBy Jane Doe\nSaturday, December 7, 2024\n\nBEIRUT (Reuters) - ", "Reuters", DAY),
        ("", None, None),
    ],
)
def test_the_head_gives_publisher_and_day_and_prose_begins_after_it(head: str, publisher: str | None, published: date | None) -> None:
    header = read_header(head + "The army left Hama.", TODAY)
    assert (header.publisher, header.published, header.body) == (publisher, published, len(head))


@pytest.mark.parametrize(
    "prose",
    [
        "The Syrian Arab Army (SAA) – backed by allies – left Hama.",
        "Jabhat Al-Nusra (Syrian Al-Qaeda group) – backed by others – left.",
        "Deir ez-Zor was given up without a fight: the force holds all of it.",
        "December 7, 2024 was the day the army left.",
        "On December 7, 2024 The Army left.",
        "Update: the army left.",
        "The army said: Hama is lost.",
        "HTS / SNA fighters left.",
        "Kyiv/Moscow: talks stall.",
        "The army left Hama.\n\nIt went south.",
    ],
)
def test_prose_is_left_as_prose(prose: str) -> None:
    header = read_header(prose, TODAY)
    assert (header.publisher, header.published, header.title, header.body) == (None, None, None, 0)


@pytest.mark.parametrize("stated", ["2024-13-45", "2024-02-30", "31 April 2024", "2031-01-01", "07/12/2024", "soon"])
def test_nonsense_and_future_dates_in_a_text_are_passed_over(stated: str) -> None:
    header = read_header(f"Date: {stated}\nPublisher: Example Wire\n\nThe army left Hama.", TODAY)
    assert (header.publisher, header.published) == ("Example Wire", None)


def test_a_headline_is_the_title() -> None:
    text = "Army leaves Hama\n\nThe army left Hama on Saturday."
    header = read_header(text, TODAY)
    assert (header.title, text[header.body :]) == ("Army leaves Hama", "The army left Hama on Saturday.")


def test_a_known_title_is_skipped() -> None:
    text = "Army leaves Hama. Really\nBEIRUT (Reuters) - The army left."
    header = read_header(text, TODAY, titled=True)
    assert (header.title, header.publisher, text[header.body :]) == ("Army leaves Hama. Really", "Reuters", "The army left.")


def test_the_reference_report(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    header = read_header(text, TODAY)
    assert (header.publisher, header.published) == ("Shafaq News", DAY)
    assert text[header.body :].startswith("Opposition armed factions")
