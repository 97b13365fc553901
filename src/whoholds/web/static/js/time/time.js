/** Time: the day of the events, by slider, keys or play; and the day of knowing. */

import { dayOf, dayShort, dayWords, isoOf } from "../days.js";
import { add, announce, el, fill, one, settled } from "../dom.js";
import { icon } from "../icons.js";
import { closePopover, togglePopover } from "../popover.js";
import { settleSpan, windowOf } from "./span.js";
import { Strip } from "./strip.js";

const STEP_MS = 420;

/** Make the bar of time. */
export function createTime(app) {
  const host = one("#time");
  const strip = new Strip();
  const slider = el("input", {
    class: "slider", attrs: { type: "range", id: "day", min: app.firstDay, max: app.lastDay, step: 1, "aria-label": "Day" },
    on: { input: () => go(Number(slider.value)) },
  });
  const date = el("input", {
    class: "date", attrs: { type: "date", "aria-label": "Day looked at" },
    on: { change: () => dayOf(date.value) !== null && go(dayOf(date.value)) },
  });
  const playing = el("button", { class: "button icon play", attrs: { type: "button", id: "play" }, on: { click: () => app.state.set({ play: !app.state.get().play }) } });
  const back = el("button", { class: "button quiet icon", attrs: { type: "button", "aria-label": "A day back", title: "A day back (←)" }, on: { click: () => go(app.day() - 1) } }, icon("back"));
  const next = el("button", { class: "button quiet icon", attrs: { type: "button", "aria-label": "A day on", title: "A day on (→)" }, on: { click: () => go(app.day() + 1) } }, icon("next"));
  const shown = el("span", { class: "shown", attrs: { id: "shown-day" } });
  const ends = [el("span", { class: "faint", attrs: { "aria-hidden": "true" } }), el("span", { class: "faint", attrs: { "aria-hidden": "true" } })];
  const wide = el("button", {
    class: "wide", attrs: { type: "button", id: "span" },
    on: {
      click: () => {
        app.close = !app.close;
        lay();
      },
    },
  });
  let shownDays = [app.firstDay, app.lastDay];
  host.prepend(
    el("div", { class: "time-controls" }, playing, back, el("div", { class: "when" }, shown, date), next),
    el("div", { class: "track" }, strip.canvas, slider, el("div", { class: "ends" }, ends[0], wide, ends[1])),
    knowing(app));

  const say = settled((day) => announce(`${dayWords(day)}: ${told(app)}`), 500);

  function go(day) {
    const held = Math.max(app.firstDay, Math.min(app.lastDay, day));
    app.state.set({ on: isoOf(held) }, { replace: true });
  }

  function draw() {
    const day = app.day();
    slider.value = String(day);
    slider.setAttribute("aria-valuetext", dayWords(day));
    date.value = isoOf(day);
    fill(shown, dayWords(day));
    strip.mark(day);
    if (!app.state.get().play) say(day);
  }

  function lay() {
    shownDays = windowOf(app);
    for (const [name, value] of [["min", shownDays[0]], ["max", shownDays[1]]]) slider.setAttribute(name, value);
    for (const [name, value] of [["min", app.firstDay], ["max", app.lastDay]]) date.setAttribute(name, isoOf(value));
    fill(ends[0], dayShort(shownDays[0]));
    fill(ends[1], dayShort(shownDays[1]));
    wide.hidden = app.lastDay - app.firstDay <= shownDays[1] - shownDays[0] && !app.close;
    fill(wide, app.close ? `All of ${dayShort(app.firstDay)} to ${dayShort(app.lastDay)}` : "Closer: eight weeks");
    strip.show(app.activity, ...shownDays);
    draw();
  }

  listen(app, go);
  play(app, playing, go);
  app.state.watch(["on"], () => (app.day() < shownDays[0] || app.day() > shownDays[1] ? lay() : draw()));
  app.state.watch(["war"], async () => {
    await settleSpan(app);
    app.state.set({ on: isoOf(Math.max(app.firstDay, Math.min(app.lastDay, app.day()))), play: false }, { replace: true });
    lay();
  });
  app.state.watch(["theme"], () => strip.draw());
  window.addEventListener("resize", settled(() => strip.draw(), 100));
  lay();
}

function told(app) {
  let count = 0;
  for (const state of app.atlas.on(app.day())) count += state >= 0 ? 1 : 0;
  return `${app.words.count(count, "place")} told of`;
}

/** Arrow keys step the day wherever nothing else needs them; space plays. */
function listen(app, go) {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const busy = target.closest?.("input, select, textarea, [contenteditable], .popover, [role=slider], .drawer-body");
    if (busy || (target.tagName === "CANVAS" && !event.shiftKey && target.closest(".map"))) return;
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageDown: -7, PageUp: 7 }[event.key];
    if (steps) {
      event.preventDefault();
      go(app.day() + steps);
    } else if (event.key === " " && target === document.body) {
      event.preventDefault();
      app.state.set({ play: !app.state.get().play });
    }
  });
}

function play(app, button, go) {
  let timer = 0;
  function follow() {
    const on = app.state.get().play;
    fill(button, icon(on ? "pause" : "play"));
    button.setAttribute("aria-label", on ? "Pause" : "Play");
    button.setAttribute("aria-pressed", String(on));
    clearInterval(timer);
    if (!on) return;
    if (app.day() >= app.lastDay) go(app.firstDay);
    timer = setInterval(() => {
      if (app.day() >= app.lastDay) app.state.set({ play: false });
      else go(app.day() + 1);
    }, STEP_MS);
  }
  app.state.watch(["play"], follow);
  follow();
}

/** As known on: all that is at hand, each day as it was known then, or one day. */
function knowing(app) {
  const words = el("span");
  const button = el("button", {
    class: "button quiet known", attrs: { type: "button", id: "known", "aria-haspopup": "dialog", "aria-expanded": "false", title: "What could be known by when" },
    on: { click: () => togglePopover(button, "As known on", (pane) => drawKnowing(pane, app), { width: 330 }) },
  }, el("span", { class: "soft small" }, "As known"), words, icon("down"));
  function draw() {
    const { known } = app.state.get();
    fill(words, known === "day" ? "on each day" : known ? `on ${dayShort(known)}` : "by all reports");
  }
  app.state.watch(["known", "on"], draw);
  draw();
  return button;
}

function drawKnowing(pane, app) {
  const { known } = app.state.get();
  const choose = (value) => {
    closePopover();
    app.state.set({ known: value });
  };
  const row = (value, name, what) => el("button", {
    class: "row", attrs: { type: "button", "aria-pressed": String(known === value) }, on: { click: () => choose(value) },
  }, el("span", { class: "grow" }, el("b", null, name), el("br"), el("span", { class: "soft small" }, what)));
  const date = el("input", { attrs: { type: "date", "aria-label": "As known on", max: isoOf(app.lastDay) }, props: { value: known && known !== "day" ? known : isoOf(app.day()) } });
  add(pane,
    row("", "By all reports at hand", "Later reports may correct what was said of a day."),
    row("day", "On each day itself", "Only what was published by the day looked at."),
    el("div", { class: "actions" }, date, el("button", { class: "button", attrs: { type: "button" }, on: { click: () => dayOf(date.value) !== null && choose(date.value) } }, "Known on this day")));
}
