/** What changed since a day: the places that two days tell differently, in the view that is shown. */

import { el, fill } from "../dom.js";
import { dayOf, dayWords, isoOf } from "../days.js";
import { asking, button, conflictOf, field, nothing, openPlace, placeLink, rows } from "../panel/parts.js";
import { exportPart } from "./export.js";
import { stateLine } from "./shown.js";

const STEPS = [[1, "1 day"], [3, "3 days"], [7, "1 week"], [30, "1 month"]];

export function mount(container, app) {
  const host = el("div", { class: "changes" });
  const from = el("input", { attrs: { type: "date", max: "2100-12-31" } });
  let chosen = app.state.get().day2 || "";
  let back = 7;
  from.addEventListener("change", () => { if (dayOf(from.value) !== null) { chosen = from.value; ask(true); } });
  const steps = el("div", { class: "buttons", attrs: { role: "group", "aria-label": "Since" } }, STEPS.map(([days, label]) => button(label, () => { chosen = ""; back = days; ask(true); }, { class: "small", attrs: { "data-days": days } })));
  const heading = el("p", { class: "soft" });
  container.append(el("h2", null, "What changed"), field("Since", from), steps, heading, host);
  const asked = asking(host);
  let shownFor = "";

  function ask() {
    const { view } = app.state.get();
    const war = conflictOf(app);
    const since = chosen || isoOf(app.day() - back);
    const until = isoOf(app.day());
    from.value = since;
    for (const step of steps.children) step.setAttribute("aria-pressed", String(!chosen && Number(step.dataset.days) === back));
    const key = [since, until, view, war].join("|");
    if (key === shownFor) return;
    shownFor = key;
    const label = app.about.views.find((each) => each.name === view)?.label;
    heading.textContent = `From ${dayWords(since)} to ${dayWords(until)}${view === "fused" ? "" : `, by the account of ${label || view}`}`;
    asked.ask((signal) => app.api.get("/diff", { from: since, to: until, view }, signal), (answer) => fill(host, draw(app, answer, since)));
  }
  ask();
  return { update: ask, unmount: () => asked.end() };
}

function draw(app, answer, since) {
  const war = conflictOf(app);
  const inWar = (shown) => !shown || !shown.holders.length || shown.holders.some((party) => !party.side || app.sides.get(party.side).conflict === war);
  const changes = war ? answer.changes.filter((change) => inWar(change.before) && inWar(change.after)) : answer.changes;
  const beyond = app.day() > dayOf(app.about.last_day) + 30;
  return [
    el("p", { attrs: { role: "status" } }, el("strong", null, `${app.words.count(changes.length, "place")} ${changes.length === 1 ? "differs" : "differ"}`), el("span", { class: "faint" }, `, ${answer.alike} told alike`)),
    beyond && el("p", { class: "hint" }, `The last report is of ${dayWords(app.about.last_day)}.`),
    changes.length ? rows(changes, (change) => one(app, change, answer), { class: "rows", label: "Places that changed" }) : nothing("No place is told differently. That is not to say that nothing happened: where nobody reported, blank is not quiet."),
    changes.length > 0 && el("div", { class: "buttons" }, button("Lay the two days side by side on the map", () => app.state.set({ day2: since }), { class: "small" })),
    exportPart(app),
    el("p", { class: "note" }, answer.note),
  ];
}

function one(app, change, answer) {
  return el("article", { class: "change", attrs: { "aria-label": change.place.name } },
    el("h3", null, placeLink(app, change.place), change.place.feature === "region" && el("span", { class: "faint" }, " region")),
    el("div", { class: "before" }, el("span", { class: "label" }, "before"), " ", stateLine(app, change.before)),
    el("div", { class: "after" }, el("span", { class: "label" }, "now"), " ", stateLine(app, change.after)),
    change.after?.state.interval.first && change.after.state.interval.first > answer.before && el("button", { class: "as-link small", attrs: { type: "button" }, on: { click: () => openPlace(app, change.place, { on: change.after.state.interval.first }) } }, `See ${dayWords(change.after.state.interval.first)}`));
}
