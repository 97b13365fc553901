/** Deciding on a claim: confirm, reject, move, mark as impersonated, each with a reason; or take the last decision back. */

import { announce, el, fill, settled } from "../dom.js";
import { keep, token } from "./token.js";

const VERDICTS = [
  ["confirmed", "Confirm", "The reading is right."],
  ["rejected", "Reject", "The reading is wrong: it is heard no more."],
  ["moved", "Move the place", "It is about another place."],
  ["impersonated", "Impersonated", "It was not said by whom it claims: it is heard no more."],
];

/** Return the button that opens the form, and the form. */
export function reviewControls(app, cited, { review, changed } = {}) {
  const host = el("div", { class: "review-form", attrs: { hidden: true } });
  const open = el("button", { class: "as-link", attrs: { type: "button", "aria-expanded": "false" }, on: { click: toggle } }, "Review");
  function toggle() {
    host.hidden = !host.hidden;
    open.setAttribute("aria-expanded", String(!host.hidden));
    if (host.hidden) return;
    fill(host, form(app, cited, review, done));
    host.querySelector("input, select, textarea")?.focus();
  }
  function done(answer) {
    host.hidden = true;
    open.setAttribute("aria-expanded", "false");
    const stands = answer.items.find((item) => item.stands);
    announce(stands ? `Kept: ${stands.verdict} by ${stands.reviewer}` : "Kept");
    reloaded(app);
    changed?.(answer);
  }
  return [open, host];
}

/** Ask for the maps anew after a decision: timelines changed. */
function reloaded(app) {
  app.atlases?.forget?.();
}

function form(app, cited, review, done) {
  const said = el("p", { class: "form-note", attrs: { role: "alert" } });
  const secret = el("input", { attrs: { type: "password", autocomplete: "off", required: true } });
  const place = el("div", { class: "field", attrs: { hidden: true } });
  const moved = placePicker(app, place);
  const reason = el("textarea", { attrs: { rows: 2, required: true, maxlength: 2000 } });
  const standing = review && review.verdict !== "withdrawn";
  const choices = standing ? [...VERDICTS, ["withdrawn", "Take the decision back", "Nothing stands: the claim is heard as it was read."]] : VERDICTS;
  const name = `verdict-${cited.claim}`;
  const radios = choices.map(([value, label, hint]) => el("label", { class: "choice" },
    el("input", { attrs: { type: "radio", name, value, required: true }, on: { change: () => { place.hidden = value !== "moved"; } } }),
    el("span", null, el("strong", null, label), el("span", { class: "faint" }, ` ${hint}`))));
  const needed = !token();
  const send = el("button", { class: "button primary", attrs: { type: "submit" } }, "Keep the decision");
  return el("form", { on: { submit: async (event) => {
    event.preventDefault();
    const verdict = event.target.querySelector(`input[name="${CSS.escape(name)}"]:checked`)?.value;
    if (!verdict || !reason.value.trim() || (verdict === "moved" && !moved())) {
      said.textContent = verdict === "moved" && !moved() ? "Choose the place that it is about." : "Choose a verdict and give a reason.";
      return;
    }
    if (needed || secret.value) keep(secret.value.trim());
    send.disabled = true;
    try {
      done(await decide(app, { anchor: cited.anchor, claim: cited.claim, verdict, reason: reason.value.trim(), ...(verdict === "moved" ? { place: moved() } : {}) }));
    } catch (error) {
      if (error.status === 401) keep("");
      said.textContent = error.status === 401 ? "That is not the token that the server printed when it started." : error.message;
      send.disabled = false;
    }
  } } },
  el("fieldset", null, el("legend", null, `What is your verdict, ${app.about.reviewer || "reviewer"}?`), radios),
  place,
  el("label", { class: "field" }, "Reason", reason),
  (needed) && el("label", { class: "field" }, "Token (printed by the server, asked for once a tab)", secret),
  el("div", { class: "buttons" }, send), said);
}

/** Send a decision; the answer is the history of the claim. */
export function decide(app, decision) {
  return app.api.post("/reviews", decision, { token: token() });
}

/** Draw a search for a place into `host`; returns what gives the id chosen, "" while there is none. */
function placePicker(app, host) {
  let chosen = "";
  const results = el("ul", { class: "pick", attrs: { "aria-label": "Places found" } });
  const input = el("input", { attrs: { type: "search", "aria-label": "The place that it is about", placeholder: "Name of the place, any script" } });
  const seek = settled(async () => {
    if (input.value.trim().length < 2) return;
    const found = await app.api.get("/search", { q: input.value.trim() }).catch(() => ({ places: [] }));
    fill(results, found.places.slice(0, 6).map((each) => el("li", null, el("label", { class: "choice" },
      el("input", { attrs: { type: "radio", name: "moved-to", value: each.id }, on: { change: () => { chosen = each.id; } } }),
      el("span", null, each.name, el("span", { class: "faint" }, ` ${[each.feature !== "settlement" && each.feature, ...[...new Set(each.admin)].reverse()].filter(Boolean).join(", ")}`))))));
  }, 250);
  input.addEventListener("input", seek);
  host.append(el("span", null, "Where it belongs"), input, results);
  return () => chosen;
}
