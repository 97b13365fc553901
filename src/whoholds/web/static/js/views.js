/** According to whom: every account that the store holds, and what the map says where one has not spoken. */

import { dayWords, isoOf } from "./days.js";
import { add, announce, el, fill, one } from "./dom.js";
import { closePopover, togglePopover } from "./popover.js";

const GROUPS = [["fused", "All accounts together"], ["side", "Sides"], ["source", "Sources"]];

/** Return what a view is called. */
export function viewLabel(app, name) {
  if (name === "fused") return "All accounts";
  const row = app.about.views.find((each) => each.name === name);
  if (row) return row.label;
  if (name.startsWith("side:")) return app.sides.get(name.slice(5)).short;
  return name.replace(/^source:/, "");
}

/** Open the list of accounts under a button; `choose` is told the name of the one taken. */
export function openViews(app, button, choose = (view) => app.state.set({ view }), current = app.state.get().view) {
  togglePopover(button, "According to", (pane) => drawViews(pane, app, choose, current), { width: 380 });
}

function drawViews(pane, app, choose, current) {
  const list = el("div", { attrs: { role: "listbox", id: "view-list", "aria-label": "Accounts" } });
  let active = -1;
  const input = el("input", {
    attrs: { type: "search", placeholder: "Whose account?", "aria-label": "Whose account", role: "combobox", "aria-controls": "view-list", "aria-expanded": "true", autocomplete: "off" },
    on: { input: () => draw(input.value), keydown: (event) => keys(event) },
  });
  add(pane, el("div", { class: "top" }, input), list);
  const rows = rowsOf(app);

  function options() {
    return [...list.querySelectorAll("[role=option]")];
  }

  function mark(at) {
    const all = options();
    all[active]?.classList.remove("active");
    active = Math.max(0, Math.min(at, all.length - 1));
    all[active]?.classList.add("active");
    all[active]?.scrollIntoView({ block: "nearest" });
    if (all[active]) input.setAttribute("aria-activedescendant", all[active].id);
  }

  function keys(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") options()[Math.max(0, active)]?.click();
  }

  function draw(text) {
    const wanted = plain(text);
    active = -1;
    fill(list);
    for (const [kind, title] of GROUPS) {
      const found = rows.filter((row) => row.kind === kind && plain(`${row.label} ${row.name}`).includes(wanted)).slice(0, 200);
      if (!found.length) continue;
      add(list, el("div", { class: "group", attrs: { role: "presentation" } }, kind === "source" ? `${title} (${found.length})` : title), found.map((row) => option(app, row, current, choose)));
    }
    if (!list.childNodes.length) add(list, el("p", { class: "pad faint" }, "No account by that name is in the store."));
  }
  draw("");
}

function option(app, row, current, choose) {
  const side = row.kind === "side" ? app.sides.get(row.name.slice(5)) : null;
  return el("div", {
    class: "row", attrs: { role: "option", tabindex: "-1", id: `view-${row.name.replace(/\W+/g, "-")}`, "aria-selected": String(row.name === current) },
    on: {
      click: () => {
        closePopover();
        choose(row.name);
      },
    },
  },
  side && el("span", { class: "side", attrs: { "data-side": side.colour, "aria-hidden": "true" } }, side.letter),
  el("span", { class: "grow" }, row.label),
  el("span", { class: "faint" }, row.places ? app.words.count(row.places, "place") : "has not spoken"));
}

/** All views of the war, with the sides that have not spoken. */
function rowsOf(app) {
  const war = app.conflict();
  const spoken = app.about.views.filter((row) => row.kind !== "side" || !war || app.sides.get(row.name.slice(5)).conflict === war);
  const silent = app.sides.all
    .filter((side) => war === side.conflict && !spoken.some((row) => row.name === `side:${side.id}`))
    .map((side) => ({ name: `side:${side.id}`, label: side.short, kind: "side", places: 0 }));
  return [...spoken, ...silent].sort((one, other) => other.places - one.places || one.label.localeCompare(other.label));
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The line over the map that says whose account it is, how far it reaches, and how old it is. */
export function createBanner(app) {
  const banner = one("#banner");
  function draw() {
    const { view, known, against, day2 } = app.state.get();
    const parts = [];
    if (view !== "fused" && !against) parts.push(asTold(app));
    if (known === "day") parts.push(`As was known on ${dayWords(app.day())} itself.`);
    else if (known) parts.push(`As known on ${dayWords(known)}; later reports are left out.`);
    if (app.about.to_fuse) parts.push(`${app.words.count(app.about.to_fuse, "place")} wait to be worked out anew.`);
    banner.hidden = !parts.length || Boolean(against || day2);
    fill(banner, parts.length > 0 && el("p", null, parts.map((part) => [part, " "])), parts.length > 0 && el("button", {
      class: "button", attrs: { type: "button" }, on: { click: () => app.state.set({ view: "fused", known: "" }) },
    }, "All accounts, all that is known"));
  }
  app.state.watch(["view", "known", "on", "against", "day2"], draw);
  app.atlases.watch(() => {
    draw();
    announce(`Map according to ${viewLabel(app, app.atlas.view)}, ${dayWords(app.day())}.`);
  });
  draw();
}

function asTold(app) {
  const { atlas } = app;
  const day = app.day();
  let spoken = 0;
  let latest = null;
  for (const state of atlas.on(day)) {
    if (state < 0) continue;
    spoken += 1;
    const said = atlas.lastSaid[state];
    if (said <= day && (latest === null || said > latest)) latest = said;
  }
  const whose = viewLabel(app, atlas.view);
  if (!spoken) return [el("strong", null, whose), ` has not spoken of who holds any place by ${dayWords(isoOf(day))}.`];
  const dated = latest !== null && latest < day ? ` Its latest word is of ${dayWords(latest)}.` : "";
  return [`As told by `, el("strong", null, whose), `: ${app.words.count(spoken, "place")}. Of the others it has not spoken.${dated}`];
}
