/** The drawer beside the map: one at a time, loaded when it is first opened. */

import { announce, el, fill, one } from "./dom.js";

const DRAWERS = {
  place: ["Place", () => import("./panel/place.js")],
  report: ["Report", () => import("./reader/report.js")],
  paste: ["Read a text", () => import("./reader/paste.js")],
  sources: ["Sources", () => import("./lists/sources.js")],
  changes: ["What changed", () => import("./lists/changes.js")],
  differs: ["What differs", () => import("./differs.js")],
  area: ["My area", () => import("./lists/area.js")],
  search: ["Search", () => import("./lists/search.js")],
  coverage: ["Where anybody reported", () => import("./lists/coverage.js")],
  unplaced: ["Without a pin", () => import("./lists/unplaced.js")],
  help: ["How to read this map", () => import("./help.js")],
  review: ["Review", () => import("./review/review.js")],
};

const NO_LONGER_SHOWN = { drawer: "", place: "", report: "", claim: "" };

/** Open and close drawers as the state says. */
export function createDrawers(app) {
  const host = one("#drawer");
  const body = el("div", { class: "drawer-body", attrs: { tabindex: "0", role: "region", "aria-label": "Details" } });
  const title = el("div", { class: "title" });
  const close = el("button", { class: "button quiet icon", attrs: { type: "button", "aria-label": "Close (Esc)", title: "Close (Esc)" }, on: { click: shut } }, "✕");
  host.append(el("div", { class: "drawer-head" }, title, close), body);
  let open = "";
  let mounted = null;
  let returnTo = null;

  function shut() {
    app.state.set(NO_LONGER_SHOWN);
    if (returnTo && returnTo.isConnected) returnTo.focus({ preventScroll: true });
    returnTo = null;
  }

  async function show(state) {
    const wanted = state.drawer in DRAWERS ? state.drawer : "";
    if (wanted === open) {
      mounted?.update?.(state);
      return;
    }
    if (mounted) mounted.unmount?.();
    mounted = null;
    if (!open) returnTo = document.activeElement;
    open = wanted;
    host.hidden = !wanted;
    document.body.classList.toggle("with-drawer", Boolean(wanted));
    app.map?.padded();
    fill(body);
    body.scrollTop = 0;
    if (!wanted) return;
    const [name, load] = DRAWERS[wanted];
    title.textContent = name;
    host.setAttribute("aria-label", name);
    announce(`${name} is open`);
    try {
      const module = await load();
      if (open !== wanted) return;
      mounted = module.mount(body, app);
      host.focus({ preventScroll: true });
    } catch (error) {
      if (open !== wanted) return;
      fill(body, el("p", { class: "drawer-note", attrs: { role: "alert" } }, `This could not be shown: ${error.message}`));
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && !event.defaultPrevented) shut();
  });
  app.state.watch(["drawer", "place", "report", "claim", "on", "known", "view", "q", "area", "war", "against", "day2"], (state) => show(state));
  show(app.state.get());
  return { close: shut };
}
