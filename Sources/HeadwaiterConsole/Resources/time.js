// Moments and how the restaurant's clock tells them.

export const MINUTE = 60_000;
export const parse = (text) => Date.parse(text ?? "");
let formatters = null;

export function setZone(timeZone) {
  const make = (options) => {
    try {
      return new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
    } catch {
      return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
    }
  };
  formatters = {
    clock: make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    seconds: make({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
    day: make({ weekday: "short", day: "numeric", month: "short" }),
    date: make({ year: "numeric", month: "2-digit", day: "2-digit" }),
  };
}

export const clock = (ms) => (Number.isFinite(ms) ? formatters.clock.format(ms) : "--:--");
/** With seconds, and the day as people name it. */
export const clockSeconds = (ms) => (Number.isFinite(ms) ? formatters.seconds.format(ms) : "");
export const dayName = (ms) => (Number.isFinite(ms) ? formatters.day.format(ms) : "");
export const span = (booking) => `${clock(booking.from)}–${clock(booking.until)}`;

/** The service date of a moment: before five in the morning it is still the evening before's. */
export const dayOf = (ms) => dateOf(ms - 5 * 60 * MINUTE);

export const dateOf = (ms) => formatters.date.format(ms).split("/").reverse().join("-");
