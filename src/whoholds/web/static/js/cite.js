/** Cite this: what was seen, by whom told, as known when, from which data; and the picture of it with its caption. */

import { dayWords, isoOf } from "./days.js";
import { add, announce, el, fill, one } from "./dom.js";
import { togglePopover } from "./popover.js";
import { token } from "./theme.js";
import { viewLabel } from "./views.js";

/** Return what identifies the picture on the page. */
export async function citation(app) {
  const { view, known, place, war, against, day2 } = app.state.get();
  const on = isoOf(app.day());
  const knownBy = app.known() || app.about.last_day;
  const permalink = location.origin + app.state.url({ on, play: false });
  const told = place ? app.atlas.stateOn(app.day(), place) : null;
  const identity = JSON.stringify([app.about.data_hash, view, on, knownBy, place, war, against, day2]);
  return {
    on, view, known: known === "" ? `all reports at hand, to ${dayWords(knownBy)}` : dayWords(knownBy), knownBy, permalink,
    stateId: await digest(identity), data: app.about.data_hash, version: app.about.version, place: told ? app.atlas.places.name[app.atlas.index.get(place)] : "",
    said: told ? app.words.holding(told) : "",
  };
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sentence(app, cited) {
  const whose = viewLabel(app, cited.view);
  const about = cited.place ? `${cited.place}: ${cited.said}. ` : "";
  return `${about}WhoHolds ${cited.version}, reported control on ${dayWords(cited.on)} according to ${cited.view === "fused" ? "all accounts, weighed together" : whose}, ` +
    `as known by ${cited.known}. State ${cited.stateId}, data ${cited.data}. ${app.about.note} ${cited.permalink}`;
}

/** Open the pane under its button. */
export function openCite(app, button) {
  togglePopover(button, "Cite this", async (pane) => {
    add(pane, el("h2", null, "Cite this"), el("p", { class: "pad soft", attrs: { tabindex: "-1" } }, "Working it out…"));
    const cited = await citation(app);
    const text = el("textarea", { attrs: { readonly: true, rows: 6, "aria-label": "Citation", id: "citation" }, props: { value: sentence(app, cited) } });
    const fact = (name, value) => [el("dt", null, name), el("dd", null, value)];
    fill(pane,
      el("h2", null, "Cite this"),
      el("dl", { class: "facts" },
        fact("Day", dayWords(cited.on)), fact("According to", viewLabel(app, cited.view)), fact("As known by", cited.known),
        fact("State", el("code", null, cited.stateId)), fact("Data", el("code", null, cited.data)),
        fact("Address", el("a", { attrs: { href: cited.permalink, id: "permalink" } }, cited.permalink))),
      el("div", { class: "pad" }, text),
      el("div", { class: "actions" },
        el("button", { class: "button primary", attrs: { type: "button" }, on: { click: () => copy(text.value, "The citation is copied.") } }, "Copy"),
        el("button", { class: "button", attrs: { type: "button" }, on: { click: () => copy(cited.permalink, "The address is copied.") } }, "Copy the address"),
        el("button", { class: "button", attrs: { type: "button", id: "save-picture" }, on: { click: () => save(app, cited) } }, "Save as picture")));
    text.addEventListener("focus", () => text.select());
  }, { width: 430 });
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    announce(said);
  } catch {
    const area = one("#citation");
    area.value = text;
    area.select();
    announce("Copying is not allowed here; the text is selected.");
  }
}

async function save(app, cited) {
  const canvas = await captioned(app, cited);
  canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    el("a", { attrs: { href: address, download: `whoholds-${cited.on}-${cited.stateId}.png` } }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    announce("The picture is saved.");
  }, "image/png");
}

/** Return the map with what it shows, whose account it is and the safety line under it. @returns {Promise<HTMLCanvasElement>} */
export async function captioned(app, cited) {
  const picture = await app.map.canvas.picture();
  const scale = window.devicePixelRatio || 1;
  const foot = 84 * scale;
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height + foot;
  const pen = canvas.getContext("2d");
  pen.fillStyle = token("--paper");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0);
  if (app.compared) await beside(app, pen, picture);
  key(app, pen, picture, scale);
  const write = (text, line, size, weight, colour) => {
    pen.font = `${weight} ${size * scale}px system-ui, sans-serif`;
    pen.fillStyle = token(colour);
    pen.fillText(text, 14 * scale, picture.height + line * scale, canvas.width - 28 * scale);
  };
  write(`Reported control on ${dayWords(cited.on)} according to ${viewLabel(app, cited.view)}, as known by ${cited.known}`, 24, 15, 600, "--ink");
  write(app.about.note, 46, 13, 600, "--warn");
  write(`WhoHolds ${cited.version} · state ${cited.stateId} · data ${cited.data} · ${cited.permalink} · base map: Natural Earth`, 68, 11, 400, "--ink-faint");
  return canvas;
}

async function beside(app, pen, picture) {
  const other = await app.compared.picture();
  if (one("#maps").classList.contains("beside")) {
    pen.drawImage(other, picture.width - other.width, 0);
    return;
  }
  const from = Math.round((picture.width * parseFloat(one("#maps").style.getPropertyValue("--share"))) / 100);
  pen.drawImage(other, from, 0, other.width - from, other.height, from, 0, other.width - from, other.height);
}

/** The sides of the picture, so that it can be read without the page. */
function key(app, pen, picture, scale) {
  const entries = [...document.querySelectorAll(".legend-sides li")].slice(0, 6);
  let y = 14 * scale;
  pen.font = `600 ${12 * scale}px system-ui, sans-serif`;
  for (const entry of entries) {
    const symbol = entry.querySelector("canvas");
    const name = entry.querySelector(".grow")?.textContent;
    if (!symbol || !name) continue;
    const wide = pen.measureText(name).width + 46 * scale;
    pen.fillStyle = token("--paper-raised");
    pen.fillRect(14 * scale, y, wide, 26 * scale);
    pen.drawImage(symbol, 18 * scale, y + 1 * scale, 24 * scale, 24 * scale);
    pen.fillStyle = token("--ink");
    pen.fillText(name, 46 * scale, y + 17 * scale);
    y += 27 * scale;
  }
}

/** Put a picture of the map under the page for printing. */
export async function keepPicture(app) {
  const cited = await citation(app);
  const canvas = await captioned(app, cited);
  one(".print-picture")?.remove();
  const image = el("img", { class: "print-picture", attrs: { alt: sentence(app, cited) } });
  image.src = canvas.toDataURL("image/png");
  one("#stage").append(image);
  await image.decode();
}
