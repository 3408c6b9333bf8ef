// One line of a list; it opens its booking's story.

import { party, sentence, tableWords } from "./words.js";
import { el } from "./dom.js";
import { clock } from "./time.js";
import { model } from "./model.js";
import { openPanel } from "./panel.js";

export function bookingLine(booking, kind, note) {
  return el("button", {
    type: "button", class: `line ${kind}`, "data-key": `${kind}-${booking.id}`, onclick: () => openPanel("booking", booking.id),
  }, el("b", {}, clock(booking.from)), el("span", {}, sentence(party(booking))), el("small", {}, note));
}

export function riskLine(risk) {
  const booking = model.bookings.get(risk.booking_id);
  const help = risk.suggested_tables?.length ? `; ${tableWords(risk.suggested_tables)} would be free` : "";
  return bookingLine(booking, "at-risk", `At risk: ${tableWords(booking.tables)} is still taken${help}`);
}
