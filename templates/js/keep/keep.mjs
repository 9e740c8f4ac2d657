// What somebody told, kept in this tab alone (sessionStorage) while they look round: no other tab, no later
// visit and no computer of ours has it. "Start again", "Leave this page", "Forget them" and closing the tab
// wipe it, and a page that was made before a wipe shows nothing when Back leads to it. They also wipe what was
// remembered on purpose (../remember). A list of search results is marked from it, by a module that only then
// is fetched.

const KEY = "answers";
const WIPED = "wiped"; // when, by our server's clock; of this tab, and no answer
const REMEMBERED = "remembered"; // in localStorage, of ../remember
const CLOCK = "clock";

/** What was told, as the JSON API names it; null where nothing is kept. */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function forget() {
  try {
    for (const key of [KEY, "aside", "sent"]) sessionStorage.removeItem(key); // the last two: without signal
    sessionStorage.setItem(WIPED, Date.now() - (time(CLOCK) ?? 0));
    localStorage.removeItem(REMEMBERED);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
}

function keep(facts) {
  try {
    sessionStorage.setItem(KEY, facts);
  } catch {
    // a browser that keeps nothing: lists stay without marks
  }
}

/** Whether answers were remembered on purpose: only then is the module for them fetched. */
function isRemembered() {
  try {
    return localStorage.getItem(REMEMBERED) !== null;
  } catch {
    return false;
  }
}

/** What the tab remembers of a clock, in milliseconds; null for nothing. */
function time(name) {
  try {
    const kept = sessionStorage.getItem(name);
    return kept === null ? null : Number(kept);
  } catch {
    return null;
  }
}

const fromHistory = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";

/** How far this phone's clock is before our server's, from a page that has just come. */
function compareClocks(made) {
  try {
    sessionStorage.setItem(CLOCK, Date.now() - made);
  } catch {
    // without storage nothing is remembered, so nothing is compared
  }
}

/** Whether a page, by the time our server made it, is older than the last wipe. */
function isWiped(made) {
  const wiped = time(WIPED);
  return wiped !== null && made <= wiped;
}

/** Back after a wipe: a page with older answers gives way to the start, and an empty form is really empty. */
function hide(form) {
  if (!form.dataset.told) return form.reset();
  const again = document.querySelector("[data-forget]")?.href ?? "/";
  document.body.replaceChildren();
  location.replace(again);
}

/** False for a page that must not be shown any more. */
function watchHistory(form) {
  const made = Number(form.dataset.told ?? 0);
  if (made && !fromHistory()) compareClocks(made);
  addEventListener("pageshow", ({ persisted }) => {
    if ((persisted || fromHistory()) && isWiped(made)) hide(form);
  });
  return !isWiped(made);
}

/** Leaves at once; the other site takes the place of this page, so that Back does not lead here. */
function leave(event) {
  event.preventDefault();
  forget();
  location.replace(event.currentTarget.href);
}

function start() {
  const form = document.querySelector("#answers");
  if (form && !watchHistory(form)) return;
  const told = document.querySelector("[data-facts]");
  if (told) keep(told.dataset.facts);
  for (const link of document.querySelectorAll("[data-forget]")) link.addEventListener("click", forget);
  for (const link of document.querySelectorAll(".app-exit")) link.addEventListener("click", leave);
  const again = document.querySelector("[data-remembered]");
  if (again && isRemembered()) import(again.dataset.remembered);
  const list = document.querySelector("[data-mark]");
  if (list && kept() && !navigator.connection?.saveData) import(list.dataset.mark).then(({ mark }) => mark(list, kept, forget));
}

if (globalThis.document) start();
