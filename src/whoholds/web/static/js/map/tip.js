/** What is under the pointer, in a few words; a click opens the whole of it. */

import { dayWords } from "../days.js";
import { el, fill, one } from "../dom.js";

/** Make the tip; `show` places it by the pointer. */
export function createTip(app) {
  const tip = el("div", { class: "tip", attrs: { hidden: true, "aria-hidden": "true" } });
  one("#stage").append(tip);
  const hide = () => {
    tip.hidden = true;
  };
  return {
    hide,
    show(event, feature, canvas) {
      const { id, name, label } = feature.properties;
      fill(tip, label && !name ? el("p", null, label) : about(app, canvas, id, name));
      tip.hidden = false;
      const stage = one("#stage").getBoundingClientRect();
      const x = Math.min(event.clientX - stage.left + 14, stage.width - tip.offsetWidth - 8);
      const y = Math.min(event.clientY - stage.top + 14, stage.height - tip.offsetHeight - 8);
      tip.style.setProperty("transform", `translate(${Math.round(x)}px, ${Math.round(y)}px)`);
    },
  };
}

function about(app, canvas, id, name) {
  const { words } = app;
  const { atlas, day } = canvas;
  const told = atlas.stateOn(day, id);
  const place = atlas.index.get(id) ?? canvas.fused?.index.get(id);
  const title = name || (atlas.index.has(id) ? atlas : canvas.fused)?.places.name[place] || "";
  if (!told) return [el("strong", null, title), el("p", null, `${atlas.label}: has not spoken of who holds it by this day.`)];
  const how = [words.agreement(told.agreement), words.tier(told.tier)].filter(Boolean).join(" · ");
  const old = told.lastSaid !== null && told.lastSaid < day - 7 ? `last said ${dayWords(told.lastSaid)}` : "";
  return [
    el("strong", null, title),
    el("p", null, `${words.holding(told)}, ${words.since(told)}`),
    el("p", { class: "faint" }, told.pale ? "from an imported map, and no report since" : [how, old].filter(Boolean).join(" · ")),
  ];
}
