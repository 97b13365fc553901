/** The map documents: one a view and a day of knowing, kept while the page is open. */

import { announce, settled } from "./dom.js";
import { Atlas } from "./timelines.js";

const KEPT = 12;

/** Load and keep atlases; `follow` keeps the one that the state asks for in `app.atlas`. */
export function createAtlases(app) {
  const kept = new Map();
  const watchers = [];
  let asked = "";
  let following = Promise.resolve();

  /** @returns {Promise<Atlas>} */
  function load(view, known = app.known(), war = app.conflict()) {
    const key = [view, known, war].join("|");
    if (!kept.has(key)) {
      const loading = app.api.get("/map", { view, known_by: known, conflict: war }).then((given) => new Atlas(given));
      loading.catch(() => kept.delete(key));
      kept.set(key, loading);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    }
    return kept.get(key);
  }

  /** Show the map that the state asks for; whoever asks for the one that is on its way waits for it too. */
  function follow() {
    const { view } = app.state.get();
    const key = [view, app.known(), app.conflict()].join("|");
    if (key !== asked) {
      asked = key;
      following = show(key, view);
    }
    return following;
  }

  async function show(key, view) {
    const loading = [load(view), load("fused")];
    let found;
    try {
      found = await Promise.all(loading);
    } catch (error) {
      if (asked !== key) return;
      asked = "";
      if (!app.atlas) throw error;
      announce(`The map could not be loaded: ${error.message}`);
      app.state.set({ view: app.atlas.view }, { replace: true });
      return;
    }
    if (asked !== key) return;
    [app.atlas, app.fused] = found;
    for (const act of watchers) act(app.atlas);
  }

  app.state.watch(["view", "known", "war"], follow);
  app.state.watch(["on"], settled(() => app.state.get().known === "day" && follow(), 120));
  return {
    load,
    follow,
    /** Ask for all maps anew: a decision has changed what they tell. */
    forget() {
      kept.clear();
      asked = "";
      return follow();
    },
    /** Call `act(atlas)` whenever another atlas is shown. */
    watch(act) {
      watchers.push(act);
      return () => watchers.splice(watchers.indexOf(act), 1);
    },
  };
}
