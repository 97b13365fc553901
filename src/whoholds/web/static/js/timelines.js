/** The map document, unpacked: every state of every place in columns, so that a day is told without asking the server. */

const OPEN_START = -1e9;
const OPEN_END = 1e9;

/**
 * @typedef {{id: string, name: string, side: string, side_name: string, colour: number}} Holder
 * @typedef {{index: number, holding: string, holders: Holder[], agreement: string, tier: string, flags: string[], encircled: Holder[],
 *   first: number|null, last: number|null, by: boolean, lastSaid: number|null, pale: boolean}} Told
 */

/** All states of one view, as known on one day. */
export class Atlas {
  /** @param {Object} given the answer of /api/v1/map */
  constructor(given) {
    this.doc = given;
    this.view = given.view;
    this.label = given.view_label;
    this.knownBy = given.known_by;
    this.places = given.places;
    this.holders = given.holders;
    this.codes = given.codes;
    this.states = given.states;
    this.count = given.places.id.length;
    this.first = Int32Array.from(given.states.first, (day) => day ?? OPEN_START);
    this.last = Int32Array.from(given.states.last, (day) => day ?? OPEN_END);
    this.lastSaid = Int32Array.from(given.states.last_said, (day) => day ?? OPEN_START);
    this.begins = begins(given.states.place, this.count);
    this.index = new Map(given.places.id.map((id, index) => [id, index]));
    this.today = new Int32Array(this.count);
  }

  /** Return for each place the number of its state on `day`, -1 where it has none; the array is used again by the next call. */
  on(day) {
    const { first, last, begins: from, today } = this;
    for (let place = 0; place < this.count; place += 1) {
      let found = -1;
      for (let state = from[place + 1] - 1; state >= from[place]; state -= 1) {
        if (first[state] <= day && day <= last[state]) {
          found = state;
          break;
        }
      }
      today[place] = found;
    }
    return today;
  }

  /** Return what is told of a place on a day. @param {number} day @param {number|string} place its index or id @returns {Told|null} */
  stateOn(day, place) {
    const index = typeof place === "string" ? this.index.get(place) : place;
    if (index === undefined || index < 0 || index >= this.count) return null;
    for (let state = this.begins[index + 1] - 1; state >= this.begins[index]; state -= 1) {
      if (this.first[state] <= day && day <= this.last[state]) return this.told(state);
    }
    return null;
  }

  /** Return all states of a place, the oldest first. @returns {Told[]} */
  statesOf(place) {
    const index = typeof place === "string" ? this.index.get(place) : place;
    if (index === undefined) return [];
    const told = [];
    for (let state = this.begins[index]; state < this.begins[index + 1]; state += 1) told.push(this.told(state));
    return told;
  }

  /** Return a state by its number, with names. @returns {Told} */
  told(state) {
    const { states, codes, holders } = this;
    return {
      index: state,
      holding: codes.holding[states.holding[state]],
      holders: states.holders[state].map((each) => holders[each]),
      agreement: codes.agreement[states.agreement[state]] || "",
      tier: codes.tier[states.tier[state]] || "",
      flags: codes.flags.filter((_, bit) => states.flags[state] & (1 << bit)),
      encircled: states.encircled[state].map((each) => holders[each]),
      first: states.first[state], last: states.last[state], by: Boolean(states.by[state]),
      lastSaid: states.last_said[state], pale: Boolean(states.pale[state]),
    };
  }

  /** Return the days on which anything is told, the first and the last; null where nothing is dated. */
  span() {
    let low = OPEN_END;
    let high = OPEN_START;
    for (const days of [this.first, this.last, this.lastSaid]) {
      for (const day of days) {
        if (day > OPEN_START && day < OPEN_END) {
          if (day < low) low = day;
          if (day > high) high = day;
        }
      }
    }
    return high > OPEN_START ? [low, high] : null;
  }
}

function begins(places, count) {
  const from = new Int32Array(count + 1);
  for (const place of places) from[place + 1] += 1;
  for (let place = 0; place < count; place += 1) from[place + 1] += from[place];
  return from;
}
