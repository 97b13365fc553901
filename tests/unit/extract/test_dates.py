"""Dates as stated, in a report of Saturday, 7 December 2024."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.extract.dates import StatedDate, dates
from whoholds.model import Span

SATURDAY = date(2024, 12, 7)


def only(text: str, published: date | None = SATURDAY) -> StatedDate:
    (found,) = dates(text, 0, published)
    return found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 2024-11-30", "2024-11-30"),
        ("on November 30", "2024-11-30"),
        ("on Nov. 30", "2024-11-30"),
        ("on 30 November", "2024-11-30"),
        ("on the 30th of November", "2024-11-30"),
        ("on November 30th, 2023", "2023-11-30"),
        ("on 30 November 2023", "2023-11-30"),
        ("on December 7", "2024-12-07"),
        # A day ahead is the time zone's doing; later days of a year that are still to come were last year's.
        ("on December 8", "2024-12-08"),
        ("on December 20", "2023-12-20"),
        ("from November 27-30", "2024-11-27/2024-11-30"),
        ("from 27–30 November 2023", "2023-11-27/2023-11-30"),
        ("on Saturday", "2024-12-07"),
        ("on Friday", "2024-12-06"),
        ("on Sunday", "2024-12-01"),
        ("late on Thursday", "2024-12-05"),
        ("on Thurs", "2024-12-05"),
        ("last Saturday", "2024-11-30"),
        ("last Friday", "2024-12-06"),
        ("overnight", "2024-12-06/2024-12-07"),
        ("last night", "2024-12-06/2024-12-07"),
        ("overnight into Friday", "2024-12-05/2024-12-06"),
        ("today", "2024-12-07"),
        ("tonight", "2024-12-07"),
        ("this morning", "2024-12-07"),
        ("yesterday", "2024-12-06"),
        ("the day before", "2024-12-06"),
        ("in November", "2024-11-01/2024-11-30"),
        ("in November 2016", "2016-11-01/2016-11-30"),
        ("in January", "2024-01-01/2024-01-31"),
        ("in early November", "2024-11-01/2024-11-10"),
        ("in mid-November", "2024-11-11/2024-11-20"),
        ("in late November", "2024-11-21/2024-11-30"),
        ("in late February 2024", "2024-02-21/2024-02-29"),
        ("last December", "2023-12-01/2023-12-31"),
        ("in 2016", "2016-01-01/2016-12-31"),
        ("three days ago", "2024-12-04"),
        ("3 days earlier", "2024-12-04"),
        ("a week ago", "2024-11-30"),
        ("two weeks ago", "2024-11-23"),
        ("in the past 24 hours", "2024-12-06/2024-12-07"),
        ("over the last three days", "2024-12-04/2024-12-07"),
        ("this week", "2024-12-02/2024-12-07"),
        ("this month", "2024-12-01/2024-12-07"),
        ("last year", "2023-01-01/2023-12-31"),
    ],
)
def test_a_date_is_made_absolute_by_the_day_of_publication(text: str, days: str) -> None:
    found = only(text)
    assert found.days.edtf == days
    assert not found.open_end


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        ("since November 27", SATURDAY, "2024-11-27/2024-12-07"),
        ("since Thursday", SATURDAY, "2024-12-05/2024-12-07"),
        ("since late November", SATURDAY, "2024-11-21/2024-12-07"),
        ("since November 2016", SATURDAY, "2016-11-01/2024-12-07"),
        ("since 2016", SATURDAY, "2016-01-01/2024-12-07"),
        ("since 2024-11-27", None, "2024-11-27/.."),
    ],
)
def test_since_runs_to_the_day_of_publication(text: str, published: date | None, days: str) -> None:
    found = only(text, published)
    assert (found.days.edtf, found.open_end) == (days, True)


@pytest.mark.parametrize(
    "text",
    ["on Friday", "overnight", "yesterday", "since Monday", "in November", "on November 30", "two weeks ago", "this week", "last year"],
)
def test_without_a_day_of_publication_relative_dates_say_nothing(text: str) -> None:
    assert list(dates(text, 0, None)) == []


@pytest.mark.parametrize("text", ["on November 30, 2024", "on 30 Nov 2024", "on 2024-11-30"])
def test_without_a_day_of_publication_full_dates_are_read(text: str) -> None:
    assert only(text, None).days.edtf == "2024-11-30"


@pytest.mark.parametrize(
    "text",
    [
        "February 31",
        "31 November 2024",
        "0 December 2024",
        "99 December",
        "2024-13-45",
        "2023-02-29",
        "December 9-2, 2024",
        "30-2 December 2024",
        "999 years ago",
        "999 months earlier",
        "the last 999 weeks",
        "December 2024 2024 2024",
        "29 February",
        "since since since",
    ],
)
def test_what_only_looks_like_a_date_never_raises(text: str) -> None:
    for published in (SATURDAY, date(2023, 3, 1), date.min, date.max, None):
        assert all(found.span.of(text) for found in dates(text, 0, published))


@pytest.mark.parametrize(
    "text",
    ["", "Rebels took the town.", "Brigade 2016", "the 104th Brigade", "at 12:30", "10 kilometers", "Resolution 2254", "Sunni Marchers"],
)
def test_no_date(text: str) -> None:
    assert list(dates(text, 0, SATURDAY)) == []


def test_several_dates_come_in_text_order_with_the_report_s_offsets() -> None:
    text = "They entered on Friday, left on December 5 and came back overnight."
    found = list(dates(text, 100, SATURDAY))
    assert [stated.days.edtf for stated in found] == ["2024-12-06", "2024-12-05", "2024-12-06/2024-12-07"]
    assert [Span(s.span.start - 100, s.span.end - 100).of(text) for s in found] == ["on Friday", "December 5", "overnight"]


def test_a_weekday_with_its_date_says_one_day() -> None:
    assert {stated.days.edtf for stated in dates("on Friday, December 6, 2024", 0, SATURDAY)} == {"2024-12-06"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Troops entered at dawn.", "2024-12-07"),
        ("It has been shelled since noon.", "2024-12-07"),
        ("Jets bombed it through the night.", "2024-12-06/2024-12-07"),
        ("His men had entered the evening before.", "2024-12-06"),
        ("Strikes on Wednesday and Thursday hit it.", "2024-12-04/2024-12-05"),
        ("It fell between Monday and Thursday.", "2024-12-02/2024-12-05"),
        ("They took it at the end of March 2016.", "2016-03-21/2016-03-31"),
        ("It was lost at the start of November.", "2024-11-01/2024-11-10"),
        ("It was besieged for most of the 1980s.", "1980-01-01/1989-12-31"),
        ("It was taken on December 13, 1862.", "1862-12-13"),
        ("It was held from the beginning of 2007.", "2007-01-01/2007-12-31"),
        ("It fell in February of 2016.", "2016-02-01/2016-02-29"),
    ],
)
def test_hours_neighbouring_days_parts_and_older_years(text: str, days: str) -> None:
    assert [stated.days.edtf for stated in dates(text, 0, SATURDAY)] == [days]


@pytest.mark.parametrize("text", ["They attacked before dawn on Sunday.", "It was taken at noon on December 1."])
def test_an_hour_gives_way_to_the_day_that_is_named(text: str) -> None:
    assert [stated.days.edtf for stated in dates(text, 0, SATURDAY)] == ["2024-12-01"]
