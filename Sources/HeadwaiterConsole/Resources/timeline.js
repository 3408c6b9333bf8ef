// The evening: a row a table, a bar a booking.

import { count, party } from "./words.js";
import { clamp } from "./limits.js";
import { $, el, setText, setAttribute } from "./dom.js";
import { MINUTE, clock, span } from "./time.js";
import { model, now, riskOf } from "./model.js";
import { isSeated, kindOf, statusWords } from "./bookings.js";
import { view } from "./view.js";
import { shownRange, busiest, hours } from "./day.js";
import { show } from "./scrub.js";
import { openPanel } from "./panel.js";

const evening = { key: "", tracks: new Map(), bars: new Map(), lines: null, pointed: null };

export function buildTimeline() {
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
      const name = [el("b", {}, table.number), el("span", {}, ` ${table.capacity}`)];
      const label = `Table ${table.number}, ${count(table.capacity, "seat")}`;
      body.push(el("div", { class: "row", role: "group", "aria-label": label },
        el("div", { class: "row-name", "aria-hidden": "true" }, ...name), track));
    }
  }
  $("timeline").replaceChildren(...body);
}

/** On a wide screen the rows share the height there is. */
export function fitRows() {
  const box = $("timeline");
  const wide = matchMedia("(min-width: 1280px) and (min-height: 720px)").matches;
  const room = box.parentElement.clientHeight - 40 - 20 - 12 - box.querySelectorAll("h3").length * 22;
  const row = clamp(Math.floor(room / Math.max(1, evening.tracks.size)), 22, 32);
  const value = wide && !matchMedia("(pointer: coarse)").matches ? `${row}px` : "";
  if (box.style.getPropertyValue("--row") !== value) box.style.setProperty("--row", value);
}

export function renderTimeline() {
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
  const marks = {
    risk: booking && riskOf(booking.id), fresh: bar.classList.contains("fresh"), same: booking && isLit(booking.id),
  };
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
  for (const bar of evening.bars.values()) {
    bar.classList.toggle("same", bar.dataset.booking !== "" && isLit(bar.dataset.booking));
  }
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
