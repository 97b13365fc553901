/** Taking along what is shown: the same states and claims as files of other programs. */

import { el } from "../dom.js";
import { isoOf } from "../days.js";
import { disclosure } from "../panel/parts.js";

const FORMATS = [
  ["geojson", "GeoJSON", "maps, QGIS"], ["csv", "CSV", "spreadsheets"], ["kml", "KML", "Google Earth"],
  ["geoparquet", "GeoParquet", "data science"], ["acled", "ACLED", "events, in the columns of the codebook"], ["jsonl", "JSON lines", "everything, for another WhoHolds"],
];

/** Return links that download what is shown; `what` names it. @param {Object<string, *>} filters of /export */
export function exportPart(app, filters, what) {
  const state = app.state.get();
  const common = { on: isoOf(app.day()), view: state.view, known_by: app.known(), conflict: state.war };
  return disclosure("Export",
    el("p", { class: "hint" }, `Downloads ${what}. Private persons are shielded, and what is younger than ${app.about.delay_hours} hours on where forces stand is left out.`),
    el("ul", { class: "exports" }, FORMATS.map(([format, label, use]) => el("li", null,
      el("a", { attrs: { href: app.api.address("/export", { format, ...common, ...filters }), download: true } }, label),
      el("span", { class: "faint" }, ` ${use}`)))));
}
