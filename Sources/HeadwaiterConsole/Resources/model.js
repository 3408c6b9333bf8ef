// What the server has told about one restaurant's day.

import { parse, setZone } from "./time.js";

export const model = {
  restaurant: null, // {id, name, timezone}
  date: null, // service date, YYYY-MM-DD
  clock: null, // {server, local}: the business clock and when it was read
  services: [],
  zones: [],
  tables: new Map(), // number → table, in the file's order
  adjacency: [],
  claims: [],
  bookings: new Map(), // id → booking
  risks: [],
  demo: null,
};

/** The business clock now: the server's, carried on by this machine's monotonic one. */
export const now = () => (model.clock ? model.clock.server + performance.now() - model.clock.local : Date.now());

const same = (a, b) => a.length === b.length && a.every((item, index) => item === b[index]);

export const readBooking = (data) => ({
  ...data, tables: data.tables ?? [], version: data.version ?? 0, from: parse(data.start), until: parse(data.end),
});

const readClaim = (data) => ({ ...data, start: parse(data.from), end: parse(data.until) });

/** @param asked when the answer was asked for: what events told since then is newer than it. */
export function readFloor(data, asked) {
  model.restaurant = data.restaurant;
  setZone(data.restaurant.timezone);
  model.date = data.date ?? model.date;
  model.clock = { server: parse(data.now) || Date.now(), local: performance.now() };
  model.services = (data.services ?? [])
    .map((service) => ({ name: service.name, from: parse(service.start), until: parse(service.end) }))
    .filter((service) => service.until > service.from);
  model.zones = data.zones ?? [];
  model.tables = new Map((data.tables ?? []).map((table) => [table.number, table]));
  model.adjacency = data.adjacency ?? [];
  model.claims = (data.claims ?? []).map(readClaim);
  model.risks = data.risks ?? [];
  const known = model.bookings;
  model.bookings = new Map((data.bookings ?? []).map((item) => [item.id, readBooking(item)]));
  // An event may have overtaken the answer: the higher version wins.
  for (const [id, booking] of known) {
    const read = model.bookings.get(id);
    if (read ? booking.version > read.version : booking.heard > asked) putBooking(booking);
  }
}

/** Stores a booking newer than the one known, and makes its claims follow its tables. */
export function putBooking(booking) {
  model.bookings.set(booking.id, booking);
  const old = model.claims.filter((claim) => claim.booking_id === booking.id && claim.kind !== "block");
  const wanted = booking.status === "cancelled" || booking.status === "no_show" ? [] : booking.tables;
  const unmoved = old.every((claim) => claim.start <= booking.from && claim.end >= booking.until);
  if (unmoved && same(old.map((claim) => claim.table).sort(), [...wanted].sort())) return;
  const after = bufferAfter();
  model.claims = model.claims.filter((claim) => !old.includes(claim)).concat(
    wanted.map((table) => ({
      table, kind: "allocation", booking_id: booking.id, start: booking.from, end: booking.until + after, note: null,
    })));
}

/** The house's buffer after dining, learnt from a claim that the server sent; none known, none. */
function bufferAfter() {
  for (const claim of model.claims) {
    const booking = claim.kind === "allocation" && model.bookings.get(claim.booking_id);
    if (booking && booking.status === "confirmed" && claim.end >= booking.until) return claim.end - booking.until;
  }
  return 0;
}

export const seatsOf = (tables) => tables.reduce((sum, number) => sum + (model.tables.get(number)?.capacity ?? 0), 0);
export const riskOf = (id) => model.risks.find((risk) => risk.booking_id === id);
