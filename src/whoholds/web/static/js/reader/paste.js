/** Paste a text and see its claims before anything is saved. */

import { announce, el, fill } from "../dom.js";
import { isoOf } from "../days.js";
import { button, field, problem } from "../panel/parts.js";
import { drawDocument } from "./document.js";

const MOST = 100000;
const EXAMPLE = "Government forces have withdrawn from Ma'arrat al-Numan, a monitoring group said on Friday. The defence ministry denied that its soldiers had left the town. Opposition fighters are 15 kilometers from Hama, their commander said.";

export function mount(container, app) {
  const text = el("textarea", { attrs: { rows: 9, maxlength: MOST, spellcheck: "false" } });
  const publisher = el("input", { attrs: { type: "text", maxlength: 200, autocomplete: "off" } });
  const published = el("input", { attrs: { type: "date", max: "2100-12-31" }, props: { value: isoOf(app.day()) } });
  const send = el("button", { class: "button primary", attrs: { type: "submit" } }, "Read it");
  const host = el("div", { class: "reader pasted", attrs: { tabindex: "-1" } });
  const form = el("form", { on: { submit: read } },
    field("Text of a report, in English", text, "Nothing is saved, and the text does not leave the machine that serves this page."),
    el("div", { class: "two" }, field("Publisher", publisher), field("Published", published)),
    el("div", { class: "buttons" }, send,
      button("Try an example", () => { text.value = EXAMPLE; text.focus(); }, { class: "quiet" }),
      button("Clear", clear, { class: "quiet" })));
  container.append(el("h2", null, "Read a text"), form, host);

  function clear() {
    text.value = "";
    fill(host);
    app.map?.highlight?.([]);
    text.focus();
  }

  async function read(event) {
    event.preventDefault();
    if (!text.value.trim()) {
      fill(host, el("p", { class: "form-note", attrs: { role: "alert" } }, "Paste a text first."));
      text.focus();
      return;
    }
    send.disabled = true;
    fill(host, el("p", { class: "waiting", attrs: { role: "status" } }, "Reading… the first text takes some seconds, while the model is loaded."));
    try {
      const answer = await app.api.post("/read", { text: text.value, publisher: publisher.value.trim() || null, published: published.value || null });
      drawDocument(host, app, answer, { pasted: true });
      const claims = answer.statements.reduce((sum, statement) => sum + statement.claims.length, 0);
      const places = answer.statements.flatMap((statement) => statement.claims.map((claim) => claim.place?.id).filter(Boolean));
      app.map?.highlight?.(places);
      host.prepend(el("p", { class: "saved-not" }, el("strong", null, app.words.count(claims, "claim")), " – not saved. To keep it: ", el("code", null, "whoholds ingest FILE")));
      announce(`${claims} claims were read; nothing is saved.`);
      host.focus({ preventScroll: true });
    } catch (error) {
      fill(host, problem(error));
    }
    send.disabled = false;
  }
  text.focus({ preventScroll: true });
  return { update() {}, unmount: () => app.map?.highlight?.([]) };
}
