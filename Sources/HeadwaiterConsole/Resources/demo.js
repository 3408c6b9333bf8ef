// A demo's progress and its summary.

import { FLOWS, words, reasonWords, count, sentence } from "./words.js";
import { $, el, setText, setAttribute } from "./dom.js";
import { getJSON } from "./api.js";
import { model } from "./model.js";
import { view, requestRender } from "./view.js";

export function renderDemo() {
  const demo = model.demo;
  const ended = demo?.phase === "ended" && demo.summary;
  $("demo").hidden = !demo || (ended && !view.summaryHidden);
  $("summary").hidden = !ended || view.summaryHidden;
  $("summary-open").hidden = !ended;
  $("demo-progress").hidden = Boolean(ended);
  if (!demo) return;
  const flow = { v3: "V3", legacy: "classic" }[demo.flow ?? demo.summary?.flow] ?? "V3";
  const progress = `${demo.created ?? 0} of ${demo.total ?? 0} bookings made · ${flow}`;
  setText($("demo-text"), ended ? "The evening has been seated." : progress);
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
  for (const [code, n] of Object.entries(summary.reasons ?? {}).sort((a, b) => b[1] - a[1])) {
    fact(sentence(reasonWords(code)), String(n), "sub");
  }
  fact("Failed", String(summary.failed ?? 0));
  fact("Decided in, P50", ms(summary.p50_ms));
  fact("P95", ms(summary.p95_ms), "sub");
  fact("P99", ms(summary.p99_ms), "sub");
  fact("Invariants checked", broken === 0 ? "all held ✓" : `${broken} broken ✕`, broken === 0 ? "good" : "bad");
  fact("Seated by", words(FLOWS, summary.flow));
  if (Number.isFinite(summary.seconds)) fact("Took", `${Math.round(summary.seconds)} s`);
  const seated = `${summary.seated ?? 0}${model.demo.total ? ` of ${model.demo.total}` : ""} seated`;
  body.replaceChildren(
    el("p", { class: "headline" }, el("strong", {}, seated), count(summary.covers ?? 0, "guest")),
    el("dl", { class: "facts" }, ...facts));
  setText($("say"), `The demo has ended: ${summary.seated} bookings seated, ${summary.in_review} in review.`);
}

export function applyDemo(data) {
  model.demo = { ...model.demo, ...data };
  requestRender();
}

export async function readDemo() {
  try {
    const demo = await getJSON("/v1/demo");
    return demo?.phase ? demo : null;
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

export async function followDemo() {
  try {
    const demo = await readDemo();
    if (demo) applyDemo(demo);
  } catch {
    // The connection's state tells it already.
  }
  if (model.demo && model.demo.phase !== "ended") setTimeout(followDemo, 2000);
}
