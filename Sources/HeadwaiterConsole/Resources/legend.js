// What the tables' colours and patterns mean.

import { $, el, svg } from "./dom.js";

export function buildLegend() {
  const swatch = (kind, extra) => svg("svg", { width: 26, height: 20, viewBox: "-13 -10 26 20", "aria-hidden": "true" },
    svg("g", { class: `table is-${kind}` },
      svg("rect", { x: -11, y: -8, width: 22, height: 16, rx: 4, class: "top-face" }),
      svg("rect", { x: -11, y: -8, width: 22, height: 16, rx: 4, class: "weave" }), extra));
  const joined = svg("svg", { width: 34, height: 20, viewBox: "-17 -10 34 20", "aria-hidden": "true" },
    svg("line", { x1: -8, y1: 0, x2: 8, y2: 0, class: "bridge small" }),
    svg("g", { class: "is-confirmed" }, svg("rect", { x: -16, y: -8, width: 11, height: 16, rx: 3, class: "top-face" }),
      svg("rect", { x: 5, y: -8, width: 11, height: 16, rx: 3, class: "top-face" })));
  const warn = svg("svg", { width: 24, height: 20, viewBox: "-12 -12 24 22", "aria-hidden": "true" },
    svg("g", { class: "badge" }, svg("path", { d: "M0 -11L11 8H-11Z" })));
  const entries = [
    [swatch("free"), "free"], [swatch("next"), "booked soon"], [swatch("confirmed"), "confirmed"],
    [swatch("seated", svg("path", { class: "tick", d: "M-5 0l4 4 7 -8" })), "at the table"], [joined, "joined"],
    [swatch("hold"), "on hold"], [swatch("block"), "closed"], [warn, "at risk"],
  ];
  $("legend").replaceChildren(...entries.map(([picture, text]) => el("li", {}, picture, text)));
}
