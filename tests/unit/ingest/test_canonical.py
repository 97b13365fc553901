"""Canonical text on chosen cases; the laws stand in tests/property/test_canonical.py."""

from __future__ import annotations

import pytest

from whoholds.ingest.canonical import BIDI_CONTROLS, RawOffsets, Utf16Offsets, canonicalise


@pytest.mark.parametrize(
    ("decoded", "canonical"),
    [
        ("The army left.", "The army left."),
        ("one\r\ntwo\rthree\n", "one\ntwo\rthree\n"),
        ("one\r\r\ntwo", "one\ntwo"),
        ("nul\0here", "nul here"),
        ("\u202eevil\u2069", " evil "),
        ("\ufb01 é e\u0301 \xa0 tab\t", "\ufb01 é e\u0301 \xa0 tab\t"),
        ("می\u200cخواهد", "می\u200cخواهد"),
    ],
)
def test_only_line_ends_nul_and_bidi_controls_change(decoded: str, canonical: str) -> None:
    assert canonicalise(decoded) == canonical


def test_every_bidi_control_becomes_one_space() -> None:
    assert canonicalise(BIDI_CONTROLS) == " " * 12


def test_a_line_end_leads_back_to_its_first_return() -> None:
    decoded = "a\r\nb\r\nc"
    offsets = RawOffsets(decoded)
    assert [offsets.raw(offset) for offset in range(6)] == [0, 1, 3, 4, 6, 7]


def test_units_inside_a_pair_belong_to_its_character() -> None:
    offsets = Utf16Offsets("a💥b")
    assert [offsets.units(point) for point in range(4)] == [0, 1, 3, 4]
    assert [offsets.points(unit) for unit in range(5)] == [0, 1, 1, 2, 3]
