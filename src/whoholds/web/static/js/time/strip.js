/** The strip over the slider: claims published on each day, and, darker, how many places changed. */

import { el } from "../dom.js";
import { token } from "../theme.js";

/** A drawn strip of activity. */
export class Strip {
  constructor() {
    this.canvas = el("canvas", { class: "strip", attrs: { "aria-hidden": "true" } });
    this.activity = null;
  }

  /** @param {{days: number[], claims: number[], changes: number[]}} activity */
  show(activity, first, last) {
    Object.assign(this, { activity, first, last });
    this.draw();
  }

  mark(day) {
    this.day = day;
    this.draw();
  }

  draw() {
    const { canvas, activity } = this;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!activity || !width) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const days = Math.max(1, this.last - this.first);
    // A slider's thumb has a width: its middle runs between half a thumb from either end.
    const at = (day) => 8 + ((day - this.first) / days) * (width - 16);
    const bar = Math.max(1, Math.min(10, (width - 16) / days - 1));
    this.bars(pen, activity.claims, { at, bar, height, colour: token("--line-strong"), share: 0.45 });
    this.bars(pen, activity.changes, { at, bar, height, colour: token("--accent"), share: 0.9 });
    if (this.day === undefined) return;
    pen.globalAlpha = 1;
    pen.fillStyle = token("--ink");
    pen.fillRect(at(this.day) - 0.75, 0, 1.5, height);
  }

  bars(pen, counts, { at, bar, height, colour, share }) {
    const most = Math.max(1, ...this.activity.claims);
    pen.fillStyle = colour;
    pen.globalAlpha = share;
    this.activity.days.forEach((day, index) => {
      if (day < this.first || day > this.last || !counts[index]) return;
      const tall = Math.max(2, Math.sqrt(Math.min(1, counts[index] / most)) * (height - 2));
      pen.fillRect(at(day) - bar / 2, height - tall, bar, tall);
    });
  }
}
