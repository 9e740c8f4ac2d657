// On every page: says when the page is an old copy, and keeps a form that cannot be sent. Whether there is
// signal is never guessed: our computer answers in time, or it does not.

const ALIVE = "/healthz";
const PATIENCE = 4000; // milliseconds
const DAY = { day: "numeric", month: "long", year: "numeric" };

/** "22 November 2026", in the language of the page. */
export function dayWords(date) {
  return new Intl.DateTimeFormat(tongue(), DAY).format(date);
}

/** British where the page is in English, so that the day stands before the month. */
export function tongue() {
  const { lang } = document.documentElement;
  return lang === "en" ? "en-GB" : lang;
}

/** The civil date in England: "2026-11-22". */
export function today() {
  return new Date().toLocaleDateString("en-CA", { timeZone: "Europe/London" });
}

/** A page of another day says so: from the browser's own store, a tab left open, or Back. */
function sayAge() {
  const made = document.body.dataset.made;
  const note = document.querySelector("[data-old]");
  if (!made || !note || made >= today()) return;
  note.textContent = note.dataset.old.replace("{day}", dayWords(new Date(`${made}T12:00`)));
  note.hidden = false;
}

async function isAlive() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const reply = await fetch(ALIVE, { method: "HEAD", cache: "no-store", signal: stop.signal });
    return reply.status < 500;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const words = () => document.querySelector("template[data-lost]"); // on every page whose forms are kept
const tried = new WeakSet(); // buttons that said once that nobody answers: the next press of one sends whatever

/** A form that posts: where its worker has a saved list to answer from, that takes over; else it is sent only
 * where somebody answers. */
async function guard(event) {
  const form = event.target;
  const { submitter } = event;
  if (event.defaultPrevented || (submitter?.getAttribute("formmethod") ?? form.method) !== "post") return;
  if (navigator.serviceWorker?.controller && words().dataset.lost) keepSent(form, submitter);
  else if (form.dataset.sending === "go" || tried.delete(submitter ?? form)) sent(form, submitter);
  else {
    event.preventDefault();
    if (form.dataset.sending !== "asks" && !isPressed(submitter)) await sendIfAlive(form, submitter);
  }
}

async function sendIfAlive(form, submitter) {
  form.dataset.sending = "asks";
  press(form, submitter);
  if (await isAlive()) {
    form.dataset.sending = "go";
    form.requestSubmit(submitter);
  } else {
    release();
    if (navigator.onLine) tried.add(submitter ?? form); // slow or barred, perhaps; without a network it would only be lost
    sayLost(form, submitter);
  }
}

/** On its way. A reply that is a file leaves the page as it is. */
function sent(form, submitter) {
  form.dataset.sending = "sent";
  press(form, submitter);
  setTimeout(release, PATIENCE);
}

/** The button shows that it was pressed: on a slow line nothing else on the page does. */
function press(form, submitter) {
  for (const other of document.querySelectorAll("[data-pressed]")) delete other.dataset.pressed;
  const shown = submitter?.hidden === false ? submitter : form.querySelector(".govuk-button");
  if (shown) shown.dataset.pressed = "";
}

const isPressed = (submitter) => submitter?.dataset.pressed !== undefined;

/** Nothing is on its way: every button can be pressed again. */
function release() {
  document.querySelectorAll("[data-sending], [data-pressed]").forEach(({ dataset }) => {
    delete dataset.sending;
    delete dataset.pressed;
  });
}

/** For the saved page, in this tab alone; the next page that comes from our computer wipes it. */
function keepSent(form, submitter) {
  try {
    const fields = [...new FormData(form, submitter)].filter(([, value]) => typeof value === "string" && value);
    const place = form.elements.place;
    const same = !place || place.value === place.defaultValue;
    const path = new URL(submitter?.getAttribute("formaction") ?? form.action, location).pathname;
    sessionStorage.setItem("sent", JSON.stringify({ path, fields, same }));
  } catch {
    // a browser that keeps nothing: the saved page opens empty, and Back has the form
  }
}

function sayLost(form, submitter) {
  document.querySelector("[data-lost-said]")?.remove();
  const said = document.createElement("p");
  said.append(words().content.cloneNode(true));
  said.dataset.lostSaid = "";
  said.className = "app-alert";
  said.setAttribute("role", "alert");
  said.tabIndex = -1;
  const at = submitter?.form === form && submitter.checkVisibility?.() !== false ? submitter : form;
  const button = at.closest(".govuk-button, button");
  if (button) button.before(said);
  else form.prepend(said);
  said.focus();
}

function start() {
  sayAge();
  addEventListener("pageshow", () => {
    sayAge(); // Back, from the browser's memory
    release();
  });
  document.addEventListener("visibilitychange", sayAge);
  if (words()) document.addEventListener("submit", guard);
  if (document.querySelector("[data-app]")) return;
  try {
    sessionStorage.removeItem("sent");
  } catch {
    // a browser that keeps nothing
  }
}

if (globalThis.document) start();
