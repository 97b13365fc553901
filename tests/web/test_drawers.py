"""The drawers in a real browser: places, denials, reports, pasted texts, lists, areas, reviews; and reports that are out to harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page
from tests.web.browsing import Visit, chromium, serving_at
from tests.web.conftest import filled
from tests.web.test_untrusted import SCRIPT, TEXT, hostile

from whoholds.pipeline import Stages, read_text
from whoholds.ports import Hints
from whoholds.queries.desk import desk_of
from whoholds.store import open_store

DAY = "?war=syria&on=2024-12-07"
SANAMAYN, ARTOUZ = "gn:172469", "gn:172894"
TOKEN = "a-token-for-the-drawers"  # noqa: S105  made up
PASTED = "😀 Rebels captured Hama on Thursday, the Syrian Observatory for Human Rights said. The army denied that it had left Hama."
REPORT_HREF = "javascript:"


@pytest.fixture(scope="module")
def desk_url(root: Path, shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that keeps reviews, over the reference day as it is retold."""
    db = filled(shipped, root / "tests" / "data" / "retelling.in.jsonl", Hints(), tmp_path_factory.mktemp("drawers") / "desk.sqlite")
    with serving_at(db, "A. Analyst", TOKEN) as url:
        yield url


@pytest.fixture(scope="module")
def evil_url(shipped: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a report with a script in every field."""
    db = tmp_path_factory.mktemp("evil-page") / "store.sqlite"
    with open_store(str(db), create=True) as store:
        store.record(hostile(read_text(TEXT, Hints(), published="2024-12-06", opener=lambda _: shipped)))
        desk_of(store).refresh()
    with serving_at(db) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this module."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser, desk_url: str) -> Iterator[Visit]:
    """A page; whatever a test does, nothing may go wrong in it, and nobody else may be asked for anything."""
    with Visit(browser, desk_url) as opened:
        yield opened
        assert opened.wrong == []
        assert opened.strangers() == []


def drawer(visit: Visit, query: str, wait: str = ".drawer-body h2") -> Page:
    page = visit.open(f"{DAY}&{query}")
    page.wait_for_selector(wait, state="attached")
    return page


def test_the_first_use_explains_itself_once(visit: Visit) -> None:
    page = visit.open(DAY)
    page.get_by_role("heading", name="Welcome").wait_for()
    page.get_by_role("button", name="See a dispute").click()
    page.wait_for_selector(".holding[data-agreement=disputed]")
    page.goto(f"{visit.url}/{DAY}")
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#drawer").is_hidden()


def test_a_place_is_found_in_arabic_and_tells_who_holds_it_by_whom(visit: Visit) -> None:
    page = drawer(visit, "drawer=search")
    page.get_by_role("searchbox", name="Search for places").fill("الصنمين")
    page.get_by_role("link", name="Al-Sanamayn", exact=True).click()
    page.wait_for_selector(".holding")
    told = page.locator(".holding").inner_text()
    assert "Syrian opposition factions" in told
    assert "By 7 December 2024 · last said 7 December 2024" in told
    assert "claimed: only its own side says so" in told
    assert "الصنمين" in page.locator(".place-head").inner_text()
    assert "Our men have gone into Al-Sanamayn" in page.locator(".group.bears").inner_text()
    assert page.locator(".strip-row").count() >= 2


def test_a_denial_is_drawn_to_what_it_denies_and_can_be_followed(visit: Visit) -> None:
    page = drawer(visit, f"drawer=place&place={ARTOUZ}", ".group.denies")
    assert "made of a region that contains this place" in page.locator(".group.denies").inner_text()
    assert page.locator(".arrows .arrow.denies").count() == 1
    page.locator(".group.denies .follow").first.click()
    followed = page.evaluate("document.activeElement.closest('.claim').textContent")
    assert "Syrian Observatory for Human Rights" in followed
    assert "abandoned by regime forces" in followed


def test_the_strips_lead_to_days_and_accounts(visit: Visit) -> None:
    page = drawer(visit, f"drawer=place&place={ARTOUZ}", ".strip-row")
    page.locator(".strip-name button", has_text="Syrian Ministry of Defense").click()
    visit.until("window.whoholds.atlas.view === 'source:syrian-defence-ministry'")
    page.locator(".holding", has_text="by the account of the Syrian Ministry of Defense").wait_for()
    page.evaluate("window.whoholds.state.set({ on: '2024-12-10' })")
    page.locator(".holding .day", has_text="10 December 2024").wait_for()
    page.locator(".strip-row .stretch.vacated").last.focus()
    page.keyboard.press("Enter")
    visit.until("window.whoholds.state.get().on === '2024-12-07'")


def test_a_distance_is_shown_with_its_numbers(visit: Visit) -> None:
    page = drawer(visit, "drawer=place&place=gn:170654", ".check")
    numbers = page.locator(".check").first.inner_text()
    assert "Stated" in numbers
    assert "km" in numbers
    assert "Straight line" in numbers


def test_a_view_that_has_not_spoken_says_so(visit: Visit) -> None:
    page = drawer(visit, f"drawer=place&place={SANAMAYN}&view=source:syrian-defence-ministry", ".holding.unspoken")
    assert "The Syrian Ministry of Defense has not spoken of Al-Sanamayn" in page.locator(".holding").inner_text()


def test_a_claim_leads_into_its_report_and_back(visit: Visit) -> None:
    page = drawer(visit, f"drawer=place&place={ARTOUZ}", ".group.bears")
    page.locator(".group.bears").get_by_role("button", name="Read ").first.click()
    page.wait_for_selector(".statement.chosen")
    lit = " ".join(page.locator("mark.chosen").all_inner_texts())
    assert "Artouz" in lit
    assert "abandoned" in lit
    page.locator(".statement.chosen .place-link").first.click()
    page.wait_for_selector(".holding")
    assert "Artuz" in page.locator(".place-head").inner_text()


def test_a_pasted_text_is_read_and_not_kept(visit: Visit) -> None:
    page = drawer(visit, "drawer=paste")
    before = visit.script("fetch('/api/v1/about').then((answer) => answer.json()).then((about) => about.counts.claims)")
    page.get_by_label("Text of a report").fill(PASTED)
    page.get_by_label("Published", exact=True).fill("2024-12-06")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector(".statement")
    assert "not saved" in page.locator(".saved-not").inner_text()
    assert page.locator("mark.role-place").first.inner_text() == "Hama", "offsets are of UTF-16 units"
    assert any("denies" in text for text in page.locator(".statement").all_inner_texts())
    after = visit.script("fetch('/api/v1/about').then((answer) => answer.json()).then((about) => about.counts.claims)")
    assert after == before


def test_a_claim_is_rejected_and_the_decision_taken_back(visit: Visit) -> None:
    page = drawer(visit, f"drawer=place&place={ARTOUZ}", ".group.bears .claim")
    card = page.locator(".group.bears .claim").first
    card.get_by_role("button", name="Review").click()
    card.get_by_label("Reject").check()
    card.get_by_label("Reason").fill("The report was about another town.")
    card.get_by_label("Token").fill(TOKEN)
    card.get_by_role("button", name="Keep the decision").click()
    page.get_by_text("Set aside by review (1)").wait_for()
    assert page.locator(".holding", has_text="Vacated").count() == 0
    visit.until("!window.whoholds.fused || window.whoholds.fused.stateOn(window.whoholds.day(), 'gn:172894')?.holding !== 'vacated'")
    page.evaluate("window.whoholds.state.set({ drawer: 'review' })")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back (1)").wait_for()
    page.evaluate(f"window.whoholds.state.set({{ drawer: 'place', place: '{ARTOUZ}' }})")
    page.locator(".holding", has_text="Vacated").wait_for()


def test_a_wrong_token_is_refused_in_words(browser: Browser, desk_url: str) -> None:
    with Visit(browser, desk_url) as visit:
        page = drawer(visit, f"drawer=place&place={ARTOUZ}", ".group.bears .claim")
        card = page.locator(".group.bears .claim").first
        card.get_by_role("button", name="Review").click()
        card.get_by_label("Confirm").check()
        card.get_by_label("Reason").fill("Checked.")
        card.get_by_label("Token").fill("guessed")
        card.get_by_role("button", name="Keep the decision").click()
        card.get_by_text("That is not the token").wait_for()


def test_what_changed_and_sources_and_pinless_claims_are_listed(visit: Visit) -> None:
    page = drawer(visit, "drawer=changes", ".change")
    row = page.locator(".change").filter(has=page.get_by_role("link", name="Al-Sanamayn", exact=True)).inner_text()
    assert "Nothing said" in row
    assert "Held by Syrian opposition factions" in row
    page.evaluate("window.whoholds.state.set({ drawer: 'sources' })")
    monitor = page.locator(".source", has_text="Syrian Observatory for Human Rights")
    monitor.get_by_role("button", name="Claims of").click()
    monitor.locator(".claim").first.wait_for()
    page.evaluate("window.whoholds.state.set({ drawer: 'unplaced' })")
    page.locator(".claim", has_text="no p").first.wait_for()
    assert page.locator(".claim .place-link").count() == 0


def test_an_area_is_drawn_listed_or_uploaded(visit: Visit, tmp_path: Path) -> None:
    page = drawer(visit, "drawer=area&at=8.00,33.2000,36.2000")
    page.get_by_role("button", name="Draw on the map").click()
    for x, y in ((320, 250), (900, 250), (900, 700), (320, 700)):
        page.mouse.click(x, y)
        page.wait_for_timeout(400)
    page.get_by_role("button", name="Close the area").click()
    page.locator(".within").get_by_role("link", name="Artuz", exact=True).first.wait_for()
    assert "area=area:" in page.url
    page.reload()
    page.locator(".within").get_by_role("link", name="Artuz", exact=True).first.wait_for()
    page.get_by_text("Upload GeoJSON, or paste codes").click()
    page.get_by_label("P-codes or ids of places").fill(f"{SANAMAYN}, {ARTOUZ}")
    page.get_by_role("button", name="Watch these").click()
    page.get_by_text("(2)").first.wait_for()
    square = {"type": "Polygon", "coordinates": [[[36.1, 33.0], [36.3, 33.0], [36.3, 33.2], [36.1, 33.2], [36.1, 33.0]]]}
    file = tmp_path / "area.geojson"
    file.write_text(json.dumps(square), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("heading", name="Uploaded area").wait_for()
    assert page.locator(".within").get_by_role("link", name="Al-Sanamayn", exact=True).count() >= 1


@pytest.mark.parametrize(
    "query",
    ["drawer=place&place=user:<b>", "drawer=report&report=REPORT", "drawer=changes&on=2024-12-07", "drawer=search&q=alert"],
)
def test_a_report_that_is_out_to_harm_is_words(browser: Browser, evil_url: str, query: str) -> None:
    with Visit(browser, evil_url) as visit:
        dialogs: list[str] = []

        def noted(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        visit.page.on("dialog", noted)
        page = visit.open("?on=2024-12-07&drawer=help")
        report = visit.script("fetch('/api/v1/reports').then((answer) => answer.json()).then((found) => found.items[0].id)")
        page = visit.open(f"?on=2024-12-07&{query.replace('REPORT', str(report))}")
        page.locator("#drawer", has_text="alert(1)").wait_for()
        page.wait_for_timeout(300)
        assert SCRIPT.split("`", maxsplit=1)[0] in (page.locator("#drawer").text_content() or "")
        assert dialogs == []
        assert page.locator("#drawer script, #drawer img, #drawer iframe, #drawer [onerror], #drawer [onload]").count() == 0
        assert page.locator(f"#drawer a[href^='{REPORT_HREF}']").count() == 0
        assert visit.wrong == []
        assert visit.strangers() == []


@pytest.mark.parametrize(
    ("query", "wait"),
    [
        (f"drawer=place&place={ARTOUZ}", ".group.denies"),
        (f"drawer=place&place={SANAMAYN}&view=source:syrian-defence-ministry&theme=dark", ".holding.unspoken"),
        ("drawer=report", ".rows li"), ("drawer=paste", "textarea"), ("drawer=sources", ".source"),
        ("drawer=changes&theme=dark", ".change"),
        ("drawer=coverage", ".rows .place-link"),
        (f"drawer=area&area=ids:{SANAMAYN},{ARTOUZ}", ".within .place-link"), ("drawer=search&q=Homs", ".found .place-link"),
        ("drawer=unplaced&theme=dark", ".claim"), ("drawer=help", ".signs"), ("drawer=review", ".part"),
    ],
)  # fmt: skip
def test_nothing_serious_stands_between_a_screen_reader_and_a_drawer(visit: Visit, query: str, wait: str) -> None:
    page = drawer(visit, query, wait)
    found = Axe().run(page, context="#drawer").response["violations"]
    assert [
        (each["id"], [(node["target"], node.get("failureSummary")) for node in each["nodes"]])
        for each in found
        if each["impact"] in {"serious", "critical"}
    ] == []


@pytest.mark.parametrize("drawn", ["light", "dark"])
def test_the_reader_is_readable_on_a_phone(browser: Browser, desk_url: str, drawn: str) -> None:
    with Visit(browser, desk_url, 390, 844) as visit:
        page = drawer(visit, f"drawer=report&theme={drawn}", ".rows button")
        page.locator(".rows button").first.click()
        page.wait_for_selector("mark")
        assert visit.script("document.documentElement.scrollWidth <= window.innerWidth")
        assert visit.script("document.querySelector('.drawer-body').scrollWidth <= document.querySelector('.drawer-body').clientWidth")
        found = Axe().run(page, context="#drawer").response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found if each["impact"] in {"serious", "critical"}] == []
