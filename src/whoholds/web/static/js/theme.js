/** Light or dark: the reader's choice, else the system's. */

const asked = window.matchMedia("(prefers-color-scheme: dark)");

/** Return the theme in force. @returns {"light"|"dark"} */
export function themeOf(state) {
  if (state.theme === "light" || state.theme === "dark") return state.theme;
  return asked.matches ? "dark" : "light";
}

/** Keep the page in its theme, and tell `act` of every change of it. */
export function followTheme(state, act) {
  function apply() {
    const theme = themeOf(state.get());
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    act(theme);
  }
  document.documentElement.dataset.theme = themeOf(state.get());
  asked.addEventListener("change", apply);
  state.watch(["theme"], apply);
}

/** Return the colour that a token of the style sheet has now. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
