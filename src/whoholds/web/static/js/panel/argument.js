/** Why: the claims that bear the state, those that deny it, drawn to what they deny, those that say otherwise, and the rules. */

import { el, fill } from "../dom.js";
import { claimCard, whatWords } from "./claimcard.js";
import { button, disclosure, linkButton, nothing } from "./parts.js";

const GUTTER = 22;

/**
 * Draw the answer of /places/ID/explain.
 * @param {Object} app @param {Object} argument @param {{links: Array, later: Array, silenced: Array, reviews: Map<string, Object>, changed: () => void}} more
 *   links: {source, target, relation, part, scope} by anchor; later: claims of after the day; silenced: decisions that took claims out; reviews: the standing decisions by anchor
 */
export function argumentPart(app, argument, more) {
  const here = argument.who.place.id;
  const card = (point, tone) => claimCard(app, point.cited, {
    here, tone, review: more.reviews.get(point.cited.anchor) || null, changed: more.changed,
    notes: notes(app, argument, point, more),
    body: rule(point),
  });
  const groups = [
    ["Borne by", argument.supporting, "bears"],
    ["Denied by", argument.denials, "denies"],
    ["Said otherwise", argument.dissent, "dissents"],
  ].filter(([, points]) => points.length);
  const body = el("div", { class: "argument" }, groups.map(([title, points, tone]) => el("div", { class: `group ${tone}` }, el("h4", { class: "group-title" }, `${title} `, el("span", { class: "faint" }, points.length)), points.map((point) => card(point, tone)))));
  const arrows = drawArrows(body, more.links);
  const node = el("section", { class: "part" },
    el("h3", null, "What was said, and why this follows"),
    groups.length ? body : nothing("Nothing that was said by this day bears on who holds it."),
    argument.silent.length > 0 && el("div", { class: "group" }, el("h4", { class: "group-title" }, "Silence"), argument.silent.map((cited) => claimCard(app, cited, { here, tone: "silent" }))),
    argument.origins > 0 && el("p", { class: "hint" }, `Counted: ${app.words.count(argument.origins, "origin")}, ${app.words.count(argument.reports, "report")}. Reports that repeat one origin count once.`),
    argument.others.length > 0 && disclosure(`Also said, without bearing on the holder (${argument.others.length})`, argument.others.map((point) => card(point, "others"))),
    more.later.length > 0 && disclosure(`Said of later days (${more.later.length})`, more.later.map((cited) => claimCard(app, cited, { here, tone: "others", review: more.reviews.get(cited.anchor) || null, changed: more.changed }))),
    more.silenced.length > 0 && disclosure(`Set aside by review (${more.silenced.length})`, more.silenced.map((review) => claimCard(app, review.about, { here, tone: "others", review, changed: more.changed }))),
    disclosure("The same in words", words(argument.lines)));
  return { node, draw: arrows.draw, end: arrows.end };
}

function words(lines) {
  const copy = button("Copy", () => navigator.clipboard?.writeText(lines.join("\n")).then(() => { copy.textContent = "Copied"; }), { class: "small" });
  return [el("pre", { class: "lines", attrs: { tabindex: "0" } }, lines.join("\n")), copy];
}

/** Return the lines under a quote: what is denied, against whose interest, why it bears nothing. */
function notes(app, argument, point, more) {
  const { cited } = point;
  const scopes = { contains: "made of a region that contains this place", within: "made of a place that lies in it" };
  const linked = more.links.filter((link) => link.source === cited.anchor);
  return el("ul", { class: "notes" },
    scopes[point.scope] && el("li", null, scopes[point.scope]),
    linked.map((link) => el("li", { class: "link-note" }, `${relationWords(link)} `, followed(app, link.target, argument))),
    argument.against_interest.includes(cited.claim) && el("li", { class: "good" }, "against its own interest: the source speaks for the side that loses by it"),
    argument.alleged_admission.includes(cited.claim) && el("li", null, "an alleged admission: printed by an outlet of the other side"),
    point.because && el("li", null, point.because));
}

function relationWords(link) {
  const said = { denies: "denies", confirms: "confirms", retracts: "takes back", contradicts: "contradicts" }[link.relation] || link.relation;
  return link.part === "event" ? said : `${said} the ${link.part} of`;
}

/** Return a button that leads from a denial to what it denies. */
function followed(app, anchor, argument) {
  const all = [...argument.supporting, ...argument.denials, ...argument.dissent, ...argument.others];
  const target = all.find((point) => point.cited.anchor === anchor);
  if (!target) return "a claim of another place";
  const text = `${target.cited.source}: ${whatWords(app, target.cited)}`;
  return linkButton(text, (event) => {
    const card = event.target.closest(".drawer-body, body").querySelector(`[data-anchor="${CSS.escape(anchor)}"]`);
    if (!card) return;
    card.closest("details")?.setAttribute("open", "");
    card.scrollIntoView({ block: "center", behavior: "smooth" });
    card.focus({ preventScroll: true });
    card.classList.add("flash");
    setTimeout(() => card.classList.remove("flash"), 1600);
  }, { class: "as-link follow" });
}

function rule(point) {
  return el("details", { class: "rule" }, el("summary", null, `Rule: ${point.rule}`), el("p", null, point.does), point.why && el("p", { class: "faint" }, point.why), el("p", { class: "faint" }, "Read by rule ", el("code", null, point.cited.rule)));
}

/** Draw an arrow in the gutter from each denial to the card that it denies; drawn again when the layout moves. */
function drawArrows(body, links) {
  const layer = el("svg:svg", { class: "arrows", attrs: { "aria-hidden": "true" } });
  const wanted = links.filter((link) => ["denies", "contradicts", "retracts"].includes(link.relation));
  body.append(layer);
  const shown = wanted.filter((link) => [link.source, link.target].every((anchor) => body.querySelector(`[data-anchor="${CSS.escape(anchor)}"]`)));
  body.classList.toggle("with-arrows", shown.length > 0);
  function draw() {
    const box = body.getBoundingClientRect();
    const at = (anchor) => {
      const card = body.querySelector(`[data-anchor="${CSS.escape(anchor)}"]`);
      return card ? card.getBoundingClientRect().top - box.top + 20 : null;
    };
    const ends = shown.map((link) => ({ from: at(link.source), to: at(link.target), relation: link.relation })).filter(({ from, to }) => from !== null && to !== null);
    layer.setAttribute("width", GUTTER);
    layer.setAttribute("height", Math.max(0, body.scrollHeight));
    fill(layer, ends.map(({ from, to, relation }, index) => arrow(from, to, relation, index)));
  }
  const watch = new ResizeObserver(draw);
  watch.observe(body);
  return { draw, end: () => watch.disconnect() };
}

function arrow(from, to, relation, index) {
  const lane = Math.max(3, GUTTER - 9 - index * 4);
  const bend = Math.min(7, Math.abs(from - to) / 2);
  const up = to < from ? -1 : 1;
  return el("svg:g", { class: `arrow ${relation}` },
    el("svg:path", { attrs: { d: `M${GUTTER} ${from}H${lane + bend}Q${lane} ${from} ${lane} ${from + up * bend}V${to - up * bend}Q${lane} ${to} ${lane + bend} ${to}H${GUTTER - 5}` } }),
    el("svg:path", { class: "arrowhead", attrs: { d: `M${GUTTER} ${to}l-7 -4v8z` } }),
    el("svg:circle", { attrs: { cx: GUTTER, cy: from, r: 2.5 } }));
}
