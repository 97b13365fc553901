/** What differs between the two sides of a comparison, place by place; worked out from the maps that are open. */

import { dayOf, dayWords } from "./days.js";
import { add, el, fill } from "./dom.js";
import { symbolCanvas, keyOf } from "./map/symbols.js";
import { viewLabel } from "./views.js";

const MOST = 400;

/** @param {HTMLElement} container @param {Object} app */
export function mount(container, app) {
  let turn = 0;

  async function draw(state) {
    const mine = (turn += 1);
    if (!state.against && !state.day2) {
      fill(container, el("p", { class: "soft" }, "Choose another account or another day under Compare."));
      return;
    }
    const [one, other] = await Promise.all([app.atlases.load(state.view), app.atlases.load(state.against || state.view)]);
    if (mine !== turn) return;
    const days = [app.day(), dayOf(state.day2) ?? app.day()];
    const names = state.day2 ? days.map(dayWords) : [viewLabel(app, state.view), viewLabel(app, state.against)];
    const { rows, silent } = differences(app, [one, other], days);
    fill(container,
      el("h2", null, rows.length ? `${app.words.count(rows.length, "place")} told differently` : "Nothing is told differently"),
      el("p", { class: "soft" }, state.day2 ? `According to ${viewLabel(app, state.view)}.` : `On ${dayWords(days[0])}.`),
      el("ul", { class: "differs" }, rows.slice(0, MOST).map((row) => entry(app, row, names))),
      rows.length > MOST && el("p", { class: "faint" }, `and ${rows.length - MOST} more`),
      silence(app, silent, names));
  }

  draw(app.state.get());
  return { update: draw, unmount: () => (turn += 1) };
}

function silence(app, silent, names) {
  const parts = silent.map((count, at) => (count ? `${names[at]} has not spoken of ${app.words.count(count, "place")} that the other tells of.` : "")).filter(Boolean);
  return parts.map((part) => el("p", { class: "faint" }, part));
}

/** Return the places of which both tell, differently; and of how many only one tells. */
function differences(app, [one, other], [day, day2]) {
  const rows = [];
  const silent = [0, 0];
  for (const id of new Set([...one.places.id, ...other.places.id])) {
    const told = [one.stateOn(day, id), other.stateOn(day2, id)];
    if (!told[0] && !told[1]) continue;
    if (!told[0] || !told[1]) {
      silent[told[0] ? 1 : 0] += 1;
      if (one !== other) continue;
    } else if (same(told[0], told[1])) continue;
    const atlas = one.index.has(id) ? one : other;
    rows.push({ id, name: atlas.places.name[atlas.index.get(id)], told });
  }
  return { rows: rows.sort((a, b) => a.name.localeCompare(b.name)), silent };
}

function same(one, other) {
  const who = (told) => told.holders.map((holder) => holder.side || holder.id).sort().join();
  const around = (told) => told.encircled.map((holder) => holder.side || holder.id).sort().join();
  return one.holding === other.holding && who(one) === who(other) && around(one) === around(other);
}

function entry(app, row, names) {
  return el("li", null,
    el("button", {
      class: "differs-place", attrs: { type: "button" },
      on: {
        click: () => app.map.fly(row.id),
        dblclick: () => app.state.set({ drawer: "place", place: row.id }),
      },
    }, row.name),
    row.told.map((told, at) => add(el("div", { class: "differs-side" }),
      told ? symbolCanvas(keyOf(told, app.sides)) : symbolCanvas("s|unknown||||0|0"),
      el("span", null, el("span", { class: "label" }, names[at]), el("br"), told ? `${app.words.holding(told)}, ${app.words.since(told)}` : "nothing told"))),
    el("button", { class: "button quiet small", attrs: { type: "button" }, on: { click: () => app.state.set({ drawer: "place", place: row.id }) } }, "Why?"));
}
