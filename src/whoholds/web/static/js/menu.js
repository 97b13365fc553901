/** The menu: what lies beside the map, and taking what is shown along. */

import { isoOf } from "./days.js";
import { add, el } from "./dom.js";
import { closePopover, togglePopover } from "./popover.js";

const ENTRIES = [
  ["changes", "What changed", "since a day"],
  ["unplaced", "Without a pin", "said, but of no place on the map"],
  ["coverage", "Where anybody reported", "and where it is silent"],
  ["sources", "Sources", "and how their claims fared"],
  ["area", "My area", "draw or load one to watch"],
  ["paste", "Read a text", "see its claims; nothing is saved"],
  ["help", "How to read this map", ""],
];
const FORMATS = [["geojson", "GeoJSON"], ["csv", "CSV"], ["kml", "KML"], ["acled", "ACLED"], ["viina", "VIINA"], ["ged", "UCDP GED"], ["access", "Access table"], ["jsonl", "JSON Lines"], ["geoparquet", "GeoParquet"]];

/** Open the menu under its button. */
export function openMenu(app, button) {
  togglePopover(button, "More", (pane) => {
    const rows = app.about.review ? [...ENTRIES, ["review", "Review", `as ${app.about.reviewer || "a reviewer"}`]] : ENTRIES;
    add(pane, rows.map(([drawer, name, what]) => el("button", {
      class: "row", attrs: { type: "button" },
      on: {
        click: () => {
          closePopover();
          app.state.set({ drawer });
        },
      },
    }, el("span", { class: "grow" }, name), el("span", { class: "faint" }, what))));
    const { view } = app.state.get();
    const shown = { on: isoOf(app.day()), view, known_by: app.known(), conflict: app.conflict() };
    add(pane,
      el("div", { class: "group" }, "Take along what is shown"),
      el("div", { class: "actions" }, FORMATS.map(([format, name]) => el("a", {
        class: "button", attrs: { href: app.api.address("/export", { format, ...shown }), download: "" },
      }, name))),
      el("div", { class: "actions" },
        el("a", { class: "button", attrs: { href: app.api.address("/sitrep", { on: isoOf(app.day()), days: 2, conflict: app.conflict() }), target: "_blank", rel: "noopener" } }, "Situation report"),
        el("button", { class: "button", attrs: { type: "button" }, on: { click: () => print(app) } }, "Print")));
  }, { width: 340 });
}

/** Print by the keys that print as the menu does: what a browser prints by itself has no map. */
export function followPrinting(app) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key !== "p") return;
    event.preventDefault();
    print(app);
  });
}

async function print(app) {
  closePopover();
  // A drawing surface is not kept for printing: its picture is.
  const { keepPicture } = await import("./cite.js");
  await keepPicture(app);
  window.print();
}
