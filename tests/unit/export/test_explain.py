"""The explanation: marks stand under their words, at every width, and untrusted text stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from whoholds.config import Settings, load_settings
from whoholds.export.explain import _FILLS, MARGIN, explanation, wrapped
from whoholds.export.spans import Part, entries, lanes, segments
from whoholds.export.wording import Look
from whoholds.model import Attribution, Mention, Reading, Span
from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.taxonomy import Role

TEXT = "Army left Hama, 40 km from Homs, said SOHR. The Army denied leaving Homs and then the Army left Nowhere."


@pytest.fixture
def settings() -> Settings:
    return load_settings(environment={})


@pytest.fixture
def reading(stages: Stages, settings: Settings) -> Reading:
    return read_text(TEXT, Hints(publisher="Wire"), published="2024-12-07", settings=settings, opener=lambda _: stages)


def attributed(reading: Reading) -> Reading:
    source = Mention("r", 38, 42, "SOHR", "Observatory", Span(38, 42))
    attribution = Attribution(source, (), "Wire", Role.MONITOR, own_voice=False)
    first, *others = reading.extracted.statements
    changed = (replace(first, attribution=attribution, cue=Span(33, 37)), *others)
    return replace(reading, extracted=replace(reading.extracted, statements=changed))


def test_marks_stand_under_their_words(reading: Reading) -> None:
    assert "".join(explanation([attributed(reading)])) == GOLDEN.lstrip("\n").replace("ID", reading.report.id)


GOLDEN = """
━━ Wire · 2024-12-07 · ID · 3 claims

      Army left Hama, 40 km from Homs, said SOHR. The Army denied leaving Homs
  1 ● acto┄pred┄plac┄┄┄┄┄┄┄┄┄┄┄┄┄from
                                       cue━ sour
  2 ✕                                                 acto┄predicate━━━━━┄plac
      and then the Army left Nowhere.
  3 ●              acto┄pred┄place──

  1 ● asserts  withdrawal  Observatory (monitor)
      Army → Hama (xx:Hama)
      ≤ 40 km from Homs: straight line from Hama 44.6 km, only from its edge
      when 2024-12-07 · certain
      rule fake
      actor     “Army”  0–4
      predicate “left”  5–9
      place     “Hama”  10–14
      from      “Homs”  27–31
      cue       “said”  33–37
      source    “SOHR” → Observatory  38–42

  2 ✕ denies  withdrawal  Wire (own voice)
      Army → Homs (xx:Homs)
      when 2024-12-07 · certain
      rule fake
      actor     “Army”  48–52
      predicate “denied leaving”  53–67
      place     “Homs”  68–72
      source: no words; the publisher speaks in its own voice

  3 ● asserts  withdrawal  Wire (own voice)
      Army → Nowhere [no pin]
      when 2024-12-07 · certain
      rule fake
      actor     “Army”  86–90
      predicate “left”  91–95
      place     “Nowhere”  96–103
      source: no words; the publisher speaks in its own voice

Marks: ┄ evidence; a part begins with its name, cut short where the words are
short; ━ predicate and cue.
Reported control, not access, safety or sovereignty.
"""


@pytest.mark.parametrize("width", [10, 40, 80, 120])
def test_the_explanation_keeps_its_width(reading: Reading, width: int) -> None:
    assert max(map(len, "".join(explanation([reading], Look(width))).splitlines())) <= max(width, 40)


def test_colour_is_only_added(reading: Reading) -> None:
    coloured = "".join(explanation([reading], Look(colour=True)))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == "".join(explanation([reading]))


def test_untrusted_text_is_shown_as_text_and_keeps_its_columns(reading: Reading) -> None:
    text = "\x1b]0;x\x07\x9b[red]\u202e" + TEXT[13:]
    shown = "".join(explanation([replace(reading, report=replace(reading.report, text=text))]))
    assert not {sign for sign in shown if sign in "\x1b\x07\x9b\u202e"}
    assert "]0;x  [red]" in shown


def test_wide_signs_move_the_marks(stages: Stages, settings: Settings) -> None:
    wide = read_text("戰況 Army left Hama.", Hints(), settings=settings, opener=lambda _: stages)
    lines = "".join(explanation([wide])).splitlines()
    words, marks = next((line, lines[number + 1]) for number, line in enumerate(lines) if "戰況" in line)
    assert words.index("Army") - words.index("戰況") + 2 == marks.index("acto") - MARGIN


def test_a_report_without_claims_is_named_alone(reading: Reading) -> None:
    bare = replace(reading, extracted=replace(reading.extracted, statements=(), claims=()))
    assert "no claims\n\nMarks" in "".join(explanation([bare]))


def test_every_part_has_its_mark() -> None:
    assert set(_FILLS) == set(Part)


@given(st.text(alphabet="ab 戰\u0301\n\t", max_size=120), st.integers(2, 20))
def test_wrapping_loses_no_word_and_keeps_the_width(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert "".join(re.sub(r"\s", "", line.of(text)) for line in lines) == re.sub(r"\s", "", text)
    assert all(sum(1 if sign.isspace() else get_character_cell_size(sign) for sign in line.of(text)) <= width for line in lines)


def over(reading: Reading, *spans: tuple[int, int]) -> Reading:
    """Give the statements of `reading` these spans as evidence."""
    statements = tuple(
        replace(statement, evidence=Span(*span)) for statement, span in zip(reading.extracted.statements, spans, strict=True)
    )
    return replace(reading, extracted=replace(reading.extracted, statements=statements))


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([(0, 10), (10, 20), (20, 30)], [0, 0, 0]),
        ([(0, 10), (5, 20), (12, 30)], [0, 1, 0]),
        ([(0, 10), (0, 20), (15, 30)], [1, 0, 1]),
        ([(0, 30), (5, 20), (6, 8)], [0, 1, 2]),
    ],
)
def test_overlapping_statements_have_lanes_of_their_own(reading: Reading, spans: list[tuple[int, int]], wanted: list[int]) -> None:
    assert list(dict(sorted(lanes(entries(over(reading, *spans))).items())).values()) == wanted


def test_segments_cut_at_every_boundary(reading: Reading) -> None:
    cut = list(segments(Span(0, 30), entries(over(reading, (2, 12), (8, 20), (8, 20)))))
    assert [(piece.span.start, piece.span.end) for piece in cut] == [
        (0, 2), (2, 4), (4, 5), (5, 8), (8, 9), (9, 10), (10, 12), (12, 14), (14, 20), (20, 27), (27, 30)
    ]  # fmt: skip
    assert [[entry.number for entry in piece.entries] for piece in cut] == [
        [], [1], [1], [1], [1, 2, 3], [1, 2, 3], [1, 2, 3], [2, 3], [2, 3], [], []
    ]  # fmt: skip
    assert [mark.part for _, mark in cut[0].parts] == [Part.ACTOR]
