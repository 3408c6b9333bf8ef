// Tables that are joined for one party: bridges between them.

import { fill, svg } from "./dom.js";

/** The shortest lines that link all tables of a party: a spanning tree by distance. */
function links(plan, numbers) {
  const left = numbers.filter((number) => plan.spots.has(number));
  const linked = left.splice(0, 1);
  const pairs = [];
  while (left.length) {
    let best = null;
    for (const a of linked) {
      for (const b of left) {
        const [p, q] = [plan.spots.get(a), plan.spots.get(b)];
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
function gapBetween(plan, a, b) {
  const [p, q] = [plan.spots.get(a), plan.spots.get(b)];
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const part = (side, distance) => (distance ? side / 2 / Math.abs(distance) : 9);
  const reach = (spot) => Math.min(part(spot.size * spot.width, dx), part(spot.size * spot.height, dy));
  const t = (reach(p) + 1 - reach(q)) / 2;
  return { x: p.x + dx * t, y: p.y + dy * t };
}

/** Nobody sits where two tables meet: chairs under a bridge go. */
function clearBridges(floor, list) {
  const pins = list.flatMap(({ tables }) => links(floor.plan, tables).map(([a, b]) => gapBetween(floor.plan, a, b)));
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

export function renderJoints(floor, states) {
  const kinds = ["seated", "confirmed", "next", "hold"];
  const joined = new Map();
  for (const { tables, kind } of states.values()) {
    if (tables.length > 1 && kinds.includes(kind)) joined.set(tables.join("+"), { tables, kind });
  }
  const list = [...joined.values()];
  const key = list.map((item) => item.kind + item.tables.join("+")).join("|") + floor.key;
  if (floor.joints.dataset.key === key) return;
  floor.joints.dataset.key = key;
  clearBridges(floor, list.filter((item) => item.kind !== "next"));
  const rims = [];
  const bridges = [];
  for (const { tables, kind } of list) {
    for (const [a, b] of links(floor.plan, tables)) {
      const pin = gapBetween(floor.plan, a, b);
      rims.push(line(floor.plan, a, b, `bridge-rim ${kind}`));
      bridges.push(fill(line(floor.plan, a, b, `bridge ${kind}`), { "data-join": `${a}+${b}` }, []));
      bridges.push(svg("circle", { cx: pin.x, cy: pin.y, r: 3.5, class: `bridge-pin ${kind}` }));
    }
  }
  floor.joints.replaceChildren(...rims, ...bridges);
}

export function line(plan, a, b, name) {
  const from = plan.spots.get(a);
  const to = plan.spots.get(b);
  return from && to ? svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: name }) : null;
}
