/** Boot: what the server holds, the map of the view, and the parts of the page around them. */

import { createAtlases } from "./atlases.js";
import { api } from "./api.js";
import { createBar } from "./bar.js";
import { createCompare } from "./compare.js";
import { dayOf, isoOf } from "./days.js";
import { announce, el, fill, one } from "./dom.js";
import { createDrawers } from "./drawers.js";
import { createLegend } from "./legend.js";
import { createMap } from "./map/map.js";
import { followPrinting } from "./menu.js";
import { createSides } from "./sides.js";
import { createState } from "./state.js";
import { welcome } from "./help.js";
import { followTheme } from "./theme.js";
import { createTime } from "./time/time.js";
import { createBanner } from "./views.js";
import { settleSpan } from "./time/span.js";
import { Atlas } from "./timelines.js";
import { words } from "./words.js";

/**
 * What every part of the page is given.
 * @typedef {Object} App
 * @property {ReturnType<typeof createState>} state @property {typeof api} api @property {typeof words} words
 * @property {Object} about the answer of /about
 * @property {import("./timelines.js").Atlas} atlas the map of the view that is shown
 * @property {Object} atlases load(view, known, war): atlases of other views
 * @property {Object} sides letters and colours of sides
 * @property {Object} map fly(place or lon, lat), highlight(ids), padded()
 * @property {() => number} day the day looked at, as an integer
 * @property {() => string} conflict the war for questions to the server, "" for all
 * @property {() => string} known the day of "as known on", "" for all that is at hand
 */

async function boot() {
  const state = createState();
  /** @type {App} */
  const app = { state, api, words, about: null, atlas: null, map: null };
  followTheme(state, (theme) => app.map?.themed(theme));
  app.about = await api.get("/about");
  app.lastDay = dayOf(app.about.last_day) ?? Math.floor(Date.now() / 86400000);
  app.firstDay = dayOf(app.about.first_day) ?? app.lastDay - 30;
  app.day = () => dayOf(state.get().on) ?? app.openingDay ?? app.lastDay;
  app.conflict = () => (state.get().war === "all" ? "" : state.get().war);
  app.known = () => (state.get().known === "day" ? isoOf(app.day()) : state.get().known);
  app.sides = createSides(app.about);
  app.atlases = createAtlases(app);
  one("#safety").textContent = app.about.note;
  await settleOnAWar(app);
  await Promise.all([app.atlases.follow(), settleSpan(app)]);
  createBar(app);
  followPrinting(app);
  app.map = await createMap(app);
  one("#boot").remove();
  createLegend(app);
  createBanner(app);
  createTime(app);
  createCompare(app);
  welcome(app);
  createDrawers(app);
  window.whoholds = app; // for tests, measurements and the curious
  document.body.dataset.ready = "yes";
  announce(`The map is open: ${app.about.counts.places} places, ${app.about.counts.claims} claims.`);
}

/** With several wars in one store and none asked for, open the one with the most places. */
async function settleOnAWar(app) {
  const { state, about } = app;
  if (state.get().war || about.conflicts.length < 2) return;
  const all = new Atlas(await app.api.get("/map", { view: "fused" }));
  state.set({ war: app.sides.busiest(all) || "all" }, { replace: true });
}

boot().catch((error) => {
  fill(one("#boot"), el("div", { attrs: { role: "alert" } }, el("h2", null, "The map cannot be shown"), el("p", null, error.message)));
  one("#boot").classList.add("problem");
  throw error;
});
