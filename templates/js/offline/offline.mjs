// The service on the phone: everything here is answered from the saved list, with no request at all.
// An address holds the view, or which entry is read, and nothing about a person.

import { dayOf } from "../care/care.mjs";
import { keptHere, thingsIn } from "../list/list.mjs";
import { savedList, timeWords, words } from "../saving/saving.mjs";
import { dayWords, today } from "../signal/signal.mjs";
import { answer } from "../twin/twin.mjs";
import { filled } from "./fill.mjs";
import { answered, dropSent, forget, keep, notToAsk, refill, toldPerson } from "./person.mjs";
import { opened } from "./saved.mjs";
import { entry, help, look, myList, places, question, results } from "./views.mjs";

const OLD = 30 * 24 * 3600 * 1000; // milliseconds after which a list is said to be old
const PAGE = /\/saved-list\/?$/;
const app = document.querySelector("[data-app]");
const find = (what) => app.querySelector(what);
const sentences = document.getElementById("sentences");
const say = {
  words: (key, values) => words(sentences, key, values),
  dated: (iso) => dayWords(new Date(`${iso}T12:00`)),
};

let list = null;
let person = null;
let shared = []; // a list that an address named, which could not be had

/** Reads the saved list; false where there is none, or none that we can read. */
async function open() {
  const saved = await savedList();
  try {
    list = saved && { ...opened(await saved.pack()), at: saved.at, dayOf, topics: topicsOf() };
  } catch {
    list = null;
  }
  app.hidden = !list;
  document.querySelectorAll("[data-before]").forEach((part) => { part.hidden = Boolean(list); });
  return Boolean(list);
}

function topicsOf() {
  return [...document.querySelectorAll("#topics li")].map((topic) => [topic.dataset.slug, topic.textContent]);
}

/** The day answers are for: today, or the day the list was made where the phone's clock is behind. */
function day() {
  const { made_on: made } = list.rules;
  return today() < made ? made : today();
}

function sayWhen() {
  const values = { day: dayWords(list.at), time: timeWords(list.at) };
  find("[data-when]").textContent = say.words("when", values);
  const { valid_until: until } = list.rules;
  const changed = until && day() >= until;
  const key = changed ? "changed" : Date.now() - list.at > OLD ? "aged" : "";
  const old = find("[data-aged]");
  old.hidden = !key;
  if (key) old.textContent = say.words(key, { ...values, day: changed ? say.dated(until) : values.day });
}

function fillLists() {
  for (const [name, pairs] of [["lives_in", list.districts], ["responsible_authority", list.councils]]) {
    app.querySelectorAll(`[data-list=${name}]`).forEach((group) => {
      group.replaceChildren(...pairs.map(([code, label]) => new Option(label, code)));
    });
  }
}

/** Typing into the box leaves only the districts that begin so, or have a word that does. */
function narrow(text) {
  const typed = text.trim().toLowerCase();
  const fits = list.districts.filter(([, name]) => ` ${name.toLowerCase()}`.includes(` ${typed}`));
  const select = find("#lives_in");
  const chosen = select.value;
  find("#answers [data-list=lives_in]").replaceChildren(...fits.map(([code, label]) => new Option(label, code)));
  const keeps = fits.some(([code]) => code === chosen);
  select.value = typed && fits.length === 1 ? fits[0][0] : keeps ? chosen : "";
  find("[data-fits]").textContent = typed ? say.words(fits.length ? "fits" : "fits-none", { count: fits.length }) : "";
}

function show(view) {
  const names = ["answers", "results", "about", "places", "find", "help", "adviser", "list"];
  const [name] = names.filter((each) => view === each || view.startsWith(`${each}-`));
  const shown = name ?? (view.startsWith("place-") ? "places" : hasAnswers() ? "results" : "answers");
  app.querySelectorAll("[data-view]").forEach((part) => { part.hidden = part.dataset.view !== shown; });
  app.querySelectorAll("[data-go]").forEach((link) => {
    if (link.dataset.go === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  VIEWS[shown](view);
  const part = find(`[data-view=${shown}]`);
  document.title = `${part.querySelector("h2").textContent} – ${app.dataset.title}`;
  return part;
}

const VIEWS = {
  answers: () => refill(find("#answers"), person),
  results: showResults,
  about: (view) => {
    const made = entry(view.slice("about-".length), list, day(), say);
    find("[data-entry]").replaceChildren(made ?? say.words("not-saved"));
  },
  places: (view) => {
    const select = find("#places-in");
    if (!select.value && person.facts.lives_in) select.value = person.facts.lives_in;
    find("[data-places]").replaceChildren(places(list, select.value, person.facts.responsible_authority, say));
    document.getElementById(view)?.scrollIntoView();
  },
  find: () => find("[data-found]").replaceChildren(look(find("#look").value, list)),
  list: () => find("[data-mine]").replaceChildren(myList(shared.length ? shared : keptHere(), list, day(), say)),
  help: () => find("[data-help]").replaceChildren(help(list)),
  adviser: () => dispatchEvent(new Event("adviser")),
};

/** What the adviser's view works with: templates/js/adviser. */
export function tools() {
  const tell = (found) => keep(person = found);
  return { list, person, on: day(), say, filled, tell, sayFaults };
}

function hasAnswers() {
  return Object.keys(person.facts).length > 0 || person.aside.size > 0;
}

function showResults() {
  const found = answer(list.rules, person.facts, day(), notToAsk(person));
  find("[data-results]").replaceChildren(results(found, list, person, say));
  const next = found.next_question;
  const isFirst = next && ["lives_in", "responsible_authority", "date_of_birth"].includes(next.fact);
  find("#next").hidden = !next;
  if (next) find("[data-question]").replaceChildren(isFirst ? say.words("next-first", { text: next.text }) : question(next, list));
  find("#next [data-update]").hidden = Boolean(isFirst);
  find("#next [data-back]").hidden = !isFirst;
}

function sayFaults(form) {
  const box = form.querySelector("[data-faults]");
  box.hidden = !person.faults.length;
  box.querySelector("ul").replaceChildren(...person.faults.map(({ field, why }) => {
    const [line, link] = [document.createElement("li"), document.createElement("a")];
    const id = field === "place" ? "lives_in" : field;
    Object.assign(link, { href: `#${id}`, textContent: say.words(`fault-${why}`) });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      (form.querySelector(`#${id}`) ?? form.elements[id])?.focus();
    });
    line.append(link);
    return line;
  }));
  if (!box.hidden) box.focus();
}

function send(event) {
  event.preventDefault();
  const form = event.target;
  const whole = form.id === "answers";
  const data = whole ? null : event.submitter?.value;
  if (data) form.elements.skip.value = data;
  person = answered(form, person, list.reading, whole);
  keep(person);
  if (!whole) form.elements.skip.value = "";
  if (person.faults.length) return sayFaults(form);
  sayFaults(form);
  return whole ? go("results") : focusOn(show("results"));
}

function go(view) {
  if (location.hash === `#${view}`) focusOn(show(view));
  else location.hash = view;
}

function focusOn(part) {
  const head = part.querySelector("h2");
  head.tabIndex = -1;
  head.focus();
  scrollTo(0, part.offsetTop < 200 ? 0 : head.getBoundingClientRect().top + scrollY - 12);
}

/** The view for the address that could not be had, such as /entitlements/setting-up-home-allowance. */
function viewOf({ pathname, search, hash }, sent) {
  if (PAGE.test(pathname) && hash && hash !== "#sent") return hash.slice(1);
  const [, kind, slug] = /\/(entitlements|services|help-now|help-nearby|search|topics|adviser|my-list)(?:\/([\w-]+))?/.exec(sent?.path ?? pathname) ?? [];
  if (kind === "search" || kind === "topics") {
    const words = sent ? new Map(sent.fields).get("q") ?? new Map(sent.fields).get("look") : new URLSearchParams(search).get("q");
    find("#look").value = words ?? "";
    return "find";
  }
  if (kind === "entitlements" && slug) return `about-${slug}`;
  if (kind === "help-now") return "help";
  if (kind === "adviser") return kind;
  if (kind === "my-list") return "list";
  return kind ? (slug ? `place-${slug}` : "places") : "";
}

function wire() {
  app.addEventListener("submit", (event) => {
    if (event.target.id === "search") {
      event.preventDefault();
      show("find");
    } else send(event);
  });
  find("#filter").addEventListener("input", (event) => narrow(event.target.value));
  find("#places-in").addEventListener("change", () => show("places"));
  find("[data-forget]").addEventListener("click", () => {
    forget();
    person = { facts: {}, aside: new Set(), faults: [] };
    go("answers");
  });
  find("[data-try]").addEventListener("click", () => navigator.serviceWorker?.controller?.postMessage("try again"));
  addEventListener("hashchange", () => { if (!/^#(main-content)$/.test(location.hash)) focusOn(show(location.hash.slice(1))); });
  addEventListener("saved", () => open().then((is) => is && begin()));
}

function begin() {
  sayWhen();
  fillLists();
  person = toldPerson(list.reading);
  shared = thingsIn(new URLSearchParams(location.search).get("things"));
  const view = viewOf(location, person.sent);
  find("[data-try]").href = PAGE.test(location.pathname) ? "/" : location.pathname + location.search;
  if (!PAGE.test(location.pathname) || location.hash === "#sent") history.replaceState(null, "", `/saved-list${view ? `#${view}` : ""}`);
  if (hasAnswers()) keep(person);
  dropSent();
  const wrong = person.faults.length && view !== "adviser"; // which says its own
  show(wrong ? "answers" : view);
  if (wrong) sayFaults(find("#answers"));
}

wire();
if (await open()) begin();
