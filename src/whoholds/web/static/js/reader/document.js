/** A report, or a pasted text, with its statements: text and list light each other, and the places light on the map. */

import { el, fill, outside } from "../dom.js";
import { dayWords } from "../days.js";
import { checkBody } from "../panel/distances.js";
import { nothing, placeLink, stanceWords, whenWords } from "../panel/parts.js";
import { marked } from "./highlight.js";

/**
 * Draw the answer of /reports/ID or /read into `host`.
 * @param {HTMLElement} host @param {Object} app @param {Object} report @param {{claim?: string, pasted?: boolean}} [how]
 * @returns {{choose: (claim: string) => void}}
 */
export function drawDocument(host, app, report, how = {}) {
  const { statements } = report;
  const on = { chosen, pointed };
  const text = marked(report.text, statements, on);
  const list = el("ol", { class: "statements" }, statements.map((statement, number) => item(app, statement, number, on)));
  fill(host,
    !how.pasted && el("header", { class: "report-head" }, el("h2", null, report.title || `Report of ${report.publisher || "an unknown publisher"}`),
      el("p", { class: "soft small" }, [report.publisher || "publisher unknown", report.published ? dayWords(report.published) : "undated"].join(" · "), report.url && [" · ", outside(report.url, "Open the original")])),
    report.revises && el("p", { class: "hint" }, "This report revises an earlier one of the same address."),
    report.withheld > 0 && el("p", { class: "drawer-note warn" }, `${app.words.count(report.withheld, "statement")} on where forces stand ${report.withheld === 1 ? "is" : "are"} veiled until older than ${app.about.delay_hours} hours.`),
    text,
    statements.length > 0 && el("p", { class: "key" }, el("span", { class: "cut role-source" }, "who says it"), " · ", el("span", { class: "cut role-predicate" }, "what"), " · ", el("span", { class: "cut role-place" }, "where"), " · ", el("span", { class: "cut role-actor" }, "who does it")),
    el("h3", null, statements.length ? `${app.words.count(statements.length, "statement")} read from it` : "No statement"),
    statements.length ? list : nothing("Nothing on who holds what, or where forces are, was read from this text."),
    el("p", { class: "note" }, report.note));

  function pointed(numbers) {
    const wanted = new Set(numbers);
    for (const piece of text.querySelectorAll("[data-statements]")) piece.classList.toggle("lit", piece.dataset.statements.split(" ").some((each) => wanted.has(Number(each))));
    for (const row of list.children) row.classList.toggle("lit", wanted.has(Number(row.dataset.number)));
    const places = numbers.flatMap((number) => statements[number].claims.map((claim) => claim.place?.id).filter(Boolean));
    app.map?.highlight?.(places);
  }

  function chosen(number) {
    for (const row of list.children) row.classList.toggle("chosen", Number(row.dataset.number) === number);
    for (const piece of text.querySelectorAll("[data-statements]")) piece.classList.toggle("chosen", piece.dataset.statements.split(" ").includes(String(number)));
    pointed([number]);
    list.children[number]?.scrollIntoView({ block: "nearest" });
    list.children[number]?.querySelector("button")?.focus({ preventScroll: true });
  }

  function choose(claim) {
    const number = statements.findIndex((statement) => statement.claims.some((each) => each.claim === claim));
    if (number < 0) return;
    chosen(number);
    text.querySelector(".chosen")?.scrollIntoView({ block: "center" });
  }
  return { choose };
}

function item(app, statement, number, on) {
  const said = `${statement.own_voice ? `${statement.source}, in its own voice,` : statement.source} ${stanceWords(statement.stance)}: ${app.words.kind(statement.kind)}${statement.actor ? ` by ${statement.actor}` : ""}`;
  const details = [
    statement.target && `against ${statement.target}`, whenWords(statement.when), statement.via.length && `through ${statement.via.join(", ")}`, statement.manner !== "unstated" && statement.manner,
    statement.background && "background", statement.presupposed && "taken for granted", statement.euphemism && "a word that may hide more", statement.certainty !== "certain" && statement.certainty,
  ].filter(Boolean);
  return el("li", {
    class: `statement stance-${statement.stance}`, attrs: { "data-number": number },
    on: { mouseenter: () => on.pointed([number]), mouseleave: () => on.pointed([]), focusin: () => on.pointed([number]) },
  },
  el("button", { class: "as-link", attrs: { type: "button" }, on: { click: () => on.chosen(number) } }, said),
  details.length > 0 && el("p", { class: "faint small" }, details.join(" · ")),
  el("ul", { class: "places" }, statement.claims.map((claim) => el("li", null,
    claim.place ? placeLink(app, claim.place) : el("span", { class: "faint" }, claim.place_as_written ? `“${claim.place_as_written}” – no pin` : "no place named"),
    claim.place && claim.place_as_written && claim.place_as_written !== claim.place.name && el("span", { class: "faint" }, ` “${claim.place_as_written}”`),
    claim.relation !== "in" && el("span", { class: "faint" }, ` ${claim.relation.replaceAll("_", " ")}`),
    !["unstated", "whole"].includes(claim.extent) && el("span", { class: "faint" }, ` ${claim.extent}`),
    claim.distance && checkBody(claim.distance, claim.check)))),
  el("p", { class: "faint small" }, "Read by rule ", el("code", null, statement.rule)));
}
