/** One map on the page: the base, and what one view tells on one day. A comparison has two. */

import { token } from "../theme.js";
import { coverageOn, eventsOn, quietLayers } from "./quiet.js";
import { regionAreas, regionPoints, regionsOn } from "./regions.js";
import { Settlements } from "./settlements.js";
import { EMPTY, styleOf, SWITCHES } from "./style.js";
import { imageOf, RATIO } from "./symbols.js";

const SOURCES = ["regions", "coverage", "distances", "settlements", "strikes", "movements", "highlight", "reviews", "drawn", "region-points", "names"];
const ALL_AT_ONCE = 0.5;

/** A map that shows an atlas on a day. */
export class Canvas {
  /** @param {HTMLElement} container @param {Object} app @param {Object} base @param {Object} [how] options of MapLibre's map */
  constructor(container, app, base, how = {}) {
    this.app = app;
    this.base = base;
    this.data = Object.fromEntries(SOURCES.map((name) => [name, EMPTY]));
    this.atlas = null;
    this.day = null;
    const reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = new window.maplibregl.Map({
      container, style: styleOf(base, this.data, app.state.get().layers), attributionControl: false, dragRotate: false, pitchWithRotate: false,
      touchPitch: false, maxPitch: 0, minZoom: 1.5, maxZoom: 11, fadeDuration: reduced ? 0 : 150, renderWorldCopies: false,
      transformRequest: localGlyphs, locale: { "Map.Title": "Map of reported control" }, ...how,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on("styleimagemissing", ({ id }) => this.image(id));
    this.ready = new Promise((resolve) => this.map.once("style.load", resolve));
  }

  image(id) {
    if (this.map.hasImage(id)) return;
    const image = imageOf(id);
    if (image) this.map.addImage(id, image, { pixelRatio: RATIO });
  }

  /** Show an atlas on a day; only what changed is written. */
  show(atlas, day, fused) {
    if (atlas !== this.atlas || fused !== this.fused) {
      this.atlas = atlas;
      this.fused = fused;
      this.settlements = new Settlements(atlas, fused, this.app.sides);
      this.day = day;
      this.settlements.step(day);
      this.set("settlements", this.settlements.collection());
      this.set("names", this.settlements.collection());
    } else if (day !== this.day) {
      this.day = day;
      this.step(this.settlements.step(day));
    } else return;
    this.around();
  }

  /** Hand changed symbols to MapLibre: the difference, or all where most have changed. */
  step(changed) {
    if (!changed.length) return;
    const source = this.map.getSource("settlements");
    if (changed.length > this.settlements.features.length * ALL_AT_ONCE) source.setData(this.settlements.collection());
    else source.updateData(this.settlements.difference(changed));
  }

  /** Regions, coverage and quiet symbols of the day; those that need the server come when they come. */
  async around() {
    const { app, atlas, day } = this;
    const rows = regionsOn(atlas, day);
    const layers = app.state.get().layers;
    const still = () => this.atlas === atlas && this.day === day && !this.gone;
    const before = this.regionKey;
    this.regionKey = rows.map((row) => `${row.id}${row.told.index}`).join();
    if (this.regionKey !== before) {
      this.set("region-points", regionPoints(rows, app));
      regionAreas(rows, app).then((areas) => still() && this.set("regions", areas));
    }
    this.set("coverage", layers.includes("coverage") ? coverageOn(atlas, day) : EMPTY);
    if (!["strikes", "movements", "distances"].some((name) => layers.includes(name))) return;
    clearTimeout(this.asking);
    this.asking = setTimeout(async () => {
      const events = await eventsOn(app, day).catch(() => null);
      if (!events || !still()) return;
      this.events = events;
      for (const [name, data] of Object.entries(quietLayers(events))) this.set(name, data);
    }, 180);
  }

  set(name, data) {
    if (data === EMPTY && this.data[name] === EMPTY) return;
    this.data[name] = data;
    this.map.getSource(name)?.setData(data);
  }

  /** Switch layers as the state says. */
  switched(on) {
    for (const [name, ids] of Object.entries(SWITCHES)) {
      for (const id of ids) if (this.map.getLayer(id)) this.map.setLayoutProperty(id, "visibility", on.includes(name) ? "visible" : "none");
    }
    if (this.atlas) this.around();
  }

  /** Draw everything anew in the colours of another theme. */
  themed() {
    if (this.atlas) {
      this.data.settlements = this.settlements.collection();
      this.data["region-points"] = regionPoints(regionsOn(this.atlas, this.day), this.app);
      if (this.events) Object.assign(this.data, quietLayers(this.events));
    }
    this.regionKey = null;
    for (const id of this.map.listImages()) this.map.removeImage(id);
    this.map.setStyle(styleOf(this.base, this.data, this.app.state.get().layers), { diff: false });
    if (this.atlas) this.map.once("styledata", () => this.around());
  }

  /** Ring places on the map. @param {string[]} ids */
  highlight(ids) {
    const wanted = new Set(ids);
    const features = [];
    for (const atlas of [this.atlas, this.fused]) {
      for (const id of wanted) {
        const place = atlas?.index.get(id);
        if (place === undefined) continue;
        wanted.delete(id);
        features.push({ type: "Feature", properties: { id }, geometry: { type: "Point", coordinates: [atlas.places.lon[place], atlas.places.lat[place]] } });
      }
    }
    this.set("highlight", features.length ? { type: "FeatureCollection", features } : EMPTY);
  }

  /** Return the map as a picture, once it has drawn all. @returns {Promise<HTMLCanvasElement>} */
  picture() {
    return new Promise((resolve) => {
      this.map.once("render", () => {
        const from = this.map.getCanvas();
        const to = document.createElement("canvas");
        to.width = from.width;
        to.height = from.height;
        const pen = to.getContext("2d");
        pen.fillStyle = token("--map-water");
        pen.fillRect(0, 0, to.width, to.height);
        pen.drawImage(from, 0, 0);
        resolve(to);
      });
      this.map.triggerRepaint();
    });
  }

  remove() {
    this.gone = true;
    clearTimeout(this.asking);
    this.map.remove();
  }
}

const GLYPHS = new Set(["0-255", "256-511", "1024-1279", "1536-1791", "7680-7935", "8192-8447", "64256-64511", "65024-65279"]);

/** Letters of other scripts are not carried: an empty range is taken for them, so that a rare name is no error. */
function localGlyphs(url, type) {
  if (type !== "Glyphs") return { url };
  const range = url.match(/(\d+-\d+)\.pbf$/)?.[1];
  return { url: GLYPHS.has(range) ? url : url.replace(/\d+-\d+\.pbf$/, "none.pbf") };
}
