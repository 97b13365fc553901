/** What all drawers are built of: sections, waiting and problems, discs of sides, links to places. */

import { add, el, fill } from "../dom.js";
import { dayWords } from "../days.js";

const STANCES = { asserts: "says", denies: "denies", hedges: "says with reservations", unacknowledged: "does not acknowledge" };

/** Return what a source does with a claim: "denies". */
export function stanceWords(stance) {
  return STANCES[stance] || stance;
}

/** Return the war that is looked at, "" for all of them. */
export function conflictOf(app) {
  return app.conflict ? app.conflict() : app.state.get().war;
}

/** Return a heading with what stands under it. */
export function section(title, ...children) {
  return el("section", { class: "part" }, el("h3", null, title), children);
}

/** Return what opens on demand. */
export function disclosure(title, ...children) {
  return el("details", { class: "fold" }, el("summary", null, title), el("div", { class: "fold-body" }, children));
}

/** Return a line for where there is nothing, which says what that means. */
export function nothing(...text) {
  return el("p", { class: "nothing" }, text);
}

/** Return a button. */
export function button(text, act, how = {}) {
  return el("button", { class: `button ${how.class || ""}`, attrs: { type: "button", ...(how.attrs || {}) }, on: { click: act } }, text);
}

/** Return a button that reads like a link. */
export function linkButton(text, act, attrs = {}) {
  return el("button", { class: "as-link", attrs: { type: "button", ...attrs }, on: { click: act } }, text);
}

/** Return what tells of a failure. */
export function problem(error) {
  return el("p", { class: "drawer-note", attrs: { role: "alert" } }, error.title && error.title !== error.message ? `${error.title}: ` : "", error.message);
}

/**
 * Make something that asks the server and draws the answer; a later question makes an earlier one void.
 * @param {HTMLElement} host
 */
export function asking(host) {
  let turn = 0;
  let current = null;
  return {
    /** @param {(signal: AbortSignal) => Promise<*>} ask @param {(answer: *) => void} draw */
    async ask(ask, draw) {
      turn += 1;
      const own = turn;
      current?.abort();
      current = new AbortController();
      host.setAttribute("aria-busy", "true");
      if (!host.childNodes.length) fill(host, el("p", { class: "waiting", attrs: { role: "status" } }, "Asking…"));
      try {
        const answer = await ask(current.signal);
        if (own === turn) draw(answer);
      } catch (error) {
        if (own === turn && error.name !== "AbortError") fill(host, problem(error));
      } finally {
        if (own === turn) host.removeAttribute("aria-busy");
      }
    },
    end() {
      turn += 1;
      current?.abort();
    },
  };
}

/** Return the disc of a side: its colour and its letter; the words beside it name it. */
export function disc(app, side) {
  const found = app.sides.get(side || "");
  return el("span", { class: "side", attrs: { "data-side": found.colour >= 0 ? found.colour : null, "aria-hidden": "true" } }, found.letter);
}

/** Return a force with its disc. */
export function force(app, party) {
  return el("span", { class: "force" }, disc(app, party.side), " ", party.name);
}

/** Return a link that opens a place in the panel. */
export function placeLink(app, place, text) {
  const url = app.state.url({ drawer: "place", place: place.id, claim: "" });
  return el("a", {
    class: "place-link", attrs: { href: url },
    on: { click: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      openPlace(app, place);
    }, ...lighting(app, [place.id]) },
  }, text || place.name);
}

/** Open a place in the panel and bring it into sight. */
export function openPlace(app, place, more = {}) {
  app.state.set({ drawer: "place", place: place.id, claim: "", ...more });
  if (Number.isFinite(place.lat) && Number.isFinite(place.lon)) app.map?.fly?.([place.lon, place.lat]);
}

/** Return listeners that light places on the map while a row is pointed at or has the focus. */
export function lighting(app, ids) {
  const light = () => app.map?.highlight?.(ids);
  const dark = () => app.map?.highlight?.([]);
  return { mouseenter: light, focusin: light, mouseleave: dark, focusout: dark };
}

/** Return the native name of a place as a browser writes it: the map's document has it shaped for drawing from left to right. */
export function nativeName(shaped) {
  if (!shaped) return "";
  return /[\uFB50-\uFDFF\uFE70-\uFEFF]/.test(shaped) ? [...shaped].reverse().join("").normalize("NFKC") : shaped;
}

/** Return a name in its own script, with its direction. */
export function native(shaped) {
  const text = nativeName(shaped);
  return text && el("bdi", { class: "native" }, text);
}

/** Return the day of an event in words: EDTF, either end may be open. */
export function whenWords(edtf) {
  if (!edtf) return "";
  const [first, last] = edtf.split("/");
  if (last === undefined) return dayWords(first);
  if (first === ".." || !first) return `until ${dayWords(last)}`;
  if (last === ".." || !last) return `from ${dayWords(first)}`;
  return `${dayWords(first)} to ${dayWords(last)}`;
}

/** Return a state of an answer in the form that the words of the page take. */
export function told(shown) {
  const { state } = shown;
  return {
    holding: state.holding, holders: shown.holders, encircled: shown.encircled_by, flags: state.flags, agreement: state.agreement, tier: state.tier || "",
    first: state.interval.first, last: state.interval.last, by: !state.starts_known, lastSaid: state.last_said,
  };
}

/** Return a field with its label. */
export function field(label, input, hint) {
  const id = `f${(field.count = (field.count || 0) + 1)}`;
  input.setAttribute("id", id);
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return el("div", { class: "field" }, el("label", { attrs: { for: id } }, label), input, hint && el("p", { class: "hint", attrs: { id: `${id}-hint` } }, hint));
}

/** Draw a list step by step: `most` rows first, the rest on demand. */
export function rows(items, draw, { most = 50, class: names = "rows", label = "" } = {}) {
  const list = el("ul", { class: names, attrs: { "aria-label": label || null } });
  const host = el("div", null, list);
  let from = 0;
  const more = button("", () => step(true), { class: "more" });
  function step(focus) {
    const fresh = items.slice(from, from + most).map((item) => el("li", null, draw(item)));
    add(list, fresh);
    from += fresh.length;
    if (focus) fresh[0]?.querySelector("a, button")?.focus();
    if (from < items.length) {
      more.textContent = `Show ${Math.min(most, items.length - from)} more of ${items.length - from}`;
      host.append(more);
    } else more.remove();
  }
  step(false);
  return host;
}
