// The time shown, and the part of the day it is chosen from.

import { count } from "./words.js";
import { clamp } from "./limits.js";
import { $, el, svg, button, setText, setAttribute } from "./dom.js";
import { MINUTE, clock } from "./time.js";
import { model } from "./model.js";
import { hasFailed, bookings } from "./bookings.js";
import { view, requestRender } from "./view.js";
import { dayRange, shownRange, serviceAt, coversAt, busiest, follows, hours } from "./day.js";

export function show(ms) {
  const range = dayRange();
  view.follow = false;
  view.shown = clamp(Math.round(ms / MINUTE) * MINUTE, range.from, range.until);
  const inside = shownRange();
  if (view.shown < inside.from || view.shown > inside.until) view.service = serviceAt(view.shown);
  requestRender();
}

export function renderScrub() {
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
    for (const item of box.children) {
      const name = item.dataset.service === "day" ? "All day" : item.dataset.service;
      item.append(el("span", {}, name), el("span", { class: "n" }));
    }
  }
  for (const item of box.children) {
    const service = model.services.find((one) => one.name === item.dataset.service);
    const isIn = (booking) => !service || (booking.from >= service.from && booking.from < service.until);
    const n = bookings((booking) => !hasFailed(booking) && isIn(booking)).length;
    setText(item.lastChild, String(n));
    setAttribute(item, "aria-pressed", String(item.dataset.service === view.service));
    setAttribute(item, "aria-label", `${item.firstChild.textContent} ${n}, ${count(n, "booking")}`);
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
