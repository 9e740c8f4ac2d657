// The results on the page and in a file. Words of the page stand in its templates; the names of things to get
// come with the rules, in English.

import { tongue } from "../signal/signal.mjs";
import { fileOf } from "../rows/rows.mjs";

const MOST_NAMED = 60; // people of one thing on the page; the file has all

/** A sentence of the page with {names} put in. */
export function said(key, values = {}) {
  const text = document.querySelector(`#sentences`).content.querySelector(`[data-key="${key}"]`)?.textContent ?? "";
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function dated(iso) {
  const style = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(tongue(), style).format(new Date(`${iso}T00:00Z`));
}

function made(name, ...children) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

/** English words of the rules on a page in another language. */
function english(name, ...children) {
  const element = made(name, ...children);
  return document.documentElement.lang === "en" ? element : Object.assign(element, { lang: "en", dir: "ltr" });
}

/** How a person without a name is called: by the adviser's own sign, else by the line. */
export function calledOf({ own, line }) {
  return own.find(Boolean) ?? said("line", { line });
}

/** Titles folded under their number; nothing for none. */
function folded(key, items) {
  if (!items.length) return "";
  const part = made("details", made("summary", said(key, { count: items.length })), made("ul", ...items.map((each) => english("li", each.title))));
  part.className = "app-why";
  return part;
}

/** What to do before a day: whom to ask about what stops then. */
function before(found) {
  const asks = new Map();
  for (const { ask, title, until } of found.stops) {
    const key = `${until} ${ask}`;
    asks.set(key, { ask, until, titles: [...(asks.get(key)?.titles ?? []), title] });
  }
  return [...asks.values()].map(({ ask, until, titles }) => said("before", { day: dated(until), ask, titles: titles.join("; ") }));
}

/** Those whose birthday, or something that stops, falls into the stretch; the soonest first. */
export function aheadOf(results) {
  return results.filter(({ found }) => found.day).sort((a, b) => (a.found.day < b.found.day ? -1 : 1));
}

export function fillAhead(body, ahead) {
  body.replaceChildren(...ahead.map(({ person, found }) => {
    const asks = made("ul", ...before(found).map((each) => english("li", each)));
    const cells = [whenOf(found), [asks, folded("may-stop", found.mayStop)], folded("starting", [...found.starts, ...found.unsure])];
    const row = made("tr", made("th", calledOf(person)), ...cells.map((cell) => made("td", ...[cell].flat())));
    row.firstChild.scope = "row";
    return row;
  }));
}

function whenOf({ turns, day }) {
  return turns ? said("turns", { age: turns, day: dated(day) }) : said("on", { day: dated(day) });
}

/** Each thing with the people it may be for, folded. */
export function fillThings(box, things) {
  box.replaceChildren(...things.map(({ title, ask, asks, sure, open }) => {
    const count = made("span", String(sure.length + open.length));
    count.className = "app-count";
    const name = english("span", title);
    name.className = "app-fold__name";
    const part = made("details", made("summary", name, " ", count));
    part.className = "app-fold";
    if (sure.length) part.append(named("should", sure));
    if (open.length) part.append(named("might", open), english("p", asks));
    part.append(english("p", said("ask", { ask })));
    return part;
  }));
}

function named(key, people) {
  const names = people.slice(0, MOST_NAMED).map(calledOf).join(", ");
  const more = people.length > MOST_NAMED ? ` ${said("more", { count: people.length - MOST_NAMED })}` : "";
  return made("p", made("b", said(key)), ` ${names}${more}`);
}

export function fillFaults(list, faults) {
  list.replaceChildren(...faults.map(({ line, key, values }) => made("li", made("b", said("line", { line })), " ", said(`fault-${key}`, values))));
}

/** The whole result as a file: a line a person, then a line a row that could not be read. */
export function resultFile(results, faults, own) {
  const heads = ["line", "birthday", "district", "status", "turns", "day", "stops", "may", "starts", "unsure", "before", "should", "might", "next", "fault"].map((key) => said(`head-${key}`));
  const titles = (list) => list.map(({ title }) => title).join("; ");
  const lines = results.map(({ person, found }) => [
    ...person.own, person.line, person.facts.date_of_birth, person.district, person.status, found.turns ?? "", found.day ?? "",
    titles(found.stops), titles(found.mayStop), titles(found.starts), titles(found.unsure), before(found).join(" "), titles(found.should), titles(found.might), found.question, "",
  ]);
  const wrong = faults.map(({ line, key, values }) => [...own.map(() => ""), line, ...Array(13).fill(""), said(`fault-${key}`, values)]);
  return fileOf([[...own.map(({ heading }, n) => heading || said("own", { number: n + 1 })), ...heads], ...lines, ...wrong]);
}
