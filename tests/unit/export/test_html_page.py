"""The page: whole by itself, nothing but text from a report, links that lead both ways, and colours that can be read."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.config import load_settings
from whoholds.export.html_cards import _PRECISIONS, _VERDICTS, claim_label, when_words
from whoholds.export.html_page import _MEANINGS, html_page
from whoholds.export.html_text import SIGNS, marked_text
from whoholds.export.spans import Entry, entries
from whoholds.model import Attribution, DateRange, Mention, Reading, Span
from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.taxonomy import DistanceVerdict, GeoPrecision, Role, Stance

TEXT = "Army left Hama, 40 km from Homs, said SOHR. The Army denied leaving Homs and then the Army left Nowhere."
VOID = {"meta", "link", "br", "img"}
STYLE = (files("whoholds.export") / "data" / "page.css").read_text(encoding="utf-8")
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x1b\u202e"


@dataclass
class Page(HTMLParser):
    """What a page holds; refuses tags that do not nest."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: str = ""
    blocks: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(self.tags[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [tag for tag, _ in self.open]
        classes = {name for _, attributes in self.open for name in (attributes.get("class") or "").split()}
        if names and names[-1] in {"style", "script"}:
            self.blocks[names[-1]] = self.blocks.get(names[-1], "") + data
        elif "words" in classes and not classes & {"byline", "ref"} and any(name in {"p", "h2"} for name in names):
            self.words += data

    def values(self, attribute: str, tag: str | None = None) -> list[str]:
        return [attributes[attribute] or "" for name, attributes in self.tags if attribute in attributes and tag in {None, name}]


def parsed(markup: str) -> Page:
    page = Page()
    page.feed(markup)
    page.close()
    assert not page.open
    return page


def drawn(*readings: Reading) -> Page:
    return parsed("".join(html_page(readings)))


@pytest.fixture
def reading(stages: Stages) -> Reading:
    settings = load_settings(environment={})
    return read_text(TEXT, Hints(publisher="Wire"), published="2024-12-07", settings=settings, opener=lambda _: stages)


def test_the_page_runs_and_fetches_nothing_but_its_own(reading: Reading) -> None:
    page = drawn(reading, reading)
    (policy,) = [value for value in page.values("content", "meta") if "default-src" in value]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    for directive, block in (("style-src", "style"), ("script-src", "script")):
        digest = base64.b64encode(hashlib.sha256(page.blocks[block].encode()).digest()).decode()
        assert rules[directive] == f"'sha256-{digest}'"
    assert (rules["default-src"], rules["base-uri"], rules["form-action"]) == ("'none'", "'none'", "'none'")
    assert [tag for tag, _ in page.tags].count("style") == [tag for tag, _ in page.tags].count("script") == 1
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
    assert set(page.values("href", "link")) == {"data:,"}
    assert not re.search(r"https?:|url\(|@import|innerHTML|insertAdjacentHTML|\beval\b", STYLE + page.blocks["script"])


def test_links_lead_both_ways(reading: Reading) -> None:
    page = drawn(reading, reading)
    ids, links = page.values("id"), page.values("href", "a")
    assert len(ids) == len(set(ids))
    assert all(link[0] == "#" and link[1:] in ids for link in links)
    for report in ("r1", "r2"):
        for number in (1, 2, 3):
            assert {f"#{report}-t{number}", f"#{report}-s{number}"} <= set(links)


def test_headings_go_down_by_one(reading: Reading) -> None:
    titled = replace(reading, report=replace(reading.report, title=reading.report.text))
    for page in (drawn(reading, titled), drawn(titled)):
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
        labels = [value for _, attributes in page.tags for value in [attributes.get("aria-labelledby")] if value]
        assert set(labels) <= set(page.values("id"))


def test_the_page_tells_what_was_read(reading: Reading) -> None:
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", "".join(html_page([reading])).partition("</head>")[2]))
    for words in (
        "Reported control, not access, safety or sovereignty.",
        "1 report · 3 claims",
        "7 December 2024",
        "● asserts · withdrawal Source Wire (own voice) Actor Army Place HamaHama, Land xx:Hama",
        "precision 1, the named settlement, within 2 km",
        "Distance ≤ 40 km from Homs ≈ only from the edge of the place: straight line from Hama 44.6 km, tolerance 2 km",
        "✕ denies · withdrawal",
        "When7 December 2024CertaintycertainCuenonePredicateleftWordsArmy left Hama, 40 km from HomsRulefake",
        "Unplaced: 1 claim with no pin3 Nowhere withdrawal",
        "Place data: made up (CC0).",
        "no redaction and no delay",
    ):
        assert words in shown


def test_hostile_words_stay_words(reading: Reading) -> None:
    report = replace(
        reading.report,
        text=HOSTILE + TEXT,
        title=HOSTILE,
        publisher=HOSTILE,
        origin_id=HOSTILE,
        url=f"javascript:{HOSTILE}",
        language=HOSTILE,
    )
    attribution = Attribution(
        Mention("r", 0, 2, "it", HOSTILE, None), (Mention("r", 0, 2, "it", HOSTILE, None),), HOSTILE, Role.MEDIA, own_voice=False
    )
    statements = tuple(replace(statement, rule=HOSTILE, attribution=attribution) for statement in reading.extracted.statements)
    hostile = replace(reading, report=report, extracted=replace(reading.extracted, statements=statements))
    page, plain = drawn(hostile), drawn(reading)
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert {name for _, attributes in page.tags for name in attributes} <= {name for _, attributes in plain.tags for name in attributes}
    assert page.blocks == plain.blocks
    assert "javascript:" not in "".join(page.values("href"))
    assert not set("".join(html_page([hostile]))) & set("\x1b\u202e")


@pytest.mark.parametrize(
    ("url", "linked"), [("https://example.org/a?b=1&c='\"", True), ("JavaScript:x", False), ("data:text/html,x", False), (None, False)]
)
def test_only_addresses_of_the_web_are_linked(reading: Reading, url: str | None, *, linked: bool) -> None:
    page = drawn(replace(reading, report=replace(reading.report, url=url)))
    assert ((url or "") in page.values("href", "a")) is linked


def spread(reading: Reading, text: str, spans: Sequence[tuple[int, int]]) -> Reading:
    statement, claim = reading.extracted.statements[0], reading.extracted.claims[0]
    statements = tuple(
        replace(statement, id=str(number), evidence=Span(min(span), max(span)), predicate=Span(min(span), min(span)), actor=None)
        for number, span in enumerate(spans)
    )
    claims = tuple(replace(claim, id=str(number), statement=str(number), distance=None) for number in range(len(spans)))
    extracted = replace(reading.extracted, statements=statements, claims=claims)
    return replace(reading, report=replace(reading.report, text=text), extracted=extracted, resolutions={}, checks={})


PLACES = st.integers(0, 60)


@given(text=st.text(alphabet='ab &<>"\n戰👩', min_size=1, max_size=60), spans=st.lists(st.tuples(PLACES, PLACES), max_size=6))
def test_however_statements_overlap_the_text_is_whole(text: str, spans: list[tuple[int, int]]) -> None:
    within = [(min(start, len(text)), min(end, len(text))) for start, end in spans]
    made = spread(sample(), text, within)
    found = entries(made)
    page = parsed(f'<div class="words">{marked_text(made.report, found, "r1")}</div>')
    assert page.words == "".join(line for line in text.split("\n") if line.strip())
    for entry in found:
        if entry.evidence.of(text).strip():
            assert f"r1-t{entry.number}" in page.values("id")


def sample() -> Reading:
    """Return a reading for tests that hypothesis runs, which take no fixtures."""
    return SAMPLES[0]


SAMPLES: list[Reading] = []


@pytest.fixture(autouse=True)
def _kept(reading: Reading) -> None:
    SAMPLES[:] = [reading]


def test_nested_statements_keep_their_stances(reading: Reading) -> None:
    made = spread(reading, "the army denied that it left", [(0, 28), (20, 28)])
    statements = (replace(made.extracted.statements[0], stance=Stance.DENIES), made.extracted.statements[1])
    made = replace(made, extracted=replace(made.extracted, statements=statements))
    shown = marked_text(made.report, entries(made), "r1")
    assert '<mark class="said asserts lane1" data-number="2">' in shown
    assert shown.index('lane0" data-number="1"><mark') < shown.index('lane1" data-number="2">')
    assert ">✕1</a>" in shown
    assert ">●2</a>" in shown


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-12-05", "2024-12-05", '<time datetime="2024-12-05">5 December 2024</time>'),
        ("2024-12-01", "2024-12-05", "between 1 December 2024 and 5 December 2024"),
        (None, "2024-12-05", "by 5 December 2024"),
        ("2024-12-05", None, "since 5 December 2024"),
    ],
)
def test_days_in_words(first: str | None, last: str | None, words: str) -> None:
    days = DateRange(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
    assert when_words(days) == words
    assert when_words(None) == "not said"


def test_the_claims_of_a_statement_have_letters(reading: Reading) -> None:
    row = entries(reading)[0].rows[0]
    rows = tuple(replace(row, claim=replace(row.claim, id=str(number))) for number in range(28))
    entry = Entry(4, row.statement, rows)
    assert [claim_label(entry, rows[number]) for number in (0, 1, 25, 26, 27)] == ["4a", "4b", "4z", "4aa", "4ab"]


def test_no_report_and_no_claim_are_said(reading: Reading) -> None:
    assert "No report was read." in "".join(html_page([]))
    bare = replace(reading, extracted=replace(reading.extracted, statements=(), claims=()))
    assert "No statement on control or presence was found here." in "".join(html_page([bare]))


def test_every_coded_value_has_its_words() -> None:
    for words, coded in ((SIGNS, Stance), (_MEANINGS, Stance), (_PRECISIONS, GeoPrecision), (_VERDICTS, DistanceVerdict)):
        assert set(words) == set(coded)
    assert all(re.search(rf"^\.{stance.value} {{ --stance: [^;]+; --line: \w+; }}$", STYLE, re.MULTILINE) for stance in Stance)
    assert len(set(re.findall(r"--line: (\w+)", STYLE))) == len(Stance), "the form of the line tells the stance without colour"


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_read(scheme: int) -> None:
    palette = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", STYLE.split(":root {")[scheme + 1].partition("}")[0]))
    for ink in ("ink", "soft", "focus", *(stance.value for stance in Stance)):
        for paper in ("paper", "raised"):
            light, dark = sorted((luminance(palette[ink]), luminance(palette[paper])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)
