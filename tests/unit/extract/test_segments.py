"""A report cut into title and paragraphs; what is cut away is never prose."""

from __future__ import annotations

import pytest

from whoholds.extract.segments import paragraphs
from whoholds.model import Report


def report_of(text: str, title: str | None = None, body: int = 0) -> Report:
    return Report("r", None, None, title, text, None, None, None, "en", None, "", "", body=body)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        (" \n\n \n", []),
        ("One line.", ["One line."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One,\nwrapped.\n\nTwo.", ["One,\nwrapped.", "Two."]),
        ("One.\n \t\n\n\nTwo.\n", ["One.", "Two."]),
        ("  One.  \n\n  Two.  ", ["One.", "Two."]),
        ("• One.\n• Two.", ["One.", "Two."]),
        ("- One.\n\n– Two.\n\n* Three.", ["One.", "Two.", "Three."]),
        ("One.\n\n• \n\nTwo.", ["One.", "Two."]),
        ("A well-known town.\nAl-Bab - a town.", ["A well-known town.", "Al-Bab - a town."]),
        ("One. 🙂\n\n“Two.”", ["One. 🙂", "“Two.”"]),
    ],
)
def test_paragraphs(text: str, pieces: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(report_of(text))] == pieces


def test_the_title_is_a_paragraph_and_the_header_is_none() -> None:
    text = "Title\nGAZETTE, 7 Dec\n\nOne.\n\nTwo."
    found = list(paragraphs(report_of(text, title="Title", body=text.index("One"))))
    assert [span.of(text) for span in found] == ["Title", "One.", "Two."]


def test_a_title_that_does_not_begin_the_text_is_left_alone() -> None:
    assert [span.of("One.") for span in paragraphs(report_of("One.", title="Title"))] == ["One."]
