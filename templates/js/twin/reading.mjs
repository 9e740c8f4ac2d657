// What somebody said, read once: each fact in its own type, care dates, and what happened after care.
// The twin of offer/eligibility/reading*.py. What cannot be read is a fault, and counts as not known.

import { dayOf } from "../care/care.mjs";

const GSS = /^[EWSN][0-9]{8}$/;
const LONGEST_TEXT = 60;
const MOST_SPELLS = 200;
const SPELL_KINDS = ["full", "remand", "short_break", "private_fostering"];
const EVENTS = [
  "lived_6_months_with_parent_or_pr",
  "that_arrangement_broke_down",
  "sgo_immediately_after_care",
  "detained_or_hospital_on_16th_birthday",
  "privately_fostered_disabled_child",
];

/**
 * The situation told on a day, and the pointers of what could not be read.
 * `facts` is a Map; money is in pence; `care` is null while nothing was said.
 */
export function readSituation(raw, on, registry) {
  const situation = { toldOn: on, facts: new Map(), born: null, care: null, events: {} };
  const faults = [];
  const told = raw && typeof raw === "object" && !Array.isArray(raw) ? Object.entries(raw) : [];
  for (const [name, value] of told) {
    if (value !== null && value !== undefined && !readFact(situation, name, value, registry.get(name))) {
      faults.push(`/facts/${name.slice(0, LONGEST_TEXT).replace(/~/g, "~0").replace(/\//g, "~1")}`);
    }
  }
  return { situation, faults };
}

function readFact(situation, name, value, fact) {
  if (!fact) return false;
  if (fact.type === "care") {
    situation.care = readCare(value);
    return situation.care !== null;
  }
  if (fact.type === "events") return readEvents(situation.events, value);
  const read = READERS[fact.type] ? READERS[fact.type](value, fact) : null;
  if (read === null) return false;
  if (name === "date_of_birth") situation.born = read;
  else situation.facts.set(name, read);
  return true;
}

const READERS = {
  bool: (value) => (typeof value === "boolean" ? value : null),
  choice: (value, fact) => (fact.options.some((option) => option.value === value) ? value : null),
  area: (value) => (typeof value === "string" && GSS.test(value) ? value : null),
  postcode: readText,
  date: dayOf,
  int: readNumber,
};

function readText(value) {
  const text = typeof value === "string" ? value.trim() : "";
  return text && value.length <= LONGEST_TEXT ? text : null;
}

function readNumber(value, fact) {
  const number = fact.unit === "pence" ? readPence(value) : value;
  const least = fact.name === "days_to_18th_birthday" ? -Infinity : 0;
  if (!Number.isSafeInteger(number) || number < least) return null;
  return fact.most === undefined || number <= fact.most ? number : null;
}

/** Pounds with at most two decimals, as pence. */
function readPence(value) {
  if (typeof value !== "number" || !/^-?[0-9]+(\.[0-9]{1,2})?$/.test(String(value))) return null;
  return Math.round(value * 100);
}

/** The stays in order of their start; null where one cannot be read. An empty list: never in care. */
function readCare(value) {
  if (!Array.isArray(value) || value.length > MOST_SPELLS) return null;
  const spells = value.map(readSpell);
  return spells.includes(null) ? null : spells.sort((a, b) => a.start - b.start);
}

function readSpell(item) {
  if (!item || typeof item !== "object") return null;
  const { start, end, kind, ...more } = item;
  const open = end === null || end === undefined;
  const spell = { start: dayOf(start), end: open ? null : dayOf(end), kind };
  const sound = spell.start !== null && (open || (spell.end !== null && spell.end >= spell.start));
  return sound && SPELL_KINDS.includes(kind) && !Object.keys(more).length ? spell : null;
}

function readEvents(events, value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return false;
  let sound = true;
  for (const [name, told] of Object.entries(value)) {
    if (told === null) continue;
    if (EVENTS.includes(name) && typeof told === "boolean") events[name] = told;
    else if (name !== "adopted_on" || dayOf(told) === null) sound = false; // adoption only words a warning
  }
  return sound;
}
