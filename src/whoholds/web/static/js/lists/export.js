/** Taking along what is shown: the same states and claims as files of other programs. */

import { el } from "../dom.js";
import { dayWords, isoOf } from "../days.js";
import { disclosure } from "../panel/parts.js";

const FORMATS = [
  ["geojson", "GeoJSON", "maps, QGIS"], ["csv", "CSV", "spreadsheets"], ["kml", "KML", "Google Earth"],
  ["geoparquet", "GeoParquet", "data science"], ["acled", "ACLED", "events, in the columns of the codebook"], ["jsonl", "JSON lines", "everything, for another WhoHolds"],
];

/** Return links that download the states of the day in the view that is shown, and the claims of that day. */
export function exportPart(app) {
  const given = { on: isoOf(app.day()), view: app.state.get().view };
  const what = `all places on ${dayWords(given.on)}${given.view === "fused" ? "" : ", in the account that is shown"}`;
  return disclosure("Export what is shown",
    el("p", { class: "hint" }, `Downloads ${what}. Private persons are shielded, and what is younger than ${app.about.delay_hours} hours on where forces stand is left out.`),
    el("ul", { class: "exports" }, FORMATS.map(([format, label, use]) => el("li", null,
      el("a", { attrs: { href: app.api.address("/export", { format, ...given }), download: true } }, label),
      el("span", { class: "faint" }, ` ${use}`)))));
}
