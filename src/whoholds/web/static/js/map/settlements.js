/** The settlements of a view as features whose symbol follows the day. Features are made once; a step of the slider writes only what changed. */

import { faded, fadeOf, keyOf } from "./symbols.js";

const MUTE = "s|unknown||||0|0";
const NOTHING = -1;
/** How many names are written from which zoom. */
const NAMED = [[120, 5], [500, 6.5], [2500, 7.5], [Infinity, 8.5]];

/** Give each place the zoom from which its name is written: the most told of first, so that a wide view neither shapes nor sorts out thousands. */
function named(features) {
  const order = [...features].sort((one, other) => one.properties.rank - other.properties.rank);
  order.forEach(({ properties }, at) => {
    properties.from = NAMED.find(([many]) => at < many)[1];
  });
}

/** The settlements of one atlas, and faintly those of which only other views have spoken. */
export class Settlements {
  /** @param {import("../timelines.js").Atlas} atlas @param {import("../timelines.js").Atlas} fused @param {Object} sides */
  constructor(atlas, fused, sides) {
    this.atlas = atlas;
    this.sides = sides;
    this.keys = new Map();
    this.features = [];
    /** Index of a feature → index of its place in the atlas, -1 where this view has not spoken of it. */
    this.placeOf = [];
    const own = atlas.places;
    for (let place = 0; place < atlas.count; place += 1) if (!own.region[place]) this.add(own, place, place);
    if (fused && fused !== atlas) {
      for (let place = 0; place < fused.count; place += 1) {
        if (!fused.places.region[place] && !atlas.index.has(fused.places.id[place])) this.add(fused.places, place, NOTHING);
      }
    }
    named(this.features);
    this.shown = new Int32Array(this.features.length).fill(-2);
  }

  add(places, place, own) {
    const native = places.native[place];
    this.placeOf.push(own);
    this.features.push({
      type: "Feature", id: this.features.length,
      properties: {
        i: this.features.length, id: places.id[place], name: places.name[place], native: native === places.name[place] ? "" : native,
        icon: MUTE, order: 0, rank: own === NOTHING ? 1000 : -(this.atlas.begins[own + 1] - this.atlas.begins[own]),
      },
      geometry: { type: "Point", coordinates: [places.lon[place], places.lat[place]] },
    });
  }

  /** Return the symbol's key of a state, made once for all that are alike. */
  keyOfState(state) {
    const { holding, agreement, holders, encircled, pale } = this.atlas.states;
    const alike = `${holding[state]} ${agreement[state]} ${pale[state]} ${holders[state]} / ${encircled[state]}`;
    let key = this.keys.get(alike);
    if (key === undefined) this.keys.set(alike, (key = keyOf(this.atlas.told(state), this.sides)));
    return key;
  }

  /**
   * Write the symbols of a day into the features.
   * @returns {number[]} the numbers of those that changed
   */
  step(day) {
    const { atlas, shown, placeOf, features } = this;
    const today = atlas.on(day);
    const changed = [];
    for (let at = 0; at < features.length; at += 1) {
      const state = placeOf[at] === NOTHING ? NOTHING : today[placeOf[at]];
      const now = state === NOTHING ? NOTHING : state * 4 + fadeOf(day - this.supported(state, day));
      if (now === shown[at]) continue;
      shown[at] = now;
      const { properties } = features[at];
      properties.icon = state === NOTHING ? MUTE : faded(this.keyOfState(state), now % 4);
      properties.order = state === NOTHING ? 0 : 8 - (now % 4) - (atlas.states.pale[state] ? 4 : 0);
      changed.push(at);
    }
    return changed;
  }

  /** Return the last day up to `day` on which a state is known to have been borne out: its last word, or its start while that is yet to come. */
  supported(state, day) {
    const said = this.atlas.lastSaid[state];
    return said <= day ? Math.max(said, this.atlas.first[state]) : Math.max(this.atlas.first[state], day - 31);
  }

  /** Return the features as a collection. */
  collection() {
    return { type: "FeatureCollection", features: this.features };
  }

  /** Return changed features as MapLibre's difference. */
  difference(changed) {
    return {
      update: changed.map((at) => {
        const { icon, order } = this.features[at].properties;
        return { id: at, addOrUpdateProperties: [{ key: "icon", value: icon }, { key: "order", value: order }] };
      }),
    };
  }
}
