// Signing in with an API key, and out again.

import { $, setText } from "./dom.js";
import { words } from "./words.js";
import { apiKey, forgetKey, keepKey } from "./session.js";
import { alertText, showStage } from "./stage.js";

/** @param begin starts the page with the key that was typed. */
export function wireSignIn(begin) {
  $("sign-in-form").addEventListener("submit", (event) => {
    event.preventDefault();
    signIn(begin);
  });
  $("show-key").addEventListener("change", () => { $("key").type = $("show-key").checked ? "text" : "password"; });
  $("sign-out").addEventListener("click", () => { forgetKey(); startAnew(); });
}

/** Loads the page again, so that nothing stays in it that the former key could see. */
export const startAnew = () => location.reload();

/** Shows the form. @param problem the server's refusal, 401 or 403. */
export function askForKey(problem) {
  const was = apiKey();
  forgetKey();
  document.title = "Sign in · Headwaiter";
  alertText(null);
  showStage("sign-in");
  $("sign-out").hidden = true;
  if (was) explain(refusalWords(problem));
  $("key").focus();
  $("key").select();
}

/** The page shows what the key may see; the key itself is not in it any more. */
export function signedIn() {
  $("sign-out").hidden = !apiKey();
  $("sign-in-form").reset();
  $("key").type = "password";
}

async function signIn(begin) {
  const text = $("key").value.trim();
  if (!text) { explain("Type or paste an API key."); $("key").focus(); return; }
  if (!/^[\x21-\x7e]+$/.test(text)) {
    explain("An API key has no spaces and only plain letters, digits and signs. Copy it again, as it was shown.");
    $("key").focus();
    return;
  }
  explain("");
  keepKey(text);
  $("sign-in-button").disabled = true;
  await begin();
  $("sign-in-button").disabled = false;
}

function explain(text) {
  setText($("sign-in-error"), text);
  $("sign-in-error").hidden = !text;
  if (text) $("key").setAttribute("aria-invalid", "true");
  else $("key").removeAttribute("aria-invalid");
}

/** What a refusal means, in words. */
export function refusalWords(problem) {
  if (problem.status === 401) {
    return "This server does not know the key, or it has been revoked. Check it, or ask for a new one.";
  }
  const [, role] = problem.detail.match(/role (\w+)/) ?? [];
  const roles = problem.allowed.split(", ").filter(Boolean).map((name) => words({}, name));
  const may = roles.length ? ` Roles that may: ${roles.join(", ")}.` : "";
  return `The key is good, but its role${role ? `, ${words({}, role)},` : ""} may not see the floor.${may}`;
}
