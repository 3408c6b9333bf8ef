// The header, and the list of what needs a person.

import { reasonWords, sentence } from "./words.js";
import { $, fill, el, setText, setAttribute, keepFocus } from "./dom.js";
import { parse, clock, dayName } from "./time.js";
import { model, now } from "./model.js";
import { isSeated, inReview, hasFailed, isWaiting, bookings, kindOf, waitingWords } from "./bookings.js";
import { bookingLine, riskLine } from "./lines.js";

export function renderHeader() {
  const all = [...model.bookings.values()];
  const put = (id, test) => setText($(`count-${id}`), String(all.filter(test).length));
  put("seated", (booking) => isSeated(booking));
  put("confirmed", (booking) => kindOf(booking) === "confirmed");
  put("pending", isWaiting);
  put("review", inReview);
  put("failed", hasFailed);
  $("count-review").parentElement.classList.toggle("some", all.some(inReview));
  setText($("name"), model.restaurant.name);
  setText($("date"), dayName(parse(`${model.date}T12:00:00Z`)));
  setAttribute($("date"), "datetime", model.date);
  const title = `${model.restaurant.name} · Headwaiter`;
  if (document.title !== title) document.title = title;
}

const attention = { key: "" };

/** What needs a person, most urgent first; then who waits, and who could not be seated. */
export function renderAttention() {
  const review = bookings(inReview);
  const waiting = bookings(isWaiting);
  const failed = bookings(hasFailed);
  const risks = model.risks.filter((risk) => model.bookings.has(risk.booking_id));
  const tell = (list) => list.map((b) => [b.id, b.version, b.reason, b.assignment_state]);
  const key = JSON.stringify([tell(review), tell(waiting), tell(failed), risks]);
  if (key === attention.key) return;
  attention.key = key;
  const people = review.length + risks.length;
  setText($("attention-title"), people ? `Needs a person: ${people}` : "Needs a person");
  const why = (booking, unsaid) => sentence(reasonWords(booking.reason ?? unsaid));
  keepFocus($("attention"), () => {
    const open = $("attention").querySelector("details")?.open ?? false;
    const parts = [];
    if (!people) parts.push(el("p", { class: "calm" }, el("b", { "aria-hidden": "true" }, "✓ "), "Nothing needs you."));
    parts.push(...risks.map(riskLine));
    parts.push(...review.map((booking) => bookingLine(booking, "review", why(booking, "manual_review"))));
    if (waiting.length) {
      parts.push(el("h3", {}, `Waiting for a table: ${waiting.length}`));
      parts.push(...waiting.slice(0, 6).map((booking) => bookingLine(booking, "working", waitingWords(booking))));
      if (waiting.length > 6) parts.push(el("p", { class: "empty" }, `and ${waiting.length - 6} more`));
    }
    if (failed.length) {
      parts.push(fill(el("details"), { open }, [el("summary", {}, `${failed.length} not seated`),
        ...failed.map((booking) => bookingLine(booking, "failed", why(booking, "cancelled")))]));
    }
    $("attention").replaceChildren(...parts);
  });
}

export function renderClock() {
  if (!model.clock) return;
  setText($("now"), clock(now()));
}
