"""The page on fusion prints the rules, windows and tiers as the code has them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from whoholds.fuse.rules import RULES, Effect, Rule, Windows
from whoholds.taxonomy import Kind, Tier

PAGE = (Path(__file__).parents[3] / "docs/reference/fusion.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, without its head."""
    lines = PAGE.split(f"\n## {heading}\n", 1)[1].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|---"))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_prints_each_rule_as_it_is(rule: Rule) -> None:
    assert [rule.name, ", ".join(rule.kinds), rule.does, rule.why, rule.origin] in table("Rules")


def test_the_page_prints_no_other_rule() -> None:
    assert [row[0] for row in table("Rules")] == [rule.name for rule in RULES]


def test_every_kind_has_one_rule() -> None:
    kinds = [kind for rule in RULES for kind in rule.kinds]
    assert sorted(kinds) == sorted(Kind)


def test_the_page_prints_the_windows_with_their_days() -> None:
    assert [row[:2] for row in table("Windows")] == [[f"`{window.name}`", str(window.default)] for window in fields(Windows)]


def test_the_page_names_every_tier() -> None:
    assert [row[0] for row in table("Tiers")] == [f"`{tier}`" for tier in Tier]


def test_the_page_tells_the_order_of_one_day() -> None:
    acting = [effect.name.lower() for effect in sorted(Effect) if effect < Effect.DENIES]
    assert f"act in this order: {', '.join(acting)}." in PAGE
