/** Small panes under a button of the bar: one at a time; Esc, a click elsewhere or the button close it. */

import { el, one } from "./dom.js";

let current = null;

/** Close what is open. */
export function closePopover() {
  if (!current) return;
  const { pane, button, leave } = current;
  current = null;
  pane.remove();
  button.setAttribute("aria-expanded", "false");
  document.removeEventListener("pointerdown", leave, true);
  if (pane.contains(document.activeElement) || document.activeElement === document.body) button.focus();
}

/**
 * Open a pane under a button, or close the button's own.
 * @param {HTMLElement} button @param {string} label @param {(pane: HTMLElement) => void} draw
 * @param {{width?: number}} [how] width in px
 */
export function togglePopover(button, label, draw, how = {}) {
  const own = current && current.button === button;
  closePopover();
  if (own) return;
  const pane = el("div", { class: "popover", attrs: { role: "dialog", "aria-label": label, tabindex: "-1" } });
  if (how.width) pane.style.setProperty("width", `${how.width}px`);
  draw(pane);
  one("#popovers").append(pane);
  place(pane, button);
  button.setAttribute("aria-expanded", "true");
  pane.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    button.focus();
    closePopover();
  });
  const leave = (event) => {
    if (!pane.contains(event.target) && !button.contains(event.target)) closePopover();
  };
  current = { pane, button, leave };
  document.addEventListener("pointerdown", leave, true);
  (pane.querySelector("[autofocus], input, button") || pane).focus();
}

function place(pane, button) {
  const from = button.getBoundingClientRect();
  const width = pane.offsetWidth;
  const left = Math.max(8, Math.min(from.left, window.innerWidth - width - 8));
  pane.style.setProperty("left", `${left}px`);
  if (from.top > window.innerHeight / 2) pane.style.setProperty("bottom", `${window.innerHeight - from.top + 6}px`);
  else pane.style.setProperty("top", `${from.bottom + 6}px`);
}
