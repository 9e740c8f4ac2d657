// What somebody told, in this tab's memory alone, and the form that holds it.

import { boxesOf, factsOf, fieldsOf } from "../fields/fields.mjs";

const NATIONS = ["wales", "scotland", "northern_ireland"];
const NEVER = ["care", "status_events", "postcode"]; // dates and postcodes are not asked for here
const FIRST = [
  "date_of_birth", "age_years", "lives_in", "residence_nation", "responsible_authority",
  "responsible_authority_nation", "care_when", "care_13_weeks",
];

/** `{facts, aside}` kept in this tab, and what was on its way when the signal went. */
export function toldPerson(reading) {
  const kept = { facts: read("answers") ?? {}, aside: new Set(read("aside") ?? []), faults: [] };
  const sent = read("sent");
  if (!sent?.fields || !/\/(results|what-happens-when|print|search|adviser)$/.test(sent.path)) return { ...kept, sent };
  const fields = fieldsOf(sent.fields);
  const found = factsOf(fields, reading);
  if (sent.same && fields.get("place") && kept.facts.lives_in) {
    found.facts.lives_in = kept.facts.lives_in; // the place our computer read before
    found.faults = found.faults.filter(({ field }) => field !== "place");
  }
  return { ...found, sent };
}

/** What a form holds, read: the four questions anew and whatever else was told before, or one more answer. */
export function answered(form, person, reading, whole) {
  const fields = fieldsOf([...new FormData(form)]);
  if (NATIONS.includes(fields.get("lives_in"))) {
    fields.set("residence_nation", fields.get("lives_in"));
    fields.delete("lives_in");
  }
  const found = factsOf(fields, reading);
  const before = whole ? Object.fromEntries(Object.entries(person.facts).filter(([name]) => !FIRST.includes(name))) : person.facts;
  const aside = [...person.aside].filter((name) => !fields.has(name) && !(whole && FIRST.includes(name)));
  return { facts: { ...before, ...found.facts }, aside: new Set([...aside, ...found.aside]), faults: found.faults };
}

/** Keeps it in this tab; nothing leaves the phone. */
export function keep({ facts, aside }) {
  write("answers", facts);
  write("aside", [...aside]);
}

export function notToAsk({ aside }) {
  return [...aside, ...NEVER];
}

/** Puts facts back into the form of the four questions. */
export function refill(form, { facts, aside }) {
  form.reset();
  const put = (name, value) => {
    const field = form.elements[name];
    if (field && value !== undefined) field.value = value;
  };
  const [year, month, day] = (facts.date_of_birth ?? "").split("-");
  const boxes = boxesOf("date_of_birth");
  [["day", day && Number(day)], ["month", month && Number(month)], ["year", year]].forEach(([part, text]) => put(`${boxes}-${part}`, text || ""));
  for (const name of ["age_years", "care_when", "care_13_weeks"]) put(name, facts[name] ?? (aside.has(name) ? "unknown" : undefined));
  put("lives_in", facts.lives_in ?? facts.residence_nation);
  put("responsible_authority", facts.responsible_authority ?? facts.responsible_authority_nation);
}

export function forget() {
  for (const key of ["answers", "aside", "sent"]) write(key, null);
  try {
    localStorage.removeItem("remembered"); // of ../remember
  } catch {
    // a browser that keeps nothing
  }
}

export function dropSent() {
  write("sent", null);
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing: the answers last as long as this page
  }
}
