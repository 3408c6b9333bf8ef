// What a booking is at the moment, and what that is called.

import { STATES, STATUSES, words, reasonWords } from "./words.js";
import { model } from "./model.js";

export const isSeated = (booking) => booking.status === "seated" || booking.status === "completed";
export const inReview = (booking) => booking.assignment_state === "manual_review";
export const hasFailed = (booking) => booking.assignment_state === "failed" || booking.status === "cancelled";

export const isWaiting = (booking) =>
  booking.status === "pending" && !inReview(booking) && !hasFailed(booking) && booking.assignment_state !== "confirmed";

const byTime = (a, b) => a.from - b.from || b.party_size - a.party_size || (a.id < b.id ? -1 : 1);
export const bookings = (test) => [...model.bookings.values()].filter(test).sort(byTime);

/** A booking's place on the timeline and in the counters: one of the classes that the style sheet knows. */
export function kindOf(booking) {
  if (hasFailed(booking)) return "failed";
  if (inReview(booking)) return "kept";
  if (booking.status === "completed" || booking.status === "no_show") return "done";
  if (booking.status === "seated") return "seated";
  return booking.assignment_state === "confirmed" ? "confirmed" : booking.tables.length ? "kept" : "waiting";
}

export function statusWords(booking) {
  if (inReview(booking)) return "in review";
  if (hasFailed(booking)) {
    return booking.reason && booking.reason !== "cancelled" ? `not seated, ${reasonWords(booking.reason)}` : "cancelled";
  }
  if (isWaiting(booking)) return words(STATES, booking.assignment_state).toLowerCase();
  return words(STATUSES, booking.status);
}

export const waitingWords = (booking) =>
  booking.reason ? `Will be tried again: ${reasonWords(booking.reason)}` : words(STATES, booking.assignment_state);
