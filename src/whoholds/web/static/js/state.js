/** The state of the page: one object, mirrored in the address, so that everything seen can be shared, cited and gone back to. */

/**
 * @typedef {Object} State
 * @property {string} war a conflict's id, or "all"; "" for the one with the most claims
 * @property {string} on the day looked at, ISO; "" for the last one, or of reports long past the end of their busiest week
 * @property {string} known as known on: "" for all that is at hand, "day" for each day as it was known then, or an ISO day
 * @property {string} view "fused", "side:…" or "source:…"
 * @property {string} against the other view of a comparison
 * @property {string} day2 the other day of a comparison
 * @property {string} split "swipe" or "side": how a comparison is laid out
 * @property {string} place @property {string} report @property {string} claim
 * @property {string} drawer @property {string} q
 * @property {string} area the area that is watched: "area:lon lat,…" or "ids:code,…"
 * @property {number[]|null} at zoom, latitude, longitude
 * @property {string[]} layers what is switched on beside the settlements
 * @property {string} theme "light", "dark" or "" for the system's
 * @property {boolean} play
 */

/** @type {State} */
export const DEFAULTS = Object.freeze({
  war: "", on: "", known: "", view: "fused", against: "", day2: "", split: "swipe",
  place: "", report: "", claim: "", drawer: "", q: "", area: "", at: null,
  layers: ["names", "regions", "strikes", "movements", "distances"], theme: "", play: false,
});

const KEPT_IN_HISTORY = ["place", "report", "claim", "drawer", "view", "against", "day2", "war"];

function read(search) {
  const given = new URLSearchParams(search);
  const state = { ...DEFAULTS };
  for (const key of Object.keys(DEFAULTS)) {
    const value = given.get(key);
    if (value === null) continue;
    if (key === "at") state.at = position(value);
    else if (key === "layers") state.layers = value.split(",").filter(Boolean);
    else if (key === "play") state.play = value === "1";
    else state[key] = value;
  }
  // An address that names a place or a report, and nothing else to open, opens that.
  state.drawer ||= (state.report && "report") || (state.place && "place") || "";
  return state;
}

function position(value) {
  const numbers = value.split(",").map(Number);
  return numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : null;
}

function written(state) {
  const given = new URLSearchParams();
  for (const [key, plain] of Object.entries(DEFAULTS)) {
    const value = state[key];
    if (same(value, plain)) continue;
    if (key === "at") given.set(key, `${value[0].toFixed(2)},${value[1].toFixed(4)},${value[2].toFixed(4)}`);
    else if (key === "play") given.set(key, "1");
    else given.set(key, Array.isArray(value) ? value.join(",") : value);
  }
  // Colons, commas and slashes are harmless in a query, and an address that a person can read is one that is trusted.
  return given.toString().replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%2F", "/");
}

function same(one, other) {
  return one === other || (Array.isArray(one) && Array.isArray(other) && one.join() === other.join());
}

/** Make the state of a window. */
export function createState(target = window) {
  let current = read(target.location.search);
  const watchers = [];

  function tell(before) {
    const changed = Object.keys(DEFAULTS).filter((key) => !same(before[key], current[key]));
    if (!changed.length) return;
    for (const { keys, act } of [...watchers]) {
      if (keys.some((key) => changed.includes(key))) act(current, changed);
    }
  }

  target.addEventListener("popstate", () => {
    const before = current;
    current = read(target.location.search);
    tell(before);
  });

  return {
    /** @returns {State} */
    get: () => current,

    /**
     * Change some of it. A change of what is looked at makes a new entry in the history; moving the map or the day does not.
     * @param {Partial<State>} patch @param {{replace?: boolean}} [how]
     */
    set(patch, how = {}) {
      const before = current;
      current = { ...current, ...patch };
      const changed = Object.keys(patch).filter((key) => !same(before[key], current[key]));
      if (!changed.length) return;
      const replace = how.replace ?? !changed.some((key) => KEPT_IN_HISTORY.includes(key));
      target.history[replace ? "replaceState" : "pushState"](null, "", this.url());
      tell(before);
    },

    /** Call `act(state, changed)` when one of these keys changes; returns a function that ends it. */
    watch(keys, act) {
      const watcher = { keys: typeof keys === "string" ? [keys] : keys, act };
      watchers.push(watcher);
      return () => watchers.splice(watchers.indexOf(watcher), 1);
    },

    /** Return the address of this state, or of it with changes. */
    url(patch = {}) {
      const query = written({ ...current, ...patch });
      return target.location.pathname + (query ? `?${query}` : "");
    },
  };
}
