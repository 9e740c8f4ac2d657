// From what was typed into our form to facts, on the phone. The twin of offer/pages/forms.py: the same fields
// by the same names, what is put aside ("I do not know"), and which field cannot be read and why.
// Places differ: without signal only a district's or council's name can be read, never a postcode.

import { dayFrom, dayOf, isoOf } from "../care/care.mjs";

const UNSURE = ["unknown", "unsaid"];
const MANY = ["refused", "skip"];
const NATIONS = ["wales", "scotland", "northern_ireland"];
const MONTHS = [
  "january", "february", "march", "april", "may", "june",
  "july", "august", "september", "october", "november", "december",
];
const FEWEST_LETTERS = 3;
const POUNDS = /^[0-9]{1,9}(\.[0-9]{1,2})?$/;
const WHOLE = /^[0-9]{1,6}$/;
const SPELLS = [1, 2, 3];

/** What cannot be read; `message` is the key of the words for it. */
class Unread extends Error {}

/**
 * `{facts, aside, faults}`: facts as the API names them, the names put aside, and `[{field, why}]`.
 *
 * `fields`: a Map of name → text. `registry`: the facts of the pack by name. `names`: a Map of the name of a
 * district or council in small letters → its code. `districts`, `councils`: the sets of their codes.
 */
export function factsOf(fields, { registry, names, districts, councils }) {
  const [facts, aside, faults] = [{}, putAside(fields), []];
  const read = (field, name, take) => {
    try {
      const value = take();
      if (value !== null) facts[name] = value;
    } catch (unread) {
      if (!(unread instanceof Unread)) throw unread;
      faults.push({ field, why: unread.message });
    }
  };
  for (const fact of registry.values()) {
    if (fact.type === "date") {
      const boxes = boxesOf(fact.name);
      read(`${boxes}-day`, fact.name, () => dateOf(fields, boxes));
    } else if (READERS[fact.type] && fields.get(fact.name) && !aside.has(fact.name)) {
      read(fact.name, fact.name, () => READERS[fact.type](fields.get(fact.name), fact));
    }
  }
  read("place", "lives_in", () => districtOf(fields, names, districts));
  councilOf(facts, fields, names, councils, faults);
  read("care-1-start-day", "care", () => spellsOf(fields));
  return { facts, aside, faults };
}

/** What a form sends, by name: the first where one comes twice; the answer that a button carries stands over all. */
export function fieldsOf(pairs) {
  const fields = new Map();
  for (const [name, text] of pairs.map(([each, value]) => [each, value.trim()]).filter(([, value]) => value)) {
    if (MANY.includes(name) && fields.has(name)) fields.set(name, `${fields.get(name)} ${text}`);
    else if (!fields.has(name)) fields.set(name, text);
  }
  const [said, word] = (fields.get("next") ?? "").split(":");
  fields.delete("next");
  if (word) carry(fields, said === "place" ? "lives_in" : said, word);
  return fields;
}

function carry(fields, fact, word) {
  const boxes = fact === "date_of_birth" ? "dob" : fact;
  const typed = { lives_in: ["place"], responsible_authority: ["council"] }[fact] ?? ["day", "month", "year"].map((part) => `${boxes}-${part}`);
  for (const name of [fact, ...typed]) fields.delete(name);
  if (UNSURE.includes(word)) fields.set("refused", `${fields.get("refused") ?? ""} ${fact}:${word}`.trim());
  else fields.set(fact, word);
}

/** The name before "-day", "-month" and "-year" of a date's three boxes. */
export function boxesOf(fact) {
  return fact === "date_of_birth" ? "dob" : fact;
}

const READERS = {
  bool: (text) => text === "true" || (text === "false" ? false : unread("choice")),
  choice: (text, fact) => (fact.options.some(({ value }) => value === text) ? text : unread("choice")),
  int: (text, fact) => numberOf(text, fact),
};

function unread(why) {
  throw new Unread(why);
}

function putAside(fields) {
  const told = `${fields.get("refused") ?? ""} ${fields.get("skip") ?? ""}`.split(" ").map((word) => word.split(":"));
  const aside = told.filter(([name, word]) => UNSURE.includes(word) && !fields.get(name)).map(([name]) => name);
  const answered = [...fields].filter(([, text]) => UNSURE.includes(text)).map(([name]) => name);
  return new Set([...aside, ...answered]);
}

function numberOf(text, fact) {
  const plain = text.replace(/[,£ ]/g, "");
  if (fact.unit === "pence") return POUNDS.test(plain) ? Number(plain) : unread("pounds");
  const number = WHOLE.test(plain) ? Number(plain) : unread("number");
  return fact.most === undefined || number <= fact.most ? number : unread("number");
}

function dateOf(fields, boxes) {
  const parts = ["day", "month", "year"].map((part) => fields.get(`${boxes}-${part}`) ?? "");
  if (!parts.some(Boolean)) return null;
  if (!parts.every(Boolean)) unread("date-part");
  const [day, month, year] = [wholeOf(parts[0]), monthOf(parts[1]), wholeOf(parts[2])];
  if (day === null || month === null || year === null || parts[2].length !== 4) unread("date");
  const text = `${parts[2]}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const real = dayOf(text);
  return real !== null && real === dayFrom(year, month, day) ? isoOf(real) : unread("no-date");
}

function wholeOf(text) {
  return /^[0-9]{1,4}$/.test(text) ? Number(text) : null;
}

function monthOf(text) {
  const name = text.toLowerCase().replace(/\.$/, "");
  if (name.length < FEWEST_LETTERS || /^[0-9]+$/.test(name)) return wholeOf(name);
  const found = MONTHS.findIndex((month) => month.startsWith(name.slice(0, 9)));
  return found < 0 ? null : found + 1;
}

/** A district by its code or its name; a place we cannot read without signal is a fault. */
function districtOf(fields, names, districts) {
  const [text, chosen] = [fields.get("place"), fields.get("lives_in")];
  const code = text ? names.get(text.toLowerCase()) : chosen;
  if (districts.has(code)) return code;
  if (text && districts.has(chosen)) return chosen;
  return text ? unread("place") : null;
}

function councilOf(facts, fields, names, councils, faults) {
  const text = fields.get("council");
  const code = text ? names.get(text.toLowerCase()) : fields.get("responsible_authority");
  if (NATIONS.includes(code)) facts.responsible_authority_nation = code;
  else if (councils.has(code)) facts.responsible_authority = code;
  else if (text) faults.push({ field: "responsible_authority", why: "council" });
}

function spellsOf(fields) {
  const filled = SPELLS.filter((n) => ["start", "end"].some((end) => fields.get(`care-${n}-${end}-day`)));
  const spells = filled.map((n) => ({
    kind: fields.get(`care-${n}-kind`) || "full",
    start: dateOf(fields, `care-${n}-start`) ?? unread("spell"),
    end: dateOf(fields, `care-${n}-end`),
  }));
  return spells.length ? spells : null;
}
