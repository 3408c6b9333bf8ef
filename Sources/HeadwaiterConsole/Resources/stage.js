// Which part of the page is there, and what is said above it.

import { $, setText } from "./dom.js";

const STAGES = ["main", "choose", "sign-in"];

/** Shows one of the page's main parts. */
export function showStage(name) {
  for (const id of STAGES) $(id).hidden = id !== name;
  document.body.dataset.stage = name;
}

export function alertText(text) {
  $("alert").hidden = !text;
  setText($("alert"), text ?? "");
}
