// The floor as the server has it now, and the connection that tells what changes.

import { debounced } from "./limits.js";
import { $, setText, setAttribute } from "./dom.js";
import { clock, dayOf } from "./time.js";
import { getJSON } from "./api.js";
import { model, now, readFloor } from "./model.js";
import { view, requestRender } from "./view.js";
import { apiKey } from "./session.js";
import { refusalWords, startAnew } from "./signin.js";
import { alertText, showStage } from "./stage.js";
import { follow } from "./stream.js";

const live = { loading: null, stale: false };

function setLink(state) {
  const text = { live: "live", reconnecting: "reconnecting", refused: "not connected" }[state];
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
    if ([401, 403, 404].includes(problem.status)) { refused(problem); return; }
    alertText(loadProblem(problem));
    setTimeout(reload, 3000);
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

/** What to say above the page when the floor cannot be had. */
export function loadProblem(problem) {
  if (problem.status === 403) return refusalWords(problem);
  if (problem.status === 404) return `There is no such restaurant here${apiKey() ? ", or your key may not see it" : ""}.`;
  const shown = model.clock ? `This is the floor as it was at ${clock(now())}; trying again.` : "Trying again.";
  return `The server does not answer. ${shown}`;
}

export const reload = debounced(load, 250, 1500);

/** @param handlers what to do with an event's data, by the event's name. */
export function connect(handlers) {
  follow(`/v1/restaurants/${encodeURIComponent(model.restaurant.id)}/events`, {
    opened: () => { setLink("live"); load(); },
    lost: () => setLink("reconnecting"),
    refused: (problem) => { setLink("refused"); refused(problem); },
    heard: (event) => { if (Object.hasOwn(handlers, event.name)) read(event, handlers[event.name]); },
  });
}

/** A key that is good no more: nothing stays on the page. */
function refused(problem) {
  if (problem.status === 401) startAnew();
  else alertText(loadProblem(problem));
}

/** An event that is not understood means that the floor is read again, not that the page stops. */
function read(event, apply) {
  let data = null;
  try {
    data = JSON.parse(event.data);
  } catch {
    // Told below.
  }
  if (!data || typeof data !== "object") { reload(); return; }
  try {
    apply(data);
  } catch (error) {
    reportError(error);
    reload();
  }
}
