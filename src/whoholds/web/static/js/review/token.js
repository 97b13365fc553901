/** The reviewer's token: asked for once, kept for this tab alone. */

const KEY = "whoholds.token";
let kept = "";

/** Return the token, "" where none was given. */
export function token() {
  try {
    return sessionStorage.getItem(KEY) || kept;
  } catch {
    return kept;
  }
}

/** Keep a token until the tab is closed; "" forgets it. */
export function keep(given) {
  kept = given;
  try {
    if (given) sessionStorage.setItem(KEY, given);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage it is kept as long as the page stands.
  }
}
