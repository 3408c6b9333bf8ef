// What just happened, written and spoken.

import { STRATEGIES, words, reasonWords, count, party, sentence, tableWords } from "./words.js";
import { debounced } from "./limits.js";
import { $, el, setText, setAttribute } from "./dom.js";
import { clock } from "./time.js";
import { waitingWords } from "./bookings.js";
import { openPanel } from "./panel.js";

const FEED_LENGTH = 60;
const feed = new Map(); // booking id → its newest line, which goes on telling while the pipeline works

function feedWords(booking, from) {
  const target = booking.tables.join(" + ");
  switch (booking.assignment_state) {
    case "confirmed":
      if (booking.status === "seated" && from === "confirmed") return ["seated", `at ${tableWords(booking.tables)}`];
      if (booking.status === "completed") return ["done", `left ${tableWords(booking.tables)}`];
      if (booking.status === "no_show") return ["failed", "did not come"];
      return ["confirmed", `→ ${target}${booking.strategy ? ` · ${words(STRATEGIES, booking.strategy)}` : ""}`];
    case "manual_review": return ["review", `needs a person: ${reasonWords(booking.reason)}`];
    case "failed": return ["failed", `not seated: ${reasonWords(booking.reason ?? "cancelled")}`];
    default: return ["working", waitingWords(booking).toLowerCase()];
  }
}

export function tell(booking, from) {
  const [kind, text] = feedWords(booking, from);
  let line = feed.get(booking.id);
  if (!line || line.done) {
    const [what, how] = [el("span", {}), el("small", {})];
    const open = () => openPanel("booking", booking.id);
    const node = el("li", {}, el("button", { type: "button", class: "line", onclick: open }, el("b", {}), what, how));
    line = { node, what, how };
    feed.set(booking.id, line);
    $("feed").prepend(node);
  }
  line.done = kind !== "working";
  const row = line.node.firstChild;
  setAttribute(row, "class", `line ${kind}`);
  setText(row.firstChild, clock(booking.from));
  setText(line.what, `${sentence(party(booking))}${kind === "confirmed" ? ` → ${booking.tables.join(" + ")}` : ""}`);
  setText(line.how, kind === "confirmed" ? words(STRATEGIES, booking.strategy ?? "") || "confirmed" : sentence(text));
  while ($("feed").children.length > FEED_LENGTH) $("feed").lastChild.remove();
  $("feed-empty").hidden = true;
}

/** Spoken, but never more than every few seconds: a busy evening must not drown a screen reader. */
export const sayings = { review: 0, confirmed: 0 };

export const say = debounced(() => {
  const parts = [];
  if (sayings.confirmed) parts.push(`${count(sayings.confirmed, "booking")} got a table`);
  if (sayings.review) parts.push(`${count(sayings.review, "booking")} ${sayings.review === 1 ? "needs" : "need"} a person`);
  sayings.confirmed = 0;
  sayings.review = 0;
  if (parts.length) setText($("say"), parts.join(", "));
}, 3000, 10_000);
