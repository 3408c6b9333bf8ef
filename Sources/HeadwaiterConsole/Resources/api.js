// The server's API; the console reads it and writes nothing.

/** An answer that is no 2xx. */
export class Problem extends Error {
  constructor(path, status) {
    super(`${path}: ${status}`);
    this.status = status;
  }
}

export async function getJSON(path) {
  const response = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store" });
  if (!response.ok) throw new Problem(path, response.status);
  return response.status === 204 ? null : response.json();
}
