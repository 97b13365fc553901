/** The timeline of a place as strips, one a view: who held it when, by that account, with the day looked at marked through all. */

import { announce, el, fill } from "../dom.js";
import { dayOf, dayShort, dayWords, isoOf } from "../days.js";
import { linkButton, section, told } from "./parts.js";

const HEIGHT = 20;
const MOST = 8;
const DAY_PX = 3;

/** Draw the strips of an answer of /places/ID. Returns the section, and what ends its watch over the width. */
export function strips(app, answer) {
  const spoken = answer.timelines.filter((row) => row.stretches.length);
  if (!spoken.length) return { node: null, end() {} };
  const ordered = [...spoken].sort((one, other) => rank(one, answer) - rank(other, answer));
  const span = domain(spoken, dayOf(answer.day));
  let all = ordered.length <= MOST;
  const body = el("div", { class: "strips" });
  const draw = () => {
    const width = Math.max(200, body.clientWidth || 380);
    const shown = all ? ordered : ordered.slice(0, MOST);
    fill(body,
      shown.map((row) => strip(app, row, answer, span, width)),
      axis(span, width),
      !all && linkButton(`Show all ${ordered.length} accounts`, () => { all = true; draw(); }));
  };
  const watch = new ResizeObserver(() => { if (Math.abs((body.drawn || 0) - body.clientWidth) > 4) { body.drawn = body.clientWidth; draw(); } });
  watch.observe(body);
  draw();
  const node = section("Each account in time", el("p", { class: "hint" }, "Choose an account to see the map as it tells it; choose a stretch to go to its first day."), body);
  return { node, end: () => watch.disconnect() };
}

function rank(row, answer) {
  const kind = ["fused", "side", "source"].indexOf(row.view.split(":")[0]);
  return (row.view === answer.view ? -10 : 0) + kind;
}

/** Return the days that the strips span: all that is dated, and the day looked at when it is not far off. */
function domain(timelines, day) {
  const days = [];
  for (const { stretches } of timelines) {
    for (const { state } of stretches) days.push(...[state.interval.first, state.interval.last, state.last_said].map(dayOf));
  }
  const dated = days.filter((each) => each !== null);
  let low = Math.min(...dated);
  let high = Math.max(...dated);
  if (!Number.isFinite(low)) low = high = day;
  const reach = Math.max(21, (high - low) * 0.5);
  if (day >= low - reach && day <= high + reach) [low, high] = [Math.min(low, day), Math.max(high, day)];
  const pad = Math.max(2, Math.round((high - low) * 0.06));
  return { low: low - pad, high: high + pad, day };
}

function strip(app, row, answer, span, width) {
  const x = (day) => ((day - span.low) / (span.high - span.low)) * width;
  const current = row.view === app.state.get().view;
  const drawn = el("svg:svg", { class: "told-strip", attrs: { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "group", "aria-label": `${row.label}: ${row.stretches.length} states` } },
    el("svg:rect", { class: "ground", attrs: { x: 0, y: 3, width, height: HEIGHT - 6, rx: 2 } }),
    row.stretches.map((stretch) => bar(app, stretch, span, x, width)),
    span.day >= span.low && span.day <= span.high && el("svg:line", { class: "today", attrs: { x1: x(span.day), x2: x(span.day), y1: 0, y2: HEIGHT } }));
  drawn.addEventListener("click", (event) => {
    if (event.defaultPrevented) return;
    const at = event.clientX - drawn.getBoundingClientRect().left;
    app.state.set({ on: isoOf(Math.round(span.low + (at / width) * (span.high - span.low))) });
  });
  const label = row.view === "fused" ? "All accounts together" : row.label;
  return el("div", { class: `strip-row ${current ? "current" : ""}` },
    el("div", { class: "strip-name" },
      el("button", { class: "as-link", attrs: { type: "button", "aria-pressed": String(current), title: `Show the map as told by: ${label}` }, on: { click: () => app.state.set({ view: row.view }) } }, label),
      el("span", { class: "faint" }, now(app, row, span.day))),
    drawn);
}

/** Say in a few words what a view tells of the day. */
function now(app, row, day) {
  const found = row.stretches.find(({ state }) => (dayOf(state.interval.first) ?? -1e9) <= day && day <= (dayOf(state.interval.last) ?? 1e9));
  if (!found) return row.stretches.some(({ state }) => (dayOf(state.interval.first) ?? -1e9) <= day) ? "no more" : "not yet";
  const names = found.holders.map((party) => party.name).join(", ");
  return { controlled: names, shared: `shared: ${names}`, divided: `divided: ${names}`, contested: `contested: ${names}`, vacated: "vacated", unknown: "not known" }[found.state.holding];
}

function bar(app, stretch, span, x, width) {
  const { state } = stretch;
  const first = dayOf(state.interval.first);
  const last = dayOf(state.interval.last);
  const from = Math.max(0, first === null ? 0 : x(first));
  const to = Math.min(width, last === null ? width : x(last + 1));
  if (to <= 0 || from >= width) return null;
  const wide = Math.max(DAY_PX, to - from);
  const shown = told(stretch);
  const said = `${app.words.holding(shown)}, ${app.words.since(shown)}${state.agreement === "disputed" ? ", disputed" : ""}`;
  const go = (event) => {
    event.preventDefault();
    if (first === null) return;
    app.state.set({ on: isoOf(first) });
    announce(`${dayWords(first)}: ${said}`);
  };
  const group = el("svg:g", {
    class: `stretch ${state.holding} ${state.agreement} ${first === null || !state.starts_known ? "by" : ""}`,
    attrs: { role: "button", tabindex: 0, "aria-label": `${said}. Go to its first day` },
    on: { click: go, keydown: (event) => ["Enter", " "].includes(event.key) && go(event) },
  }, el("svg:title", null, said), bands(app, stretch, from, wide));
  const quiet = dayOf(state.last_said);
  // What was last said long ago fades: the strip goes on, the word does not.
  if (quiet !== null && x(quiet + 1) < from + wide) group.append(el("svg:rect", { class: "fading", attrs: { x: Math.max(from, x(quiet + 1)), y: 3, width: Math.max(0, from + wide - Math.max(from, x(quiet + 1))), height: HEIGHT - 6 } }));
  if (first !== null && state.starts_known) group.append(el("svg:line", { class: "start", attrs: { x1: from, x2: from, y1: 1, y2: HEIGHT - 1 } }));
  return group;
}

/** Return one band for each side that holds a part or fights: colour, and stripes where there is fighting. */
function bands(app, stretch, from, wide) {
  const sides = [...new Set(stretch.holders.map((party) => party.side || ""))];
  const shown = sides.length ? sides : [null];
  const height = (HEIGHT - 6) / shown.length;
  return shown.map((side, index) => el("svg:rect", {
    class: "band", attrs: { x: from, y: 3 + index * height, width: wide, height, "data-side": side === null ? "nobody" : Math.max(-1, app.sides.get(side).colour) },
  }));
}

function axis(span, width) {
  const days = span.high - span.low;
  const count = Math.max(2, Math.min(4, Math.floor(width / 110)));
  const ticks = Array.from({ length: count }, (_, index) => Math.round(span.low + (days * (index + 0.5)) / count));
  const x = (day) => ((day - span.low) / days) * width;
  return el("svg:svg", { class: "axis", attrs: { width, height: 18, viewBox: `0 0 ${width} 18`, "aria-hidden": "true" } },
    ticks.map((day) => [
      el("svg:line", { attrs: { x1: x(day), x2: x(day), y1: 0, y2: 4 } }),
      el("svg:text", { attrs: { x: x(day), y: 15, "text-anchor": "middle" } }, dayShort(day)),
    ]));
}
