// The server's API; the console reads it and writes nothing.

import { apiKey } from "./session.js";

/** An answer that is no 2xx, with what the server's problem details (RFC 9457) say; status 0: there was no answer. */
export class Problem extends Error {
  constructor(path, status, details = {}) {
    super(`${path}: ${status}`);
    this.status = status;
    this.detail = typeof details.detail === "string" ? details.detail : "";
    this.allowed = typeof details.allowed === "string" ? details.allowed : "";
  }
}

/** Asks for a path. @throws Problem */
export async function ask(path, headers, signal) {
  const key = apiKey();
  const authorization = key ? { authorization: `Bearer ${key}` } : {};
  let response = null;
  try {
    response = await fetch(path, {
      headers: { ...headers, ...authorization }, cache: "no-store", redirect: "error", signal,
    });
  } catch {
    throw new Problem(path, 0);
  }
  if (!response.ok) throw new Problem(path, response.status, await detailsOf(response));
  return response;
}

export async function getJSON(path) {
  const response = await ask(path, { accept: "application/json" });
  return response.status === 204 ? null : response.json();
}

async function detailsOf(response) {
  try {
    return (await response.json()) ?? {};
  } catch {
    return {};
  }
}
