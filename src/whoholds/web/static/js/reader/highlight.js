/** A text with its statements marked: cut at every end of a span, so that spans may nest and overlap; offsets count UTF-16 units. */

import { el } from "../dom.js";

/**
 * Return the pieces of a text: each with the statements whose evidence covers it and the parts that its words play.
 * @param {string} text @param {Array<{spans: Array<{start: number, end: number, role: string}>}>} statements
 * @returns {Array<{start: number, end: number, statements: number[], roles: Array<[number, string]>, ends: number[]}>}
 */
export function pieces(text, statements) {
  const cuts = new Set([0, text.length]);
  for (const { spans } of statements) for (const { start, end } of spans) if (end > start) { cuts.add(Math.min(start, text.length)); cuts.add(Math.min(end, text.length)); }
  const at = [...cuts].sort((one, other) => one - other);
  const found = [];
  for (let index = 0; index + 1 < at.length; index += 1) {
    const piece = { start: at[index], end: at[index + 1], statements: [], roles: [], ends: [] };
    statements.forEach(({ spans }, number) => {
      for (const { start, end, role } of spans) {
        if (start > piece.start || end < piece.end) continue;
        if (role === "evidence") {
          piece.statements.push(number);
          if (end === piece.end) piece.ends.push(number);
        } else piece.roles.push([number, role]);
      }
    });
    found.push(piece);
  }
  return found;
}

/**
 * Draw a text with its statements marked and numbered.
 * @param {string} text @param {Array} statements @param {{chosen: (number: number) => void, pointed: (numbers: number[]) => void}} on
 */
export function marked(text, statements, on) {
  const body = el("div", { class: "report-text", attrs: { dir: "auto" } });
  let paragraph = el("p");
  body.append(paragraph);
  for (const piece of pieces(text, statements)) {
    const words = text.slice(piece.start, piece.end).split(/\n+/);
    words.forEach((line, index) => {
      if (index) { paragraph = el("p"); body.append(paragraph); }
      if (line) paragraph.append(shown(line, piece, on));
    });
    for (const number of piece.ends) paragraph.append(pointer(number, statements, on));
  }
  for (const empty of [...body.querySelectorAll("p")]) if (!empty.childNodes.length) empty.remove();
  return body;
}

function shown(line, piece, on) {
  if (!piece.statements.length && !piece.roles.length) return document.createTextNode(line);
  const roles = [...new Set(piece.roles.map(([, role]) => role))];
  return el(piece.statements.length ? "mark" : "span", {
    class: ["cut", ...roles.map((role) => `role-${role}`)].join(" "),
    attrs: { "data-statements": [...new Set([...piece.statements, ...piece.roles.map(([number]) => number)])].join(" "), title: roles.map(roleWords).join(", ") || null },
    on: {
      click: () => piece.statements.length && on.chosen(piece.statements.at(-1)),
      mouseenter: () => on.pointed(piece.statements),
      mouseleave: () => on.pointed([]),
    },
  }, line);
}

/** Return what a role is called under the text. */
export function roleWords(role) {
  return { predicate: "what is said to have happened", cue: "words that attribute or hedge", actor: "who does it", target: "against whom", source: "who says it", relay: "through whom", place: "where", from: "what it is measured from" }[role] || role;
}

function pointer(number, statements, on) {
  return el("button", {
    class: "pointer", attrs: { type: "button", "data-statement": number, "aria-label": `Statement ${number + 1}: ${statements[number].kind}` },
    on: { click: () => on.chosen(number), focus: () => on.pointed([number]), blur: () => on.pointed([]) },
  }, number + 1);
}
