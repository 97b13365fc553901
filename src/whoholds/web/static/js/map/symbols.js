/** Symbols drawn on canvas by their key, when the map first needs one. The legend draws the same ones. */

import { token } from "../theme.js";

export const RATIO = 2;
const SIZE = 30;
const FADES = [0, 0.22, 0.42, 0.58];
const TURN = Math.PI * 2;

/** Return how far a colour has faded, 0 to 3, by the days since anything last bore a state out. */
export function fadeOf(days) {
  if (days <= 7) return 0;
  if (days <= 30) return 1;
  return days <= 90 ? 2 : 3;
}

/** The days behind each fade, in words. */
export const FADE_WORDS = ["7 days", "30 days", "90 days", "longer"];

/**
 * Return the key of a settlement's symbol: s|holding|agreement|sides|ring|fade|pale, where sides are "0G" (colour, letter) joined by "+".
 * @param {import("../timelines.js").Told} told
 */
export function keyOf(told, sides) {
  const parties = unique(told.holders.map((holder) => mark(sides.of(holder))));
  const around = unique(told.encircled.map((holder) => mark(sides.of(holder))));
  // What an imported map says is a category of its own: pale, whoever agrees.
  return ["s", told.holding, told.pale ? "" : told.agreement, parties.join("+"), around.join("+"), "", told.pale ? 1 : 0].join("|");
}

/** Put the fade into a key. */
export function faded(key, fade) {
  const parts = key.split("|");
  parts[5] = fade;
  return parts.join("|");
}

function mark(side) {
  return `${side.colour}${side.letter}`;
}

function unique(list) {
  return [...new Set(list)].slice(0, 3);
}

/** Return the image of a key, null where it is none of ours. @returns {ImageData|null} */
export function imageOf(key) {
  if (key.startsWith("s|")) return drawn(SIZE, (pen) => settlement(pen, key));
  if (key.startsWith("h|")) return pattern(key);
  if (key === "quiet-strike") return drawn(16, strike);
  if (key.startsWith("quiet-move|")) return drawn(16, (pen) => move(pen, colourOf(key.split("|")[1])));
  if (key.startsWith("quiet-clash")) return drawn(16, clash);
  return null;
}

function drawn(size, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = size * RATIO;
  canvas.height = size * RATIO;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.scale(RATIO, RATIO);
  pen.lineJoin = "round";
  draw(pen, size);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Draw a symbol on a canvas of the page, for the legend. */
export function symbolCanvas(key, label = "") {
  const image = imageOf(key);
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.className = "symbol";
  canvas.getContext("2d").putImageData(image, 0, 0);
  if (label) {
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
  } else canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** Return the colour of a side by its number in the palette. */
export function colourOf(number) {
  return token(Number(number) >= 0 ? `--side-${Number(number)}` : "--side-none");
}

function mixed(colour, share) {
  if (!share) return colour;
  const [from, to] = [channels(colour), channels(token("--map-land"))];
  return `rgb(${from.map((value, at) => Math.round(value + (to[at] - value) * share)).join(" ")})`;
}

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** Return black or white, whichever is read better on a colour. */
function lettering(colour) {
  const [r, g, b] = colour.startsWith("#") ? channels(colour) : colour.match(/\d+/g).map(Number);
  const light = (0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2);
  return light > 0.3 ? "#14181b" : "#ffffff";
}

function settlement(pen, key) {
  const [, holding, agreement, partyText, ringText, fade, pale] = key.split("|");
  const parties = partyText.split("+").filter(Boolean).map((text) => ({ number: parseInt(text, 10), letter: text.replace(/^-?\d+/, "") }));
  const share = pale === "1" ? 0.62 : FADES[Number(fade) || 0];
  const colours = parties.map((party) => mixed(colourOf(party.number), share));
  const middle = SIZE / 2;
  const radius = 9;
  pen.translate(middle, middle);
  if (ringText) ring(pen, ringText);
  if (holding === "unknown" || holding === "vacated" || !colours.length) {
    empty(pen, holding);
    if (agreement === "disputed") {
      pen.font = "700 10.5px system-ui, 'Noto Sans', sans-serif";
      pen.textAlign = "center";
      write(pen, "?", 0, 3.8, token("--ink"));
    }
    return;
  }
  disc(pen, radius + 1.6, token("--map-halo"));
  if (holding === "contested") hatched(pen, radius, colours);
  else if (holding === "divided" || holding === "shared") halved(pen, radius, colours, holding);
  else if (agreement === "disputed") split(pen, radius, colours);
  else if (agreement === "claimed") hollow(pen, radius, colours[0]);
  else disc(pen, radius, colours[0]);
  if (agreement === "disputed" && holding !== "controlled") dashes(pen, radius, token("--ink"));
  letters(pen, { holding, agreement, parties, colours });
}

function disc(pen, radius, colour) {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, TURN);
  pen.fillStyle = colour;
  pen.fill();
}

function outline(pen, radius, colour, width) {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, TURN);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

/** Surrounded: a ring of the surrounding side's colour, with four gaps where its letter's side might break in. */
function ring(pen, ringText) {
  const number = parseInt(ringText, 10);
  pen.save();
  pen.setLineDash([5.6, 2.2]);
  outline(pen, 12.8, colourOf(number), 2.4);
  pen.restore();
}

function empty(pen, holding) {
  if (holding === "vacated") {
    disc(pen, 9, token("--map-land"));
    disc(pen, 6.2, mixed(token("--side-none"), 0.4));
    pen.save();
    pen.setLineDash([2.8, 2.5]);
    outline(pen, 8.6, token("--side-none"), 1.5);
    pen.restore();
    return;
  }
  disc(pen, 4.2, token("--map-land"));
  outline(pen, 4.2, mixed(token("--side-none"), 0.25), 1.5);
}

function hollow(pen, radius, colour) {
  disc(pen, radius, token("--map-land"));
  outline(pen, radius - 1.5, colour, 3);
}

function hatched(pen, radius, colours) {
  const other = colours[1] || token("--map-land");
  pen.save();
  pen.beginPath();
  pen.arc(0, 0, radius, 0, TURN);
  pen.clip();
  pen.fillStyle = colours[0];
  pen.fillRect(-radius, -radius, 2 * radius, 2 * radius);
  pen.rotate(-Math.PI / 4);
  pen.fillStyle = other;
  for (let at = -radius * 2; at < radius * 2; at += 6) pen.fillRect(-radius * 2, at, radius * 4, 3);
  pen.restore();
  outline(pen, radius, token("--ink"), 1.2);
}

function halved(pen, radius, colours, holding) {
  const parts = colours.length > 1 ? colours : [colours[0], token("--map-land")];
  const turn = holding === "shared" ? 0 : -Math.PI / 2;
  parts.forEach((colour, at) => {
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.arc(0, 0, radius, turn + Math.PI + (TURN * at) / parts.length, turn + Math.PI + (TURN * (at + 1)) / parts.length);
    pen.closePath();
    pen.fillStyle = colour;
    pen.fill();
    pen.strokeStyle = token("--map-halo");
    pen.lineWidth = 1.4;
    pen.stroke();
  });
  outline(pen, radius - 0.5, colours[0], 1);
}

/** Disputed: the holder's half beside the doubter's, blank where nobody else is named. */
function split(pen, radius, colours) {
  disc(pen, radius, token("--map-land"));
  pen.beginPath();
  pen.arc(0, 0, radius, Math.PI / 2, -Math.PI / 2);
  pen.fillStyle = colours[0];
  pen.fill();
  if (colours[1]) {
    pen.beginPath();
    pen.arc(0, 0, radius, -Math.PI / 2, Math.PI / 2);
    pen.fillStyle = colours[1];
    pen.fill();
  }
  dashes(pen, radius, colours[0]);
}

function dashes(pen, radius, colour) {
  pen.save();
  pen.setLineDash([3.2, 2.2]);
  outline(pen, radius - 0.6, colour, 1.6);
  pen.restore();
}

function letters(pen, { holding, agreement, parties, colours }) {
  if (holding === "contested" || holding === "divided" || holding === "shared") return;
  pen.font = "700 10.5px system-ui, 'Noto Sans', sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  if (agreement === "disputed") {
    pen.font = "700 8.5px system-ui, 'Noto Sans', sans-serif";
    write(pen, parties[0].letter, -4.1, 3.1, lettering(colours[0]));
    write(pen, parties[1]?.letter || "?", 4.1, 3.1, parties[1] ? lettering(colours[1]) : token("--ink-soft"));
    return;
  }
  write(pen, parties[0].letter, 0, 3.8, agreement === "claimed" ? colourOf(parties[0].number) : lettering(colours[0]));
}

function write(pen, text, x, y, colour) {
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** Whole-region claims: h|pattern|colour, light, tiling. */
function pattern(key) {
  const [, kind, number] = key.split("|");
  const colour = colourOf(number);
  return drawn(16, (pen, size) => {
    pen.globalAlpha = 0.55;
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    pen.lineWidth = 1.1;
    const stroke = (...points) => {
      pen.beginPath();
      for (const [x1, y1, x2, y2] of points) {
        pen.moveTo(x1, y1);
        pen.lineTo(x2, y2);
      }
      pen.stroke();
    };
    const half = size / 2;
    if (kind === "diagonal" || kind === "cross") stroke([-1, half + 1, half + 1, -1], [-1, size + 1, size + 1, -1], [half - 1, size + 1, size + 1, half - 1]);
    if (kind === "counter" || kind === "cross") stroke([-1, half - 1, half + 1, size + 1], [-1, -1, size + 1, size + 1], [half - 1, -1, size + 1, half + 1]);
    if (kind === "horizontal") stroke([0, half / 2, size, half / 2], [0, half * 1.5, size, half * 1.5]);
    if (kind === "vertical") stroke([half / 2, 0, half / 2, size], [half * 1.5, 0, half * 1.5, size]);
    if (kind === "dashes") stroke([1, half / 2, half, half / 2], [half + 1, half * 1.5, size, half * 1.5]);
    if (kind === "dots" || kind === "rings") {
      for (const [x, y] of [[half / 2, half / 2], [half * 1.5, half * 1.5]]) {
        pen.beginPath();
        pen.arc(x, y, kind === "dots" ? 1.3 : 2.4, 0, TURN);
        if (kind === "dots") pen.fill();
        else pen.stroke();
      }
    }
  });
}

function strike(pen) {
  pen.translate(8, 8);
  pen.strokeStyle = token("--ink-soft");
  pen.lineWidth = 1.4;
  pen.beginPath();
  for (let ray = 0; ray < 8; ray += 1) {
    const inner = ray % 2 ? 2.2 : 1.6;
    const outer = ray % 2 ? 4.4 : 6.4;
    pen.moveTo(Math.cos((ray * TURN) / 8) * inner, Math.sin((ray * TURN) / 8) * inner);
    pen.lineTo(Math.cos((ray * TURN) / 8) * outer, Math.sin((ray * TURN) / 8) * outer);
  }
  pen.stroke();
}

function move(pen, colour) {
  pen.strokeStyle = colour;
  pen.lineWidth = 1.8;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(4, 3.5);
  pen.lineTo(8.5, 8);
  pen.lineTo(4, 12.5);
  pen.moveTo(8.5, 3.5);
  pen.lineTo(13, 8);
  pen.lineTo(8.5, 12.5);
  pen.stroke();
}

function clash(pen) {
  pen.strokeStyle = token("--ink-soft");
  pen.lineWidth = 1.7;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(3.5, 3.5);
  pen.lineTo(12.5, 12.5);
  pen.moveTo(12.5, 3.5);
  pen.lineTo(3.5, 12.5);
  pen.stroke();
}
