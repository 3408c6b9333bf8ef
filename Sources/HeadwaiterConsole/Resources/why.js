// Why a booking has its table: the decision's own words, without what only engineers read.

import { STRATEGIES, sentence, words } from "./words.js";
import { el } from "./dom.js";

export function whyParts(why, booking) {
  const strategy = why?.strategy ?? booking.strategy;
  const { lead, plans, rest } = linesOf(why?.text);
  if (!lead && !plans.length && !strategy) return [];
  const name = strategy && el("p", {}, el("b", {}, sentence(words(STRATEGIES, strategy))));
  const [chosen, ...others] = plans.map((line) => el("p", {}, line));
  const more = others.length > 0 && el("details", {},
    el("summary", {}, `${others.length} more ${others.length === 1 ? "choice" : "choices"}`), ...others);
  return [
    el("h3", {}, booking.tables.length ? "Why this table" : "What was looked at"),
    el("div", { class: "why" }, name, lead && el("p", {}, lead), chosen, ...rest.map((line) => el("p", {}, line)), more),
  ];
}

/** The first line's answer, the plans from the best down, and what else is said. */
function linesOf(text) {
  const lines = typeof text === "string" ? text.split("\n").map(plain).filter(Boolean) : [];
  const isPlan = (line) => /^\d+\. /.test(line);
  const said = lines.filter((line) => !isPlan(line) && !/^(This booking has no table|Decision )/.test(line));
  const [head = "", ...rest] = said;
  // It begins with party and time, which the panel has told.
  const lead = sentence(head.slice(head.lastIndexOf(": ") + 1).trim());
  return { lead, plans: lines.filter(isPlan).map((line) => line.replace(/^\d+\. /, "")), rest };
}

function plain(line) {
  return line.trim().replace(/ Proposed by \w+, score [-\d.]+\.$/, "").replace(/(\d+\.\d+) %/g, (_, n) => `${Math.round(n)} %`);
}
