/** The style of the map: a quiet base, then what is told. Colours are the tokens of the style sheet, so both themes are one style. */

import { token } from "../theme.js";

const FONT = ["Noto Sans Regular"];
export const EMPTY = { type: "FeatureCollection", features: [] };

/** Layers that can be switched, by the name in the state, in the order of the legend. */
export const SWITCHES = {
  names: ["place-names"],
  regions: ["region-fill", "region-line", "region-names"],
  strikes: ["strikes"],
  movements: ["movements"],
  distances: ["distance-rings", "distance-lines", "distance-names"],
  coverage: ["coverage"],
  review: ["reviews"],
};

/** @param {Object} base layers of loadBase() @param {Object<string, Object>} data GeoJSON of what is told, by source */
export function styleOf(base, data, on) {
  const sources = {};
  for (const [name, content] of Object.entries(base)) sources[`base-${name}`] = { type: "geojson", data: content, tolerance: 0.3 };
  sources["base-names"].attribution = "Natural Earth";
  for (const [name, content] of Object.entries(data)) sources[name] = { type: "geojson", data: content };
  sources.settlements.promoteId = "i";
  sources.settlements.tolerance = 0;
  sources.settlements.maxzoom = 10;
  const layers = [...ground(), ...told(), ...writing()];
  for (const [name, ids] of Object.entries(SWITCHES)) {
    for (const layer of layers) if (ids.includes(layer.id)) layer.layout = { ...layer.layout, visibility: on.includes(name) ? "visible" : "none" };
  }
  return { version: 8, glyphs: `${location.origin}/static/glyphs/{fontstack}/{range}.pbf`, sources, layers };
}

function line(id, source, color, width, more = {}) {
  return {
    id, type: "line", source, layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": color, "line-width": width, ...more },
  };
}

function zoomed(...stops) {
  return ["interpolate", ["linear"], ["zoom"], ...stops];
}

function ground() {
  const water = token("--map-water");
  return [
    { id: "water", type: "background", paint: { "background-color": water } },
    { id: "land", type: "fill", source: "base-land", paint: { "fill-color": token("--map-land"), "fill-antialias": true } },
    { ...line("rivers", "base-rivers", token("--map-river"), zoomed(3, 0.4, 8, 1.6)) },
    { id: "lakes", type: "fill", source: "base-lakes", paint: { "fill-color": water } },
    { ...line("areas", "base-areas", token("--map-admin"), zoomed(4, 0.5, 9, 1.2), { "line-dasharray": [3, 2] }), minzoom: 4.5 },
    line("borders", "base-borders", token("--map-border"), zoomed(2, 0.5, 8, 1.6)),
    line("disputed", "base-disputed", token("--map-border"), zoomed(2, 0.5, 8, 1.4), { "line-dasharray": [2, 2] }),
  ];
}

function told() {
  const ink = token("--ink");
  return [
    {
      id: "region-fill", type: "fill", source: "regions", filter: ["has", "pattern"],
      paint: { "fill-pattern": ["get", "pattern"], "fill-opacity": 0.5 },
    },
    line("region-line", "regions", ["get", "colour"], 1, { "line-opacity": 0.45 }),
    {
      id: "coverage", type: "circle", source: "coverage",
      paint: {
        "circle-color": token("--accent"), "circle-opacity": ["get", "strength"], "circle-blur": 0.9,
        "circle-radius": zoomed(4, ["*", 12, ["get", "size"]], 8, ["*", 40, ["get", "size"]]),
      },
    },
    line("distance-lines", "distances", ["get", "colour"], 1.2, { "line-dasharray": [4, 3], "line-opacity": 0.8 }),
    {
      id: "settlements", type: "symbol", source: "settlements",
      layout: {
        "icon-image": ["get", "icon"], "icon-size": zoomed(3, 0.32, 5, 0.55, 7, 0.86, 9, 1.1), "icon-allow-overlap": true, "icon-ignore-placement": true,
        "symbol-sort-key": ["get", "order"], "symbol-z-order": "auto",
      },
    },
    {
      id: "strikes", type: "symbol", source: "strikes", minzoom: 4,
      layout: { "icon-image": "quiet-strike", "icon-size": zoomed(4, 0.6, 9, 1), "icon-offset": [15, -13], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
    {
      id: "movements", type: "symbol", source: "movements", minzoom: 4,
      layout: { "icon-image": ["get", "icon"], "icon-size": zoomed(4, 0.6, 9, 1), "icon-offset": [-15, -13], "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
    {
      id: "highlight", type: "circle", source: "highlight",
      paint: { "circle-radius": zoomed(3, 7, 7, 15, 9, 20), "circle-color": "transparent", "circle-stroke-color": ink, "circle-stroke-width": 2 },
    },
    {
      id: "reviews", type: "circle", source: "reviews",
      paint: { "circle-radius": zoomed(3, 5, 9, 17), "circle-color": "transparent", "circle-stroke-color": token("--good"), "circle-stroke-width": 2 },
    },
    line("drawn-area", "drawn", token("--accent"), 2),
  ];
}

function writing() {
  const text = { "text-color": token("--map-label"), "text-halo-color": token("--map-halo"), "text-halo-width": 1.4 };
  const soft = { ...text, "text-color": token("--ink-faint") };
  return [
    {
      id: "country-names", type: "symbol", source: "base-names", maxzoom: 6.5, filter: ["<=", ["get", "zoom"], ["zoom"]],
      layout: { "text-field": ["upcase", ["get", "name"]], "text-font": FONT, "text-size": zoomed(3, 10, 6, 13), "text-letter-spacing": 0.12, "text-max-width": 7, "text-padding": 12 },
      paint: { ...soft, "text-opacity": 0.8 },
    },
    {
      id: "distance-names", type: "symbol", source: "distances", filter: ["==", ["get", "ring"], 1], minzoom: 6,
      layout: { "symbol-placement": "line", "text-field": ["get", "label"], "text-font": FONT, "text-size": 11, "text-offset": [0, -0.8] }, paint: soft,
    },
    {
      id: "place-names", type: "symbol", source: "names", minzoom: 5, filter: ["<=", ["get", "from"], ["zoom"]],
      layout: {
        "text-field": ["case", ["==", ["get", "native"], ""], ["get", "name"], ["format", ["get", "name"], {}, "\n", {}, ["get", "native"], { "font-scale": 0.86, "text-color": token("--ink-soft") }]],
        "text-font": FONT, "text-size": zoomed(5, 11, 9, 14), "text-variable-anchor": ["left", "right", "bottom", "top"],
        "text-radial-offset": zoomed(5, 0.7, 9, 1.25), "text-justify": "auto", "text-padding": 3, "text-max-width": 9, "symbol-sort-key": ["get", "rank"],
      },
      paint: text,
    },
    {
      id: "region-names", type: "symbol", source: "region-points",
      layout: {
        "text-field": ["format", ["upcase", ["get", "name"]], { "font-scale": 0.8 }, "\n", {}, ["get", "said"], { "font-scale": 0.92 }], "text-font": FONT, "text-size": 12, "text-max-width": 12,
        "text-letter-spacing": 0.03, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 2, "text-padding": 6,
      },
      paint: { ...text, "text-color": ["get", "colour"] },
    },
  ];
}
