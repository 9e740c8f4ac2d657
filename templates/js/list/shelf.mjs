// Where the list lies: read anew each time, since another tab may have changed it.

const KEY = "list";
const MOST = 40;
const KEY_OF_A_THING = /^(service\.)?[a-z0-9]+(-[a-z0-9]+)*$/;
let here = []; // for a browser that keeps nothing

/** Names of things as they may stand in an address; anything else that lies in the storage is left out. */
export function slugsOf(value) {
  return Array.isArray(value) ? [...new Set(value)].filter((each) => typeof each === "string" && KEY_OF_A_THING.test(each)).slice(0, MOST) : [];
}

/** The things that an address writes as "a,b". */
export function thingsIn(text) {
  return slugsOf((text ?? "").split(","));
}

export function list() {
  try {
    return slugsOf(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return here;
  }
}

/** Whether the browser kept it. An empty list leaves nothing behind. */
export function keepList(slugs) {
  here = slugsOf(slugs);
  try {
    if (here.length) localStorage.setItem(KEY, JSON.stringify(here));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** Whether anything can be kept at all: some browsers refuse, and some are full. */
export function keeps() {
  try {
    localStorage.setItem(`${KEY}?`, "");
    localStorage.removeItem(`${KEY}?`);
    return true;
  } catch {
    return false;
  }
}

/** Whether there is no room for one more. */
export function isFull() {
  return list().length >= MOST;
}

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
