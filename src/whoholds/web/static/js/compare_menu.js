/** Choosing a comparison: another account on the same day, or another day in the same account. */

import { dayOf, dayWords, isoOf } from "./days.js";
import { add, el } from "./dom.js";
import { closePopover, togglePopover } from "./popover.js";
import { openViews, viewLabel } from "./views.js";

/** Open the pane under its button. */
export function openCompare(app, button) {
  const { view, against, day2, split } = app.state.get();
  togglePopover(button, "Compare", (pane) => {
    const date = el("input", { attrs: { type: "date", "aria-label": "The other day", min: isoOf(app.firstDay), max: isoOf(app.lastDay) }, props: { value: day2 || isoOf(Math.max(app.firstDay, app.day() - 7)) } });
    add(pane,
      el("h2", null, "Compare"),
      el("p", { class: "pad soft small" }, `On the left: ${viewLabel(app, view)}, ${dayWords(app.day())}. What differs is listed beside the map.`),
      el("div", { class: "actions" }, el("button", {
        class: "button primary", attrs: { type: "button" },
        on: {
          click: () => {
            closePopover();
            openViews(app, button, (name) => app.state.set({ against: name, day2: "", drawer: "differs", place: "" }), against);
          },
        },
      }, "With another account…")),
      el("div", { class: "actions" }, date, el("button", {
        class: "button", attrs: { type: "button" },
        on: {
          click: () => {
            if (dayOf(date.value) === null) return;
            closePopover();
            app.state.set({ day2: date.value, against: "", drawer: "differs", place: "" });
          },
        },
      }, "With this day")),
      (against || day2) && el("div", { class: "actions" },
        el("button", { class: "button", attrs: { type: "button" }, on: { click: () => turn(app, split) } }, split === "side" ? "Swipe one over the other" : "Side by side"),
        el("button", { class: "button", attrs: { type: "button" }, on: { click: () => end(app) } }, "End the comparison")));
  }, { width: 340 });
}

function turn(app, split) {
  closePopover();
  app.state.set({ split: split === "side" ? "swipe" : "side" });
}

/** End a comparison. */
export function end(app) {
  closePopover();
  app.state.set({ against: "", day2: "", drawer: app.state.get().drawer === "differs" ? "" : app.state.get().drawer });
}
