// The page's elements. Data from the server reaches them as text nodes and attributes only.

const SVG = "http://www.w3.org/2000/svg";
export const $ = (id) => document.getElementById(id);

export function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
export const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, key, value) {
  if (value === null) node.removeAttribute(key);
  else if (node.getAttribute(key) !== value) node.setAttribute(key, value);
}

/** Rebuilds a list without taking the focus from the line that has it. */
export function keepFocus(box, work) {
  const key = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  work();
  if (key) [...box.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key)?.focus();
}
