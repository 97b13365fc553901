/** My area: draw it, upload it or list its places, and see what is said within. */

import { el, fill } from "../dom.js";
import { dayWords, isoOf } from "../days.js";
import { claimCard } from "../panel/claimcard.js";
import { asking, button, disclosure, field, linkButton, nothing, placeLink, rows, section } from "../panel/parts.js";
import { addressOf, areaOf, codesIn, fromGeoJson, keepAreas, keptAreas } from "./areas.js";
import { createDrawing } from "./drawing.js";
import { stateLine } from "./shown.js";

const SPANS = [[1, "this day"], [7, "7 days"], [30, "30 days"], [365, "a year"]];

export function mount(container, app) {
  const said = el("p", { class: "form-note", attrs: { role: "alert" } });
  const host = el("div", { class: "within" });
  const saved = el("div");
  const asked = asking(host);
  let days = 7;
  let shownFor = "";
  let area = areaOf(app.state.get().area);
  const drawing = createDrawing(app, (polygon) => {
    finish.hidden = true;
    if (polygon) choose({ name: "Drawn area", polygon, codes: [] });
    else said.textContent = "";
  });
  const finish = button("Close the area", () => drawing?.close(), { class: "primary", attrs: { hidden: true } });
  const tools = el("div", { class: "buttons" },
    drawing && button("Draw on the map", () => {
      drawing.start();
      finish.hidden = false;
      said.textContent = "Click the map for each corner. Double-click, or press Enter, to close; Backspace takes a corner back.";
    }),
    drawing && button("Take what the map shows", () => choose({ name: "What the map showed", polygon: drawing.seen(), codes: [] })),
    finish);
  const file = el("input", { attrs: { type: "file", accept: ".geojson,.json,application/geo+json,application/json" }, on: { change: upload } });
  const codes = el("textarea", { attrs: { rows: 3, spellcheck: "false", placeholder: "SY0301 SY0302 gn:172469" } });
  container.append(el("h2", null, "My area"), el("p", { class: "soft" }, "What is said within an area, or of a list of places. It stays in this browser and in the address of the page."),
    tools,
    disclosure("Upload GeoJSON, or paste codes", field("A polygon in GeoJSON", file),
      field("P-codes or ids of places", codes, "One a line, or between commas."), button("Watch these", () => {
        const list = codesIn(codes.value);
        if (list.length) choose({ name: `List of ${list.length}`, polygon: null, codes: list });
        else said.textContent = "There is no code in this list.";
      })),
    said, saved, host);

  async function upload() {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      if (chosen.size > 5e6) throw new Error("The file is larger than 5 MB.");
      choose(fromGeoJson(await chosen.text()));
      drawing?.fit();
    } catch (error) {
      said.textContent = error.message;
    }
  }

  function choose(given) {
    said.textContent = "";
    area = given;
    app.state.set({ area: addressOf(given) }, { replace: true });
    ask();
  }

  function drawSaved() {
    const kept = keptAreas();
    fill(saved, kept.length > 0 && section("Kept in this browser", el("ul", { class: "rows" }, kept.map((each, index) => el("li", { class: "kept" },
      linkButton(each.name, () => { choose(each); drawing?.fit(); }),
      linkButton("Remove", () => { keepAreas(kept.filter((_, other) => other !== index)); drawSaved(); }, { "aria-label": `Remove ${each.name}` }))))));
  }

  function ask() {
    drawing?.show(area?.polygon);
    if (!area) {
      shownFor = "";
      fill(host, nothing("Choose an area to see what is said within it."));
      return;
    }
    const body = { polygon: area.polygon && [[...area.polygon, area.polygon[0]]], pcodes: area.codes.filter((code) => !code.includes(":")), ids: area.codes.filter((code) => code.includes(":")), on: isoOf(app.day()), days, view: app.state.get().view };
    const key = JSON.stringify(body);
    if (key === shownFor) return;
    shownFor = key;
    asked.ask(() => app.api.post("/watch", body), (answer) => fill(host, draw(answer)));
  }

  function draw(answer) {
    const name = el("input", { attrs: { type: "text", maxlength: 80 }, props: { value: area.name } });
    return [
      section(area.name,
        el("div", { class: "segmented", attrs: { role: "group", "aria-label": "How far back" } }, SPANS.map(([span, label]) => el("button", { attrs: { type: "button", "aria-pressed": String(span === days) }, on: { click: () => { days = span; ask(); } } }, label))),
 answer.more && el("p", { class: "hint" }, "There is more than is listed here.")),
      section(`Places on ${dayWords(isoOf(app.day()))} (${answer.places.length})`, answer.places.length
        ? rows(placesOf(answer), (row) => el("div", null, placeLink(app, row.place), el("p", { class: "small" }, stateLine(app, row.shown))), { most: 30, label: "Places" })
        : nothing("Nobody has spoken of a place within.")),
      section(`What was said (${answer.claims.length})`, answer.claims.length ? rows(answer.claims, (cited) => claimCard(app, cited), { class: "rows cards", most: 20, label: "Claims" }) : nothing("Nothing in these days. Blank is not quiet.")),
      disclosure("Keep this area", field("Name", name), button("Keep it in this browser", () => {
        const kept = keepAreas([...keptAreas().filter((each) => each.name !== name.value.trim()), { ...area, name: name.value.trim() || area.name }]);
        said.textContent = kept ? "" : "This browser does not let the page keep it; the address does.";
        drawSaved();
      })),
      el("p", { class: "note" }, answer.note),
    ];
  }

  drawSaved();
  ask();
  return {
    update(state) {
      if (state.area && addressOf(area) !== state.area) area = areaOf(state.area) || area;
      ask();
    },
    unmount() {
      asked.end();
      drawing?.end();
      app.map?.highlight?.([]);
    },
  };
}

/** Return the places of an answer with their states, those that have one first. */
function placesOf(answer) {
  const states = new Map(answer.states.map((row) => [row.place, row]));
  const rowsFound = answer.places.map((place) => {
    const row = states.get(place.id);
    const state = row && { holding: row.holding, agreement: row.agreement, tier: row.tier, flags: row.flags, starts_known: row.start_known, last_said: row.last_said, interval: { first: row.first, last: row.last } };
    return { place: row ? { ...place, lat: row.lat, lon: row.lon } : place, shown: row ? { state, holders: row.holders, encircled_by: row.encircled_by } : null };
  });
  return rowsFound.sort((one, other) => Number(Boolean(other.shown)) - Number(Boolean(one.shown)) || one.place.name.localeCompare(other.place.name));
}
