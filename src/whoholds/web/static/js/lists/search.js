/** Search: places in any script, sources, claims by their words, reports. */

import { announce, el, fill, settled } from "../dom.js";
import { dayShort } from "../days.js";
import { claimCard } from "../panel/claimcard.js";
import { asking, linkButton, native, nothing, placeLink, section } from "../panel/parts.js";
import { stateLine } from "./shown.js";

export function mount(container, app) {
  const input = el("input", { attrs: { type: "search", "aria-label": "Search for places, sources and words", placeholder: "Place, source or words – any script", autocomplete: "off", dir: "auto" }, props: { value: app.state.get().q } });
  const host = el("div", { class: "found" });
  container.append(el("h2", { class: "unseen" }, "Search"), el("div", { class: "search-box" }, input), host);
  const asked = asking(host);
  let shownFor = null;
  input.addEventListener("input", settled(() => app.state.set({ q: input.value }, { replace: true }), 220));
  function update(state) {
    const words = state.q.trim();
    if (document.activeElement !== input) input.value = state.q;
    if (words === shownFor) return;
    shownFor = words;
    if (!words) {
      asked.end();
      fill(host, nothing("Write a name as you know it: Homs, حمص, Хомс. Words find claims whose quote has all of them."));
      return;
    }
    asked.ask((signal) => app.api.get("/search", { q: words.slice(0, 200) }, signal), (answer) => fill(host, draw(app, answer)));
  }
  update(app.state.get());
  input.focus({ preventScroll: true });
  return { update, unmount: () => asked.end() };
}

function draw(app, answer) {
  const number = answer.places.length + answer.sources.length + answer.claims.length + answer.reports.length;
  announce(`${number} found`);
  if (!number) return nothing("Nothing was found.");
  return [
    answer.places.length > 0 && section("Places", el("ul", { class: "rows" }, answer.places.map((place) => el("li", null, placeRow(app, place))))),
    answer.sources.length > 0 && section("Sources", el("ul", { class: "rows" }, answer.sources.map((source) => el("li", null,
      linkButton(source.name, () => app.state.set({ view: source.view }), { disabled: source.places === 0, title: source.places ? "Show the map as it tells it" : null }),
      el("p", { class: "faint small" }, [source.role, source.places ? `told of ${app.words.count(source.places, "place")}` : "nothing told of a place"].join(" · ")))))),
    answer.reports.length > 0 && section("Reports", el("ul", { class: "rows" }, answer.reports.map((report) => el("li", null,
      linkButton(report.title || report.publisher || "Report without a title", () => app.state.set({ drawer: "report", report: report.id, claim: "" })),
      el("p", { class: "faint small" }, [report.publisher, report.published ? dayShort(report.published) : "undated", app.words.count(report.claims, "claim")].filter(Boolean).join(" · ")))))),
    answer.claims.length > 0 && section("Claims", el("div", { class: "cards" }, answer.claims.map((cited) => claimCard(app, cited)))),
  ];
}

function placeRow(app, place) {
  const told = app.atlas?.stateOn(app.day(), place.id);
  const shown = told && { state: { holding: told.holding, agreement: told.agreement, flags: told.flags, interval: { first: null, last: null }, tier: told.tier, starts_known: !told.by }, holders: told.holders, encircled_by: told.encircled };
  return [
    placeLink(app, place), " ", native(place.native),
    el("p", { class: "faint small" }, [place.feature !== "settlement" && place.feature, [...new Set([...place.admin].reverse())].filter((name) => name !== place.name).join(", ")].filter(Boolean).join(" · ")),
    shown ? el("p", { class: "small" }, stateLine(app, shown)) : el("p", { class: "faint small" }, place.told ? "Nothing told of it on this day" : "Nobody has spoken of it"),
  ];
}
