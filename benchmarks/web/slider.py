"""What a step of the slider costs, beside MapLibre's own update of the same features, in the same page.

    python -m benchmarks.web.slider ADDRESS [--steps 12] [--chromium PATH]

ADDRESS is a served store. A step goes to the next day: the page works out every place's state and hands MapLibre what changed. MapLibre's
own update is `setData` of the same features, symbols already in them. Both are timed from the call until the source says that it is loaded,
that is, when its worker has cut the tiles in sight anew; turn by turn, so that what else the machine does weighs on both. The page's
own share is timed apart.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from dataclasses import dataclass

from benchmarks.web.first_view import ARGUMENTS
from playwright.sync_api import sync_playwright

PATIENCE_MS = 180_000
STEPS = """async ({ steps }) => {
  const { canvas } = window.whoholds.map;
  const { map, settlements } = canvas;
  const source = map.getSource('settlements');
  const loaded = () => new Promise((resolve) => {
    const wait = (event) => {
      if (event.sourceId !== 'settlements' || !map.isSourceLoaded('settlements')) return;
      map.off('sourcedata', wait);
      resolve();
    };
    map.on('sourcedata', wait);
  });
  const found = { places: settlements.features.length, changed: [], own: [], step: [], set: [] };
  // What is drawn beside the settlements is the same for both and is left out of both.
  canvas.around = () => {};
  let day = canvas.day;
  for (let turn = 0; turn < steps; turn += 1) {
    day -= 1;
    let from = performance.now();
    let done = loaded();
    const changed = settlements.step(day);
    canvas.day = day;
    if (changed.length) {
      canvas.step(changed);
      found.own.push(performance.now() - from);
      await done;
      found.step.push(performance.now() - from);
      found.changed.push(changed.length);
    }
    from = performance.now();
    done = loaded();
    source.setData(settlements.collection());
    await done;
    found.set.push(performance.now() - from);
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Slider:
    """Medians in milliseconds: a step, the page's own share of it, and MapLibre's setData; places, and how many changed in a step."""

    places: int
    changed: float
    step_ms: float
    own_ms: float
    set_ms: float

    @property
    def ratio(self) -> float:
        """What a step costs, in updates of MapLibre's own."""
        return self.step_ms / self.set_ms


def slider(address: str, steps: int = 12, chromium: str | None = None) -> Slider:
    """Step through days in a browser and return what it cost."""
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium or shutil.which("chromium"), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.wait_for_timeout(3000)
        found = page.evaluate(STEPS, {"steps": steps})
        browser.close()
    middle = {name: statistics.median(found[name]) for name in ("changed", "step", "own", "set")}
    return Slider(found["places"], middle["changed"], middle["step"], middle["own"], middle["set"])


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--chromium", help="the browser's program")
    given = parser.parse_args()
    found = slider(given.address, given.steps, given.chromium)
    sys.stdout.write(f"places: {found.places:,}, changed in a step: {found.changed:,.0f}\n")
    sys.stdout.write(f"a step: {found.step_ms:.1f} ms, of it the page's own: {found.own_ms:.1f} ms\n")
    sys.stdout.write(f"MapLibre's setData: {found.set_ms:.1f} ms\n")
    sys.stdout.write(f"a step / setData (target 2 at most): {found.ratio:.2f}\n")


if __name__ == "__main__":
    main()
