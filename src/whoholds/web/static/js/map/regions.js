/** What is claimed of whole regions: a label and a light hatch within the boundary, and nothing about any place in it. */

import { EMPTY } from "./style.js";
import { colourOf } from "./symbols.js";

const areas = new Map();

/** Ask for the boundary of a region once; null where there is none. */
function boundary(api, id) {
  if (!areas.has(id)) {
    areas.set(id, api.get(`/areas/${encodeURIComponent(id)}`).then((found) => found.geometry || found.features?.[0]?.geometry || null, () => null));
  }
  return areas.get(id);
}

/**
 * Return the regions that hold a state on a day.
 * @returns {{id: string, name: string, lon: number, lat: number, country: boolean, told: import("../timelines.js").Told}[]}
 */
export function regionsOn(atlas, day) {
  const found = [];
  const country = atlas.codes.feature?.indexOf("country") ?? -1;
  for (let place = 0; place < atlas.count; place += 1) {
    if (!atlas.places.region[place]) continue;
    const told = atlas.stateOn(day, place);
    if (!told || (told.holding === "unknown" && !told.holders.length)) continue;
    const { id, name, lat, lon, feature } = atlas.places;
    found.push({ id: id[place], name: name[place], lon: lon[place], lat: lat[place], country: feature[place] === country, told });
  }
  return found;
}

/** Return the labels of regions on a day, as points. */
export function regionPoints(rows, app) {
  return {
    type: "FeatureCollection",
    features: rows.map((row) => {
      const side = sideOf(row, app);
      return {
        type: "Feature", properties: { id: row.id, name: row.name, said: said(row, side), colour: colourOf(side.colour) },
        geometry: { type: "Point", coordinates: [row.lon, row.lat] },
      };
    }),
  };
}

/** A region has the colour of a side only where one is told to hold it; what is divided or fought over is nobody's. */
function sideOf(row, app) {
  return row.told.holding === "controlled" ? app.sides.of(row.told.holders[0]) : app.sides.unknown;
}

function said(row, side) {
  const { holding, agreement } = row.told;
  if (holding === "controlled") return `${{ claimed: "claimed whole by", disputed: "disputed:" }[agreement] || "told whole of"} ${side.letter} ${side.short}`;
  return holding;
}

/** Return the hatched areas of regions on a day; boundaries come from the server, once each. Countries are labelled only. */
export async function regionAreas(rows, app) {
  const drawn = rows.filter((row) => !row.country && row.told.holders.length);
  const shapes = await Promise.all(drawn.map((row) => boundary(app.api, row.id)));
  const features = drawn.map((row, at) => {
    const side = sideOf(row, app);
    return shapes[at] && {
      type: "Feature", properties: { id: row.id, pattern: `h|${side.pattern}|${side.colour}`, colour: colourOf(side.colour) }, geometry: shapes[at],
    };
  });
  return features.some(Boolean) ? { type: "FeatureCollection", features: features.filter(Boolean) } : EMPTY;
}
