// The API key of this tab: in the tab's session storage and in the requests' header, nowhere else.

const NAME = "headwaiter.key";
let key = stored();

export const apiKey = () => key;

export function keepKey(text) {
  key = text;
  try {
    sessionStorage.setItem(NAME, text);
  } catch {
    // A browser that keeps nothing: the key lives as long as the page.
  }
}

export function forgetKey() {
  key = null;
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // There was nothing to forget.
  }
}

function stored() {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null;
  }
}
