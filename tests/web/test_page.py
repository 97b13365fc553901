"""The page in a real browser: the reference day as each source tells it, time, comparison, addresses that hold what is seen."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser
from tests.web.browsing import Visit, chromium, serving_at
from tests.web.conftest import filled

from whoholds.cli import commands
from whoholds.config import load_settings
from whoholds.pipeline import Stages
from whoholds.ports import Hints
from whoholds.queries.desk import open_desk
from whoholds.web.pages import STATIC

DAY = "?war=syria&on=2024-12-07"
MINISTRY = "source:syrian-defence-ministry"
HOLDER = """(name) => {
  const { atlas, day } = window.whoholds.map.canvas;
  const place = atlas.places.name.findIndex((each) => each.startsWith(name));
  const told = atlas.stateOn(day, place);
  return told && [told.holding, told.agreement, ...told.holders.map((holder) => holder.side)].join(' ');
}"""
ICON = (
    """(name) => window.whoholds.map.canvas.settlements.features.find((each) => each.properties.name.startsWith(name))?.properties.icon"""
)
FIRST_VIEW_BYTES = 1_500_000
MODULE_LINES = 400


@pytest.fixture(scope="session")
def story_url(root: Path, shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the reference day as it is retold, with the map of some days before."""
    db = filled(shipped, root / "tests" / "data" / "retelling.in.jsonl", Hints(), tmp_path_factory.mktemp("page") / "story.sqlite")
    told = CliRunner().invoke(
        commands, ["baseline", str(root / "examples" / "baseline-syria-2024-11-26.csv"), "--source", "Example map", "--db", str(db)]
    )
    assert told.exit_code == 0, told.output
    with open_desk(replace(load_settings(), db=str(db))) as desk:
        desk.refresh()
    with serving_at(db) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this module."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser, story_url: str) -> Iterator[Visit]:
    """A page; whatever a test does, nothing may go wrong in it, and nobody else may be asked for anything."""
    with Visit(browser, story_url) as opened:
        yield opened
        assert opened.wrong == []
        assert opened.strangers() == []


def test_the_map_opens_with_its_safety_line_and_in_few_bytes(visit: Visit) -> None:
    moved: list[int] = []
    visit.page.on("requestfinished", lambda request: moved.append(0 if "/vendor/" in request.url else request.sizes()["responseBodySize"]))
    page = visit.open(DAY)
    visit.until("window.whoholds.map.map.areTilesLoaded()")
    assert page.locator("#safety").inner_text() == "Reported control, not access, safety or sovereignty."
    assert page.locator("#shown-day").inner_text() == "7 December 2024"
    assert page.locator(".legend-sides li").count() >= 2
    assert 0 < sum(moved) <= FIRST_VIEW_BYTES


def test_reports_long_past_open_where_they_are_busiest_and_a_place_opens_by_its_address(visit: Visit) -> None:
    page = visit.open("?war=syria&place=gn:169577")
    assert visit.script("window.whoholds.activity.days.includes(window.whoholds.day())")
    assert visit.script("window.whoholds.day() < window.whoholds.lastDay"), "the last report stands alone, a year after the others"
    page.get_by_role("heading", name="Homs").wait_for()


def test_artouz_turns_when_the_ministry_tells_it(visit: Visit) -> None:
    page = visit.open(DAY)
    assert visit.script(HOLDER, "Artuz") == "vacated disputed"
    assert str(visit.script(ICON, "Artuz")).startswith("s|vacated")
    page.click("#according")
    page.get_by_role("combobox").fill("ministry of def")
    page.get_by_role("option", name=re.compile("Syrian Ministry of Defense")).click()
    visit.until("window.whoholds.map.canvas.atlas.view.startsWith('source:')")
    assert visit.script(HOLDER, "Artuz") == "controlled claimed syria.government"
    assert str(visit.script(ICON, "Artuz")).startswith("s|controlled|claimed|0G")
    assert str(visit.script(ICON, "Al-Sanamayn")).startswith("s|unknown"), "the ministry has not spoken of it"
    assert "has not spoken" in page.locator("#banner").inner_text()
    assert f"view={MINISTRY}" in page.url


def test_a_side_that_has_not_spoken_says_so(visit: Visit) -> None:
    page = visit.open(DAY)
    page.click("#according")
    silent = page.get_by_role("option", name=re.compile("Islamic State.*has not spoken"))
    silent.click()
    visit.until("window.whoholds.map.canvas.atlas.view === 'side:syria.islamic-state'")
    assert "has not spoken of who holds any place" in page.locator("#banner").inner_text()


def test_time_plays_and_steps(visit: Visit) -> None:
    page = visit.open("?war=syria&on=2024-12-03")
    assert visit.script(ICON, "Al-Sanamayn") == "s|controlled||0G||0|1", "it stands as an imported map has it"
    page.keyboard.press("ArrowRight")
    assert page.locator("#shown-day").inner_text() == "4 December 2024"
    page.keyboard.press("ArrowLeft")
    page.click("#play")
    visit.until("window.whoholds.state.get().on >= '2024-12-07'")
    page.click("#play")
    page.fill(".when .date", "2024-12-07")
    assert str(visit.script(ICON, "Al-Sanamayn")) == "s|controlled|claimed|1O||0|0"
    page.locator("#day").focus()
    page.keyboard.press("ArrowLeft")
    assert "on=2024-12-06" in page.url


def test_what_is_known_later_can_be_left_out(visit: Visit) -> None:
    page = visit.open(DAY)
    page.click("#known")
    page.get_by_label("As known on", exact=True).locator("input").fill("2024-12-01")
    page.get_by_role("button", name="Known on this day").click()
    visit.until("window.whoholds.map.canvas.atlas.knownBy === '2024-12-01'")
    assert visit.script(HOLDER, "Al-Sanamayn") == "controlled claimed syria.government"
    assert "later reports are left out" in page.locator("#banner").inner_text()


def test_an_address_holds_all_that_is_seen(visit: Visit) -> None:
    page = visit.open(f"{DAY}&view=source:sohr&layers=names,coverage&theme=dark&at=8.50,33.3000,36.2000")
    before = page.url
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.url == before
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert visit.script("window.whoholds.map.map.getZoom()") == pytest.approx(8.5)
    assert not page.locator("#layer-strikes").is_checked()
    assert page.locator("#layer-coverage").is_checked()
    assert visit.script("window.whoholds.map.canvas.atlas.view") == "source:sohr"


def test_back_goes_to_the_account_before(visit: Visit) -> None:
    page = visit.open(DAY)
    visit.script("window.whoholds.state.set({ view: 'source:sohr' })")
    visit.until("window.whoholds.atlas.view === 'source:sohr'")
    page.go_back()
    visit.until("window.whoholds.atlas.view === 'fused'")


@pytest.mark.parametrize("split", ["swipe", "side"])
def test_the_monitor_and_the_ministry_are_compared(visit: Visit, split: str) -> None:
    page = visit.open(f"{DAY}&view=source:sohr&split={split}")
    page.click("#compare-button")
    page.get_by_role("button", name="With another account…").click()
    page.get_by_role("option", name=re.compile("Syrian Ministry of Defense")).click()
    page.wait_for_selector(".differs li")
    differs = page.locator(".differs li").filter(has_text="Artuz").inner_text()
    assert "vacated" in differs
    assert "held by the Syrian government" in differs
    visit.until("window.whoholds.compared?.atlas?.view.startsWith('source:syrian')")
    visit.script("window.whoholds.map.map.jumpTo({ center: [36.1, 33.4], zoom: 8 })")
    centres = visit.script("[window.whoholds.map.map, window.whoholds.compared.map].map((map) => [map.getZoom(), map.getCenter().lng])")
    assert isinstance(centres, list)
    assert centres[0] == centres[1]


def test_two_days_are_compared(visit: Visit) -> None:
    page = visit.open(f"{DAY}&day2=2024-12-01&drawer=differs")
    row = page.locator(".differs li").filter(has_text="Al-Sanamayn")
    row.wait_for()
    assert page.locator(".side-label").all_inner_texts()[0] == "7 December 2024"
    page.get_by_role("button", name="End the comparison").first.click()
    visit.until("!window.whoholds.compared")


def test_what_is_seen_can_be_cited_and_saved_as_a_picture(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(f"{DAY}&view=source:sohr")
    page.click("#cite-button")
    citation = page.locator("#citation").input_value()
    about = visit.script("window.whoholds.about")
    assert isinstance(about, dict)
    for part in ("7 December 2024", "Syrian Observatory for Human Rights", about["data_hash"], about["note"], "view=source:sohr"):
        assert part in citation
    with page.expect_download() as saved:
        page.click("#save-picture")
    saved.value.save_as(tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "map.png").stat().st_size > 20_000


def test_printing_by_the_keys_takes_the_map_along(visit: Visit) -> None:
    visit.page.add_init_script("window.print = () => { window.printed = true; }")
    page = visit.open(DAY)
    page.keyboard.press("Control+p")
    visit.until("window.printed === true")
    picture = page.locator(".print-picture")
    assert "7 December 2024" in str(picture.get_attribute("alt"))
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.emulate_media(media="print")
    assert picture.is_visible()
    assert not page.locator(".legend").is_visible()


def test_escape_closes_what_is_open_and_the_keyboard_reaches_all(visit: Visit) -> None:
    page = visit.open(f"{DAY}&drawer=differs&day2=2024-12-01")
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.locator("#according").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("observatory")
    page.keyboard.press("Enter")
    visit.until("window.whoholds.atlas.view === 'source:sohr'")


@pytest.mark.parametrize(("width", "height", "theme"), [(1440, 900, "light"), (1440, 900, "dark"), (390, 844, "light")])
def test_nothing_serious_stands_between_a_screen_reader_and_the_page(
    browser: Browser, story_url: str, width: int, height: int, theme: str
) -> None:
    with Visit(browser, story_url, width, height) as visit:
        page = visit.open(f"{DAY}&theme={theme}&view=source:sohr&against={MINISTRY}&drawer=differs")
        page.wait_for_selector(".differs li")
        # The checker is put in by the test as a script of the page, which the page's own policy would refuse: it runs through the debugger.
        found = Axe().run(page).response["violations"]
        assert [
            (each["id"], [node["target"] for node in each["nodes"]]) for each in found if each["impact"] in {"serious", "critical"}
        ] == []
        assert visit.script("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.locator("#safety").is_visible()


def test_modules_are_small_and_never_write_markup() -> None:
    modules = sorted((STATIC / "js").rglob("*.js"))
    assert modules
    texts = {path.relative_to(STATIC).as_posix(): path.read_text(encoding="utf-8") for path in modules}
    assert [name for name, text in texts.items() if len(text.splitlines()) > MODULE_LINES] == []
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\s*[\"']style")
    assert [name for name, text in texts.items() if forbidden.search(text)] == []


def test_the_base_map_is_small_and_whole() -> None:
    packed = (STATIC / "map" / "base.json.gz").read_bytes()
    base = json.loads(gzip.decompress(packed))
    assert len(packed) <= 600_000
    assert all(base[name] for name in ("land", "lakes", "rivers", "borders", "disputed", "areas", "names"))
    x, y = base["land"][0][0][:2]
    assert abs(x) <= 180 * base["scale"]
    assert abs(y) <= 90 * base["scale"]
