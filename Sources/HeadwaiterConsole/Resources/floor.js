// The floor: tables with their chairs, and how the keyboard moves among them.

import { count } from "./words.js";
import { clamp } from "./limits.js";
import { $, svg, setText, setAttribute } from "./dom.js";
import { clock } from "./time.js";
import { model, seatsOf } from "./model.js";
import { inReview } from "./bookings.js";
import { view } from "./view.js";
import { tableAt, claimsByTable, tableNote, tableLabel } from "./tables.js";
import { layout } from "./layout.js";
import { renderJoints, line } from "./joints.js";
import { openPanel } from "./panel.js";

const floor = { plan: null, tables: new Map(), zones: [], key: "", focus: null };

function patterns() {
  const weave = (kind, size, d) => svg("pattern", {
    id: `weave-${kind}`, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  }, svg("path", { d, class: `weave-line-${kind}` }));
  return svg("defs", {}, weave("hold", 9, "M0 0V9"), weave("block", 7, "M0 0V7M0 0H7"));
}

function chairsOf(table, spot) {
  const seats = table.capacity;
  const above = Math.ceil(seats / 2);
  const transform = `translate(${spot.x} ${spot.y}) scale(${spot.size}) rotate(${spot.turn})`;
  const group = svg("g", { class: "chairs", "aria-hidden": "true", transform });
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
  const turned = svg("g", { transform: `rotate(${spot.turn})` },
    box(0, { class: "top-face" }), box(0, { class: "weave" }), box(5, { class: "ring" }));
  const parts = {
    number: svg("text", { class: "number", y: -10 }, table.number),
    seats: svg("text", { class: "seats", y: 6 }),
    note: svg("text", { class: "note", y: 21 }),
  };
  const corner = (kind, ...children) =>
    svg("g", { class: `badge ${kind}`, transform: `translate(${half.w - 4} ${-half.h + 4})` }, ...children);
  const node = svg("g", {
    class: "table is-free", role: "button", tabindex: -1, "data-table": table.number,
    transform: `translate(${spot.x} ${spot.y}) scale(${spot.size})`,
    onclick: () => openPanel("table", table.number), onkeydown: floorKey, onfocus: () => roveFloor(table.number),
  }, turned, parts.number, parts.seats, parts.note,
  svg("path", { class: "tick", d: `M${-half.w + 9} ${-half.h + 14}l4 4 7 -8` }),
  corner("risk", svg("path", { d: "M0 -11L11 8H-11Z" }), svg("text", { y: 6 }, "!")),
  corner("review", svg("circle", { r: 9 }), svg("text", { y: 4.5 }, "?")));
  return { node, ...parts };
}

export function buildFloor() {
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
  const hints = svg("g", { "aria-hidden": "true" }, ...model.adjacency.map(([a, b]) => line(floor.plan, a, b, "can-join")));
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

export function renderFloor() {
  if (!floor.plan) return;
  const claims = claimsByTable();
  const free = new Map();
  const states = new Map([...floor.tables.keys()].map((number) => [number, tableAt(number, view.shown, claims)]));
  renderJoints(floor, states);
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
  const ends = { Home: keys[0], End: keys.at(-1) };
  const target = ends[event.key] ?? (ARROWS[event.key] && toward(here, ARROWS[event.key]));
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
