// Headwaiter console: one restaurant's floor and evening, live. It reads the public API and writes nothing.
//
// From top to bottom: words, small tools, the model and what it derives, layout, one renderer a part of the page,
// live data, start. Data from the server reaches the page as text nodes and attributes only.

// Words ---------------------------------------------------------------------------------------------------------

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

const STRATEGIES = {
  optimal_fit: "optimal fit",
  adjacency: "tables side by side",
  zone_preference: "preferred zone",
  load_balancing: "quietest zone",
  historical_success: "worked well before",
  legacy_best_fit: "best fit, classic flow",
  manual: "chosen by a person",
};

const STATES = {
  created: "Received",
  capacity_verified: "Checked: the house can take them",
  assignment_pending: "Waiting for a table",
  assignment_in_progress: "Looking for a table",
  assigned: "Table found",
  confirmed: "Confirmed",
  manual_review: "Given to a person",
  failed: "Not seated",
};

const STATUSES = {
  pending: "pending",
  confirmed: "confirmed",
  seated: "at the table",
  completed: "has left",
  cancelled: "cancelled",
  no_show: "did not come",
};

/** What a change that leaves the state was. */
const CAUSES = {
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

const FLOWS = { v3: "new pipeline (V3)", legacy: "classic flow" };
const ORIGINS = { guest: "booked by the guest", host: "booked by the house", walk_in: "walk-in" };

/** Plain words for a code; an unknown one is shown readably, not hidden. */
const words = (map, code) => (Object.hasOwn(map, code ?? "") ? map[code] : String(code ?? "").replaceAll("_", " "));
const reasonWords = (code) => words(REASONS, code);
const count = (n, one, many = one + "s") => `${n} ${n === 1 ? one : many}`;
const party = (booking) => `party of ${booking.party_size}`;
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const tableWords = (tables) => (tables.length > 1 ? `tables ${tables.join(" + ")}` : `table ${tables[0]}`);

// Small tools ---------------------------------------------------------------------------------------------------

const MINUTE = 60_000;
const SVG = "http://www.w3.org/2000/svg";
const $ = (id) => document.getElementById(id);

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}
const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
function setAttribute(node, key, value) {
  if (value === null) node.removeAttribute(key);
  else if (node.getAttribute(key) !== value) node.setAttribute(key, value);
}
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
const same = (a, b) => a.length === b.length && a.every((item, index) => item === b[index]);

/** Runs `work` once, `quiet` ms after the last call, but not later than `latest` ms after the first. */
function debounced(work, quiet, latest) {
  let timer = 0;
  let first = 0;
  return () => {
    const now = performance.now();
    if (!timer) first = now;
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; work(); }, Math.max(0, Math.min(quiet, first + latest - now)));
  };
}

async function getJSON(path) {
  const response = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store" });
  if (!response.ok) throw Object.assign(new Error(`${path}: ${response.status}`), { status: response.status });
  return response.status === 204 ? null : response.json();
}

// Model ---------------------------------------------------------------------------------------------------------

const model = {
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

const view = {
  follow: true,
  shown: 0, // the minute shown, ms
  service: null, // a service's name, or "day"
  panel: [], // stack of {kind: "table" | "booking", id}
  opener: null,
  summaryHidden: false,
};

const parse = (text) => Date.parse(text ?? "");
let formatters = null;

function setZone(timeZone) {
  const make = (options) => {
    try {
      return new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
    } catch {
      return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
    }
  };
  formatters = {
    clock: make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    seconds: make({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
    day: make({ weekday: "short", day: "numeric", month: "short" }),
    date: make({ year: "numeric", month: "2-digit", day: "2-digit" }),
  };
}
const clock = (ms) => (Number.isFinite(ms) ? formatters.clock.format(ms) : "--:--");
const span = (booking) => `${clock(booking.from)}–${clock(booking.until)}`;
/** The service date of a moment: before five in the morning it is still the evening before's. */
const dayOf = (ms) => dateOf(ms - 5 * 60 * MINUTE);
const dateOf = (ms) => formatters.date.format(ms).split("/").reverse().join("-");

/** The business clock now: the server's, carried on by this machine's monotonic one. */
const now = () => (model.clock ? model.clock.server + performance.now() - model.clock.local : Date.now());

const readBooking = (data) => ({
  ...data, tables: data.tables ?? [], version: data.version ?? 0, from: parse(data.start), until: parse(data.end),
});
const readClaim = (data) => ({ ...data, start: parse(data.from), end: parse(data.until) });

/** @param asked when the answer was asked for: what events told since then is newer than it. */
function readFloor(data, asked) {
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
function putBooking(booking) {
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

const seatsOf = (tables) => tables.reduce((sum, number) => sum + (model.tables.get(number)?.capacity ?? 0), 0);

const isSeated = (booking) => booking.status === "seated" || booking.status === "completed";
const inReview = (booking) => booking.assignment_state === "manual_review";
const hasFailed = (booking) => booking.assignment_state === "failed" || booking.status === "cancelled";
const isWaiting = (booking) =>
  booking.status === "pending" && !inReview(booking) && !hasFailed(booking) && booking.assignment_state !== "confirmed";
const byTime = (a, b) => a.from - b.from || b.party_size - a.party_size || (a.id < b.id ? -1 : 1);
const bookings = (test) => [...model.bookings.values()].filter(test).sort(byTime);

/** A booking's place on the timeline and in the counters: one of the classes that the style sheet knows. */
function kindOf(booking) {
  if (hasFailed(booking)) return "failed";
  if (inReview(booking)) return "kept";
  if (booking.status === "completed" || booking.status === "no_show") return "done";
  if (booking.status === "seated") return "seated";
  return booking.assignment_state === "confirmed" ? "confirmed" : booking.tables.length ? "kept" : "waiting";
}

/** Whole evening: services and bookings, in full hours. */
function dayRange() {
  const list = [...model.bookings.values()].filter((booking) => !hasFailed(booking));
  const starts = [...model.services.map((s) => s.from), ...list.map((b) => b.from)].filter(Number.isFinite);
  const ends = [...model.services.map((s) => s.until), ...list.map((b) => b.until)].filter(Number.isFinite);
  if (!starts.length) starts.push(now());
  const from = Math.floor(Math.min(...starts) / (30 * MINUTE)) * 30 * MINUTE;
  return { from, until: Math.ceil(Math.max(from + 60 * MINUTE, ...ends) / (30 * MINUTE)) * 30 * MINUTE };
}

function shownRange() {
  const service = model.services.find((item) => item.name === view.service);
  return service ? { from: service.from, until: service.until } : dayRange();
}

/** The shortest service that contains a time, else the next, else the last; a day without services is shown whole. */
function serviceAt(ms) {
  const inside = model.services.filter((service) => service.from <= ms && ms < service.until);
  if (inside.length) return inside.sort((a, b) => a.until - a.from - (b.until - b.from))[0].name;
  const later = model.services.filter((service) => service.from > ms).sort((a, b) => a.from - b.from);
  return (later[0] ?? model.services.at(-1))?.name ?? "day";
}

const coversAt = (ms) => {
  let covers = 0;
  for (const booking of model.bookings.values()) {
    if (booking.tables.length && !hasFailed(booking) && booking.from <= ms && ms < booking.until) covers += booking.party_size;
  }
  return covers;
};

function busiest(range) {
  let best = { at: range.from, covers: 0 };
  for (let at = range.from; at < range.until; at += 5 * MINUTE) {
    const covers = coversAt(at);
    if (covers > best.covers) best = { at, covers };
  }
  return best;
}

/** What is shown while nobody has moved the slider: the demo's time, else now, else (another day) the busiest minute. */
function followed() {
  const day = dayRange();
  const demo = parse(model.demo?.shown_time);
  if (Number.isFinite(demo)) return clamp(demo, day.from, day.until);
  const current = now();
  if (current >= day.from - 6 * 60 * MINUTE && current <= day.until) return clamp(current, day.from, day.until);
  return busiest(day).at;
}
const follows = () => {
  if (Number.isFinite(parse(model.demo?.shown_time))) return "demo";
  const day = dayRange();
  return now() >= day.from && now() <= day.until ? "now" : "busiest";
};

const SOON = 60 * MINUTE;

/** What a table is at a minute: `{kind, booking, claim, next, risk, tables}`. */
function tableAt(number, ms, claims) {
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

function claimsByTable() {
  const index = new Map();
  for (const claim of model.claims) {
    if (!index.has(claim.table)) index.set(claim.table, []);
    index.get(claim.table).push(claim);
  }
  // A block may lie over others; what guests hold is told first.
  for (const list of index.values()) list.sort((a, b) => (a.kind === "block") - (b.kind === "block") || a.start - b.start);
  return index;
}

const riskOf = (id) => model.risks.find((risk) => risk.booking_id === id);

// Layout --------------------------------------------------------------------------------------------------------

const FACE = 56; // height of a table, px

const widthOf = (table) => (table.capacity <= 2 ? 80 : table.capacity <= 4 ? 86 : table.capacity <= 6 ? 98 : 108);

const widest = (tables) => Math.max(...tables.map(widthOf));

/** Tables in an order in which neighbours follow each other: along the adjacency graph, from an end of each chain. */
function chain(tables) {
  const inZone = new Set(tables.map((table) => table.number));
  const near = new Map(tables.map((table) => [table.number, []]));
  for (const [a, b] of model.adjacency) {
    if (inZone.has(a) && inZone.has(b)) { near.get(a).push(b); near.get(b).push(a); }
  }
  const order = [];
  const seen = new Set();
  const walk = (first) => {
    const stack = [first];
    while (stack.length) {
      const number = stack.pop();
      if (seen.has(number)) continue;
      seen.add(number);
      order.push(number);
      stack.push(...near.get(number).filter((other) => !seen.has(other)).reverse());
    }
  };
  const ends = tables.filter((table) => near.get(table.number).length <= 1);
  for (const table of [...ends, ...tables]) walk(table.number);
  return order;
}

/** Rows that turn round at their ends, so that the last table of one stands above the first of the next. */
function snake(tables, columns, cell) {
  const order = chain(tables);
  const rows = Math.ceil(order.length / columns);
  const perRow = Math.ceil(order.length / rows);
  const spots = new Map();
  order.forEach((number, index) => {
    const row = Math.floor(index / perRow);
    const place = index % perRow;
    const table = model.tables.get(number);
    spots.set(number, {
      column: row % 2 ? perRow - 1 - place : place, row,
      width: Math.min(widthOf(table), cell - 12), height: FACE, turn: 0,
      round: /round|circle|oval/.test(table.position?.shape ?? "") || table.seating === "high_top",
    });
  });
  return { spots, rows, perRow };
}

/** Positions drawn in the file, scaled into a width; null unless every table of the zone has one and all stay readable. */
function drawn(tables, width) {
  if (!tables.length || !tables.every((table) => Number.isFinite(table.position?.x) && Number.isFinite(table.position?.y))) return null;
  const box = (table) => {
    const { x, y, width: w, height: h } = table.position;
    return { x, y, w: w || 1, h: h || 1 };
  };
  const boxes = tables.map(box);
  const left = Math.min(...boxes.map((b) => b.x));
  const top = Math.min(...boxes.map((b) => b.y));
  const wide = Math.max(...boxes.map((b) => b.x + b.w)) - left;
  const high = Math.max(...boxes.map((b) => b.y + b.h)) - top;
  const scale = Math.min((width - 120) / Math.max(wide, 0.1), 110);
  const spots = new Map(tables.map((table, index) => {
    const b = boxes[index];
    const turn = table.position.rotation || 0;
    const least = turn % 180 ? { w: 84, h: 84 } : { w: widthOf(table), h: FACE }; // room for text, which is not turned
    return [table.number, {
      x: (b.x + b.w / 2 - left) * scale + (width - wide * scale) / 2, y: (b.y + b.h / 2 - top) * scale + 30,
      width: Math.max(least.w, b.w * scale), height: Math.max(least.h, b.h * scale), turn,
      round: /round|circle|oval/.test(table.position.shape ?? ""),
    }];
  }));
  const overlap = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 6 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 12;
  const list = [...spots.values()];
  if (list.some((a, index) => list.slice(index + 1).some((b) => overlap(a, b)))) return null;
  return { spots, height: high * scale + 60 };
}

/** As few columns as the height allows, so that tables are big; never more than fit beside each other. */
function columnsFor(groups, width, height) {
  const most = clamp(Math.floor(width / 112), 2, 8);
  const rows = (columns) => groups.reduce((sum, group) => sum + Math.ceil(group.tables.length / columns), 0);
  for (let columns = Math.min(most, Math.max(2, Math.ceil(width / 170))); columns < most; columns += 1) {
    if (rows(columns) * 84 <= height) return columns;
  }
  return most;
}

/** Where everything stands, in px: `{width, height, zones: [{zone, x, y, width, height}], spots}`. */
function layout(width, wantedHeight) {
  const head = 30;
  const gap = 8;
  const pad = 6;
  const groups = model.zones
    .map((zone) => ({ zone, tables: [...model.tables.values()].filter((table) => table.zone === zone.name) }))
    .filter((group) => group.tables.length);
  const columns = columnsFor(groups, width - 2 * pad, wantedHeight - groups.length * (head + gap + pad));
  const made = groups.map((group) => {
    const positions = drawn(group.tables, width);
    if (positions) return { ...group, positions };
    const needed = Math.ceil(group.tables.length / columns);
    const cell = (width - 2 * pad) / Math.ceil(group.tables.length / needed);
    return { ...group, grid: snake(group.tables, columns, cell) };
  });
  const rows = made.reduce((sum, group) => sum + (group.grid?.rows ?? 0), 0);
  const fixed = made.reduce((sum, group) => sum + head + gap + pad + (group.positions?.height ?? 0), -gap);
  const rowHeight = rows ? clamp((wantedHeight - fixed) / rows, 76, 108) : 0;
  const result = { width, height: 0, zones: [], spots: new Map() };
  let y = 0;
  for (const group of made) {
    const inner = group.positions?.height ?? group.grid.rows * rowHeight;
    const height = head + inner + pad;
    result.zones.push({ zone: group.zone, tables: group.tables, y, height });
    const cell = group.grid ? (width - 2 * pad) / group.grid.perRow : 0;
    const size = group.grid ? clamp(Math.min(rowHeight / 78, (cell - 12) / widest(group.tables)), 1, 1.3) : 1;
    for (const [number, spot] of (group.positions ?? group.grid).spots) {
      const x = group.positions ? spot.x : pad + (spot.column + 0.5) * cell;
      const inY = group.positions ? spot.y : (spot.row + 0.5) * rowHeight;
      result.spots.set(number, { ...spot, size, x, y: y + head + inY });
    }
    y += height + gap;
  }
  result.height = Math.max(y - gap, 40);
  return result;
}

// Floor ---------------------------------------------------------------------------------------------------------

const floor = { plan: null, tables: new Map(), zones: [], key: "", focus: null };

function patterns() {
  return svg("defs", {},
    svg("pattern", { id: "weave-hold", width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("path", { d: "M0 0V9", class: "weave-line-hold" })),
    svg("pattern", { id: "weave-block", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("path", { d: "M0 0V7M0 0H7", class: "weave-line-block" })));
}

function chairsOf(table, spot) {
  const seats = table.capacity;
  const above = Math.ceil(seats / 2);
  const group = svg("g", { class: "chairs", "aria-hidden": "true", transform: `translate(${spot.x} ${spot.y}) scale(${spot.size}) rotate(${spot.turn})` });
  for (let index = 0; index < seats; index += 1) {
    const top = index % 2 === 0;
    const inRow = top ? above : seats - above;
    const place = Math.floor(index / 2);
    const step = (spot.width - 12) / Math.max(inRow, 1);
    const size = Math.min(18, step - 3);
    if (size < 3) break;
    const x = -(spot.width - 12) / 2 + step * (place + 0.5) - size / 2;
    const y = top ? -spot.height / 2 - 9 : spot.height / 2 + 2;
    group.append(svg("rect", { x, y, width: size, height: 7, rx: 3, class: "chair" }));
  }
  return group;
}

function drawTable(table, spot) {
  const half = { w: spot.width / 2, h: spot.height / 2 };
  const rx = spot.round ? half.h - 5 : 9;
  const box = (grow, extra) => svg("rect", {
    x: -half.w - grow, y: -half.h - grow, width: spot.width + 2 * grow, height: spot.height + 2 * grow, rx: rx + grow, ...extra,
  });
  const turned = svg("g", { transform: `rotate(${spot.turn})` }, box(0, { class: "top-face" }), box(0, { class: "weave" }), box(5, { class: "ring" }));
  const parts = {
    number: svg("text", { class: "number", y: -10 }, table.number),
    seats: svg("text", { class: "seats", y: 6 }),
    note: svg("text", { class: "note", y: 21 }),
  };
  const corner = (kind, ...children) =>
    svg("g", { class: `badge ${kind}`, transform: `translate(${half.w - 4} ${-half.h + 4})` }, ...children);
  const node = svg("g", {
    class: "table is-free", role: "button", tabindex: -1, transform: `translate(${spot.x} ${spot.y}) scale(${spot.size})`, "data-table": table.number,
    onclick: () => openPanel("table", table.number), onkeydown: floorKey, onfocus: () => roveFloor(table.number),
  }, turned, parts.number, parts.seats, parts.note,
  svg("path", { class: "tick", d: `M${-half.w + 9} ${-half.h + 14}l4 4 7 -8` }),
  corner("risk", svg("path", { d: "M0 -11L11 8H-11Z" }), svg("text", { y: 6 }, "!")),
  corner("review", svg("circle", { r: 9 }), svg("text", { y: 4.5 }, "?")));
  return { node, ...parts };
}

function buildFloor() {
  const box = $("floor-box");
  const width = Math.floor(box.clientWidth);
  if (width < 50 || !model.tables.size) return;
  const wide = matchMedia("(min-width: 1280px) and (min-height: 720px)").matches;
  const room = wide ? $("floor-panel").clientHeight - $("legend").offsetHeight - 22 : innerHeight - 230;
  const key = [width, room, model.date, JSON.stringify([model.zones, [...model.tables.values()], model.adjacency])].join("|");
  if (key === floor.key) return;
  floor.key = key;
  const focused = document.activeElement?.closest?.("#floor .table")?.dataset.table;
  floor.plan = layout(width, room);
  const canvas = $("floor");
  setAttribute(canvas, "viewBox", `0 0 ${width} ${floor.plan.height}`);
  setAttribute(canvas, "height", String(floor.plan.height));
  floor.tables = new Map();
  floor.joints = svg("g", { "aria-hidden": "true" });
  const chairs = svg("g", { "aria-hidden": "true" });
  const hints = svg("g", { "aria-hidden": "true" }, ...model.adjacency.map(([a, b]) => line(a, b, "can-join")).filter(Boolean));
  const backs = svg("g", { "aria-hidden": "true" });
  floor.zones = floor.plan.zones.map(({ zone, tables, y, height }) => {
    const note = svg("text", { class: "zone-note", x: width - 12, y: y + 20, "aria-hidden": "true" });
    backs.append(svg("g", { class: "zone" },
      svg("rect", { x: 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 10 }),
      svg("text", { class: "zone-name", x: 12, y: y + 21 }, zone.name), note));
    const group = svg("g", { role: "group", "data-zone": zone.name });
    for (const table of tables) {
      const spot = floor.plan.spots.get(table.number);
      const seats = chairsOf(table, spot);
      chairs.append(seats);
      const drawing = { ...drawTable(table, spot), chairs: seats };
      floor.tables.set(table.number, drawing);
      group.append(drawing.node);
    }
    return { zone, tables, note, group };
  });
  canvas.replaceChildren(patterns(), backs, hints, chairs, floor.joints, ...floor.zones.map((item) => item.group));
  if (!floor.tables.has(floor.focus)) floor.focus = floor.tables.keys().next().value;
  roveFloor(floor.focus);
  if (focused) floor.tables.get(focused)?.node.focus();
}

function line(a, b, name) {
  const from = floor.plan.spots.get(a);
  const to = floor.plan.spots.get(b);
  return from && to ? svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: name }) : null;
}

/** The shortest lines that link all tables of a party: a spanning tree by distance. */
function links(numbers) {
  const left = numbers.filter((number) => floor.plan.spots.has(number));
  const linked = left.splice(0, 1);
  const pairs = [];
  while (left.length) {
    let best = null;
    for (const a of linked) {
      for (const b of left) {
        const [p, q] = [floor.plan.spots.get(a), floor.plan.spots.get(b)];
        const far = Math.hypot(p.x - q.x, p.y - q.y);
        if (!best || far < best.far) best = { a, b, far };
      }
    }
    pairs.push([best.a, best.b]);
    linked.push(best.b);
    left.splice(left.indexOf(best.b), 1);
  }
  return pairs;
}

/** Middle of the gap between two tables, where the pin of their bridge is drawn. */
function gapBetween(a, b) {
  const [p, q] = [floor.plan.spots.get(a), floor.plan.spots.get(b)];
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const reach = (spot) => Math.min(
    Math.abs(dx) ? (spot.size * spot.width) / 2 / Math.abs(dx) : 9, Math.abs(dy) ? (spot.size * spot.height) / 2 / Math.abs(dy) : 9);
  const t = (reach(p) + 1 - reach(q)) / 2;
  return { x: p.x + dx * t, y: p.y + dy * t };
}

function tableNote(state) {
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
const tableLabel = (table, state) => [`Table ${table.number}`, count(table.capacity, "seat"), ...tableStory(table, state)].join(", ");

function tableStory(table, state) {
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

function renderFloor() {
  if (!floor.plan) return;
  const claims = claimsByTable();
  const free = new Map();
  const states = new Map([...floor.tables.keys()].map((number) => [number, tableAt(number, view.shown, claims)]));
  renderJoints(states);
  for (const [number, drawing] of floor.tables) {
    const table = model.tables.get(number);
    const state = states.get(number);
    const review = state.booking && inReview(state.booking) ? " is-review" : "";
    const classes = `is-${state.kind}${state.risk ? " is-risk" : ""}${review}`;
    const chosen = chosenTables().includes(number) ? " chosen" : "";
    setAttribute(drawing.node, "class", `table ${classes}${chosen}`);
    setAttribute(drawing.chairs, "class", `chairs ${classes}`);
    setAttribute(drawing.node, "aria-label", tableLabel(table, state));
    const dining = state.booking && (state.kind === "seated" || state.kind === "confirmed");
    setText(drawing.seats, dining ? `${state.booking.party_size} of ${seatsOf(state.tables)}` : count(table.capacity, "seat"));
    setText(drawing.note, tableNote(state));
    takeChairs(drawing.chairs, dining ? chairsTaken(state, number) : 0);
    if (state.kind === "free" || state.kind === "next") free.set(table.zone, (free.get(table.zone) ?? 0) + 1);
  }
  for (const { zone, tables, note, group } of floor.zones) {
    const text = `${free.get(zone.name) ?? 0} of ${tables.length} free`;
    setText(note, zone.area && zone.area !== "indoor" ? `${zone.area} · ${text}` : text);
    setAttribute(group, "aria-label", `${zone.name}, ${zone.area ?? ""}, ${text}`);
  }
  setAttribute($("floor"), "aria-label", `Floor at ${clock(view.shown)}; arrow keys move between tables, Enter opens one`);
}

/** The tables that the open panel is about. */
function chosenTables() {
  const top = view.panel.at(-1);
  if (!top) return [];
  return top.kind === "table" ? [top.id] : model.bookings.get(top.id)?.tables ?? [];
}

/** A party fills the first of its tables, then the next. */
function chairsTaken(state, number) {
  let left = state.booking.party_size;
  for (const table of state.tables) {
    const seats = model.tables.get(table)?.capacity ?? 0;
    if (table === number) return clamp(left, 0, seats);
    left -= seats;
  }
  return 0;
}

function takeChairs(group, taken) {
  let left = taken;
  for (const chair of group.children) {
    const away = chair.dataset.away === "yes";
    setAttribute(chair, "class", away ? "chair away" : left > 0 ? "chair taken" : "chair");
    if (!away) left -= 1;
  }
}

/** Nobody sits where two tables meet: chairs under a bridge go. */
function clearBridges(list) {
  const pins = list.flatMap(({ tables }) => links(tables).map(([a, b]) => gapBetween(a, b)));
  for (const [number, { chairs }] of floor.tables) {
    const spot = floor.plan.spots.get(number);
    for (const chair of chairs.children) {
      const x = spot.x + spot.size * (Number(chair.getAttribute("x")) + Number(chair.getAttribute("width")) / 2);
      const y = spot.y + spot.size * (Number(chair.getAttribute("y")) + 4);
      const away = !spot.turn && pins.some((pin) => Math.abs(pin.x - x) < 26 && Math.abs(pin.y - y) < 18);
      chair.dataset.away = away ? "yes" : "";
    }
  }
}

function renderJoints(states) {
  const joined = new Map();
  for (const { tables, kind } of states.values()) {
    if (tables.length > 1 && ["seated", "confirmed", "next", "hold"].includes(kind)) joined.set(tables.join("+"), { tables, kind });
  }
  const list = [...joined.values()];
  const key = list.map((item) => item.kind + item.tables.join("+")).join("|") + floor.key;
  if (floor.joints.dataset.key === key) return;
  floor.joints.dataset.key = key;
  clearBridges(list.filter((item) => item.kind !== "next"));
  const rims = [];
  const bridges = [];
  for (const { tables, kind } of list) {
    for (const [a, b] of links(tables)) {
      const pin = gapBetween(a, b);
      rims.push(line(a, b, `bridge-rim ${kind}`));
      bridges.push(fill(line(a, b, `bridge ${kind}`), { "data-join": `${a}+${b}` }, []));
      bridges.push(svg("circle", { cx: pin.x, cy: pin.y, r: 3.5, class: `bridge-pin ${kind}` }));
    }
  }
  floor.joints.replaceChildren(...rims, ...bridges);
}

/** One tab stop for the whole floor; the arrow keys move within. */
function roveFloor(number) {
  floor.focus = number;
  for (const [key, { node }] of floor.tables) setAttribute(node, "tabindex", key === number ? "0" : "-1");
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function floorKey(event) {
  const here = event.currentTarget.dataset.table;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openPanel("table", here);
    return;
  }
  const keys = [...floor.tables.keys()];
  const target = event.key === "Home" ? keys[0] : event.key === "End" ? keys.at(-1) : ARROWS[event.key] && toward(here, ARROWS[event.key]);
  if (!target) return;
  event.preventDefault();
  floor.tables.get(target).node.focus();
}

/** The nearest table in a direction; sideways distance counts double. */
function toward(here, [dx, dy]) {
  const from = floor.plan.spots.get(here);
  let best = null;
  for (const [number, spot] of floor.plan.spots) {
    const along = (spot.x - from.x) * dx + (spot.y - from.y) * dy;
    const aside = Math.abs((spot.x - from.x) * dy) + Math.abs((spot.y - from.y) * dx);
    const far = along + 2 * aside;
    if (number !== here && along > 1 && aside < along * 3 && (!best || far < best.far)) best = { number, far };
  }
  return best?.number;
}

function buildLegend() {
  const swatch = (kind, extra) => svg("svg", { width: 26, height: 20, viewBox: "-13 -10 26 20", "aria-hidden": "true" },
    svg("g", { class: `table is-${kind}` },
      svg("rect", { x: -11, y: -8, width: 22, height: 16, rx: 4, class: "top-face" }),
      svg("rect", { x: -11, y: -8, width: 22, height: 16, rx: 4, class: "weave" }), extra));
  const joined = svg("svg", { width: 34, height: 20, viewBox: "-17 -10 34 20", "aria-hidden": "true" },
    svg("line", { x1: -8, y1: 0, x2: 8, y2: 0, class: "bridge small" }),
    svg("g", { class: "is-confirmed" }, svg("rect", { x: -16, y: -8, width: 11, height: 16, rx: 3, class: "top-face" }),
      svg("rect", { x: 5, y: -8, width: 11, height: 16, rx: 3, class: "top-face" })));
  const warn = svg("svg", { width: 24, height: 20, viewBox: "-12 -12 24 22", "aria-hidden": "true" },
    svg("g", { class: "badge" }, svg("path", { d: "M0 -11L11 8H-11Z" })));
  const entries = [
    [swatch("free"), "free"], [swatch("next"), "booked soon"], [swatch("confirmed"), "confirmed"],
    [swatch("seated", svg("path", { class: "tick", d: "M-5 0l4 4 7 -8" })), "at the table"], [joined, "joined"],
    [swatch("hold"), "on hold"], [swatch("block"), "closed"], [warn, "at risk"],
  ];
  $("legend").replaceChildren(...entries.map(([picture, text]) => el("li", {}, picture, text)));
}

// Timeline ------------------------------------------------------------------------------------------------------

const evening = { key: "", tracks: new Map(), bars: new Map(), lines: null, pointed: null };

function buildTimeline() {
  const range = shownRange();
  const key = [range.from, range.until, JSON.stringify([model.zones, [...model.tables.values()]])].join("|");
  if (key === evening.key) return;
  evening.key = key;
  evening.range = range;
  evening.tracks = new Map();
  evening.bars = new Map();
  const part = (ms) => ((ms - range.from) / (range.until - range.from)) * 100;
  const axis = el("div", { class: "axis", "aria-hidden": "true", onpointerdown: dragAxis });
  evening.lines = el("div", { class: "lines", "aria-hidden": "true" });
  for (const hour of hours(range)) {
    const label = el("span", {}, clock(hour));
    label.style.left = `${part(hour)}%`;
    axis.append(label);
    const rule = el("i", {});
    rule.style.left = `${part(hour)}%`;
    evening.lines.append(rule);
  }
  evening.now = el("i", { class: "line-now" });
  evening.shown = el("i", { class: "line-shown" });
  evening.lines.append(evening.now, evening.shown);
  const body = [axis, evening.lines];
  for (const zone of model.zones) {
    const tables = [...model.tables.values()].filter((table) => table.zone === zone.name);
    if (!tables.length) continue;
    body.push(el("h3", {}, zone.name));
    for (const table of tables) {
      const track = el("div", { class: "track" });
      evening.tracks.set(table.number, track);
      body.push(el("div", { class: "row", role: "group", "aria-label": `Table ${table.number}, ${count(table.capacity, "seat")}` },
        el("div", { class: "row-name", "aria-hidden": "true" }, el("b", {}, table.number), el("span", {}, ` ${table.capacity}`)), track));
    }
  }
  $("timeline").replaceChildren(...body);
}

function hours(range) {
  const list = [];
  const step = (range.until - range.from > 8 * 60 * MINUTE ? 120 : 60) * MINUTE;
  for (let at = Math.ceil(range.from / step) * step; at <= range.until; at += step) list.push(at);
  return list;
}

function renderTimeline() {
  if (!evening.range) return;
  const { from, until } = evening.range;
  const seen = new Set();
  evening.width = evening.tracks.values().next().value?.clientWidth ?? 0;
  for (const claim of model.claims) {
    const booking = claim.kind === "block" ? null : model.bookings.get(claim.booking_id);
    const [start, end] = booking ? [booking.from, booking.until] : [claim.start, claim.end];
    const track = evening.tracks.get(claim.table);
    if (!track || !(end > from && start < until)) continue;
    const key = `${claim.table}|${claim.kind}|${claim.booking_id ?? claim.start}`;
    seen.add(key);
    drawBar(key, track, claim, booking, clamp(start, from, until), clamp(end, from, until));
  }
  for (const [key, bar] of evening.bars) {
    if (!seen.has(key)) { bar.remove(); evening.bars.delete(key); }
  }
  const part = (ms) => `${((ms - from) / (until - from)) * 100}%`;
  const current = now();
  evening.now.hidden = current < from || current > until;
  evening.now.style.left = part(current);
  evening.shown.hidden = view.shown < from || view.shown > until || Math.abs(view.shown - current) < 2 * MINUTE;
  evening.shown.style.left = part(view.shown);
  roveBars();
  const best = busiest(evening.range);
  setText($("evening-hint"), best.covers ? `Busiest at ${clock(best.at)}: ${count(best.covers, "guest")}` : "");
}

function drawBar(key, track, claim, booking, start, end) {
  const { from, until } = evening.range;
  let bar = evening.bars.get(key);
  if (!bar) {
    bar = booking
      ? el("button", { type: "button", tabindex: -1, onclick: () => openPanel("booking", booking.id), onkeydown: barKey,
        onfocus: () => roveBars(bar), onpointerenter: () => light(booking.id), onpointerleave: () => light(null) },
      el("b", {}), el("span", {}))
      : el("div", {}, el("span", {}));
    bar.dataset.booking = booking?.id ?? "";
    evening.bars.set(key, bar);
    track.append(bar);
    if (booking && performance.now() - booking.heard < 2000) bar.classList.add("fresh");
  }
  bar.style.left = `${((start - from) / (until - from)) * 100}%`;
  bar.style.width = `${((end - start) / (until - from)) * 100}%`;
  const others = booking ? booking.tables.filter((number) => number !== claim.table) : [];
  const kind = booking ? (claim.kind === "hold" ? "hold" : kindOf(booking)) : claim.kind;
  const marks = { risk: booking && riskOf(booking.id), fresh: bar.classList.contains("fresh"), same: booking && isLit(booking.id) };
  setAttribute(bar, "class", ["bar", kind, ...Object.keys(marks).filter((mark) => marks[mark])].join(" "));
  if (!booking) {
    setText(bar.lastChild, claim.kind === "block" ? claim.note || "closed" : "on hold");
    return;
  }
  setText(bar.firstChild, String(booking.party_size));
  const room = ((end - start) / (until - from)) * evening.width;
  setText(bar.lastChild, room < 64 ? "" : ` ${barWords(booking, others)}${isSeated(booking) ? " ✓" : ""}`);
  const joined = others.length ? `, joined with ${others.join(" and ")}` : "";
  setAttribute(bar, "aria-label", `${bar.textContent}: `
    + `${party(booking)}, ${span(booking)}, ${statusWords(booking)}, table ${claim.table}${joined}`);
}

const barWords = (booking, others) => clock(booking.from) + (others.length ? ` + ${others.join(" ")}` : "");

/** A booking's bars stand out together: the one pointed at, and the one whose story is open. */
const isLit = (id) => id === evening.pointed || (view.panel.at(-1)?.kind === "booking" && view.panel.at(-1).id === id);

function light(id) {
  evening.pointed = id;
  for (const bar of evening.bars.values()) bar.classList.toggle("same", bar.dataset.booking !== "" && isLit(bar.dataset.booking));
}

/** One tab stop for the whole timeline. */
function roveBars(focused) {
  const bars = [...evening.bars.values()].filter((bar) => bar.tagName === "BUTTON");
  const stop = focused ?? bars.find((bar) => bar.tabIndex === 0) ?? bars[0];
  for (const bar of bars) bar.tabIndex = bar === stop ? 0 : -1;
}

function barKey(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const rows = [...evening.tracks.values()].filter((track) => track.querySelector("button"));
  const track = event.currentTarget.parentElement;
  const inRow = (row) => [...row.querySelectorAll("button")].sort((a, b) => a.offsetLeft - b.offsetLeft);
  let target = null;
  if (step) {
    const list = inRow(track);
    target = list[list.indexOf(event.currentTarget) + step];
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const row = rows[rows.indexOf(track) + (event.key === "ArrowUp" ? -1 : 1)];
    const middle = (bar) => bar.offsetLeft + bar.offsetWidth / 2;
    const away = (bar) => Math.abs(middle(bar) - middle(event.currentTarget));
    target = row && inRow(row).sort((a, b) => away(a) - away(b))[0];
  }
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function dragAxis(event) {
  const axis = event.currentTarget;
  const move = (pointer) => {
    const box = axis.getBoundingClientRect();
    const { from, until } = evening.range;
    show(from + clamp((pointer.clientX - box.left) / box.width, 0, 1) * (until - from));
  };
  axis.setPointerCapture(event.pointerId);
  axis.addEventListener("pointermove", move);
  axis.addEventListener("pointerup", () => axis.removeEventListener("pointermove", move), { once: true });
  move(event);
}

// Time shown ----------------------------------------------------------------------------------------------------

function show(ms) {
  const range = dayRange();
  view.follow = false;
  view.shown = clamp(Math.round(ms / MINUTE) * MINUTE, range.from, range.until);
  const inside = shownRange();
  if (view.shown < inside.from || view.shown > inside.until) view.service = serviceAt(view.shown);
  requestRender();
}

function renderScrub() {
  const range = shownRange();
  const scrub = $("scrub");
  setAttribute(scrub, "max", String(Math.round((range.until - range.from) / MINUTE)));
  const minutes = String(Math.round((clamp(view.shown, range.from, range.until) - range.from) / MINUTE));
  if (scrub.value !== minutes) scrub.value = minutes;
  const covers = coversAt(view.shown);
  setAttribute(scrub, "aria-valuetext", `${clock(view.shown)}, ${count(covers, "guest")} at the tables`);
  setText($("shown"), clock(view.shown));
  const mode = follows();
  const modes = { demo: "follows the demo", now: "now", busiest: "busiest time" };
  setText($("shown-tag"), view.follow ? modes[mode] : count(covers, "guest"));
  setAttribute($("follow"), "aria-pressed", String(view.follow));
  setText($("follow"), mode === "now" ? "Follow now" : mode === "demo" ? "Follow demo" : "Busiest");
  renderTicks(range);
  renderLoad(range);
  renderServices();
}

function renderTicks(range) {
  const key = `${range.from}-${range.until}`;
  if ($("ticks").dataset.key === key) return;
  $("ticks").dataset.key = key;
  const marks = hours(range);
  $("ticks").replaceChildren(...marks.map((hour) => {
    const mark = el("span", {}, clock(hour));
    mark.style.left = `${((hour - range.from) / (range.until - range.from)) * 100}%`;
    return mark;
  }));
}

/** Guests at the tables over the evening, as a hill behind the slider. */
function renderLoad(range) {
  const seats = Math.max(1, [...model.tables.values()].reduce((sum, table) => sum + table.capacity, 0));
  const steps = 80;
  let path = "M0 30";
  for (let index = 0; index <= steps; index += 1) {
    const covers = coversAt(range.from + ((range.until - range.from) * index) / steps);
    path += `L${index} ${(30 - (covers / seats) * 30).toFixed(1)}`;
  }
  path += `L${steps} 30Z`;
  const load = $("load");
  setAttribute(load, "viewBox", `0 0 ${steps} 30`);
  if (!load.firstChild) load.append(svg("path"));
  setAttribute(load.firstChild, "d", path);
}

function renderServices() {
  const names = [...new Set(model.services.map((service) => service.name))];
  const list = names.length > 1 ? [...names, "day"] : [];
  const box = $("services");
  if (box.dataset.key !== list.join("|")) {
    box.dataset.key = list.join("|");
    box.replaceChildren(...list.map((name) =>
      button("", () => chooseService(name), { "data-service": name })));
    for (const item of box.children) item.append(el("span", {}, item.dataset.service === "day" ? "All day" : item.dataset.service), el("span", { class: "n" }));
  }
  for (const item of box.children) {
    const service = model.services.find((one) => one.name === item.dataset.service);
    const wanted = (booking) => !hasFailed(booking) && (!service || (booking.from >= service.from && booking.from < service.until));
    setText(item.lastChild, String(bookings(wanted).length));
    setAttribute(item, "aria-pressed", String(item.dataset.service === view.service));
    setAttribute(item, "aria-label", `${item.firstChild.textContent} ${item.lastChild.textContent}, ${count(Number(item.lastChild.textContent), "booking")}`);
  }
}

function chooseService(name) {
  view.service = name;
  view.chosen = true;
  const range = shownRange();
  if (view.shown < range.from || view.shown > range.until) {
    view.follow = false;
    view.shown = busiest(range).at;
  }
  requestRender();
}

// Header and lists ----------------------------------------------------------------------------------------------

function statusWords(booking) {
  if (inReview(booking)) return "in review";
  if (hasFailed(booking)) return booking.reason && booking.reason !== "cancelled" ? `not seated, ${reasonWords(booking.reason)}` : "cancelled";
  if (isWaiting(booking)) return words(STATES, booking.assignment_state).toLowerCase();
  return words(STATUSES, booking.status);
}

function renderHeader() {
  const all = [...model.bookings.values()];
  const put = (id, test) => setText($(`count-${id}`), String(all.filter(test).length));
  put("seated", (booking) => isSeated(booking));
  put("confirmed", (booking) => kindOf(booking) === "confirmed");
  put("pending", isWaiting);
  put("review", inReview);
  put("failed", hasFailed);
  $("count-review").parentElement.classList.toggle("some", all.some(inReview));
  setText($("name"), model.restaurant.name);
  setText($("date"), formatters.day.format(parse(`${model.date}T12:00:00Z`)));
  setAttribute($("date"), "datetime", model.date);
  const title = `${model.restaurant.name} · Headwaiter`;
  if (document.title !== title) document.title = title;
}

const attention = { key: "" };

function renderAttention() {
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
  keepFocus($("attention"), () => {
    const open = $("attention").querySelector("details")?.open ?? false;
    const parts = [];
    if (!review.length && !risks.length) parts.push(el("p", { class: "calm" }, el("b", { "aria-hidden": "true" }, "✓ "), "Nothing needs you."));
    parts.push(...risks.map(riskLine));
    parts.push(...review.map((booking) => bookingLine(booking, "review", sentence(reasonWords(booking.reason ?? "manual_review")))));
    if (waiting.length) {
      parts.push(el("h3", {}, `Waiting for a table: ${waiting.length}`));
      parts.push(...waiting.slice(0, 6).map((booking) => bookingLine(booking, "working", waitingWords(booking))));
      if (waiting.length > 6) parts.push(el("p", { class: "empty" }, `and ${waiting.length - 6} more`));
    }
    if (failed.length) {
      parts.push(fill(el("details"), { open }, [el("summary", {}, `${failed.length} not seated`),
        ...failed.map((booking) => bookingLine(booking, "failed", sentence(reasonWords(booking.reason ?? "cancelled"))))]));
    }
    $("attention").replaceChildren(...parts);
  });
}

const waitingWords = (booking) =>
  booking.reason ? `Will be tried again: ${reasonWords(booking.reason)}` : words(STATES, booking.assignment_state);

function bookingLine(booking, kind, note) {
  return el("button", { type: "button", class: `line ${kind}`, "data-key": `${kind}-${booking.id}`, onclick: () => openPanel("booking", booking.id) },
    el("b", {}, clock(booking.from)), el("span", {}, sentence(party(booking))), el("small", {}, note));
}

function riskLine(risk) {
  const booking = model.bookings.get(risk.booking_id);
  const help = risk.suggested_tables?.length ? `; ${tableWords(risk.suggested_tables)} would be free` : "";
  return bookingLine(booking, "at-risk", `At risk: ${tableWords(booking.tables)} is still taken${help}`);
}

/** Rebuilds a list without taking the focus from the line that has it. */
function keepFocus(box, work) {
  const key = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  work();
  if (key) [...box.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key)?.focus();
}

// Feed ----------------------------------------------------------------------------------------------------------

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

function tell(booking, from) {
  const [kind, text] = feedWords(booking, from);
  let line = feed.get(booking.id);
  if (!line || line.done) {
    const [what, how] = [el("span", {}), el("small", {})];
    const node = el("li", {}, el("button", { type: "button", class: "line", onclick: () => openPanel("booking", booking.id) }, el("b", {}), what, how));
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
const sayings = { review: 0, confirmed: 0 };
const say = debounced(() => {
  const parts = [];
  if (sayings.confirmed) parts.push(`${count(sayings.confirmed, "booking")} got a table`);
  if (sayings.review) parts.push(`${count(sayings.review, "booking")} ${sayings.review === 1 ? "needs" : "need"} a person`);
  sayings.confirmed = 0;
  sayings.review = 0;
  if (parts.length) setText($("say"), parts.join(", "));
}, 3000, 10_000);

// Demo and summary ----------------------------------------------------------------------------------------------

function renderDemo() {
  const demo = model.demo;
  const ended = demo?.phase === "ended" && demo.summary;
  $("demo").hidden = !demo || (ended && !view.summaryHidden);
  $("summary").hidden = !ended || view.summaryHidden;
  $("summary-open").hidden = !ended;
  $("demo-progress").hidden = Boolean(ended);
  if (!demo) return;
  const flow = { v3: "V3", legacy: "classic" }[demo.flow ?? demo.summary?.flow] ?? "V3";
  setText($("demo-text"), ended ? "The evening has been seated." : `${demo.created ?? 0} of ${demo.total ?? 0} bookings made · ${flow}`);
  setAttribute($("demo-progress"), "max", String(demo.total || 1));
  setAttribute($("demo-progress"), "value", String(demo.created ?? 0));
  if (ended) renderSummary(demo.summary);
}

function renderSummary(summary) {
  const key = JSON.stringify(summary);
  const body = $("summary-body");
  if (body.dataset.key === key) return;
  body.dataset.key = key;
  const broken = summary.invariant_violations ?? 0;
  const ms = (value) => (Number.isFinite(value) ? `${value < 10 ? value.toFixed(1) : Math.round(value)} ms` : "–");
  const facts = [];
  const fact = (name, value, kind = "") => facts.push(el("dt", { class: kind }, name), el("dd", { class: kind }, value));
  fact("In review", String(summary.in_review ?? 0));
  for (const [code, n] of Object.entries(summary.reasons ?? {}).sort((a, b) => b[1] - a[1])) fact(sentence(reasonWords(code)), String(n), "sub");
  fact("Failed", String(summary.failed ?? 0));
  fact("Decided in, P50", ms(summary.p50_ms));
  fact("P95", ms(summary.p95_ms), "sub");
  fact("P99", ms(summary.p99_ms), "sub");
  fact("Invariants checked", broken === 0 ? "all held ✓" : `${broken} broken ✕`, broken === 0 ? "good" : "bad");
  fact("Seated by", words(FLOWS, summary.flow));
  if (Number.isFinite(summary.seconds)) fact("Took", `${Math.round(summary.seconds)} s`);
  body.replaceChildren(
    el("p", { class: "headline" }, el("strong", {}, `${summary.seated ?? 0}${model.demo.total ? ` of ${model.demo.total}` : ""} seated`), count(summary.covers ?? 0, "guest")),
    el("dl", { class: "facts" }, ...facts));
  setText($("say"), `The demo has ended: ${summary.seated} bookings seated, ${summary.in_review} in review.`);
}

// Panel ---------------------------------------------------------------------------------------------------------

function openPanel(kind, id) {
  if (!view.panel.length) view.opener = document.activeElement;
  const top = view.panel.at(-1);
  if (top?.kind === kind && top.id === id) return;
  view.panel = view.panel.length && $("panel").contains(document.activeElement) ? [...view.panel, { kind, id }] : [{ kind, id }];
  story.key = "";
  requestRender();
  renderPanel();
  $("panel-title").focus({ preventScroll: true });
  $("panel-body").scrollTop = 0;
}

function closePanel() {
  const { opener } = view;
  const last = view.panel.at(0);
  view.panel = [];
  view.opener = null;
  renderPanel();
  requestRender();
  if (opener?.isConnected) opener.focus();
  else if (last?.kind === "table") floor.tables.get(last.id)?.node.focus();
  else $("floor-panel").focus({ preventScroll: true });
}

function backPanel() {
  view.panel.pop();
  story.key = "";
  requestRender();
  renderPanel();
  $("panel-title").focus({ preventScroll: true });
}

const story = { key: "", token: 0, cache: new Map() };

function renderPanel() {
  const top = view.panel.at(-1);
  $("panel").hidden = !top;
  document.body.classList.toggle("reading", Boolean(top));
  $("panel-back").hidden = view.panel.length < 2;
  if (!top) { story.key = ""; return; }
  if (top.kind === "table") renderTablePanel(top.id);
  else renderBookingPanel(top.id);
}

function renderTablePanel(number) {
  const table = model.tables.get(number);
  if (!table) return closePanel();
  const mine = model.claims.filter((claim) => claim.table === number).sort((a, b) => a.start - b.start);
  const state = tableAt(number, view.shown, claimsByTable());
  const key = JSON.stringify([number, mine, state.kind, clock(view.shown), mine.map((claim) => model.bookings.get(claim.booking_id)?.version)]);
  if (key === story.key) return undefined;
  story.key = key;
  setText($("panel-title"), `Table ${number}`);
  const range = table.max_party && table.max_party !== table.capacity ? `, with extra chairs ${table.max_party}` : "";
  const facts = [table.zone, count(table.capacity, "seat") + range, `parties from ${table.min_party ?? 1}`,
    table.mobility === "fixed" ? "fixed" : "can be joined", words({}, table.seating === "standard" ? "" : table.seating), ...(table.tags ?? [])];
  keepFocus($("panel-body"), () => $("panel-body").replaceChildren(
    el("p", { class: "lead" }, `${clock(view.shown)}: ${tableStory(table, state).join(", ")}`),
    el("p", { class: "hint" }, facts.filter(Boolean).join(" · ")),
    el("h3", {}, mine.length ? "This day" : "Nothing booked on this day."),
    ...mine.map(claimLine)));
  return undefined;
}

function claimLine(claim) {
  const booking = model.bookings.get(claim.booking_id);
  if (booking) {
    const others = booking.tables.filter((number) => number !== claim.table);
    const note = `till ${clock(booking.until)} · ${statusWords(booking)}${others.length ? ` · joined with ${others.join(" + ")}` : ""}`;
    return bookingLine(booking, inReview(booking) ? "review" : "booked", note);
  }
  return el("p", { class: "line" }, el("b", {}, clock(claim.start)), el("span", {}, claim.kind === "block" ? "Closed" : "On hold"),
    el("small", {}, `till ${clock(claim.end)}${claim.note ? ` · ${claim.note}` : ""}`));
}

function renderBookingPanel(id) {
  const booking = model.bookings.get(id);
  if (!booking) return closePanel();
  const known = story.cache.get(id);
  const key = JSON.stringify([id, booking.version, booking.status, Boolean(known && known.version === booking.version), riskOf(id)]);
  if (key === story.key) return undefined;
  story.key = key;
  if (!known || known.version !== booking.version) loadStory(id, booking.version);
  setText($("panel-title"), `${sentence(party(booking))}, ${clock(booking.from)}`);
  const parts = [el("p", { class: "lead" }, `${sentence(statusWords(booking))}${booking.tables.length ? ` · ${tableWords(booking.tables)}` : ""}`),
    el("p", { class: "hint" }, [span(booking), words(ORIGINS, booking.origin), booking.flow ? words(FLOWS, booking.flow) : ""].filter(Boolean).join(" · "))];
  if (inReview(booking)) parts.push(el("p", { class: "line review" }, el("b", {}, "Why"), el("span", {}, sentence(reasonWords(booking.reason)))));
  const risk = riskOf(id);
  if (risk) parts.push(riskLine(risk));
  parts.push(el("div", { class: "buttons" },
    button(`Show ${clock(booking.from)}`, () => show(booking.from), { "data-key": "show" }),
    ...booking.tables.map((number) => button(`Table ${number}`, () => openPanel("table", number), { "data-key": `table-${number}` }))));
  parts.push(...whyParts(known?.why, booking), ...historyParts(known));
  keepFocus($("panel-body"), () => $("panel-body").replaceChildren(...parts));
  return undefined;
}

function whyParts(why, booking) {
  const strategy = why?.strategy ?? booking.strategy;
  const text = typeof why?.text === "string" ? why.text : "";
  const lines = text.split("\n").map((item) => item.trim()).filter(Boolean);
  if (!lines.length && !strategy) return [];
  return [el("h3", {}, booking.tables.length ? "Why this table" : "What was looked at"),
    el("div", { class: "why" }, strategy ? el("p", {}, el("b", {}, sentence(words(STRATEGIES, strategy)))) : null, ...lines.map((item) => el("p", {}, item)))];
}

function historyParts(known) {
  if (!known) return [el("h3", {}, "What happened"), el("p", { class: "hint" }, "Loading …")];
  if (known.failed) return [el("h3", {}, "What happened"), el("p", { class: "hint" }, "The story could not be read just now.")];
  const days = known.history.map((row) => parse(row.created_at ?? row.at)).map((at) => (Number.isFinite(at) ? formatters.day.format(at) : ""));
  return [el("h3", {}, `What happened${days[0] ? `, ${days[0]}` : ""}`),
    el("ol", { class: "steps" }, ...known.history.map((row, index) => step(row, index && days[index] !== days[index - 1] ? days[index] : "")))];
}

function step(row, day) {
  const to = row.to_state ?? row.to;
  const from = row.from_state ?? row.from ?? null;
  const name = from === to ? sentence(words(CAUSES, row.cause) || reasonWords(row.reason ?? "changed")) : words(STATES, to);
  const reason = row.reason && from !== to && row.reason !== to ? reasonWords(row.reason) : "";
  const at = parse(row.created_at ?? row.at);
  const when = Number.isFinite(at) ? `${day} ${formatters.seconds.format(at)}`.trim() : "";
  const who = row.mode === "manual" ? `by ${row.actor ?? "a person"}` : "";
  const mode = row.mode && !["v3", "manual"].includes(row.mode) ? words(FLOWS, row.mode) : "";
  const more = [reason, who, mode].filter(Boolean).join(" · ");
  return el("li", { class: to }, el("span", {}, name), el("time", {}, when), more && el("small", {}, more));
}

async function loadStory(id, version) {
  const token = (story.token += 1);
  const path = `/v1/bookings/${encodeURIComponent(id)}`;
  const [history, why] = await Promise.allSettled([getJSON(`${path}/history`), getJSON(`${path}/why`)]);
  if (token !== story.token) return;
  const rows = history.value?.items ?? history.value?.history ?? history.value ?? [];
  story.cache.set(id, {
    version, failed: history.status === "rejected", history: Array.isArray(rows) ? rows : [], why: why.value ?? null,
  });
  if (story.cache.size > 50) story.cache.delete(story.cache.keys().next().value);
  if (view.panel.at(-1)?.id === id) { story.key = ""; renderPanel(); }
}

// Rendering -----------------------------------------------------------------------------------------------------

let asked = false;

/** Draws once per frame, however many events came. */
function requestRender() {
  if (asked || !model.restaurant) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; render(); });
}

function render() {
  if (view.follow) view.shown = Math.floor(followed() / MINUTE) * MINUTE;
  if (!view.chosen || !view.service) view.service = serviceAt(view.shown);
  renderHeader();
  renderDemo();
  renderScrub();
  renderAttention();
  buildTimeline();
  fitRows();
  renderTimeline();
  buildFloor();
  renderFloor();
  renderPanel();
  renderClock();
}

/** On a wide screen the rows share the height there is. */
function fitRows() {
  const box = $("timeline");
  const wide = matchMedia("(min-width: 1280px) and (min-height: 720px)").matches;
  const room = box.parentElement.clientHeight - 40 - 20 - 12 - box.querySelectorAll("h3").length * 22;
  const row = clamp(Math.floor(room / Math.max(1, evening.tracks.size)), 22, 32);
  const value = wide && !matchMedia("(pointer: coarse)").matches ? `${row}px` : "";
  if (box.style.getPropertyValue("--row") !== value) box.style.setProperty("--row", value);
}

function renderClock() {
  if (!model.clock) return;
  setText($("now"), clock(now()));
}

function alertText(text) {
  $("alert").hidden = !text;
  setText($("alert"), text ?? "");
}

// Live data -----------------------------------------------------------------------------------------------------

const live = { source: null, retry: 0, delay: 1000, loading: null, stale: false };

function setLink(state) {
  const text = { live: "live", connecting: "connecting", reconnecting: "reconnecting" }[state];
  setAttribute($("link"), "data-state", state);
  setText($("link-text"), text);
}

function floorPath() {
  return `/v1/restaurants/${encodeURIComponent(model.restaurant.id)}/floor?date=${encodeURIComponent(model.date)}`;
}

/** Reads the floor; a call while one is under way makes one more afterwards. */
async function load() {
  if (live.loading) { live.stale = true; return live.loading; }
  live.loading = loadOnce().finally(() => {
    live.loading = null;
    if (live.stale) { live.stale = false; load(); }
  });
  return live.loading;
}

async function loadOnce() {
  const path = floorPath();
  const asked = performance.now();
  try {
    const data = await getJSON(path);
    if (path !== floorPath()) { live.stale = true; return; }
    readFloor(data, asked);
    if (isOtherDay()) return;
    $("main").hidden = false;
    alertText(null);
    requestRender();
  } catch (problem) {
    alertText(loadProblem(problem.status));
    if (![401, 403, 404].includes(problem.status)) setTimeout(reload, 3000);
  }
}

/** Nobody asked for a date, and the house's clock is on another day than this machine's: the house is right. */
function isOtherDay() {
  const guessed = view.guessed;
  view.guessed = false;
  if (!guessed || dayOf(now()) === model.date) return false;
  model.date = dayOf(now());
  live.stale = true;
  return true;
}

function loadProblem(status) {
  if (status === 401 || status === 403) return "This server asks for an API key, and this page cannot sign in yet.";
  if (status === 404) return "There is no such restaurant here.";
  return model.clock ? `The server does not answer. This is the floor as it was at ${clock(now())}; trying again.` : "The server does not answer. Trying again.";
}

const reload = debounced(load, 250, 1500);

function connect() {
  live.source?.close();
  clearTimeout(live.retry);
  const source = new EventSource(`/v1/restaurants/${encodeURIComponent(model.restaurant.id)}/events`);
  live.source = source;
  source.onopen = () => {
    live.delay = 1000;
    setLink("live");
    load();
  };
  source.onerror = () => {
    setLink("reconnecting");
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    live.retry = setTimeout(connect, live.delay);
    live.delay = Math.min(live.delay * 2, 15_000);
  };
  source.addEventListener("booking", (event) => read(event, applyBooking));
  source.addEventListener("demo", (event) => read(event, applyDemo));
}

/** An event that is not understood means that the floor is read again, not that the page stops. */
function read(event, apply) {
  let data = null;
  try {
    data = JSON.parse(event.data);
  } catch {
    // Told below.
  }
  if (data && typeof data === "object") apply(data);
  else reload();
}

/** Applies one event; the same or an older version again changes nothing. */
function applyBooking(data) {
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
  return Boolean(known) && known.status !== booking.status && ["seated", "completed", "no_show"].some((s) => s === booking.status || s === known.status);
}

function applyDemo(data) {
  model.demo = { ...model.demo, ...data };
  requestRender();
}

async function readDemo() {
  try {
    const demo = await getJSON("/v1/demo");
    return demo?.phase ? demo : null;
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

async function followDemo() {
  try {
    const demo = await readDemo();
    if (demo) applyDemo(demo);
  } catch {
    // The connection's state tells it already.
  }
  if (model.demo && model.demo.phase !== "ended") setTimeout(followDemo, 2000);
}

// Start ---------------------------------------------------------------------------------------------------------

function wireControls() {
  $("scrub").addEventListener("input", () => show(shownRange().from + Number($("scrub").value) * MINUTE));
  $("earlier").addEventListener("click", () => show(view.shown - 15 * MINUTE));
  $("later").addEventListener("click", () => show(view.shown + 15 * MINUTE));
  $("follow").addEventListener("click", () => { view.follow = true; view.chosen = false; requestRender(); });
  $("panel-close").addEventListener("click", closePanel);
  $("panel-back").addEventListener("click", backPanel);
  $("summary-close").addEventListener("click", () => { view.summaryHidden = true; requestRender(); setTimeout(() => $("summary-open").focus(), 50); });
  $("summary-open").addEventListener("click", () => { view.summaryHidden = false; requestRender(); setTimeout(() => $("summary-title").focus(), 50); });
  $("day-before").addEventListener("click", () => goToDay(-1));
  $("day-after").addEventListener("click", () => goToDay(1));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && view.panel.length) closePanel();
  });
  new ResizeObserver(requestRender).observe(document.body);
  new ResizeObserver(() => document.documentElement.style.setProperty("--top", `${$("top").offsetHeight}px`)).observe($("top"));
  setInterval(() => { renderClock(); requestRender(); }, 5000);
}

function goToDay(step) {
  const day = new Date(parse(`${model.date}T12:00:00Z`) + step * 24 * 60 * MINUTE);
  model.date = day.toISOString().slice(0, 10);
  model.bookings = new Map();
  view.follow = true;
  view.chosen = false;
  history.replaceState(null, "", `?date=${model.date}`);
  load();
}

function choose(restaurants) {
  $("choose").hidden = false;
  if (!restaurants.length) setText($("choose-title"), "No restaurant has been set up yet.");
  $("choose-list").replaceChildren(...restaurants.map((item) =>
    el("li", {}, el("a", { href: `/floor/${encodeURIComponent(item.id)}` }, item.name))));
}

async function start() {
  buildLegend();
  wireControls();
  await begin();
}

async function begin() {
  try {
    const [demo, list] = await Promise.all([readDemo(), getJSON("/v1/restaurants")]);
    const restaurants = list?.items ?? list?.restaurants ?? [];
    const path = location.pathname.match(/^\/floor\/([^/]+)$/);
    const id = path ? decodeURIComponent(path[1]) : demo?.restaurant_id ?? (restaurants.length === 1 ? restaurants[0].id : null);
    if (!id) return choose(restaurants);
    const known = restaurants.find((item) => item.id === id) ?? { id, name: id };
    model.demo = demo && (!demo.restaurant_id || demo.restaurant_id === id) ? demo : null;
    model.restaurant = known;
    const asked = new URLSearchParams(location.search).get("date");
    setZone(known.timezone);
    const given = /^\d{4}-\d{2}-\d{2}$/.test(asked ?? "") ? asked : model.demo?.date;
    view.guessed = !given;
    model.date = given ?? dayOf(Date.now());
    connect();
    if (model.demo) followDemo();
    load();
  } catch (problem) {
    alertText(loadProblem(problem.status));
    if (problem.status !== 401 && problem.status !== 403) setTimeout(begin, 3000);
  }
  return undefined;
}

start();
