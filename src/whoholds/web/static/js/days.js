/** Days as integers since 1970-01-01, so that no time zone can shift one. */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAY = 86400000;

/** @param {string} iso "2024-12-07" @returns {number|null} */
export function dayOf(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso || "")) return null;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.round(time / DAY);
}

/** @param {number} day @returns {string} "2024-12-07" */
export function isoOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** @param {number|string} day @returns {string} "7 December 2024" */
export function dayWords(day) {
  const time = new Date((typeof day === "string" ? dayOf(day) : day) * DAY);
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()}`;
}

/** @param {number|string} day @returns {string} "7 Dec 2024" */
export function dayShort(day) {
  const time = new Date((typeof day === "string" ? dayOf(day) : day) * DAY);
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()].slice(0, 3)} ${time.getUTCFullYear()}`;
}

/** @param {number} count @returns {string} "3 days" */
export function daysWords(count) {
  return count === 1 ? "1 day" : `${count} days`;
}
