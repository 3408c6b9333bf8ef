// What a table is at a minute, for eyes and for ears.

import { count, party } from "./words.js";
import { MINUTE, clock, span } from "./time.js";
import { model, riskOf } from "./model.js";
import { isSeated, inReview } from "./bookings.js";
import { view } from "./view.js";

const SOON = 60 * MINUTE;

/** What a table is at a minute: `{kind, booking, claim, next, risk, tables}`. */
export function tableAt(number, ms, claims) {
  const mine = claims.get(number) ?? [];
  const claim = mine.find((item) => item.start <= ms && ms < item.end);
  const later = mine.filter((item) => item.start > ms);
  const next = later.find((item) => item.start === Math.min(...later.map((one) => one.start)));
  const booking = claim ? model.bookings.get(claim.booking_id) : undefined;
  const nextBooking = next ? model.bookings.get(next.booking_id) : undefined;
  const soon = next && next.start - ms <= SOON;
  const risk = [booking, soon ? nextBooking : null].some((item) => item && riskOf(item.id));
  const state = { kind: "free", claim, booking, next, nextBooking, risk, tables: [number] };
  if (model.tables.get(number)?.active === false) return { ...state, kind: "off" };
  if (!claim) return soon ? { ...state, kind: "next", tables: nextBooking?.tables ?? [number] } : state;
  if (claim.kind === "block") return { ...state, kind: "block" };
  if (claim.kind === "hold") return { ...state, kind: "hold", tables: together(claim, claims) };
  if (!booking) return { ...state, kind: "confirmed" };
  const tables = booking.tables.includes(number) ? booking.tables : [number];
  if (ms >= booking.until && booking.status !== "seated") return { ...state, kind: "clearing", tables };
  return { ...state, kind: isSeated(booking) ? "seated" : "confirmed", tables };
}

/** The tables of one booking's or guest's hold: its rows share a window and an owner. */
function together(hold, claims) {
  const tables = [];
  for (const [number, list] of claims) {
    const is = (item) => item.kind === "hold" && item.start === hold.start && item.end === hold.end
      && item.booking_id === hold.booking_id && item.note === hold.note;
    if (hold.booking_id && list.some(is)) tables.push(number);
  }
  return tables.length ? tables : [hold.table];
}

export function claimsByTable() {
  const index = new Map();
  for (const claim of model.claims) {
    if (!index.has(claim.table)) index.set(claim.table, []);
    index.get(claim.table).push(claim);
  }
  // A block may lie over others; what guests hold is told first.
  for (const list of index.values()) list.sort((a, b) => (a.kind === "block") - (b.kind === "block") || a.start - b.start);
  return index;
}

export function tableNote(state) {
  switch (state.kind) {
    case "seated":
      if (state.booking && view.shown >= state.booking.until) return "over time";
    // falls through
    case "confirmed": return state.booking ? `till ${clock(state.booking.until)}` : `till ${clock(state.claim.end)}`;
    case "clearing": return "clearing";
    case "hold": return "on hold";
    case "block": return "closed";
    case "next": return `from ${clock(state.nextBooking?.from ?? state.next.start)}`;
    case "off": return "not in use";
    default: return "free";
  }
}

/** The same for ears: everything that the drawing says. */
export const tableLabel = (table, state) =>
  [`Table ${table.number}`, count(table.capacity, "seat"), ...tableStory(table, state)].join(", ");

export function tableStory(table, state) {
  const said = [];
  if (state.tables.length > 1) said.push(`joined with ${state.tables.filter((n) => n !== table.number).join(" and ")}`);
  if (state.booking && (state.kind === "seated" || state.kind === "confirmed")) {
    said.push(`${party(state.booking)} ${state.kind === "seated" ? "at the table" : "confirmed"}, ${span(state.booking)}`);
  } else if (state.kind === "next" && state.nextBooking) {
    said.push(`free, booked from ${clock(state.nextBooking.from)} for ${state.nextBooking.party_size}`);
  } else if (state.kind === "block") {
    said.push(`closed till ${clock(state.claim.end)}${state.claim.note ? `, ${state.claim.note}` : ""}`);
  } else {
    said.push(tableNote(state));
  }
  if (state.risk) said.push("at risk");
  if (state.booking && inReview(state.booking)) said.push("its booking needs a person");
  return said;
}
