/** Building the page out of nodes: text goes in as text nodes only, so no report can bring markup with it. */

/**
 * Make an element.
 * @param {string} tag its name; "svg:path" makes a node of SVG
 * @param {{class?: string, attrs?: Object<string, *>, on?: Object<string, EventListener>, style?: Object<string, string>, props?: Object<string, *>}|null} [options]
 *   attrs: null, undefined and false leave an attribute out, true sets it empty; style: custom or plain properties, set through CSSOM
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, options, ...children) {
  const drawn = tag.startsWith("svg:");
  const node = drawn ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  const { class: names, attrs = {}, on = {}, style = {}, props = {} } = options || {};
  if (names) node.setAttribute("class", names);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, value] of Object.entries(style)) node.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  Object.assign(node, props);
  add(node, children);
  return node;
}

/** Append children; arrays are taken apart, and nothing, false and null are passed over. */
export function add(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Put new children in the place of the old ones. */
export function fill(node, ...children) {
  node.replaceChildren();
  return add(node, ...children);
}

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
export function one(selector, within = document) {
  return /** @type {HTMLElement} */ (within.querySelector(selector));
}

/** Say something to a screen reader. */
export function announce(text) {
  const live = one("#live");
  if (live && live.textContent !== text) live.textContent = text;
}

/** Return a link that is safe to follow, or the bare text: addresses of reports are untrusted. */
export function outside(url, text) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    return el("span", null, text || url);
  }
  if (!["http:", "https:"].includes(parsed.protocol)) return el("span", null, text || url);
  return el("a", { attrs: { href: parsed.href, rel: "noopener noreferrer external", target: "_blank" } }, text || parsed.hostname);
}

/** Call `act` once, when calls have ceased for `wait` ms. */
export function settled(act, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), wait);
  };
}
