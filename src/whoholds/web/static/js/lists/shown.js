/** A state in a line, for lists: discs, words, and what there is to beware of. */

import { el } from "../dom.js";
import { discs, sentence } from "../panel/state.js";
import { told } from "../panel/parts.js";

/** Return a state in a line; `shown` is {state, holders, encircled_by}, null where nothing is said. */
export function stateLine(app, shown) {
  if (!shown || !shown.state) return el("span", { class: "faint" }, "Nothing said");
  const said = told(shown);
  return el("span", { class: "state-line" }, discs(app, shown), " ", sentence(app.words.holding(said)),
    shown.state.agreement === "disputed" && el("span", { class: "chip disputed" }, "disputed"),
    shown.state.agreement === "claimed" && shown.state.holding !== "unknown" && el("span", { class: "chip" }, "claimed"));
}
