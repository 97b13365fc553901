/** The place panel: who holds it, each account in time, every claim with its words, denials drawn to what they deny, and why. */

import { announce, el, fill } from "../dom.js";
import { isoOf } from "../days.js";
import { exportPart } from "../lists/export.js";
import { argumentPart } from "./argument.js";
import { distancesPart } from "./distances.js";
import { asking, button, native, nothing } from "./parts.js";
import { stateCard } from "./state.js";
import { strips } from "./strips.js";

const FEATURES = { settlement: "", district: "district", region: "region", country: "country", facility: "facility, drawn at its settlement", natural: "natural feature", route: "road" };
const LINKED = 8;

export function mount(container, app) {
  const host = el("div", { class: "place-panel" });
  container.append(host);
  const asked = asking(host);
  let ends = [];
  let shownFor = "";
  let shownPlace = "";

  function update(state) {
    if (!state.place) {
      fill(host, nothing("Choose a place on the map, or search for one."));
      return;
    }
    const key = [state.place, app.day(), state.view, app.known()].join("|");
    if (key === shownFor) { choose(host, state.claim); return; }
    shownFor = key;
    if (shownPlace !== state.place) { fill(host); container.scrollTop = 0; }
    ask(state);
  }

  function ask(state) {
    const params = { on: isoOf(app.day()), view: state.view, known_by: app.known() };
    asked.ask((signal) => load(app, state.place, params, signal), (found) => {
      for (const end of ends) end();
      ends = draw(app, host, found, () => { shownFor = ""; ask(app.state.get()); });
      if (shownPlace !== state.place) announce(found.answer.lines[0]);
      shownPlace = state.place;
      app.map?.highlight?.([state.place]);
      choose(host, app.state.get().claim);
    });
  }

  update(app.state.get());
  return {
    update,
    unmount() {
      asked.end();
      for (const end of ends) end();
      app.map?.highlight?.([]);
    },
  };
}

/** Ask for all that the panel shows. */
async function load(app, place, params, signal) {
  const path = `/places/${encodeURIComponent(place)}`;
  const [answer, argument, claims, reviews] = await Promise.all([
    app.api.get(path, params, signal),
    app.api.get(`${path}/explain`, params, signal),
    app.api.get(`${path}/claims`, { limit: 500 }, signal),
    app.api.get("/reviews", {}, signal).catch(() => ({ items: [] })),
  ]);
  const denying = [...argument.denials, ...argument.dissent, ...argument.others].filter((point) => point.cited.stance === "denies").slice(0, LINKED);
  const stated = claims.items.filter((cited) => ["position", "advance"].includes(cited.kind)).slice(0, LINKED);
  const detail = (cited) => app.api.get(`/claims/${cited.claim}`, {}, signal).catch(() => null);
  const [denials, distances] = await Promise.all([Promise.all(denying.map((point) => detail(point.cited))), Promise.all(stated.map(detail))]);
  return { answer, argument, claims: claims.items, links: linksOf(denials), distances: distancesOf(answer, distances), reviews: reviews.items };
}

function linksOf(details) {
  return details.filter(Boolean).flatMap((detail) => detail.links.map((link) => ({
    source: link.outgoing ? detail.anchor : link.claim.anchor, target: link.outgoing ? link.claim.anchor : detail.anchor,
    relation: link.relation, part: link.part, scope: link.scope,
  })));
}

function distancesOf(answer, details) {
  const found = details.filter((detail) => detail && detail.distance).map((detail) => ({ cited: detail, stated: detail.distance, check: detail.check }));
  const known = new Set(found.map(({ cited }) => cited.claim));
  const pressing = answer.pressure.filter(({ cited }) => !known.has(cited.claim)).map((row) => ({ cited: row.cited, stated: row, check: row }));
  return [...found, ...pressing];
}

function draw(app, host, found, changed) {
  const { answer, argument } = found;
  const standing = new Map(found.reviews.filter((review) => review.stands && review.verdict !== "withdrawn").map((review) => [review.anchor, review]));
  const told = new Set([...argument.supporting, ...argument.denials, ...argument.dissent, ...argument.others].map((point) => point.cited.claim));
  const seen = new Set(argument.silent.map((cited) => cited.claim));
  const later = found.claims.filter((cited) => !told.has(cited.claim) && !seen.has(cited.claim));
  const silenced = found.reviews.filter((review) => review.stands && review.about && ["rejected", "impersonated", "moved"].includes(review.verdict) && review.about.place?.id === answer.place.id && !told.has(review.claim));
  const time = strips(app, answer);
  const why = argumentPart(app, argument, { links: found.links, later, reviews: standing, changed, silenced });
  const open = new Set([...host.querySelectorAll("details.fold[open] > summary")].map((summary) => summary.textContent.replace(/\s*\(.*/, "")));
  fill(host, head(app, answer), stateCard(app, answer, argument), distancesPart(app, found.distances, answer.place.id), time.node, why.node, rest(app, answer));
  for (const summary of host.querySelectorAll("details.fold > summary")) if (open.has(summary.textContent.replace(/\s*\(.*/, ""))) summary.parentElement.open = true;
  why.draw();
  return [time.end, why.end];
}

function head(app, answer) {
  const where = [...new Set([...answer.admin].reverse())].filter((name) => name !== answer.place.name).join(", ");
  return el("div", { class: "place-head" },
    el("div", null,
      el("h2", null, answer.place.name, answer.native && [" ", native(answer.native)]),
      el("p", { class: "soft small" }, [FEATURES[answer.place.feature], where].filter(Boolean).join(" · "))),
    button("Show", () => app.map?.fly?.([answer.place.lon, answer.place.lat], 9), { class: "quiet", attrs: { "aria-label": `Show ${answer.place.name} on the map` } }));
}

function rest(app, answer) {
  return [
    exportPart(app),
    el("p", { class: "hint" }, `Place ${answer.place.id} · ${answer.origin || "no origin noted"}`),
    el("p", { class: "note" }, answer.note),
  ];
}

function choose(host, claim) {
  for (const card of host.querySelectorAll(".claim.chosen")) card.classList.remove("chosen");
  if (!claim) return;
  const card = host.querySelector(`[data-claim="${CSS.escape(claim)}"]`);
  if (!card) return;
  card.closest("details.fold")?.setAttribute("open", "");
  card.classList.add("chosen");
  card.scrollIntoView({ block: "center" });
}
