// Where tables stand: as drawn in the restaurant's file, else in rows along their adjacency.

import { clamp } from "./limits.js";
import { model } from "./model.js";

const FACE = 56; // height of a table, px
const widthOf = (table) => (table.capacity <= 2 ? 86 : table.capacity <= 4 ? 90 : table.capacity <= 6 ? 100 : 108);
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
  const isDrawn = (table) => Number.isFinite(table.position?.x) && Number.isFinite(table.position?.y);
  if (!tables.length || !tables.every(isDrawn)) return null;
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
  const overlap = (a, b) =>
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 6 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 12;
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
export function layout(width, wantedHeight) {
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
