/** Line drawings for buttons. */

import { el } from "./dom.js";

const PATHS = {
  search: ["M7 12.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11z", "M11 11l4 4"],
  compare: ["M8 1v14", "M1.5 3.5h4v9h-4z", "M10.5 3.5h4v9h-4z"],
  layers: ["M8 1.5l6.5 3.5L8 8.5 1.5 5z", "M1.5 8L8 11.5 14.5 8", "M1.5 11L8 14.5 14.5 11"],
  cite: ["M6 4H2.5v4H6V4zM6 8c0 2.5-1 3.5-2.5 4", "M13.5 4H10v4h3.5V4zM13.5 8c0 2.5-1 3.5-2.5 4"],
  sun: ["M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z", "M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"],
  moon: ["M13.5 9.5A6 6 0 0 1 6.5 2.500a6 6 0 1 0 7 7z"],
  menu: ["M2 4h12M2 8h12M2 12h12"],
  play: ["M4.5 2.500v11l9-5.500z"],
  pause: ["M5 2.500v11M11 2.500v11"],
  help: ["M5.5 6a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .7-1 1.7", "M8 13v.5"],
  down: ["M4 6l4 4 4-4"],
  back: ["M10 3L5 8l5 5"],
  next: ["M6 3l5 5-5 5"],
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return el("svg:svg", { attrs: { viewBox: "0 0 16 16", "aria-hidden": "true" } }, PATHS[name].map((d) => el("svg:path", { attrs: { d } })));
}
