/** The map of the page: it follows the state, and the state follows it. */

import { el, one, settled } from "../dom.js";
import { loadBase } from "./base.js";
import { Canvas } from "./canvas.js";
import { createTip } from "./tip.js";

const CLICKABLE = ["settlements", "region-names", "strikes", "movements", "distance-lines"];

/** Make the map; resolves when its first picture is drawn. */
export async function createMap(app) {
  const base = await loadBase();
  const container = el("div", { class: "map", attrs: { id: "map" } });
  one("#maps").append(container);
  const opening = opened(app);
  const canvas = new Canvas(container, app, base, opening);
  const { map } = canvas;
  map.addControl(new window.maplibregl.NavigationControl({ showCompass: false }), "top-left");
  map.addControl(new window.maplibregl.ScaleControl({ unit: "metric" }), "top-left");
  await canvas.ready;
  const tip = createTip(app);

  function draw() {
    canvas.show(app.atlas, app.day(), app.fused);
    const { place } = app.state.get();
    canvas.highlight([place, ...lit].filter(Boolean));
  }

  let lit = [];
  app.state.watch(["on"], draw);
  app.state.watch(["place"], draw);
  app.state.watch(["place", "drawer"], (state) => state.place && requestAnimationFrame(() => reveal(state.place)));
  app.atlases.watch(draw);
  app.state.watch(["layers"], (state) => canvas.switched(state.layers));
  app.state.watch(["at"], (state) => state.at && !same(map, state.at) && map.jumpTo({ zoom: state.at[0], center: [state.at[2], state.at[1]] }));
  app.state.watch(["war"], () => !app.state.get().at && fit());
  map.on("moveend", settled((event) => {
    if (!event.originalEvent && !moved) return;
    moved = true;
    const centre = map.getCenter();
    app.state.set({ at: [map.getZoom(), centre.lat, centre.lng] }, { replace: true });
  }, 150));
  let moved = Boolean(app.state.get().at);

  function open(event, within = canvas) {
    if (app.drawing) return; // clicks are corners of an area meanwhile
    const [feature] = within.map.queryRenderedFeatures(event.point, { layers: CLICKABLE });
    if (!feature) return;
    const { id, claim } = feature.properties;
    if (id) app.state.set({ drawer: "place", place: id, claim: claim || "", report: "" });
  }

  function point(event, within = canvas) {
    const [feature] = within.map.queryRenderedFeatures(event.point, { layers: CLICKABLE });
    within.map.getCanvas().classList.toggle("pointing", Boolean(feature));
    if (feature) tip.show(event.originalEvent, feature, within);
    else tip.hide();
  }

  function listen(other) {
    other.map.on("click", (event) => open(event, other));
    other.map.on("mousemove", settled2((event) => point(event, other)));
    other.map.on("mouseout", tip.hide);
    other.map.on("movestart", tip.hide);
  }

  function fit(animate = true) {
    const bounds = boundsOf(app);
    if (bounds) map.fitBounds(bounds, { padding: padding(), maxZoom: 8, animate });
  }

  /** Bring a place into sight where the drawer or the edge hides it. */
  function reveal(id, animate = true) {
    const centre = centreOf(app, id);
    if (!centre) return;
    const { x, y } = map.project(centre);
    const room = padding();
    const box = map.getContainer();
    const seen = x > 30 && y > 30 && x < box.clientWidth - 30 && y < box.clientHeight - room.bottom;
    if (!seen) map.easeTo({ center: centre, padding: { ...room, left: 30, right: 30 }, duration: animate ? 400 : 0 });
  }

  listen(canvas);
  draw();
  if (!app.state.get().at) fit(false);
  if (app.state.get().place) setTimeout(() => reveal(app.state.get().place, false), 60);

  return {
    canvas, base, map, listen, fit,
    /** Put a place of the map, or a point, into sight. @param {string|[number, number]} where a place's id, or [lon, lat] @param {number} [zoom] */
    fly(where, zoom) {
      const centre = typeof where === "string" ? centreOf(app, where) : where;
      if (!centre) return false;
      moved = true;
      map.easeTo({ center: centre, zoom: Math.max(zoom || 7.5, map.getZoom()), padding: padding(), duration: 500 });
      return true;
    },
    /** Ring places. @param {string[]} ids */
    highlight(ids) {
      lit = ids;
      canvas.highlight([app.state.get().place, ...ids].filter(Boolean));
    },
    /** Put GeoJSON of an area that was drawn or read onto the map. */
    drawn: (data) => canvas.set("drawn", data || { type: "FeatureCollection", features: [] }),
    /** Put reviewed places, as GeoJSON points, onto the map. */
    reviews: (data) => canvas.set("reviews", data),
    themed: () => canvas.themed(),
    padded() { /* the drawer lies over the map; what is flown to keeps clear of it */ },
  };
}

/** Let one event through a frame. */
function settled2(act) {
  let waiting = null;
  return (event) => {
    if (!waiting) requestAnimationFrame(() => {
      act(waiting);
      waiting = null;
    });
    waiting = event;
  };
}

function same(map, at) {
  const centre = map.getCenter();
  return Math.abs(map.getZoom() - at[0]) < 0.02 && Math.abs(centre.lat - at[1]) < 0.001 && Math.abs(centre.lng - at[2]) < 0.001;
}

function opened(app) {
  const { at } = app.state.get();
  if (at) return { zoom: at[0], center: [at[2], at[1]] };
  const bounds = boundsOf(app);
  return bounds ? { bounds, fitBoundsOptions: { padding: padding(), maxZoom: 8 } } : { zoom: 2, center: [35, 30] };
}

function padding() {
  const phone = window.innerWidth <= 720;
  const drawer = document.body.classList.contains("with-drawer");
  if (phone) return { top: 40, left: 24, right: 24, bottom: drawer ? Math.round(window.innerHeight * 0.5) : 40 };
  return { top: 48, left: 280, right: 90, bottom: 48 };
}

function centreOf(app, id) {
  for (const atlas of [app.atlas, app.fused]) {
    const place = atlas.index.get(id);
    if (place !== undefined) return [atlas.places.lon[place], atlas.places.lat[place]];
  }
  return null;
}

/** Return the box of the settlements of the war that the page opens on: the middle 96 of 100, so that one stray pin does not shrink the rest. */
function boundsOf(app) {
  const { atlas } = app;
  const all = atlas.count && app.fused.count > atlas.count ? app.fused : atlas;
  const war = app.conflict();
  const lons = [];
  const lats = [];
  for (let place = 0; place < all.count; place += 1) {
    if (all.places.region[place] || (war && !ofWar(app, all, place, war))) continue;
    lons.push(all.places.lon[place]);
    lats.push(all.places.lat[place]);
  }
  if (!lons.length) return null;
  const [west, east] = middle(lons);
  const [south, north] = middle(lats);
  const room = Math.max(0.15, (east - west) * 0.04);
  return [[west - room, south - room], [east + room, north + room]];
}

function ofWar(app, atlas, place, war) {
  for (let state = atlas.begins[place]; state < atlas.begins[place + 1]; state += 1) {
    for (const holder of atlas.states.holders[state]) if (app.sides.of(atlas.holders[holder]).conflict === war) return true;
  }
  return false;
}

function middle(values) {
  const sorted = values.sort((one, other) => one - other);
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)];
  return [at(0.02), at(0.98)];
}
