// Headwaiter console: one restaurant's floor and evening, live. It reads the public API and writes nothing.

import { $, el, setText } from "./dom.js";
import { MINUTE, parse, setZone, dayOf } from "./time.js";
import { getJSON } from "./api.js";
import { model } from "./model.js";
import { view, drawWith, renderNow, requestRender } from "./view.js";
import { shownRange, serviceAt, followed } from "./day.js";
import { buildFloor, renderFloor } from "./floor.js";
import { buildLegend } from "./legend.js";
import { buildTimeline, fitRows, renderTimeline } from "./timeline.js";
import { show, renderScrub } from "./scrub.js";
import { renderHeader, renderAttention, renderClock } from "./lists.js";
import { alertText, showStage } from "./stage.js";
import { renderDemo, applyDemo, readDemo, followDemo } from "./demo.js";
import { closePanel, backPanel } from "./panel.js";
import { renderPanel } from "./stories.js";
import { applyBooking } from "./events.js";
import { load, loadProblem, connect } from "./live.js";
import { askForKey, signedIn, wireSignIn } from "./signin.js";

/** The minute and the service shown, unless a person chose them. */
function settleTime() {
  if (view.follow) view.shown = Math.floor(followed() / MINUTE) * MINUTE;
  if (!view.chosen || !view.service) view.service = serviceAt(view.shown);
}

function wireControls() {
  $("scrub").addEventListener("input", () => show(shownRange().from + Number($("scrub").value) * MINUTE));
  $("earlier").addEventListener("click", () => show(view.shown - 15 * MINUTE));
  $("later").addEventListener("click", () => show(view.shown + 15 * MINUTE));
  $("follow").addEventListener("click", () => { view.follow = true; view.chosen = false; requestRender(); });
  $("panel-close").addEventListener("click", closePanel);
  $("panel-back").addEventListener("click", backPanel);
  $("summary-close").addEventListener("click", () => showSummary(false));
  $("summary-open").addEventListener("click", () => showSummary(true));
  $("day-before").addEventListener("click", () => goToDay(-1));
  $("day-after").addEventListener("click", () => goToDay(1));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && view.panel.length) closePanel();
  });
  new ResizeObserver(requestRender).observe(document.body);
  const measureTop = () => document.documentElement.style.setProperty("--top", `${$("top").offsetHeight}px`);
  new ResizeObserver(measureTop).observe($("top"));
  setInterval(() => { renderClock(); requestRender(); }, 5000);
}

function showSummary(isShown) {
  view.summaryHidden = !isShown;
  renderNow();
  $(isShown ? "summary-title" : "summary-open").focus();
}

function goToDay(step) {
  const day = new Date(parse(`${model.date}T12:00:00Z`) + step * 24 * 60 * MINUTE);
  model.date = day.toISOString().slice(0, 10);
  model.bookings = new Map();
  view.follow = true;
  view.chosen = false;
  history.replaceState(null, "", `?date=${model.date}`);
  load();
}

function choose(restaurants) {
  document.title = "Headwaiter";
  showStage("choose");
  if (!restaurants.length) setText($("choose-title"), "No restaurant has been set up yet.");
  $("choose-list").replaceChildren(...restaurants.map((item) =>
    el("li", {}, el("a", { href: `/floor/${encodeURIComponent(item.id)}` }, item.name))));
}

const beginning = { tries: 0, timer: 0 };

/** Asks what there is to show, and shows it; again until the server answers, or for a key. A newer try ends an older. */
async function begin() {
  const mine = (beginning.tries += 1);
  clearTimeout(beginning.timer);
  try {
    const [demo, list] = await Promise.all([readDemo(), getJSON("/v1/restaurants")]);
    if (mine === beginning.tries) showHouse(demo, list?.items ?? list?.restaurants ?? []);
  } catch (problem) {
    if (mine !== beginning.tries) return;
    if (problem.status === 401 || problem.status === 403) { askForKey(problem); return; }
    alertText(loadProblem(problem));
    beginning.timer = setTimeout(begin, 3000);
  }
}

function showHouse(demo, restaurants) {
  alertText(null);
  signedIn();
  const path = location.pathname.match(/^\/floor\/([^/]+)$/);
  const only = restaurants.length === 1 ? restaurants[0].id : null;
  const id = path ? decodeURIComponent(path[1]) : demo?.restaurant_id ?? only;
  if (!id) { choose(restaurants); return; }
  model.demo = demo && (!demo.restaurant_id || demo.restaurant_id === id) ? demo : null;
  model.restaurant = restaurants.find((item) => item.id === id) ?? { id, name: id };
  setZone(model.restaurant.timezone);
  const asked = new URLSearchParams(location.search).get("date");
  const given = /^\d{4}-\d{2}-\d{2}$/.test(asked ?? "") ? asked : model.demo?.date;
  view.guessed = !given;
  model.date = given ?? dayOf(Date.now());
  connect({ booking: applyBooking, demo: applyDemo });
  if (model.demo) followDemo();
  load();
}

drawWith([
  settleTime, renderHeader, renderDemo, renderScrub, renderAttention, buildTimeline, fitRows, renderTimeline, buildFloor,
  renderFloor, renderPanel, renderClock,
]);
buildLegend();
wireControls();
wireSignIn(begin);
begin();
