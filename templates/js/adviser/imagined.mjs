// A what-if as it is typed on the phone: other facts, or another day. The twin of offer/pages/adviser_variants.py,
// but that a place is chosen from the list of districts.

import { ageInYears, birthday, dayOf, isoOf } from "../care/care.mjs";

const COURSE = "in_education";
const LEFT = [[18, "left_at_18"], [16, "left_at_16_or_17"], [0, "left_before_16"]];

/** What cannot be used; `message` is the key of the words for it. */
class Unfit extends Error {}

/** `{facts, told, on, names: [[key, values]]}`; throws an Unfit, whose message is the key of what to say. */
export function imagined(typed, facts, today, list) {
  const born = facts.date_of_birth ? dayOf(facts.date_of_birth) : null;
  const leaves = dateIn(typed, "leave");
  const day = dayIn(typed, born, today);
  const other = { ...facts };
  const names = [];
  if (leaves) {
    leave(other, leaves, born);
    names.push(["if-leave", { day: leaves }]);
  }
  if (typed.get("district")) {
    delete other.residence_nation;
    other.lives_in = typed.get("district");
    names.push(["if-move", { place: list.nameOf(other.lives_in) }]);
  }
  for (const said of [typed.get("course") && `${COURSE}:${typed.get("course")}`, choiceOf(typed.get("answer"), list)]) {
    if (said) names.push(["if-answer", { text: tell(other, said, list) }]);
  }
  if (day) names.push([typed.get("when") > 0 ? `if-${typed.get("when")}` : "if-day", { day }]);
  const told = leaves && leaves > today ? leaves : today;
  return { facts: other, told, on: day && day > told ? day : told, names };
}

/** Every answer of a list in words → "employed:true". */
export function changesOf({ rules }) {
  const listed = [...rules.registry.values()].filter(({ type, derived }) => ["bool", "choice"].includes(type) && !derived);
  return new Map(listed.flatMap(({ name, question, answers }) =>
    answers.filter(({ value }) => !["unknown", "unsaid"].includes(value)).map(({ value, label }) => [`${question} ${label}`, `${name}:${value}`])));
}

function choiceOf(text, list) {
  if (!text) return "";
  const found = [...changesOf(list)].find(([words]) => words.toLowerCase() === text.toLowerCase());
  if (!found) throw new Unfit("if-choice");
  return found[1];
}

function tell(facts, said, { rules }) {
  const [name, value] = said.split(":");
  const fact = rules.registry.get(name);
  facts[name] = fact.type === "bool" ? value === "true" : value;
  return `${fact.question} ${fact.answers.find((each) => each.value === value).label}`;
}

function dateIn(typed, name) {
  const [day, month, year] = ["day", "month", "year"].map((part) => typed.get(`${name}-${part}`) ?? "");
  if (!day && !month && !year) return null;
  const found = dayOf(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  if (found === null) throw new Unfit("fault-no-date");
  return isoOf(found);
}

function dayIn(typed, born, today) {
  const when = typed.get("when") ?? "";
  const day = when > 0 && born !== null ? isoOf(birthday(born, Number(when))) : dateIn(typed, "on");
  if ((when || day) && born === null) throw new Unfit("if-born");
  if (when && !day) throw new Unfit("fault-date-part");
  if (day && day < today) throw new Unfit("if-past");
  return day;
}

function leave(facts, leaves, born) {
  const open = facts.care?.find(({ end }) => !end);
  if (open) {
    facts.care = facts.care.map((spell) => (spell === open ? { ...spell, end: leaves } : spell));
    return;
  }
  if (facts.care_when !== "still_in_care") throw new Unfit("if-in-care");
  if (born === null) throw new Unfit("if-born");
  const age = ageInYears(born, dayOf(leaves));
  facts.care_when = LEFT.find(([least]) => age >= least)[1];
}
