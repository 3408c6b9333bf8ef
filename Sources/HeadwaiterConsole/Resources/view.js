// What of the model is shown, and when it is drawn.

import { model } from "./model.js";

export const view = {
  follow: true,
  shown: 0, // the minute shown, ms
  service: null, // a service's name, or "day"
  chosen: false, // whether a person chose the service
  panel: [], // stack of {kind: "table" | "booking", id}
  opener: null,
  summaryHidden: false,
  guessed: false, // whether the date shown is this machine's guess
};

let parts = [];
let asked = false;

/** The renderers of the page's parts, in the order in which they draw. */
export function drawWith(renderers) {
  parts = renderers;
}

/** Draws once per frame, however many events came. */
export function requestRender() {
  if (asked || !model.restaurant) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; renderNow(); });
}

export function renderNow() {
  for (const render of parts) render();
}
