/** Who was heard of, and who was not: reports of each place in some days, the silent ones at the end. */

import { el, fill } from "../dom.js";
import { dayShort, dayWords, isoOf } from "../days.js";
import { asking, conflictOf, nothing, placeLink, rows } from "../panel/parts.js";

const SPANS = [[7, "7 days"], [30, "30 days"], [365, "a year"]];

export function mount(container, app) {
  const host = el("div");
  let days = 30;
  const heading = el("p", { class: "soft" });
  const choice = el("div", { class: "segmented", attrs: { role: "group", "aria-label": "How far back" } },
    SPANS.map(([span, label]) => el("button", { attrs: { type: "button", "data-days": span }, on: { click: () => { days = span; ask(); } } }, label)));
  container.append(el("h2", null, "Where anybody reported"), el("p", null, "Reports of each place, imported maps left out. Where there is none, nothing is known: blank is not quiet."), choice, heading, host);
  const asked = asking(host);
  let shownFor = "";
  function ask() {
    const params = { on: isoOf(app.day()), days, conflict: conflictOf(app), limit: 500 };
    for (const each of choice.children) each.setAttribute("aria-pressed", String(Number(each.dataset.days) === days));
    const key = JSON.stringify(params);
    if (key === shownFor) return;
    shownFor = key;
    heading.textContent = `${SPANS.find(([span]) => span === days)[1]} up to ${dayWords(params.on)}`;
    asked.ask((signal) => app.api.get("/coverage", params, signal), (answer) => fill(host, draw(app, answer)));
  }
  ask();
  return { update: ask, unmount: () => asked.end() };
}

function draw(app, answer) {
  const heard = answer.items.filter((row) => row.reports > 0);
  const most = Math.max(1, ...heard.map((row) => row.reports));
  return [
    el("p", { attrs: { role: "status" } }, el("strong", null, `${app.words.count(heard.length, "place")} reported of`), el("span", { class: "faint" }, `, ${answer.total - heard.length} silent that were spoken of before`)),
    answer.items.length ? rows(answer.items, (row) => cover(app, row, most), { label: "Places", most: 60 }) : nothing("No place was spoken of by this day."),
    el("p", { class: "note" }, answer.note),
  ];
}

function cover(app, row, most) {
  const voices = [...row.sides.map((name) => name.split(/[;(]/)[0].trim()), row.unsided && app.words.count(row.unsided, "source without a side", "sources without a side")].filter(Boolean);
  return [
    placeLink(app, row.place), row.place.feature === "region" && el("span", { class: "faint" }, " region"),
    row.reports > 0 && el("svg:svg", { class: "scale thin", attrs: { viewBox: "0 0 300 4", preserveAspectRatio: "none", "aria-hidden": "true" } }, el("svg:rect", { class: "all heard", attrs: { x: 0, y: 0, width: 300 * (row.reports / most), height: 4 } })),
    el("p", { class: "faint small" }, row.reports ? [app.words.count(row.reports, "report"), ...voices].join(" · ") : `silent; last heard of ${dayShort(row.last_heard)}`),
  ];
}
