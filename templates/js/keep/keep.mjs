// What somebody told, kept in this tab alone (sessionStorage) while they look round: no other tab, no later
// visit and no computer of ours has it. "Start again", "Leave this page", "Forget them" and closing the tab
// wipe it. A list of search results is marked from it, by a module that only then is fetched.

const KEY = "answers";

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
    sessionStorage.removeItem(KEY);
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

function start() {
  const told = document.querySelector("[data-facts]");
  if (told) keep(told.dataset.facts);
  for (const link of document.querySelectorAll("[data-forget], .app-exit")) link.addEventListener("click", forget);
  const list = document.querySelector("[data-mark]");
  if (list && kept() && !navigator.connection?.saveData) import(list.dataset.mark).then(({ mark }) => mark(list, kept, forget));
}

if (globalThis.document) start();
