/** Two maps over one another or side by side, moved as one: another account, or another day. */

import { end } from "./compare_menu.js";
import { dayOf, dayShort, dayWords } from "./days.js";
import { announce, el, fill, one } from "./dom.js";
import { Canvas } from "./map/canvas.js";
import { viewLabel } from "./views.js";

/** Follow the state: open, lay out and end comparisons. */
export function createCompare(app) {
  const host = one("#maps");
  const left = el("div", { class: "side-label left" });
  const right = el("div", { class: "side-label right" });
  const grip = el("div", {
    class: "grip", attrs: { role: "slider", tabindex: "0", "aria-label": "Where the right map begins", "aria-valuenow": "50", "aria-valuemin": "0", "aria-valuemax": "100", "aria-orientation": "horizontal" },
  }, el("span", { attrs: { "aria-hidden": "true" } }, "⇆"));
  let second = null;
  let share = 50;

  async function follow() {
    const state = app.state.get();
    const on = Boolean(state.against || state.day2);
    if (!on) {
      close();
      return;
    }
    if (!second) open();
    const view = state.against || state.view;
    const day = dayOf(state.day2) ?? app.day();
    lay(state.split);
    const names = state.day2
      ? [dayWords(app.day()), dayWords(day)]
      : [`${viewLabel(app, state.view)} · ${dayShort(app.day())}`, `${viewLabel(app, view)} · ${dayShort(day)}`];
    fill(left, names[0]);
    fill(right, names[1], el("button", { class: "button quiet icon", attrs: { type: "button", "aria-label": "End the comparison" }, on: { click: () => end(app) } }, "✕"));
    const atlas = await app.atlases.load(view);
    await second?.ready;
    if (!second || app.state.get() !== state) return;
    // The drawer beside it may have opened since: both maps take the room that there is now, at one place.
    app.map.map.resize();
    second.map.resize();
    second.map.jumpTo({ center: app.map.map.getCenter(), zoom: app.map.map.getZoom() });
    second.show(atlas, day, app.fused);
    second.highlight([state.place].filter(Boolean));
  }

  function open() {
    const container = el("div", { class: "map second" });
    host.append(container, grip, left, right);
    const { map } = app.map.canvas;
    second = new Canvas(container, app, app.map.base, { center: map.getCenter(), zoom: map.getZoom() });
    app.compared = second;
    app.map.listen(second);
    together(map, second.map);
    announce("The comparison is open.");
  }

  function close() {
    if (!second) return;
    second.remove();
    one(".map.second").remove();
    for (const node of [grip, left, right]) node.remove();
    second = null;
    app.compared = null;
    host.classList.remove("beside");
    app.map.map.resize();
  }

  function lay(split) {
    const beside = split === "side";
    if (host.classList.contains("beside") !== beside) {
      host.classList.toggle("beside", beside);
      app.map.map.resize();
      second.map.resize();
    }
    grip.hidden = beside;
    move(share);
  }

  function move(to) {
    share = Math.max(2, Math.min(98, to));
    host.style.setProperty("--share", `${share}%`);
    grip.setAttribute("aria-valuenow", String(Math.round(share)));
  }

  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    const drag = (moved) => {
      const box = host.getBoundingClientRect();
      move(((moved.clientX - box.left) / box.width) * 100);
    };
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("pointerup", () => grip.removeEventListener("pointermove", drag), { once: true });
  });
  grip.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -5, ArrowRight: 5, Home: -100, End: 100 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(share + step);
  });

  app.state.watch(["against", "day2", "split", "on", "view", "known", "war", "place"], follow);
  app.state.watch(["layers"], (state) => second?.switched(state.layers));
  app.state.watch(["theme"], () => second?.themed());
  follow();
}

/** Move two maps as one. */
function together(one_, other) {
  let leading = false;
  const follow = (from, to) => from.on("move", () => {
    if (leading) return;
    leading = true;
    to.jumpTo({ center: from.getCenter(), zoom: from.getZoom() });
    leading = false;
  });
  follow(one_, other);
  follow(other, one_);
}
