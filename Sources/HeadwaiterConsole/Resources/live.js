// The floor as the server has it now, and the connection that tells what changes.

import { debounced } from "./limits.js";
import { $, setText, setAttribute } from "./dom.js";
import { clock, dayOf } from "./time.js";
import { getJSON } from "./api.js";
import { model, now, readFloor } from "./model.js";
import { view, requestRender } from "./view.js";
import { alertText, showStage } from "./stage.js";

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
export async function load() {
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
    showStage("main");
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

export function loadProblem(status) {
  if (status === 401 || status === 403) return "This server asks for an API key, and this page cannot sign in yet.";
  if (status === 404) return "There is no such restaurant here.";
  const shown = model.clock ? `This is the floor as it was at ${clock(now())}; trying again.` : "Trying again.";
  return `The server does not answer. ${shown}`;
}

export const reload = debounced(load, 250, 1500);

/** @param handlers what to do with an event's data, by the event's name. */
export function connect(handlers) {
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
    live.retry = setTimeout(connect, live.delay, handlers);
    live.delay = Math.min(live.delay * 2, 15_000);
  };
  for (const [name, apply] of Object.entries(handlers)) source.addEventListener(name, (event) => read(event, apply));
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
