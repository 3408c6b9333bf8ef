// What the panel tells: a table's day, a booking's story.

import { STATES, CAUSES, FLOWS, ORIGINS, words, reasonWords, count, party, sentence, tableWords } from "./words.js";
import { $, el, button, setText, keepFocus } from "./dom.js";
import { parse, clock, clockSeconds, dayName, span } from "./time.js";
import { getJSON } from "./api.js";
import { model, riskOf } from "./model.js";
import { inReview, statusWords } from "./bookings.js";
import { view } from "./view.js";
import { tableAt, claimsByTable, tableStory } from "./tables.js";
import { show } from "./scrub.js";
import { bookingLine, riskLine } from "./lines.js";
import { openPanel, closePanel } from "./panel.js";
import { whyParts } from "./why.js";

const story = { key: "", token: 0, cache: new Map() };

export function renderPanel() {
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
  const versions = mine.map((claim) => model.bookings.get(claim.booking_id)?.version);
  const key = JSON.stringify([number, mine, state.kind, clock(view.shown), versions]);
  if (key === story.key) return undefined;
  story.key = key;
  setText($("panel-title"), `Table ${number}`);
  keepFocus($("panel-body"), () => $("panel-body").replaceChildren(
    el("p", { class: "lead" }, `${clock(view.shown)}: ${tableStory(table, state).join(", ")}`),
    el("p", { class: "hint" }, tableFacts(table).join(" · ")),
    el("h3", {}, mine.length ? "This day" : "Nothing booked on this day."),
    ...mine.map(claimLine)));
  return undefined;
}

function tableFacts(table) {
  const chairs = table.max_party && table.max_party !== table.capacity ? `, with extra chairs ${table.max_party}` : "";
  const facts = [
    table.zone, count(table.capacity, "seat") + chairs, `parties from ${table.min_party ?? 1}`,
    table.mobility === "fixed" ? "fixed" : "can be joined",
    words({}, table.seating === "standard" ? "" : table.seating), ...(table.tags ?? []),
  ];
  return facts.filter(Boolean);
}

function claimLine(claim) {
  const booking = model.bookings.get(claim.booking_id);
  if (booking) {
    const others = booking.tables.filter((number) => number !== claim.table);
    const joined = others.length ? ` · joined with ${others.join(" + ")}` : "";
    const note = `till ${clock(booking.until)} · ${statusWords(booking)}${joined}`;
    return bookingLine(booking, inReview(booking) ? "review" : "booked", note);
  }
  return el("p", { class: "line" },
    el("b", {}, clock(claim.start)), el("span", {}, claim.kind === "block" ? "Closed" : "On hold"),
    el("small", {}, `till ${clock(claim.end)}${claim.note ? ` · ${claim.note}` : ""}`));
}

function renderBookingPanel(id) {
  const booking = model.bookings.get(id);
  if (!booking) return closePanel();
  const known = story.cache.get(id);
  const isCurrent = known?.version === booking.version;
  const key = JSON.stringify([id, booking.version, booking.status, isCurrent, riskOf(id)]);
  if (key === story.key) return undefined;
  story.key = key;
  if (!isCurrent) loadStory(id, booking.version);
  setText($("panel-title"), `${sentence(party(booking))}, ${clock(booking.from)}`);
  const parts = [...bookingParts(booking), ...whyParts(known?.why, booking), ...historyParts(known)];
  keepFocus($("panel-body"), () => $("panel-body").replaceChildren(...parts));
  return undefined;
}

function bookingParts(booking) {
  const tables = booking.tables.length ? ` · ${tableWords(booking.tables)}` : "";
  const facts = [span(booking), words(ORIGINS, booking.origin), booking.flow ? words(FLOWS, booking.flow) : ""];
  const parts = [
    el("p", { class: "lead" }, sentence(statusWords(booking)) + tables),
    el("p", { class: "hint" }, facts.filter(Boolean).join(" · ")),
  ];
  if (inReview(booking)) {
    const why = sentence(reasonWords(booking.reason));
    parts.push(el("p", { class: "line review" }, el("b", {}, "Why"), el("span", {}, why)));
  }
  const risk = riskOf(booking.id);
  if (risk) parts.push(riskLine(risk));
  const toTable = (number) =>
    button(`Table ${number}`, () => openPanel("table", number), { "data-key": `table-${number}` });
  parts.push(el("div", { class: "buttons" },
    button(`Show ${clock(booking.from)}`, () => show(booking.from), { "data-key": "show" }), ...booking.tables.map(toTable)));
  return parts;
}

function historyParts(known) {
  const nothingBut = (text) => [el("h3", {}, "What happened"), el("p", { class: "hint" }, text)];
  if (!known) return nothingBut("Loading …");
  if (known.failed) return nothingBut("The story could not be read just now.");
  const days = known.history.map((row) => dayName(parse(row.created_at ?? row.at)));
  const newDay = (index) => (index && days[index] !== days[index - 1] ? days[index] : "");
  return [
    el("h3", {}, `What happened${days[0] ? `, ${days[0]}` : ""}`),
    el("ol", { class: "steps" }, ...known.history.map((row, index) => step(row, newDay(index)))),
  ];
}

function step(row, day) {
  const to = row.to_state ?? row.to;
  const from = row.from_state ?? row.from ?? null;
  const name = from === to ? sentence(words(CAUSES, row.cause) || reasonWords(row.reason ?? "changed")) : words(STATES, to);
  const reason = row.reason && from !== to && row.reason !== to ? reasonWords(row.reason) : "";
  const when = `${day} ${clockSeconds(parse(row.created_at ?? row.at))}`.trim();
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
