// text/event-stream, after the HTML standard's "server-sent events".

/**
 * Reads the stream's text piece by piece, wherever the pieces end.
 * @param heard called with each event, `{name, data, id}`; `id` is the last one given, also by earlier events.
 * @param retried called with the milliseconds that the server asks to wait before the next try.
 */
export function eventReader(heard, retried) {
  let rest = "";
  let name = "";
  let data = [];
  let id = "";

  const fields = {
    event: (value) => { name = value; },
    data: (value) => { data.push(value); },
    id: (value) => { if (!value.includes("\0")) id = value; },
    retry: (value) => { if (/^\d+$/.test(value)) retried(Number(value)); },
  };

  function finish() {
    if (data.length) heard({ name: name || "message", data: data.join("\n"), id });
    name = "";
    data = [];
  }

  function read(line) {
    if (line === "") { finish(); return; }
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment, which keeps the connection open
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (Object.hasOwn(fields, field)) fields[field](value);
  }

  return (text) => {
    // A carriage return at the end may be the first half of a line's end.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) read(line);
  };
}
