/** Asking the server; every answer is JSON of this origin, and a failure is a problem with a title that can be shown. */

const ROOT = "/api/v1";

/** What went wrong, in the words of the server. */
export class Problem extends Error {
  /** @param {{title?: string, detail?: string, status?: number}} given */
  constructor(given) {
    super(given.detail || given.title || "The server gave no answer.");
    this.title = given.title || "No answer";
    this.status = given.status || 0;
  }
}

function address(path, params) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(params || {})) {
    if (value !== null && value !== undefined && value !== "") given.set(name, String(value));
  }
  const query = given.toString();
  return (path.startsWith("/") ? (path.startsWith("/api/") ? path : ROOT + path) : `${ROOT}/${path}`) + (query ? `?${query}` : "");
}

async function ask(url, init) {
  let answer;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ title: "The server cannot be reached", detail: "The server cannot be reached. Is `whoholds serve` still running?" });
  }
  if (!answer.ok) throw new Problem(await answer.json().catch(() => ({ title: answer.statusText, status: answer.status })));
  return answer.json();
}

export const api = {
  /** Return the address of a question, for links and downloads. */
  address,

  /** @param {string} path below /api/v1 @param {Object<string, *>} [params] @param {AbortSignal} [signal] */
  get: (path, params, signal) => ask(address(path, params), { signal, headers: { Accept: "application/json" } }),

  /** @param {string} path @param {Object} body @param {{token?: string}} [how] a token of a reviewer */
  post: (path, body, how = {}) => ask(address(path), {
    method: "POST",
    headers: {
      "Content-Type": "application/json", "X-WhoHolds": "1",
      ...(how.token ? { Authorization: `Bearer ${how.token}` } : {}),
    },
    body: JSON.stringify(body),
  }),

  /** Return all items of a list, at most `most`. */
  async all(path, params, most = 1000) {
    const items = [];
    let answer = await this.get(path, params);
    for (;;) {
      items.push(...answer.items);
      if (!answer.next || items.length >= most) return items;
      answer = await this.get(answer.next);
    }
  },
};
