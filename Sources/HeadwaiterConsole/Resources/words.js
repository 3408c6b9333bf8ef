// What codes are called, and how things are said.

const REASONS = {
  closed: "the house is closed then",
  outside_service: "outside the hours of service",
  service_overrun: "would run past the end of service",
  party_too_large: "larger than any table or join",
  party_too_small: "smaller than any table allows",
  pacing_exceeded: "too many guests arrive then",
  in_the_past: "the time has passed",
  off_grid: "not one of the bookable times",
  pipeline_disabled: "automatic seating is switched off",
  restaurant_paused: "the restaurant is paused",
  lock_contention: "someone is already working on it",
  booking_not_found: "the booking is gone",
  terminal_state: "already finished",
  circuit_open: "paused until a part of the system is well again",
  rate_limited: "waiting for its turn",
  lock_lost: "interrupted, will be taken up again",
  version_conflict: "changed meanwhile, will be tried again",
  hold_conflict: "another booking took the table first",
  hold_expired: "its hold ran out",
  timeout: "the search took too long",
  system_error: "something went wrong, not the guest's fault",
  no_table: "no table is free for them then",
  table_taken: "its table is taken",
  max_attempts: "tried five times without success",
  deadline: "not decided in time",
  suggest_only: "this house lets a person choose",
  table_blocked: "its table was closed",
  floor_changed: "the floor was changed",
  review_deadline: "nobody decided in time",
  cancelled: "cancelled",
  declined: "declined by a person",
  no_show: "did not come",
  undone: "taken back",
  requeued: "sent to be seated again",
  force_confirmed: "confirmed by a person",
  hand_picked: "table chosen by a person",
  changed: "changed by guest or house",
  moved: "moved to another table",
  refused: "refused",
};

export const STRATEGIES = {
  optimal_fit: "optimal fit",
  adjacency: "tables side by side",
  zone_preference: "preferred zone",
  load_balancing: "quietest zone",
  historical_success: "worked well before",
  legacy_best_fit: "best fit, classic flow",
  manual: "chosen by a person",
};

export const STATES = {
  created: "Received",
  capacity_verified: "Checked: the house can take them",
  assignment_pending: "Waiting for a table",
  assignment_in_progress: "Looking for a table",
  assigned: "Table found",
  confirmed: "Confirmed",
  manual_review: "Given to a person",
  failed: "Not seated",
};

export const STATUSES = {
  pending: "pending",
  confirmed: "confirmed",
  seated: "at the table",
  completed: "has left",
  cancelled: "cancelled",
  no_show: "did not come",
};

/** What a change that leaves the state was. */
export const CAUSES = {
  seat: "Seated",
  complete: "Left",
  no_show: "Did not come",
  undo: "Taken back",
  extend: "Given more time",
  squeeze: "Fitted in with shorter buffers",
  swap: "Tables swapped",
  move: "Moved to another table",
  change: "Changed",
  pin: "Pinned to its table",
  unpin: "No longer pinned",
  keep: "Kept in review",
};

export const FLOWS = { v3: "new pipeline (V3)", legacy: "classic flow" };
export const ORIGINS = { guest: "booked by the guest", host: "booked by the house", walk_in: "walk-in" };

/** Plain words for a code; an unknown one is shown readably, not hidden. */
export const words = (map, code) => (Object.hasOwn(map, code ?? "") ? map[code] : String(code ?? "").replaceAll("_", " "));

export const reasonWords = (code) => words(REASONS, code);
export const count = (n, one, many = one + "s") => `${n} ${n === 1 ? one : many}`;
export const party = (booking) => `party of ${booking.party_size}`;
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const tableWords = (tables) => (tables.length > 1 ? `tables ${tables.join(" + ")}` : `table ${tables[0]}`);
