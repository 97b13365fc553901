/** Sides: each has a colour of the palette, a letter and a pattern, so that none is told by colour alone. */

const PATTERNS = ["diagonal", "dots", "horizontal", "counter", "cross", "vertical", "rings", "dashes"];

/**
 * @typedef {{id: string, name: string, short: string, conflict: string, colour: number, letter: string, pattern: string}} Side
 */

/** Give letters to sides: the first of a name's own letters that no side of the same war has. */
export function createSides(about) {
  /** @type {Map<string, Side>} */
  const sides = new Map();
  const taken = new Map();
  for (const row of about.sides) {
    if (!taken.has(row.conflict)) taken.set(row.conflict, new Set());
    const letter = free(row.name, taken.get(row.conflict));
    taken.get(row.conflict).add(letter);
    sides.set(row.id, {
      id: row.id, name: row.name, short: short(row.name), conflict: row.conflict, colour: row.colour,
      letter, pattern: PATTERNS[row.colour] || "dots",
    });
  }
  const unknown = { id: "", name: "of no known side", short: "no known side", conflict: "", colour: -1, letter: "?", pattern: "dots" };

  return {
    all: [...sides.values()],
    unknown,
    /** @returns {Side} */
    of: (holder) => sides.get(holder?.side ?? "") || unknown,
    get: (id) => sides.get(id) || unknown,
    /** Return the war of most places of an atlas, "" where there is none. */
    busiest(atlas) {
      const counts = new Map();
      for (const rows of atlas.states.holders) {
        for (const holder of rows) {
          const war = sides.get(atlas.holders[holder].side)?.conflict;
          if (war) counts.set(war, (counts.get(war) || 0) + 1);
        }
      }
      return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] || "";
    },
  };
}

function short(name) {
  return name.split(/[;(]/)[0].trim();
}

/** Take the initial of the word that tells a side from the others: "Syrian government" is G, "Syrian opposition" O. */
function free(name, taken) {
  const plain = short(name).normalize("NFD").replace(/\p{M}/gu, "");
  const all = plain.split(/[^\p{L}]+/u).filter((word) => word.length > 2 && !["the", "and", "local", "led", "backed", "with"].includes(word.toLowerCase()));
  const ordered = all.length > 1 ? [...all.slice(1, 2), all[0], ...all.slice(2)] : all;
  const letters = [...ordered.map((word) => word[0]), ...plain.replace(/[^\p{L}]/gu, "")].map((letter) => letter.toUpperCase());
  return letters.find((letter) => !taken.has(letter)) || "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("").find((letter) => !taken.has(letter)) || "•";
}
