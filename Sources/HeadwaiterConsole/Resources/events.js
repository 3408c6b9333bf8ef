// What a live event changes.

import { parse, dateOf } from "./time.js";
import { model, readBooking, putBooking } from "./model.js";
import { inReview } from "./bookings.js";
import { requestRender } from "./view.js";
import { tell, sayings, say } from "./feed.js";
import { reload } from "./live.js";

/** Applies one event; the same or an older version again changes nothing. */
export function applyBooking(data) {
  if (data.restaurant_id && data.restaurant_id !== model.restaurant.id) return;
  if (!model.clock || !data.booking_id || !Number.isInteger(data.version)) { reload(); return; }
  const known = model.bookings.get(data.booking_id);
  if (known && known.version >= data.version) return;
  const booking = readBooking({ ...known, ...data, id: data.booking_id, heard: performance.now() });
  delete booking.at;
  if (!isOfDay(booking)) {
    if (known) reload();
    return;
  }
  if (known && booking.assignment_state === "assignment_in_progress" && !data.reason) booking.reason = null;
  putBooking(booking);
  if (isDoubtful(booking, known)) reload();
  tell(booking, data.from_state);
  if (booking.assignment_state === "confirmed" && data.from_state !== "confirmed") sayings.confirmed += 1;
  if (inReview(booking)) sayings.review += 1;
  say();
  requestRender();
}

/** Whether a booking belongs to the day shown; after midnight it is the evening before's. */
function isOfDay(booking) {
  if (!Number.isFinite(booking.from)) return false;
  const last = Math.max(0, ...model.services.map((service) => service.until));
  const first = Math.min(Infinity, ...model.services.map((service) => service.from));
  if (dateOf(booking.from) === model.date) return booking.from >= Math.min(first, parse(`${model.date}T05:00:00Z`));
  return booking.from > first && booking.from < last;
}

/** Claims that an event does not carry: early seating, leaving, blocks, tables that this page does not know. */
function isDoubtful(booking, known) {
  if (booking.tables.some((number) => !model.tables.has(number))) return true;
  if (booking.assignment_state === "confirmed" && !booking.tables.length && booking.status !== "completed") return true;
  if (!known || known.status === booking.status) return false;
  return ["seated", "completed", "no_show"].some((status) => status === booking.status || status === known.status);
}
