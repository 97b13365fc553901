/** How to read this map: on first use a walk through what the store holds; always the legend in words and the keys. */

import { el } from "./dom.js";
import { dayWords, isoOf } from "./days.js";
import { button, conflictOf, disc, openPlace, section } from "./panel/parts.js";

const KEY = "whoholds.welcomed";
const KEYS = [
  [["←", "→"], "one day back, one day on"], [["Page Up", "Page Down"], "one week"], [["/"], "search"], [["Esc"], "close what is open"],
  [["Tab"], "from control to control"], [["Enter"], "open, choose, follow a denial"], [["+", "−"], "zoom the map, when it has the focus"],
];
const READING = [
  ["filled", "Held: a colour and a letter for each side."],
  ["hollow", "Claimed: only the gaining side says so."],
  ["split", "Disputed: the accounts conflict. Both colours show."],
  ["hatched", "Contested: fighting inside is reported. That is not the same as disputed."],
  ["grey", "Vacated: left, and nobody is known to have taken it."],
  ["ringed", "Encircled: surrounded by the side of the ring."],
  ["pale", "Faded: last said long ago. It may have changed since."],
];

/** Open the help on the first use of this browser, where the address asks for nothing else. */
export function welcome(app) {
  const { drawer, place } = app.state.get();
  if (isFirstUse() && !drawer && !place) app.state.set({ drawer: "help" }, { replace: true });
}

/** Tell whether the page was never opened in this browser. */
function isFirstUse() {
  try {
    return !localStorage.getItem(KEY);
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    // Without storage it explains itself each time.
  }
}

export function mount(container, app) {
  const first = isFirstUse();
  remember();
  container.append(el("div", { class: "help" },
    el("h2", null, first ? "Welcome" : "How to read this map"),
    el("p", { class: "lead" }, "This map shows who is said to hold what: since when, according to whom, and who denies it. Every colour rests on claims that you can read in the words of their reports."),
    walk(app),
    section("Signs", el("ul", { class: "signs" }, READING.map(([sign, text]) => el("li", null, el("span", { class: `sign ${sign}`, attrs: { "aria-hidden": "true" } }), text)))),
    section("Sides", el("ul", { class: "sides" }, sidesShown(app).map((side) => el("li", null, disc(app, side.id), " ", side.short)))),
    section("Words", el("dl", { class: "words" },
      [["since, by", "“Since” only where the start is known; else “by” the day on which it was so."],
        ["support", "One side alone, one origin, several independent origins, sides at war that agree, or seen on the spot. Reports that repeat one origin count once."],
        ["according to", "Any side’s or source’s account alone. Where it has not spoken the map stays blank: silence is no news."],
        ["as known on", "The map as it could be drawn on a day, without what was published later."]].map(([word, text]) => [el("dt", null, word), el("dd", null, text)]))),
    section("Keys", el("dl", { class: "keys" }, KEYS.map(([keys, what]) => el("div", null, el("dt", null, keys.map((key) => [el("kbd", null, key), " "])), el("dd", null, what))))),
    section("What it is not", el("p", null, app.about.note), el("p", null, `No front lines, no interpolation, no forecast. Claims of where forces stand or go are shown once they are ${app.about.delay_hours} hours old. Private persons are not named.`)),
    el("div", { class: "buttons" }, button(first ? "Begin" : "Close", () => app.state.set({ drawer: "" }), { class: "primary" }))));
  return { update() {} };
}

function sidesShown(app) {
  const war = conflictOf(app);
  const used = new Set((app.fused || app.atlas).holders.map((holder) => holder.side));
  return app.sides.all.filter((side) => used.has(side.id) && (!war || side.conflict === war)).slice(0, 12);
}

/** Three steps on what the store holds: a place on which accounts conflict, the account of a side, a day of change. */
function walk(app) {
  const found = examples(app);
  const steps = [
    found.disputed && ["See a dispute", `${found.disputed.name}: accounts conflict. Open it and follow the denial to what it denies.`, () => openPlace(app, found.disputed, { on: found.disputed.on })],
    found.claimed && ["See a bare claim", `${found.claimed.name}: only the gaining side says so.`, () => openPlace(app, found.claimed, { on: found.claimed.on })],
    found.view && ["Hear one side alone", `Switch the whole map to the account of ${app.words.named(found.view.label)}. What it has not spoken of goes blank.`, () => app.state.set({ view: found.view.name })],
    ["Read a text", "Paste a report, and see the claims in it before anything is saved.", () => app.state.set({ drawer: "paste" })],
  ].filter(Boolean);
  return section("Begin here", el("ol", { class: "walk" }, steps.map(([title, text, act]) => el("li", null, el("p", null, text), button(title, act, { class: "small" })))),
    found.disputed && el("p", { class: "hint" }, `The examples are of what this store holds: ${app.words.count(app.about.counts.reports, "report")}, ${app.words.count(app.about.counts.claims, "claim")}, up to ${dayWords(app.about.last_day)}.`));
}

function examples(app) {
  const atlas = app.fused || app.atlas;
  const war = conflictOf(app);
  const found = { view: app.about.views.find((view) => view.kind === "side" && (!war || view.name.startsWith(`side:${war}.`))) };
  for (let index = 0; index < atlas.count; index += 1) {
    for (const told of atlas.statesOf(index)) {
      const on = told.first ?? told.last;
      const kind = told.agreement === "disputed" ? "disputed" : told.agreement === "claimed" && !told.pale ? "claimed" : "";
      if (!kind || on === null || found[kind]) continue;
      found[kind] = { id: atlas.places.id[index], name: atlas.places.name[index], lat: atlas.places.lat[index], lon: atlas.places.lon[index], on: isoOf(on) };
    }
    if (found.disputed && found.claimed) break;
  }
  return found;
}
