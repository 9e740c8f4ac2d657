// The adviser's page without signal, from the saved list: every question, the law on each line, what-ifs side by
// side. It stands on the page of the saved list as the view #adviser.

import { ageInYears, birthday, dayOf, isoOf } from "../care/care.mjs";
import { boxesOf, factsOf, fieldsOf } from "../fields/fields.mjs";
import { tools } from "../offline/offline.mjs";
import { answer } from "../twin/twin.mjs";
import { KINDS, differences } from "./differences.mjs";
import { changesOf, imagined } from "./imagined.mjs";

const TIMES = [1, 2, 3];
const MAIN = [
  "date_of_birth", "age_years", "lives_in", "postcode", "responsible_authority", "responsible_authority_nation",
  "residence_nation", "care_when", "care_13_weeks", "care", "status_events",
];
const form = document.getElementById("desk");

/** Every question but the first ones, what settles most first, private ones later: as the next one is chosen. */
function questions(list, facts, on) {
  const { registry, questions: { weights } } = list.rules;
  const waiting = new Map();
  for (const { outcome, missing } of answer(list.rules, {}, on).outcomes) {
    if (outcome === "unknown") for (const name of missing) waiting.set(name, (waiting.get(name) ?? 0) + 1);
  }
  const rank = ({ name, sensitivity }) => (waiting.get(name) ?? 0) * weights[sensitivity];
  const shut = ({ needs }) => needs.some(([gate, allowed]) => facts[gate] !== undefined && !allowed.includes(facts[gate]));
  return [...registry.values()]
    .filter((fact) => !fact.derived && !MAIN.includes(fact.name) && (!shut(fact) || facts[fact.name] !== undefined))
    .sort((a, b) => rank(b) - rank(a));
}

function fieldOf({ name, type, question, answers }) {
  const id = `desk-${name}`;
  const boxes = boxesOf(name);
  const parts = { day: `${boxes}-day`, month: `${boxes}-month`, year: `${boxes}-year` };
  const ids = { dayId: `desk-${parts.day}`, monthId: `desk-${parts.month}`, yearId: `desk-${parts.year}` };
  return {
    text: question, id, name,
    lists: ["bool", "choice"].includes(type) ? [{ id, name, text: question, answers: answers.map(({ value, label }, n) => ({ value, label: `${n + 1} ${label}` })) }] : [],
    numbers: type === "int" ? [{ id, name, text: question }] : [],
    dates: type === "date" ? [{ text: question, ...parts, ...ids }] : [],
  };
}

/** Puts facts back into the boxes. */
function refill(facts) {
  const put = (name, value) => { if (form.elements[name] && value !== undefined) form.elements[name].value = value; };
  for (const [name, value] of Object.entries(facts)) {
    if (/^\d{4}-\d\d-\d\d$/.test(value)) value.split("-").forEach((part, n) => put(`${boxesOf(name)}-${["year", "month", "day"][n]}`, n ? Number(part) : part));
    else put(name, typeof value === "boolean" ? String(value) : value);
  }
  put("lives_in", facts.lives_in ?? facts.residence_nation);
  put("responsible_authority", facts.responsible_authority ?? facts.responsible_authority_nation);
}

function open() {
  const { list, person, on, filled, sayFaults } = tools();
  const asked = questions(list, person.facts, on).map(fieldOf);
  form.querySelector("[data-questions]").replaceChildren(filled("t-asked", { asked }));
  form.querySelector("#every").replaceChildren(...[...changesOf(list).keys()].map((words) => new Option("", words)));
  refill(person.facts);
  if (person.faults.length) sayFaults(form);
  if (Object.keys(person.facts).length) work();
  else form.querySelector("[data-answer]").replaceChildren();
}

function work() {
  const { list, person, on, say, filled } = tools();
  const found = answer(list.rules, person.facts, on);
  const next = found.next_question;
  const groups = Object.fromEntries(["yes", "unknown", "no"].map((value) => [value, rowsOf(found, value, list, say)]));
  const columns = columnsOf(found, person.facts, on, list, say);
  const counts = [groups.yes, groups.unknown, groups.no].map(({ length }) => String(length));
  form.querySelector("[data-answer]").replaceChildren(filled("t-desk", {
    ...groups, yesCount: counts[0], mightCount: counts[1], noCount: counts[2],
    next: next && next.text, columns,
    missing: found.not_in_pack.map((code) => list.nameOf(code)).filter(Boolean).join(", "),
    notes: [...found.notes, ...found.faults.map(({ detail }) => detail)],
  }));
}

/** One line for each thing. What is still open says what it turns on; papers and forms come once it is nearer. */
function rowsOf(found, value, list, say) {
  const day = dayOf(found.on);
  return found.outcomes.filter(({ outcome }) => outcome === value).map((each) => {
    const entry = list.entries.get(each.slug);
    const brief = each.missing.length > 0;
    const first = [...each.missing].sort((a, b) => list.rules.registry.get(a).sensitivity - list.rules.registry.get(b).sensitivity)[0];
    return {
      ...entry, href: `#about-${each.slug}`, amount: each.worth?.text,
      law: (entry.law ?? []).join("; ") || say.words("no-law", {}),
      decides: entry.standOn(day).decides,
      last: each.until && value !== "no" ? say.dated(isoOf(dayOf(each.until) - 1)) : "",
      bring: brief ? "" : (entry.bring ?? []).join("; "),
      forms: brief ? "" : (entry.forms ?? []).join(" "),
      limits: brief ? "" : (entry.limits ?? []).join(" "),
      check: each.asks.join(" "),
      turns: first ? list.rules.registry.get(first).question : "",
      why: each.because.filter(({ holds }) => holds === false).slice(0, 2).map(({ text }) => text).join(" "),
      starts: each.from ? say.words("from-day", { day: say.dated(each.from) }) : "",
    };
  });
}

function columnsOf(found, facts, on, list, say) {
  const typed = TIMES.map((number) => {
    const held = new Map([...new FormData(form)]
      .filter(([name, value]) => name.startsWith(`if${number}-`) && value.trim())
      .map(([name, value]) => [name.slice(4), value.trim()]));
    return held.size ? columnOf(number, held, found, facts, on, list, say) : null;
  });
  return [nextBirthday(found, facts, on, list, say), ...typed].filter(Boolean);
}

/** What changes when they next turn a year older; null without a birth date. */
function nextBirthday(found, facts, on, list, say) {
  if (!facts.date_of_birth) return null;
  const born = dayOf(facts.date_of_birth);
  const age = ageInYears(born, dayOf(on)) + 1;
  const day = isoOf(birthday(born, age));
  const names = [say.words("turns", { age: String(age), day: say.dated(day) })];
  return shown(say.words("next-birthday", {}), names, differences(found, answer(list.rules, facts, day, [], on), found), list, say);
}

function shown(title, names, shifts, list, say) {
  const groups = KINDS.map((kind) => groupOf(kind, shifts, list, say)).filter(({ shifts: held }) => held.length);
  return { title, names, groups, none: !shifts.length };
}

function columnOf(number, typed, found, facts, on, list, say) {
  const title = say.words("if", { number: String(number) });
  try {
    const thought = imagined(typed, facts, on, list);
    const [after, along] = [thought.on, thought.told].map((day) => answer(list.rules, thought.facts, day, [], thought.told));
    const shifts = differences(found, after, along);
    const names = thought.names.map(([key, { day, ...values }]) => say.words(key, { ...values, day: day && say.dated(day) }));
    return shown(title, names, shifts, list, say);
  } catch (unfit) {
    const fault = say.words(unfit.message, {});
    if (!fault) throw unfit;
    return { title, fault };
  }
}

function groupOf(kind, shifts, list, say) {
  const held = shifts.filter((each) => each.kind === kind).map(({ slug, title, why, since, after }) => ({
    title, href: `#about-${slug}`,
    when: since && say.words("since", { day: say.dated(since) }),
    why: after === "absent" ? say.words("absent", {}) : why.join(" "),
  }));
  return { title: say.words(kind, {}), count: String(held.length), shifts: held };
}

function send(event) {
  event.preventDefault();
  event.stopPropagation();
  const { list, person, tell, sayFaults } = tools();
  const fields = fieldsOf([...new FormData(form)]);
  const nation = ["wales", "scotland", "northern_ireland"].includes(fields.get("lives_in")) && fields.get("lives_in");
  if (nation) {
    fields.set("residence_nation", nation);
    fields.delete("lives_in");
  }
  const { care, status_events: events } = person.facts; // told with signal: no box here asks for them
  const told = factsOf(fields, list.reading);
  tell({ ...told, facts: { ...(care && { care }), ...(events && { status_events: events }), ...told.facts } });
  sayFaults(form);
  if (told.faults.length) return;
  work();
  const head = form.querySelector("[data-answer] h3");
  head.tabIndex = -1;
  head.focus();
}

form.addEventListener("submit", send);
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "SELECT") {
    event.preventDefault();
    form.requestSubmit();
  }
});
addEventListener("adviser", open);
if (!document.querySelector("[data-view=adviser]").hidden) open();
