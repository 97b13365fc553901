"""Laws of canonical text: it is stable, and every offset leads back to the character it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whoholds.ingest.canonical import BIDI_CONTROLS, RawOffsets, Utf16Offsets, canonicalise

PIECES = st.sampled_from(["\r\n", "\r", "\n", "\r\r\n", "\0", "💥", "🇸🇾", "é", "e\u0301", "حمص", "a", " ", *BIDI_CONTROLS])
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


@given(TEXTS)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    once = canonicalise(text)
    assert canonicalise(once) == once


@given(TEXTS)
def test_canonical_text_holds_no_control_that_was_to_go(text: str) -> None:
    once = canonicalise(text)
    assert not {"\0", *BIDI_CONTROLS} & set(once)
    assert "\r\n" not in once


@given(TEXTS)
def test_every_canonical_offset_leads_back_to_its_character(text: str) -> None:
    once, offsets = canonicalise(text), RawOffsets(text)
    for offset, character in enumerate(once):
        came_from = text[offsets.raw(offset)]
        assert came_from == character or (character == " " and came_from in "\0" + BIDI_CONTROLS) or (character, came_from) == ("\n", "\r")
    assert offsets.raw(len(once)) == len(text)


@given(TEXTS)
def test_a_span_of_canonical_text_is_the_canonical_form_of_its_raw_span(text: str) -> None:
    once, offsets = canonicalise(text), RawOffsets(text)
    middle = len(once) // 2
    assert canonicalise(text[: offsets.raw(middle)]) + canonicalise(text[offsets.raw(middle) :]) == once


@given(TEXTS)
def test_offsets_go_to_utf16_and_back(text: str) -> None:
    offsets = Utf16Offsets(text)
    for point in range(len(text) + 1):
        units = offsets.units(point)
        assert units == len(text[:point].encode("utf-16-le", "surrogatepass")) // 2
        assert offsets.points(units) == point
