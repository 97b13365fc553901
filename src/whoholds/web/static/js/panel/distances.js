/** Stated distances against the straight line, always with the numbers. */

import { el } from "../dom.js";
import { claimCard } from "./claimcard.js";
import { section } from "./parts.js";

const VERDICTS = {
  reproducible: "The straight line agrees.", only_from_edge: "It agrees only when measured from the edge.",
  not_reproducible: "The straight line does not bear it out from the places named.", uncheckable: "It cannot be checked: no place to measure from is named.",
};

function range(distance) {
  const { km_low: low, km_high: high } = distance;
  if (low === null && high === null) return "a distance that is not a number";
  if (low === null) return `at most ${kilometres(high)}`;
  if (high === null) return `at least ${kilometres(low)}`;
  return low === high ? kilometres(low) : `${Number(low.toFixed(1))}–${kilometres(high)}`;
}

function kilometres(value) {
  return `${Number(value.toFixed(1))} km`;
}

/** Return the numbers of a check: a bar of the stated distance with the straight line marked on it, and both in words. */
export function checkBody(stated, check) {
  const straight = check?.straight_km ?? null;
  const verdict = check?.verdict || "uncheckable";
  return el("div", { class: `check ${verdict}` },
    el("dl", null,
      el("div", null, el("dt", null, "Stated"), el("dd", null, `${range(stated)} (“${stated.as_written}”)`)),
      straight !== null && el("div", null, el("dt", null, "Straight line"), el("dd", null, `${kilometres(straight)}${check.start ? ` from ${nameOf(check.start)}` : ""}${check.reference ? ` to ${nameOf(check.reference)}` : ""}, tolerance ±${kilometres(check.tolerance_km || 0)}`))),
    straight !== null && gauge(stated, straight, check.tolerance_km || 0),
    el("p", null, VERDICTS[verdict] || verdict));
}

function nameOf(place) {
  return typeof place === "string" ? place : place.name;
}

function gauge(stated, straight, tolerance) {
  const low = stated.km_low ?? 0;
  const high = stated.km_high ?? Math.max(low, straight) * 1.2;
  const most = Math.max(high, straight + tolerance, 1) * 1.08;
  const x = (km) => (km / most) * 300;
  return el("svg:svg", { class: "gauge", attrs: { viewBox: "0 0 300 18", "aria-hidden": "true", preserveAspectRatio: "none" } },
    el("svg:line", { class: "ground", attrs: { x1: 0, x2: 300, y1: 9, y2: 9 } }),
    el("svg:rect", { class: "stated", attrs: { x: x(low), y: 5, width: Math.max(2, x(high) - x(low)), height: 8, rx: 2 } }),
    el("svg:line", { class: "tolerance", attrs: { x1: x(Math.max(0, straight - tolerance)), x2: x(straight + tolerance), y1: 9, y2: 9 } }),
    el("svg:line", { class: "straight", attrs: { x1: x(straight), x2: x(straight), y1: 1, y2: 17 } }));
}

/** Draw what is said of forces at a distance of a place: `found` are {cited, stated, check}. */
export function distancesPart(app, found, here) {
  if (!found.length) return null;
  return section("Stated distances, checked", found.map(({ cited, stated, check }) => claimCard(app, cited, { here, tone: "distance", body: checkBody(stated, check) })));
}
