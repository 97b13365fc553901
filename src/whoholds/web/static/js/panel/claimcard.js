/** One claim as a card: who says it, what, of where, in which words, printed where. */

import { el, outside } from "../dom.js";
import { dayShort } from "../days.js";
import { reviewControls } from "../review/controls.js";
import { disc, lighting, linkButton, placeLink, stanceWords, whenWords } from "./parts.js";

const RELATIONS = { outskirts: "on the outskirts of", near: "near", direction_of: "in the direction of", around: "around" };
const EXTENTS = { whole: "the whole of", most: "most of", part: "a part of", percent: "a share of", facility: "a facility in" };

/** Return what a claim says, briefly: "capture by the rebels". */
export function whatWords(app, cited) {
  const kind = app.words.kind(cited.kind);
  return cited.actor ? `${kind} by ${cited.actor}` : kind;
}

/** Return where a claim is about, as a link; "no place named" where it names none. */
function whereOf(app, cited, here) {
  const how = [RELATIONS[cited.relation], EXTENTS[cited.extent]].filter(Boolean).join(" ");
  if (!cited.place) return [` – ${how ? `${how} ` : ""}`, cited.place_as_written ? `“${cited.place_as_written}” (no pin)` : "no place named"];
  if (cited.place.id === here) return how ? ` – ${how} it` : "";
  return [` – ${how ? `${how} ` : ""}`, placeLink(app, cited.place)];
}

/**
 * Return the card of a claim.
 * @param {Object} app @param {Object} cited
 * @param {{here?: string, notes?: Array, body?: Array, tone?: string, review?: Object|null, changed?: () => void}} [how]
 *   here: the place whose panel this is; notes: lines under the quote; tone: a class for what the card does to the state;
 *   review: the decision that stands; changed: called after a decision
 */
export function claimCard(app, cited, how = {}) {
  const speaker = cited.own_voice ? `${cited.source}, in its own voice` : cited.source;
  const printed = cited.published ? dayShort(cited.published) : "undated";
  const when = whenWords(cited.when);
  const silenced = how.review && ["rejected", "impersonated"].includes(how.review.verdict);
  const chosen = app.state.get().claim === cited.claim;
  return el("article", {
    class: `claim ${how.tone || ""} stance-${cited.stance} ${silenced ? "silenced" : ""} ${chosen ? "chosen" : ""}`,
    attrs: { "data-claim": cited.claim, "data-anchor": cited.anchor, tabindex: "-1", "aria-label": `${speaker} ${stanceWords(cited.stance)}: ${whatWords(app, cited)}` },
    on: cited.place ? lighting(app, [cited.place.id]) : {},
  },
  el("header", null,
    cited.speaks_for && disc(app, cited.speaks_for),
    el("h4", null, speaker),
    el("span", { class: `chip stance ${cited.stance}` }, stanceWords(cited.stance))),
  el("p", { class: "what" }, whatWords(app, cited), cited.euphemism && " – in a word that may hide more", whereOf(app, cited, how.here), when && el("span", { class: "faint" }, ` · ${when}`)),
  el("blockquote", null, `“${cited.quote}”`),
  how.notes,
  el("footer", null,
    cited.url ? outside(cited.url, cited.publisher || "the report") : cited.publisher || "publisher unknown", ` · ${printed}`,
    el("span", { class: "acts" },
      linkButton("Read it in the report", () => app.state.set({ drawer: "report", report: cited.report, claim: cited.claim }), { "aria-label": `Read ${speaker}’s words in the report` }),
      app.about.review && reviewControls(app, cited, how)),
  ),
  how.review && el("p", { class: `verdict ${how.review.verdict}` }, verdictWords(how.review)),
  how.body);
}

/** Return a standing decision in words. */
export function verdictWords(review) {
  const did = { confirmed: "Confirmed", rejected: "Rejected: not heard", moved: "Moved to another place", impersonated: "Marked as impersonated: not heard", withdrawn: "Decision taken back" }[review.verdict] || review.verdict;
  return `${did} by ${review.reviewer}, ${review.at.slice(0, 10)}: “${review.reason}”`;
}
