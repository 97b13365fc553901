/** Areas and watch-lists: read from GeoJSON or a list of codes, kept in this browser and in the address. */

const KEY = "whoholds.areas";
const MOST_CORNERS = 500;
const MOST_CODES = 200;

/** @typedef {{name: string, polygon: Array<[number, number]>|null, codes: string[]}} Area */

/** @returns {Area[]} */
export function keptAreas() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) || "[]");
    return Array.isArray(found) ? found.filter((area) => area && typeof area.name === "string" && Array.isArray(area.codes)) : [];
  } catch {
    return [];
  }
}

/** @param {Area[]} areas */
export function keepAreas(areas) {
  try {
    localStorage.setItem(KEY, JSON.stringify(areas));
    return true;
  } catch {
    return false;
  }
}

/** Return the words for the address: "36.10 33.20,36.40 33.20,…" or "ids:gn:1,SY0301". @param {Area} area */
export function addressOf(area) {
  if (!area) return "";
  return area.polygon ? `area:${area.polygon.map(([lon, lat]) => `${lon.toFixed(4)} ${lat.toFixed(4)}`).join(",")}` : `ids:${area.codes.join(",")}`;
}

/** Return the area that an address holds, null where it holds none. */
export function areaOf(words) {
  if (words.startsWith("ids:")) {
    const codes = codesIn(words.slice(4));
    return codes.length ? { name: "Watch-list", polygon: null, codes } : null;
  }
  if (!words.startsWith("area:")) return null;
  const polygon = words.slice(5).split(",").map((pair) => pair.trim().split(/\s+/).map(Number));
  return sound(polygon) ? { name: "Area", polygon, codes: [] } : null;
}

/** Return the codes of a list: one a line, or between commas, semicolons and blanks. */
export function codesIn(text) {
  return [...new Set(text.split(/[\s,;]+/).map((code) => code.trim()).filter((code) => /^[\w:.-]{2,40}$/.test(code)))].slice(0, MOST_CODES);
}

/**
 * Return the area of a GeoJSON text; of several polygons the first with the most corners.
 * @throws {Error} in words for the reader
 */
export function fromGeoJson(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error("This is not GeoJSON: the file cannot be read as JSON.");
  }
  const rings = [];
  collect(given, rings);
  const ring = rings.sort((one, other) => other.length - one.length)[0];
  if (!ring) throw new Error("The file holds no polygon.");
  const open = ring.slice(0, same(ring[0], ring.at(-1)) ? -1 : undefined).map(([lon, lat]) => [lon, lat]);
  const step = Math.ceil(open.length / MOST_CORNERS);
  const polygon = open.filter((_, index) => index % step === 0);
  if (!sound(polygon)) throw new Error("The polygon has corners that are no degrees of longitude and latitude (WGS84).");
  const name = given.properties?.name || given.features?.[0]?.properties?.name;
  return { name: typeof name === "string" ? name.slice(0, 80) : "Uploaded area", polygon, codes: [] };
}

function collect(node, rings) {
  if (!node || typeof node !== "object") return;
  if (node.type === "FeatureCollection") for (const each of node.features || []) collect(each, rings);
  else if (node.type === "Feature") collect(node.geometry, rings);
  else if (node.type === "GeometryCollection") for (const each of node.geometries || []) collect(each, rings);
  else if (node.type === "Polygon") rings.push(node.coordinates?.[0] || []);
  else if (node.type === "MultiPolygon") for (const polygon of node.coordinates || []) rings.push(polygon[0] || []);
}

function same(one, other) {
  return Boolean(one && other) && one[0] === other[0] && one[1] === other[1];
}

function sound(polygon) {
  return polygon.length >= 3 && polygon.every((corner) => corner.length === 2 && corner.every(Number.isFinite) && Math.abs(corner[0]) <= 180 && Math.abs(corner[1]) <= 90);
}
