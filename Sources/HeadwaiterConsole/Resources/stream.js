// A stream of events that is kept open: over fetch, because EventSource sends no API key.

import { ask } from "./api.js";
import { eventReader } from "./eventtext.js";

const FIRST_WAIT = 1000; // ms, until the server names another
const LONGEST_WAIT = 15_000;
const LONGEST_SILENCE = 40_000; // the server says something every 15 s; after this the connection is dead
const FINAL = [401, 403, 404];

/**
 * Follows a path's events, from the last one heard, until the server refuses.
 * @param told `opened()` and `lost()` whenever the connection comes and goes, `heard(event)`, and `refused(problem)`.
 */
export function follow(path, told) {
  const state = { path, told, id: "", firstWait: FIRST_WAIT, wait: FIRST_WAIT, wake: () => {} };
  addEventListener("online", () => state.wake());
  keepOpen(state);
}

async function keepOpen(state) {
  for (;;) {
    try {
      await listen(state);
    } catch (problem) {
      if (FINAL.includes(problem.status)) { state.told.refused(problem); return; }
    }
    state.told.lost();
    await pause(state);
  }
}

/** One connection, until it ends. */
async function listen(state) {
  const connection = new AbortController();
  let silence = 0;
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(() => connection.abort(), LONGEST_SILENCE);
  };
  try {
    alive();
    const resume = state.id ? { "last-event-id": state.id } : {};
    const answer = await ask(state.path, { accept: "text/event-stream", ...resume }, connection.signal);
    state.wait = state.firstWait;
    state.told.opened();
    const read = eventReader((event) => { state.id = event.id; state.told.heard(event); }, (ms) => {
      state.firstWait = Math.min(ms, LONGEST_WAIT);
      state.wait = state.firstWait;
    });
    await readAll(answer.body, (text) => { alive(); read(text); });
  } finally {
    clearTimeout(silence);
  }
}

async function readAll(body, read) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    read(value);
  }
}

/** Longer after every failure, and never the same for all pages that one restart has cut off. */
function pause(state) {
  const ms = state.wait * (0.75 + Math.random() / 2);
  state.wait = Math.min(state.wait * 2, LONGEST_WAIT);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    state.wake = () => { clearTimeout(timer); resolve(); };
  });
}
