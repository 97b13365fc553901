/** States in words: the same ones as on the command line (queries/words.py). */

import { dayWords } from "./days.js";

const HOLDINGS = {
  controlled: "held by {}", shared: "shared by {}", divided: "divided: parts are held by {}",
  contested: "contested: fighting inside between {}", vacated: "vacated – nobody is known to have taken it",
  unknown: "nobody is known to hold it",
};
const TIERS = {
  observed: "seen on the spot", cross_party: "sides at war with each other agree", independent: "several independent origins",
  single: "one origin", one_sided: "one side alone", inherited: "told of the whole region",
};
const AGREEMENTS = { agreed: "accounts agree", claimed: "claimed", disputed: "disputed", unopposed: "nobody contradicts it" };
const FLAGS = {
  against_interest: "told against the teller's own interest", alleged_admission: "an admission that only an enemy reports",
  hedged: "told with reservations", euphemism: "told in a word that may hide more", entered: "another side is said to have entered",
  baseline: "from an imported map", presupposed: "taken for granted by the wording of what followed",
  side_ended: "the side that held it has ended", besieged: "besieged: people or supplies cannot pass", stale: "not heard of for long",
  denied_by: "denied",
};
const BODIES = new Set(("administration agency army authority brigade coalition command committee council division force forces front government " +
  "legion ministry movement observatory office operation operations party police presidency room staff union").split(" "));

/** Return a name with the article that its kind of body takes. */
function named(name) {
  const body = name.split(/\s+/).some((word) => BODIES.has(word.replace(/[()]/g, "").toLowerCase()));
  return body && !/^the /i.test(name) && !name.includes("'s ") ? `the ${name}` : name;
}

function listed(names) {
  if (!names.length) return "nobody";
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** @param {import("./timelines.js").Told} told */
function holding(told) {
  const parties = listed(told.holders.map((holder) => named(holder.name)));
  const alone = told.holding === "contested" && told.holders.length === 1;
  const said = alone ? `contested: fighting inside, by ${parties}` : (HOLDINGS[told.holding] || told.holding).replace("{}", parties);
  if (!told.encircled.length) return said;
  const hedged = told.flags.includes("encirclement_hedged") ? "reportedly surrounded" : "surrounded";
  return `${said}; ${hedged} by ${listed(told.encircled.map((each) => named(each.name)))}`;
}

/** Return since when: "since" only where the start is known, else by which day it was so. */
function since(told) {
  if (told.first === null) return told.last === null ? "since when is not known" : `until ${dayWords(told.last)}, since when is not known`;
  return `${told.by ? "by" : "since"} ${dayWords(told.first)}`;
}

function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

export const words = {
  named, listed, holding, since, count,
  tier: (tier) => TIERS[tier] || "",
  agreement: (agreement) => AGREEMENTS[agreement] || "",
  flag: (flag) => FLAGS[flag] || flag.replaceAll("_", " "),
  kind: (kind) => (kind === "siege_lifted" ? "the end of a siege" : kind.replaceAll("_", " ")),
};
