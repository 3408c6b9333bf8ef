// Numbers within their limits, and work that does not run too often.

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** Runs `work` once, `quiet` ms after the last call, but not later than `latest` ms after the first. */
export function debounced(work, quiet, latest) {
  let timer = 0;
  let first = 0;
  return () => {
    const at = performance.now();
    if (!timer) first = at;
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; work(); }, Math.max(0, Math.min(quiet, first + latest - at)));
  };
}
