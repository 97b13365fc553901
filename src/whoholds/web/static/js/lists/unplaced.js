/** Claims without a pin: what names no place, or one that cannot be told from others. Listed, never drawn. */

import { el, fill } from "../dom.js";
import { dayShort, isoOf } from "../days.js";
import { claimCard } from "../panel/claimcard.js";
import { asking, conflictOf, nothing, rows } from "../panel/parts.js";

const DAYS = 30;

export function mount(container, app) {
  const host = el("div");
  let all = true;
  const heading = el("p", { class: "soft" });
  const choice = el("div", { class: "segmented", attrs: { role: "group", "aria-label": "Days" } },
    [["All days", true], [`${DAYS} days up to the day`, false]].map(([label, value]) => el("button", { attrs: { type: "button", "data-all": String(value) }, on: { click: () => { all = value; ask(); } } }, label)));
  container.append(el("h2", null, "Without a pin"), el("p", null, "These claims name no place, or one that is not sure enough to be drawn. They are listed, never guessed onto the map."), choice, heading, host);
  const asked = asking(host);
  let shownFor = "";
  function ask() {
    const war = conflictOf(app);
    const params = all ? { first: isoOf(app.firstDay), last: isoOf(app.lastDay), conflict: war } : { first: isoOf(app.day() - DAYS), last: isoOf(app.day()), conflict: war };
    for (const each of choice.children) each.setAttribute("aria-pressed", String((each.dataset.all === "true") === all));
    const key = JSON.stringify(params);
    if (key === shownFor) return;
    shownFor = key;
    heading.textContent = `${dayShort(params.first)} to ${dayShort(params.last)}`;
    asked.ask((signal) => app.api.get("/events", params, signal), (answer) => fill(host,
      el("p", { attrs: { role: "status" } }, el("strong", null, app.words.count(answer.unplaced.length, "claim"))),
      answer.unplaced.length ? rows(answer.unplaced, (cited) => claimCard(app, cited, { changed: () => { shownFor = ""; ask(); } }), { class: "rows cards", most: 20, label: "Claims without a pin" }) : nothing("Every claim of these days has its place."),
      answer.more && el("p", { class: "hint" }, "There are more; choose fewer days.")));
  }
  ask();
  return { update: ask, unmount: () => asked.end() };
}
