/** Quiet symbols of the days before the one looked at: strikes, movements, clashes, and stated distances as rings. */

import { isoOf } from "../days.js";
import { token } from "../theme.js";
import { EMPTY } from "./style.js";

/** Days before the one looked at whose events are shown. */
export const WINDOW = 6;
const KEPT = 60;
const EARTH_KM = 6371.0088;
const VERDICTS = { reproducible: "--good", only_from_edge: "--warn", not_reproducible: "--bad", uncheckable: "--ink-faint" };

const kept = new Map();

/** Return the symbols of a day, asked for once. */
export function eventsOn(app, day) {
  const params = { first: isoOf(day - WINDOW), last: isoOf(day), conflict: app.conflict() };
  const view = app.state.get().view;
  const key = JSON.stringify([params, view]);
  if (!kept.has(key)) {
    const asked = app.api.get("/events", { ...params, view });
    asked.catch(() => kept.delete(key));
    kept.set(key, asked);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(key);
}

function point(row, properties) {
  return { type: "Feature", properties: { claim: row.claim, id: row.place, ...properties }, geometry: { type: "Point", coordinates: [row.lon, row.lat] } };
}

function collection(features) {
  return features.length ? { type: "FeatureCollection", features } : EMPTY;
}

/** Return strikes, movements (with clashes) and distances as GeoJSON, by source. */
export function quietLayers(events) {
  const placed = (rows) => rows.filter((row) => row.lat !== null && row.stance !== "denies");
  return {
    strikes: collection(once(placed(events.strikes)).map((row) => point(row, {}))),
    movements: collection([
      ...once(placed(events.movements)).map((row) => point(row, { icon: "quiet-move|-1" })),
      ...once(placed(events.clashes)).map((row) => point(row, { icon: "quiet-clash" })),
    ]),
    distances: collection(events.distances.filter((row) => row.reference && row.km_high !== null).flatMap(distance)),
  };
}

function once(rows) {
  const seen = new Set();
  return rows.filter((row) => !seen.has(row.place) && seen.add(row.place));
}

function distance(row) {
  const colour = token(VERDICTS[row.verdict] || "--ink-faint");
  const label = `${row.as_written || `${row.km_high} km`} from ${row.reference.name} – ${row.source}`;
  const common = { claim: row.claim, id: row.place, colour, label };
  const radii = [...new Set([row.km_low, row.km_high])].filter((km) => km > 0);
  const rings = radii.map((km, at) => ({
    type: "Feature", properties: { ...common, ring: at === radii.length - 1 ? 1 : 0 },
    geometry: { type: "LineString", coordinates: circle(row.reference, km) },
  }));
  return rings;
}

/** Return the points at a distance from a place on the sphere. */
export function circle({ lat, lon }, km, steps = 96) {
  const from = (lat * Math.PI) / 180;
  const reach = km / EARTH_KM;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const bearing = (step / steps) * 2 * Math.PI;
    const to = Math.asin(Math.sin(from) * Math.cos(reach) + Math.cos(from) * Math.sin(reach) * Math.cos(bearing));
    const turn = Math.atan2(Math.sin(bearing) * Math.sin(reach) * Math.cos(from), Math.cos(reach) - Math.sin(from) * Math.sin(to));
    return [lon + (turn * 180) / Math.PI, (to * 180) / Math.PI];
  });
}

/** Return how much was heard of each settlement up to a day: a halo where it was, nothing where nobody reported. */
export function coverageOn(atlas, day, within = 30) {
  const features = [];
  for (let place = 0; place < atlas.count; place += 1) {
    if (atlas.places.region[place]) continue;
    let heard = 0;
    for (let state = atlas.begins[place]; state < atlas.begins[place + 1]; state += 1) {
      if (atlas.states.pale[state]) continue;
      for (const said of [atlas.first[state], atlas.lastSaid[state]]) if (said > day - within && said <= day) heard += 1;
    }
    if (!heard) continue;
    features.push({
      type: "Feature", properties: { size: Math.min(2.2, 0.7 + Math.sqrt(heard) / 3), strength: Math.min(0.55, 0.22 + heard * 0.06) },
      geometry: { type: "Point", coordinates: [atlas.places.lon[place], atlas.places.lat[place]] },
    });
  }
  return collection(features);
}
