// The day and its services on the clock: what is shown, who is there when.

import { clamp } from "./limits.js";
import { MINUTE, parse } from "./time.js";
import { model, now } from "./model.js";
import { hasFailed } from "./bookings.js";
import { view } from "./view.js";

/** Whole evening: services and bookings, in full hours. */
export function dayRange() {
  const list = [...model.bookings.values()].filter((booking) => !hasFailed(booking));
  const starts = [...model.services.map((s) => s.from), ...list.map((b) => b.from)].filter(Number.isFinite);
  const ends = [...model.services.map((s) => s.until), ...list.map((b) => b.until)].filter(Number.isFinite);
  if (!starts.length) starts.push(now());
  const from = Math.floor(Math.min(...starts) / (30 * MINUTE)) * 30 * MINUTE;
  return { from, until: Math.ceil(Math.max(from + 60 * MINUTE, ...ends) / (30 * MINUTE)) * 30 * MINUTE };
}

export function shownRange() {
  const service = model.services.find((item) => item.name === view.service);
  return service ? { from: service.from, until: service.until } : dayRange();
}

/** The shortest service that contains a time, else the next, else the last; a day without services is shown whole. */
export function serviceAt(ms) {
  const inside = model.services.filter((service) => service.from <= ms && ms < service.until);
  if (inside.length) return inside.sort((a, b) => a.until - a.from - (b.until - b.from))[0].name;
  const later = model.services.filter((service) => service.from > ms).sort((a, b) => a.from - b.from);
  return (later[0] ?? model.services.at(-1))?.name ?? "day";
}

export const coversAt = (ms) => {
  let covers = 0;
  for (const booking of model.bookings.values()) {
    if (booking.tables.length && !hasFailed(booking) && booking.from <= ms && ms < booking.until) covers += booking.party_size;
  }
  return covers;
};

export function busiest(range) {
  let best = { at: range.from, covers: 0 };
  for (let at = range.from; at < range.until; at += 5 * MINUTE) {
    const covers = coversAt(at);
    if (covers > best.covers) best = { at, covers };
  }
  return best;
}

/** What is shown while nobody has moved the slider: the demo's time, else now, else (another day) the busiest minute. */
export function followed() {
  const day = dayRange();
  const demo = parse(model.demo?.shown_time);
  if (Number.isFinite(demo)) return clamp(demo, day.from, day.until);
  const current = now();
  if (current >= day.from - 6 * 60 * MINUTE && current <= day.until) return clamp(current, day.from, day.until);
  return busiest(day).at;
}

export const follows = () => {
  if (Number.isFinite(parse(model.demo?.shown_time))) return "demo";
  const day = dayRange();
  return now() >= day.from && now() <= day.until ? "now" : "busiest";
};

export function hours(range) {
  const list = [];
  const step = (range.until - range.from > 8 * 60 * MINUTE ? 120 : 60) * MINUTE;
  for (let at = Math.ceil(range.from / step) * step; at <= range.until; at += step) list.push(at);
  return list;
}
