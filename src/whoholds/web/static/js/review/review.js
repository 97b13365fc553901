/** The review drawer: every decision with its reason and its history, and the way to take it back. */

import { el, fill } from "../dom.js";
import { dayShort } from "../days.js";
import { claimCard } from "../panel/claimcard.js";
import { asking, button, linkButton, nothing, rows, section } from "../panel/parts.js";
import { decide } from "./controls.js";
import { keep, token } from "./token.js";

const NAMES = { confirmed: "Confirmed", rejected: "Rejected", moved: "Moved", impersonated: "Impersonated", withdrawn: "Taken back" };

export function mount(container, app) {
  const host = el("div", { class: "review-panel" });
  container.append(host);
  const asked = asking(host);
  function load() {
    asked.ask((signal) => app.api.get("/reviews", {}, signal), (answer) => {
      fill(host, draw(app, answer, load));
      app.map?.reviews?.(points(answer.items));
    });
  }
  load();
  return { update() {}, unmount: () => asked.end() };
}

/** Return the places of the decisions that stand, for the layer of the map. */
function points(items) {
  const placed = items.filter((item) => item.stands && item.verdict !== "withdrawn" && item.about?.place);
  return {
    type: "FeatureCollection",
    features: placed.map((item) => ({
      type: "Feature", properties: { verdict: item.verdict, claim: item.claim },
      geometry: { type: "Point", coordinates: [item.about.place.lon, item.about.place.lat] },
    })),
  };
}

function draw(app, answer, load) {
  const byAnchor = new Map();
  for (const item of answer.items) byAnchor.set(item.anchor, [...(byAnchor.get(item.anchor) || []), item]);
  const histories = [...byAnchor.values()].reverse();
  const standing = histories.filter((items) => items.at(-1).verdict !== "withdrawn");
  const undone = histories.filter((items) => items.at(-1).verdict === "withdrawn");
  return [
    el("h2", null, "Review"),
    el("p", { class: "soft" }, app.about.review
      ? `Decisions are kept in the name of ${app.about.reviewer}. Each has a reason, none is ever deleted, and each can be taken back.`
      : "This server only shows decisions. To decide, start it with whoholds serve --review NAME."),
    app.about.review && el("p", { class: "small" }, token() ? ["The token is kept for this tab. ", linkButton("Forget it", () => { keep(""); load(); })] : "The token is asked for with your first decision."),
    section(`Standing decisions (${standing.length})`, standing.length ? rows(standing, (items) => one(app, items, load), { class: "rows", most: 20 }) : nothing("No decision stands. Open a claim and choose “Review”.")),
    undone.length > 0 && section(`Taken back (${undone.length})`, rows(undone, (items) => one(app, items, load), { class: "rows", most: 20 })),
  ];
}

function one(app, items, load) {
  const last = items.at(-1);
  const card = last.about ? claimCard(app, last.about, { review: last, changed: load }) : el("p", { class: "nothing" }, "The claim is not shown: it is gone or withheld.");
  return el("div", null, card,
    el("details", { class: "rule" }, el("summary", null, `History (${items.length})`),
      el("ol", { class: "history" }, [...items].reverse().map((item) => el("li", null, el("strong", null, NAMES[item.verdict] || item.verdict), ` by ${item.reviewer}, ${dayShort(item.at.slice(0, 10))} ${item.at.slice(11, 16)}: “${item.reason}”`)))),
    app.about.review && last.verdict !== "withdrawn" && undo(app, last, load));
}

function undo(app, item, load) {
  const said = el("span", { class: "form-note", attrs: { role: "alert" } });
  const act = button("Undo", async () => {
    if (!token()) { said.textContent = " Review any claim once with the token first."; return; }
    act.disabled = true;
    try {
      await decide(app, { anchor: item.anchor, claim: item.claim, verdict: "withdrawn", reason: `Takes back: ${item.reason}`.slice(0, 2000) });
      app.atlases?.forget?.();
      load();
    } catch (error) {
      said.textContent = ` ${error.message}`;
      act.disabled = false;
    }
  }, { class: "small", attrs: { "aria-label": `Undo: ${NAMES[item.verdict]}` } });
  return el("div", { class: "buttons" }, act, said);
}
