// Adds to a page that is whole without it: what is looked at in the text opens beside it, and the other way round.
const wide = matchMedia("(min-width: 60rem)");
const references = [...document.querySelectorAll("a.ref")];
let looked = null; // the reference of the statement that is looked at
let waiting = 0;

document.documentElement.classList.add("js");

const sheet = document.createElement("section");
sheet.hidden = true;
sheet.setAttribute("aria-label", "The statement looked at");
document.body.append(sheet);

const report = (element) => element.closest("article.report");
const of = (article, number) => article.querySelector(`a.ref[data-number="${number}"]`);
const card = (reference) => report(reference).querySelector(`.card[data-number="${reference.dataset.number}"]`);

function clear() {
  clearTimeout(waiting);
  for (const element of document.querySelectorAll(".on, .open, .looking")) element.classList.remove("on", "open", "looking");
  for (const element of document.querySelectorAll(".part")) {
    element.className = "";
    delete element.dataset.label;
  }
  sheet.hidden = true;
  looked = null;
}

function showParts(article, number) {
  for (const element of article.querySelectorAll("[data-parts]")) {
    const parts = element.dataset.parts.split(" ").map((part) => part.split(":")).filter(([owner]) => owner === number);
    if (!parts.length) continue;
    element.className = ["part", ...parts.map(([, name]) => name)].join(" ");
    const named = parts.filter(([, , place]) => place === "first").map(([, name]) => name);
    if (named.length) element.dataset.label = [...new Set(named)].join(" · ").replace("predicate", "pred.");
  }
}

// In a wide window the claim is brought level with the words; the column beside the text scrolls by itself.
function bringLevel(shown, level) {
  const column = shown.closest("aside");
  const box = column.getBoundingClientRect();
  const top = shown.getBoundingClientRect().top - box.top + column.scrollTop;
  const room = Math.min(box.bottom, innerHeight) - box.top - shown.offsetHeight - 12;
  column.scrollTop = top - Math.max(8, Math.min(level - box.top, room));
}

function button(label, sign, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", action);
  return made;
}

function raiseSheet(reference) {
  const copy = card(reference).cloneNode(true);
  for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
  const bar = document.createElement("div");
  const place = document.createElement("span");
  bar.className = "bar";
  place.textContent = `Statement ${reference.dataset.number}`;
  bar.append(button("Previous statement", "‹", () => step(-1)), place, button("Next statement", "›", () => step(1)), button("Close", "✕", clear));
  sheet.className = `sheet ${[...reference.classList].filter((name) => name !== "ref" && name !== "on").join(" ")}`;
  sheet.replaceChildren(bar, ...copy.childNodes);
  sheet.hidden = false;
  reference.scrollIntoView({ block: "center" });
}

// `open` also unfolds the claim; what only points at a claim in its column unfolds nothing, or it would move away.
function look(reference, { open = true, level = null } = {}) {
  if (!reference) return;
  const article = report(reference);
  const shown = card(reference);
  const kept = open ? null : document.querySelector(".card.open");
  clear();
  looked = reference;
  article.classList.add("looking");
  reference.classList.add("on");
  shown.classList.add("on");
  (kept ?? (open ? shown : null))?.classList.add("open");
  for (const element of article.querySelectorAll(`.said[data-number="${reference.dataset.number}"]`)) element.classList.add("on");
  showParts(article, reference.dataset.number);
  if (!open) return;
  if (wide.matches) bringLevel(shown, level ?? reference.getBoundingClientRect().top);
  else if (level !== null) raiseSheet(reference);
}

function step(by) {
  const next = references[references.indexOf(looked) + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  if (wide.matches) next.scrollIntoView({ block: "nearest" });
  look(next, { level: next.getBoundingClientRect().top });
}

function marked(event) {
  const element = event.target.closest?.(".words .said, a.ref");
  return element && { reference: of(report(element), element.dataset.number), level: element.getBoundingClientRect().top };
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || !wide.matches) return;
  clearTimeout(waiting);
  const words = marked(event);
  const pointed = event.target.closest?.(".card[data-number]");
  if (words && words.reference !== looked) waiting = setTimeout(look, 90, words.reference, { level: words.level });
  else if (pointed) waiting = setTimeout(look, 90, of(report(pointed), pointed.dataset.number), { open: false });
});

// From the words to the claim and back, and the keyboard's focus with it.
function follow(event, link) {
  event.preventDefault();
  const reference = of(report(link), link.dataset.number);
  const inText = link === reference;
  location.hash = link.hash;
  look(reference, { level: inText || !wide.matches ? null : link.getBoundingClientRect().top });
  (inText ? card(reference).querySelector("a[data-number]") : link.closest(".unplaced") ? link : reference).focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a");
  if (link?.dataset.number) return follow(event, link);
  const words = link ? null : marked(event);
  const pointed = event.target.closest?.(".card[data-number]");
  if (words) look(words.reference, { level: words.level });
  else if (pointed && !link && !getSelection().toString()) look(of(report(pointed), pointed.dataset.number), { level: pointed.getBoundingClientRect().top });
  // The path, as a button of the sheet is gone by now where it made the sheet anew.
  else if (!link && !event.composedPath().includes(sheet) && !event.target.closest?.("aside")) clear();
});

document.addEventListener("focusin", (event) => {
  if (!event.target.matches("a[data-number]") || !event.target.matches(":focus-visible")) return;
  const inText = event.target.classList.contains("ref");
  const reference = inText ? event.target : of(report(event.target), event.target.dataset.number);
  if (reference !== looked || !inText) look(reference, { level: inText || wide.matches ? event.target.getBoundingClientRect().top : null });
});

// An address may name a statement (#r1-t3, its words; #r1-s3, its card): what it names is looked at.
function lookAtAddress() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const number = named?.closest(".words, aside") && named.dataset.number;
  if (number) look(of(report(named), number), { level: named.getBoundingClientRect().top });
}
if (location.hash) lookAtAddress();

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Escape") return clear();
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const aside = event.target.closest?.("aside, .sheet");
  if (!by || !looked || (aside && !event.target.matches("a[data-number]"))) return;
  if (!event.target.matches("a[data-number]") && event.key.match(/Up|Down/)) return; // these scroll
  event.preventDefault();
  step(by);
});
