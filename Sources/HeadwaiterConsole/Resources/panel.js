// The panel beside the floor: a stack of tables and bookings that were opened from one another.

import { $ } from "./dom.js";
import { view, renderNow } from "./view.js";

export function openPanel(kind, id) {
  if (!view.panel.length) view.opener = document.activeElement;
  const top = view.panel.at(-1);
  if (top?.kind === kind && top.id === id) return;
  const isWithin = top && $("panel").contains(document.activeElement);
  view.panel = isWithin ? [...view.panel, { kind, id }] : [{ kind, id }];
  renderNow();
  $("panel-title").focus({ preventScroll: true });
  $("panel-body").scrollTop = 0;
}

export function closePanel() {
  const { opener } = view;
  const last = view.panel.at(0);
  view.panel = [];
  view.opener = null;
  renderNow();
  if (opener?.isConnected) opener.focus();
  else if (last?.kind === "table") $("floor").querySelector(`[data-table="${CSS.escape(last.id)}"]`)?.focus();
  else $("floor-panel").focus({ preventScroll: true });
}

export function backPanel() {
  view.panel.pop();
  renderNow();
  $("panel-title").focus({ preventScroll: true });
}
