/** The report reader. */

import { el, fill } from "../dom.js";
import { dayShort } from "../days.js";
import { asking, conflictOf, linkButton, nothing, rows } from "../panel/parts.js";
import { drawDocument } from "./document.js";

export function mount(container, app) {
  const host = el("div", { class: "reader" });
  container.append(host);
  const asked = asking(host);
  let shownFor = null;
  let drawn = null;
  function update(state) {
    if (state.report === shownFor) {
      drawn?.choose(state.claim);
      return;
    }
    shownFor = state.report;
    drawn = null;
    fill(host);
    if (!state.report) {
      asked.ask((signal) => app.api.get("/reports", { conflict: conflictOf(app), limit: 500 }, signal), (answer) => fill(host, catalogue(app, answer)));
      return;
    }
    asked.ask((signal) => app.api.get(`/reports/${encodeURIComponent(state.report)}`, {}, signal), (answer) => {
      drawn = drawDocument(host, app, answer);
      drawn.choose(app.state.get().claim);
    });
  }
  update(app.state.get());
  return {
    update,
    unmount() {
      asked.end();
      app.map?.highlight?.([]);
    },
  };
}

function catalogue(app, answer) {
  const newest = [...answer.items].sort((one, other) => (other.published || "").localeCompare(one.published || ""));
  return [el("h2", null, "Reports"),
    newest.length ? rows(newest, (report) => [
      linkButton(report.title || `${report.publisher || "Report"}, ${report.published ? dayShort(report.published) : "undated"}`, () => app.state.set({ report: report.id, claim: "" })),
      el("p", { class: "faint small" }, [report.title && report.publisher, report.title && (report.published ? dayShort(report.published) : "undated"), app.words.count(report.claims, "claim")].filter(Boolean).join(" · ")),
    ], { label: "Reports" }) : nothing("There is no report.")];
}
