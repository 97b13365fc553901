/** The legend that teaches: who is who, what each drawing means, and what can be switched. It counts what the day shows. */

import { add, el, fill, one } from "./dom.js";
import { icon } from "./icons.js";
import { symbolCanvas, FADE_WORDS } from "./map/symbols.js";

const A = "0A";
const B = "1B";
const STATUS = [
  ["held", "s|controlled|agreed|X|||0", "Held", "nobody contradicts it, or accounts agree"],
  ["claimed", "s|controlled|claimed|X|||0", "Claimed", "only the gaining side says so"],
  ["disputed", "s|controlled|disputed|X|||0", "Disputed", "accounts conflict on who holds it"],
  ["contested", "s|contested|agreed|X+Y|||0", "Contested", "fighting inside"],
  ["divided", "s|divided|agreed|X+Y|||0", "Divided or shared", "each holds a part"],
  ["ringed", "s|controlled|agreed|X|Y||0", "Surrounded", "the ring is the other side’s"],
  ["vacated", "s|vacated||X|||0", "Vacated", "left, and nobody known to have taken it"],
  ["pale", "s|controlled|agreed|X||0|1", "From an imported map", "no report since"],
  ["unknown", "s|unknown||||0|0", "Nobody known", "or this account has not spoken"],
];
const LAYERS = [
  ["names", "Names of places"], ["regions", "Claims of whole regions", "hatched; says nothing of any one town"], ["strikes", "Strikes", "of the last 7 days"],
  ["movements", "Movements and clashes", "of the last 7 days"], ["distances", "Stated distances", "ring: green as measured, amber from the edge only, red not"],
  ["coverage", "Where anybody reported", "last 30 days; blank is not quiet"],
];

/** Make the legend; it is folded on a phone. */
export function createLegend(app) {
  const host = one("#legend");
  const body = el("div", { class: "legend-body", attrs: { id: "legend-body" } });
  const narrow = window.matchMedia("(max-width: 720px)");
  const fold = el("button", {
    class: "legend-fold", attrs: { type: "button", "aria-expanded": String(!narrow.matches), "aria-controls": "legend-body" },
    on: { click: () => open(fold.getAttribute("aria-expanded") !== "true") },
  }, icon("layers"), el("span", null, "Legend and layers"), icon("down"));
  const sides = el("ul", { class: "legend-sides" });
  const statuses = el("ul", { class: "legend-statuses" });
  const fades = el("ol", { class: "legend-fades" });
  add(host, fold, add(body,
    el("h2", { class: "label" }, "Sides on this day"), sides,
    el("h2", { class: "label" }, "What is told"), statuses,
    el("h2", { class: "label" }, "Last borne out within: older fades"), fades,
    el("h2", { class: "label" }, "Layers"), switches(app)));

  function open(yes) {
    fold.setAttribute("aria-expanded", String(yes));
    body.hidden = !yes;
  }

  function draw() {
    const count = counted(app);
    fill(sides, [...count.sides].sort((one, other) => other[1] - one[1]).map(([side, number]) => el("li", null,
      symbolCanvas(`s|controlled|agreed|${side.colour}${side.letter}|||0`), el("span", { class: "grow" }, side.short), el("span", { class: "faint" }, number))));
    if (!count.sides.size) add(sides, el("li", { class: "faint" }, "No place is told of on this day."));
    const [one_, two] = examples(count, app);
    fill(statuses, STATUS.map(([name, key, title, what]) => el("li", { class: count[name] ? "" : "absent" },
      symbolCanvas(key.replace("X", one_).replace("Y", two)), el("span", { class: "grow" }, el("b", null, title), " ", el("span", { class: "soft" }, what)),
      el("span", { class: "faint" }, count[name] || ""))));
    fill(fades, FADE_WORDS.map((words, fade) => el("li", null, symbolCanvas(`s|controlled|agreed|${one_}||${fade}|0`), el("span", null, words))));
  }

  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    clearTimeout(later.timer);
    later.timer = setTimeout(draw, 60);
  };
  app.state.watch(["on", "theme"], later);
  app.atlases.watch(later);
  narrow.addEventListener("change", () => open(!narrow.matches));
  open(!narrow.matches);
  draw();
}

function examples(count, app) {
  const most = [...count.sides].sort((one, other) => other[1] - one[1]).map(([side]) => side);
  const named = most.length > 1 ? most : [...most, ...app.sides.all.filter((side) => !most.includes(side))];
  return [named[0], named[1]].map((side, at) => (side ? `${side.colour}${side.letter}` : [A, B][at]));
}

/** Count the settlements of the day, by side and by what is told. */
function counted(app) {
  const { atlas } = app;
  const count = { sides: new Map(), held: 0, claimed: 0, disputed: 0, contested: 0, divided: 0, ringed: 0, vacated: 0, pale: 0, unknown: 0 };
  const today = atlas.on(app.day());
  for (let place = 0; place < today.length; place += 1) {
    if (today[place] < 0 || atlas.places.region[place]) continue;
    const told = atlas.told(today[place]);
    count[statusOf(told)] += 1;
    if (told.encircled.length) count.ringed += 1;
    const seen = new Set(["unknown", "vacated"].includes(told.holding) ? [] : told.holders.map((holder) => app.sides.of(holder)));
    for (const side of seen) count.sides.set(side, (count.sides.get(side) || 0) + 1);
  }
  return count;
}

function statusOf(told) {
  if (told.holding === "contested" || told.holding === "vacated" || told.holding === "unknown") return told.holding;
  if (told.pale) return "pale";
  if (told.holding === "divided" || told.holding === "shared") return "divided";
  return told.agreement === "claimed" || told.agreement === "disputed" ? told.agreement : "held";
}

function switches(app) {
  const rows = app.about.review ? [...LAYERS, ["review", "Reviewed places"]] : LAYERS;
  return el("ul", { class: "legend-layers" }, rows.map(([name, title, what]) => {
    const box = el("input", {
      attrs: { type: "checkbox", id: `layer-${name}` }, props: { checked: app.state.get().layers.includes(name) },
      on: {
        change: () => {
          const others = app.state.get().layers.filter((each) => each !== name);
          app.state.set({ layers: box.checked ? [...others, name] : others });
        },
      },
    });
    app.state.watch(["layers"], (state) => {
      box.checked = state.layers.includes(name);
    });
    return el("li", null, box, el("label", { attrs: { for: `layer-${name}` } }, title, what && el("span", { class: "soft" }, ` – ${what}`)));
  }));
}
