/** The bar: which war, search, whose account, compare, cite, and the way to everything else. */

import { openCite } from "./cite.js";
import { openCompare } from "./compare_menu.js";
import { add, el, fill, one, settled } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { themeOf } from "./theme.js";
import { openViews, viewLabel } from "./views.js";

function button(name, label, act, more = {}) {
  return el("button", {
    class: `button ${more.class || ""}`, attrs: { type: "button", title: more.title || label, "aria-label": more.words ? null : label, ...more.attrs },
    on: { click: (event) => act(event.currentTarget) },
  }, icon(name), more.words && el("span", { class: "words" }, label));
}

/** Fill the bar. */
export function createBar(app) {
  const brand = el("a", { class: "brand", attrs: { href: "/", title: "WhoHolds: back to the start" } },
    el("img", { attrs: { src: "/static/icon.svg", alt: "" } }), el("span", null, "WhoHolds"));
  const popup = { "aria-haspopup": "dialog", "aria-expanded": "false" };
  add(one("#bar"),
    brand,
    wars(app),
    search(app),
    button("search", "Search", () => app.state.set({ drawer: "search" }), { class: "icon phone-only" }),
    el("div", { class: "gap" }),
    according(app, popup),
    button("compare", "Compare", (at) => openCompare(app, at), { words: true, attrs: { ...popup, id: "compare-button", "aria-label": "Compare" }, title: "Two accounts or two days side by side", class: "phone-second" }),
    button("cite", "Cite this", (at) => openCite(app, at), { class: "icon", attrs: { ...popup, id: "cite-button" } }),
    themeButton(app),
    button("help", "How to read this map", () => app.state.set({ drawer: "help" }), { class: "icon" }),
    button("menu", "More: changes, sources, areas, export", (at) => openMenu(app, at), { class: "icon", attrs: { ...popup, id: "menu-button" } }));
}

function wars(app) {
  const { conflicts } = app.about;
  if (conflicts.length < 2) return conflicts.length ? el("span", { class: "soft small" }, conflicts[0].name) : null;
  const select = el("select", {
    class: "war", attrs: { "aria-label": "War", title: "Which war" },
    on: { change: () => app.state.set({ war: select.value, at: null, view: "fused", place: "", drawer: "", against: "", day2: "" }) },
  }, el("option", { attrs: { value: "all" } }, "All wars"), conflicts.map((row) => el("option", { attrs: { value: row.id } }, row.name)));
  const follow = () => {
    select.value = app.state.get().war;
  };
  app.state.watch(["war"], follow);
  follow();
  return select;
}

function search(app) {
  const write = settled((value) => app.state.set({ q: value, drawer: value ? "search" : app.state.get().drawer === "search" ? "" : app.state.get().drawer },
    { replace: app.state.get().drawer === "search" }), 250);
  const input = el("input", {
    attrs: { type: "search", id: "find", placeholder: "Find a place, a source, words", "aria-label": "Find a place in any script, a source, or words of a report", autocomplete: "off" },
    props: { value: app.state.get().q },
    on: { input: () => write(input.value.trim()) },
  });
  app.state.watch(["q"], (state) => {
    if (document.activeElement !== input) input.value = state.q;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    input.focus();
  });
  return el("div", { class: "find", attrs: { role: "search" } }, icon("search"), input);
}

function according(app, popup) {
  const whose = el("span", { class: "whose" });
  const control = el("button", {
    class: "button according", attrs: { type: "button", id: "according", ...popup, title: "Whose account the map shows" },
    on: { click: () => openViews(app, control) },
  }, el("span", { class: "soft small" }, "According to"), whose, icon("down"));
  const follow = () => fill(whose, viewLabel(app, app.state.get().view));
  app.state.watch(["view"], follow);
  follow();
  return control;
}

function themeButton(app) {
  const host = button("moon", "Dark or light", () => app.state.set({ theme: themeOf(app.state.get()) === "dark" ? "light" : "dark" }), { class: "icon" });
  const follow = () => fill(host, icon(themeOf(app.state.get()) === "dark" ? "sun" : "moon"));
  app.state.watch(["theme"], follow);
  follow();
  return host;
}
