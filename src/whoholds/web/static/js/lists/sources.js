/** Sources: organisations and office-holders, what they claimed, and how that fared. */

import { el, fill } from "../dom.js";
import { dayWords } from "../days.js";
import { claimCard } from "../panel/claimcard.js";
import { asking, button, conflictOf, disc, field, nothing, problem, rows } from "../panel/parts.js";

const ORDERS = {
  claims: ["Most claims", (row) => row.claims], borne_out: ["Most borne out", (row) => row.borne_out],
  contradicted: ["Most contradicted", (row) => row.contradicted], against_interest: ["Most against interest", (row) => row.against_interest], denials: ["Most denials", (row) => row.denials],
};
const ROLES = { belligerent: "party to the war", monitor: "monitor", government: "government", media: "media", official: "official", witness: "witness", unknown: "role unknown" };

export function mount(container, app) {
  const host = el("div");
  const filter = el("input", { attrs: { type: "search", placeholder: "Name", autocomplete: "off" }, on: { input: draw } });
  const order = el("select", { on: { change: draw } }, Object.entries(ORDERS).map(([value, [label]]) => el("option", { attrs: { value } }, label)));
  const until = el("p", { class: "soft" });
  container.append(el("h2", null, "Sources"), until,
    el("div", { class: "two" }, field("Filter", filter), field("Order", order)),
    el("p", { class: "hint" }, "Borne out: somebody else, of no allied side, said so too, then or later. Contradicted: somebody else spoke against it. A claim may be both; neither means that it is true or false. Private persons have no profile."), host);
  const asked = asking(host);
  let answer = null;
  let shownFor = "";

  function draw() {
    if (!answer) return;
    const words = filter.value.trim().toLowerCase();
    const found = answer.items.filter((row) => row.name.toLowerCase().includes(words)).sort((one, other) => ORDERS[order.value][1](other) - ORDERS[order.value][1](one));
    const most = Math.max(1, ...answer.items.map((row) => row.claims));
    fill(host, found.length ? rows(found, (row) => profile(app, row, most), { class: "rows", label: "Sources", most: 40 }) : nothing("No source has this name."),
      answer.others > 0 && !words && el("p", { class: "hint" }, `${app.words.count(answer.others, "claim")} by sources without a profile: witnesses, residents, unnamed persons.`));
  }

  function update() {
    const known = app.known() || app.about.last_day;
    const key = `${known}|${conflictOf(app)}`;
    if (key === shownFor) return;
    shownFor = key;
    until.textContent = known ? `In reports published by ${dayWords(known)}.` : "";
    asked.ask((signal) => app.api.get("/sources", { known_by: known, conflict: conflictOf(app), limit: 500 }, signal), (given) => { answer = given; draw(); });
  }
  update();
  return { update, unmount: () => asked.end() };
}

function profile(app, row, most) {
  const claims = el("div", { class: "source-claims", attrs: { hidden: true } });
  const view = `source:${row.id}`;
  const has = app.about.views.some((each) => each.name === view);
  const current = app.state.get().view === view;
  const more = button("Its claims", async () => {
    claims.hidden = !claims.hidden;
    more.setAttribute("aria-expanded", String(!claims.hidden));
    if (claims.hidden || claims.childNodes.length) return;
    fill(claims, el("p", { class: "waiting", attrs: { role: "status" } }, "Asking…"));
    try {
      const found = await app.api.get("/claims", { source: row.id, limit: 200 });
      fill(claims, found.items.length ? rows(found.items, (cited) => claimCard(app, cited), { class: "rows cards", most: 10, label: `Claims of ${row.name}` }) : nothing("No claim is served."));
    } catch (error) {
      fill(claims, problem(error));
    }
  }, { class: "small", attrs: { "aria-expanded": "false", "aria-label": `Claims of ${row.name}` } });
  return el("article", { class: "source", attrs: { "aria-label": row.name } },
    el("header", null, sideDisc(app, row), el("h3", null, row.name)),
    el("p", { class: "faint small" }, [ROLES[row.role] || row.role, row.sides.length && `speaks for ${row.sides.map((name) => name.split(/[;(]/)[0].trim()).join(", ")}`].filter(Boolean).join(" · ")),
    scale(row, most),
    el("dl", { class: "counts" },
      [["claims", row.claims], ["borne out", row.borne_out], ["contradicted", row.contradicted], ["against interest", row.against_interest], ["denials", row.denials]]
        .map(([label, number]) => el("div", { class: number ? "" : "none" }, el("dt", null, label), el("dd", null, number)))),
    el("div", { class: "buttons" },
      has && button(current ? "The map tells its account" : "See the map as it tells it", () => app.state.set({ view: current ? "fused" : view }), { class: "small", attrs: { "aria-pressed": String(current), "aria-label": `See the map as ${row.name} tells it` } }),
      more),
    claims);
}

function sideDisc(app, row) {
  const side = app.sides.all.find((each) => row.sides.some((name) => name === each.name || name.startsWith(each.name)));
  return side && disc(app, side.id);
}

/** Return a bar of all claims: borne out, borne out and contradicted, contradicted, neither are told by the numbers below it. */
function scale(row, most) {
  const width = 300 * (row.claims / most);
  const part = (number) => (row.claims ? width * (Math.min(number, row.claims) / row.claims) : 0);
  return el("svg:svg", { class: "scale", attrs: { viewBox: "0 0 300 10", preserveAspectRatio: "none", "aria-hidden": "true" } },
    el("svg:rect", { class: "all", attrs: { x: 0, y: 0, width: Math.max(2, width), height: 10 } }),
    el("svg:rect", { class: "borne", attrs: { x: 0, y: 0, width: part(row.borne_out), height: 5 } }),
    el("svg:rect", { class: "against", attrs: { x: 0, y: 5, width: part(row.contradicted), height: 5 } }));
}
