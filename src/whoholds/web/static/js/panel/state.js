/** Who holds a place on the day: the answer in large, with since when, how far accounts agree, and how well it is supported. */

import { el } from "../dom.js";
import { dayWords } from "../days.js";
import { button, disc, force, placeLink, told } from "./parts.js";

const RUNGS = ["one_sided", "single", "independent", "cross_party"];
const HOLDING = {
  controlled: "Held by", shared: "Shared by", divided: "Divided: parts are held by", contested: "Contested: fighting inside between",
  vacated: "Vacated", unknown: "Not known",
};

/** Draw the answer of /places/ID. */
export function stateCard(app, answer, argument) {
  if (!answer.state) return unspoken(app, answer);
  const { state } = answer;
  const shown = told(answer);
  return el("section", { class: "holding", attrs: { "data-holding": state.holding, "data-agreement": state.agreement, "aria-label": "Who holds it" } },
    el("p", { class: "day" }, dayWords(answer.day), answer.view_name && ` · by the account of ${app.words.named(answer.view_name)}`, answer.known_by && ` · as known on ${dayWords(answer.known_by)}`),
    el("p", { class: "head" }, headline(app, answer, shown)),
    el("p", { class: "since" }, sentence(app.words.since(shown)),
      state.last_said && state.holding !== "unknown" && el("span", { class: older(answer) ? "faint old" : "faint" }, ` · last said ${dayWords(state.last_said)}`)),
    surrounded(app, answer, shown),
    answer.inherited_from && el("p", { class: "soft" }, "As told of ", placeLink(app, answer.inherited_from), " as a whole; nobody has spoken of this place itself."),
    el("dl", { class: "axes" },
      el("div", null, el("dt", null, "Accounts"), el("dd", null, agreement(app, answer))),
      state.tier && el("div", null, el("dt", null, "Support"), el("dd", null, ladder(state.tier), el("span", null, support(app, state, argument))))),
    beware(app, state));
}

function headline(app, answer, shown) {
  const { state } = answer;
  const parties = shown.holders.map((party, index) => [index > 0 && (index === shown.holders.length - 1 ? " and " : ", "), force(app, party)]);
  if (state.holding === "vacated") return ["Vacated", el("span", { class: "aside" }, " – nobody is known to have taken it")];
  if (state.holding === "unknown") return ["Nobody is known to hold it"];
  if (state.holding === "contested" && shown.holders.length === 1) return ["Contested: fighting inside, by ", parties];
  return [`${HOLDING[state.holding] || state.holding} `, parties];
}

function surrounded(app, answer, shown) {
  if (!answer.encircled_by.length) return null;
  const hedged = shown.flags.includes("encirclement_hedged") ? "Reportedly surrounded" : "Surrounded";
  return el("p", { class: "ring" }, `${hedged} by `, answer.encircled_by.map((party, index) => [index > 0 && ", ", force(app, party)]));
}

function agreement(app, answer) {
  const { state } = answer;
  const denied = answer.denials.length > 0;
  if (state.holding === "unknown") return "nothing to agree on";
  if (state.agreement === "claimed" && state.tier === "one_sided") return el("strong", null, "claimed: only its own side says so");
  const said = app.words.agreement(state.agreement);
  if (state.agreement === "disputed") return el("strong", null, denied ? `disputed: ${denialsInWords(app, answer)}` : said);
  return denied ? `${state.agreement === "unopposed" ? "" : `${said}; `}${denialsInWords(app, answer)}` : said;
}

function denialsInWords(app, answer) {
  const scopes = { exact: () => "", contains: (place) => ` (for ${place}, which contains it)`, within: (place) => ` (for ${place}, which lies in it)` };
  const said = answer.denials.map((denied) => `${app.words.named(denied.by.source)} denies it${scopes[denied.scope](denied.by.place?.name || denied.by.place_as_written || "a place")}`);
  return [...new Set(said)].join("; ");
}

function support(app, state, argument) {
  const counted = argument && argument.origins ? ` (${app.words.count(argument.origins, "origin")}, ${app.words.count(argument.reports, "report")})` : "";
  return app.words.tier(state.tier) + counted;
}

/** Return a small ladder: how many of four rungs a tier stands on; the words beside it say which. */
function ladder(tier) {
  const height = tier === "observed" ? 4 : RUNGS.indexOf(tier) + 1;
  return el("span", { class: "ladder", attrs: { "aria-hidden": "true" } }, RUNGS.map((_, rung) => el("i", { class: rung < height ? "on" : "" })));
}

function beware(app, state) {
  const shown = state.flags.filter((flag) => !["denied_by", "encirclement_hedged"].includes(flag));
  return shown.length > 0 && el("ul", { class: "flags", attrs: { "aria-label": "To beware of" } }, shown.map((flag) => el("li", { class: "chip" }, app.words.flag(flag))));
}

function older(answer) {
  return answer.state.last_said && answer.state.last_said < answer.day;
}

/** Nothing is told on this day: say whether the view never spoke, or not yet. */
function unspoken(app, answer) {
  const who = answer.view_name ? app.words.named(answer.view_name) : "";
  const head = who ? `${sentence(who)} has not spoken of ${answer.place.name}${answer.spoken ? " by this day" : ""}` : answer.spoken ? "Nothing was said of who held it by this day" : "No report says who holds it";
  const timeline = answer.timelines.find((row) => row.view === answer.view);
  const days = (timeline?.stretches || []).map((stretch) => stretch.state.interval.first || stretch.state.interval.last).filter(Boolean);
  return el("section", { class: "holding unspoken", attrs: { "aria-label": "Who holds it" } },
    el("p", { class: "day" }, dayWords(answer.day), answer.known_by && ` · as known on ${dayWords(answer.known_by)}`),
    el("p", { class: "head" }, head),
    el("p", { class: "soft" }, "Silence is no news: blank is not quiet, and nothing is filled in from the neighbours."),
    el("div", { class: "buttons" },
      days[0] && button(`Go to ${dayWords(days[0])}, when it first did`, () => app.state.set({ on: days[0] })),
      who && button("Hear all accounts together", () => app.state.set({ view: "fused" }))));
}

/** Return words with a capital. */
export function sentence(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : text;
}

/** Return the discs of a state's holders, for lists. */
export function discs(app, shown) {
  return shown ? shown.holders.map((party) => disc(app, party.side)) : [];
}
