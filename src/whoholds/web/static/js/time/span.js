/** The days that the slider runs over: all that a war's reports tell of, or the busy weeks among them. */

import { isoOf } from "../days.js";

const LONG = 150;
const CLOSE = 56;
const MOST_OF_IT = 0.5;
const WEEK = 7;
const RECENT = 30;

/** Ask what was published and what changed by day, and set the first and the last day of the page by it. */
export async function settleSpan(app) {
  const activity = await app.api.get("/activity", { conflict: app.conflict() });
  app.activity = activity;
  const { days } = activity;
  if (days.length) [app.firstDay, app.lastDay] = [days[0], days[days.length - 1]];
  const { on } = app.state.get();
  if (on && (on < isoOf(app.firstDay) || on > isoOf(app.lastDay))) {
    app.firstDay = Math.min(app.firstDay, app.day());
    app.lastDay = Math.max(app.lastDay, app.day());
  }
  app.openingDay = openingDay(app);
  app.close = app.lastDay - app.firstDay > LONG && busiest(activity, CLOSE - 7)[1] >= MOST_OF_IT;
  return activity;
}

/** Return the day that a page opens on: the last one, or of reports that are long past the last day of their busiest week. */
function openingDay({ activity, lastDay }) {
  if (lastDay >= Math.floor(Date.now() / 86400000) - RECENT || !activity.days.length) return lastDay;
  const [from] = busiest(activity, WEEK - 1);
  return activity.days.findLast((day) => day < from + WEEK);
}

/** Return the first day of the busiest stretch of some days, and its share of all claims. */
function busiest({ days, claims }, stretch) {
  const all = claims.reduce((sum, each) => sum + each, 0) || 1;
  let best = [days[0] ?? 0, 0];
  let sum = 0;
  let from = 0;
  for (let to = 0; to < days.length; to += 1) {
    sum += claims[to];
    while (days[to] - days[from] > stretch) {
      sum -= claims[from];
      from += 1;
    }
    if (sum / all > best[1]) best = [days[from], sum / all];
  }
  return best;
}

/** Return the first and last day of the slider: eight weeks that hold the day looked at, or everything. @returns {[number, number]} */
export function windowOf(app) {
  const { firstDay, lastDay } = app;
  if (!app.close || lastDay - firstDay <= CLOSE) return [firstDay, lastDay];
  const day = app.day();
  const [busy] = busiest(app.activity, CLOSE - 7);
  const start = day >= busy - 3 && day <= busy - 3 + CLOSE ? busy - 3 : day - CLOSE / 2;
  const held = Math.max(firstDay, Math.min(lastDay - CLOSE, start));
  return [held, held + CLOSE];
}
