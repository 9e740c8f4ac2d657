// All that is known on a day: one value where settled, and what is left where it is not.
// The twin of derive, implied and partly_known of offer/eligibility. What one answer settles
// about another (`implications`, `age_floors`) comes with the rules.

import { OLDEST, ageInMonths, ageInYears, ageOn31August, birthday, isoOf } from "./dates.mjs";
import { ADULT, CARE_FACTS, COUNTED_DAYS, THIRTEEN_WEEKS } from "./history.mjs";
import { bandsOn, careFacts, possibleHistories, toldAge } from "./told.mjs";

const MOST_COUNTED_DAYS = 1461;
const NATIONS = { E: "england", W: "wales", S: "scotland", N: "northern_ireland" };
const NATION_OF = [
  ["responsible_authority", "responsible_authority_nation"],
  ["lives_in", "residence_nation"],
];
const CHOICES = ["care_status", "former_relevant_route", "care_when"];

/** The values a fact can still have: a list of words, or the whole numbers from `low` to `high`. */
export class Left {
  constructor(values, low = 0, high = -1) {
    this.values = values;
    this.low = low;
    this.high = high;
  }

  /** One value for each stretch between these ends: no test with these ends can tell more apart. */
  samples(ends) {
    if (this.values) return this.values;
    return [this.low, ...ends.filter((end) => this.low < end && end <= this.high)];
  }

  /** Whether two hold the same values. */
  equals(other) {
    if (!(other instanceof Left) || Boolean(this.values) !== Boolean(other.values)) return false;
    if (!this.values) return this.low === other.low && this.high === other.high;
    return this.values.length === other.values.length && this.values.every((v) => other.values.includes(v));
  }
}

const span = (low, high) => new Left(null, low, high);

/** Everything known on the day, as a Map of values and `Left`; and the care histories behind it. */
export function knowledgeOn(situation, on, rules) {
  const histories = possibleHistories(situation, on);
  const known = derived(situation, on, histories, rules);
  const left = new Map([...agesLeft(situation, on), ...careLeft(histories, rules.registry)]);
  for (const [name, values] of left) {
    const many = values.values ? values.values.length > 1 : values.high > values.low;
    if (!known.has(name) && many) known.set(name, values);
  }
  return { known, histories };
}

function derived(situation, on, histories, rules) {
  const known = new Map();
  for (const [name, value] of stillTrue(situation.facts, on, rules.endings)) {
    const isDate = rules.registry.get(name)?.type === "date";
    if (!CARE_FACTS.has(name) && name !== "postcode") known.set(name, isDate ? isoOf(value) : value);
  }
  setAges(known, situation, on);
  for (const [place, nation] of NATION_OF) {
    const told = NATIONS[known.get(place)?.[0]];
    if (told && !known.has(nation)) known.set(nation, told);
  }
  for (const [name, value] of careFacts(situation, histories, on)) known.set(name, value);
  return implied(known, rules);
}

/** The facts told, without those that a stated date has put an end to by `on` (stated_dates.py). */
export function stillTrue(facts, on, endings) {
  const ended = endings.filter(
    ({ date, state, outside }) => facts.get(date) <= on && !outside.includes(facts.get(state)),
  );
  const over = new Set(ended.flatMap((ending) => ending.over));
  for (const [fact, value, along] of ended.flatMap((ending) => ending.along)) {
    if (facts.get(fact) === value) for (const name of along) over.add(name);
  }
  return over.size ? new Map([...facts].filter(([name]) => !over.has(name))) : facts;
}

function setAges(known, { born, facts }, on) {
  if (born === null) {
    const months = facts.get("age_months");
    if (months !== undefined && !facts.has("age_years")) known.set("age_years", Math.floor(months / 12));
    return;
  }
  known.set("date_of_birth", isoOf(born));
  known.set("age_years", ageInYears(born, on));
  known.set("age_months", ageInMonths(born, on));
  known.set("days_to_18th_birthday", birthday(born, 18) - on);
  const inAugust = ageOn31August(born, on);
  if (inAugust >= 0) known.set("age_on_31_august", inAugust);
}

/** What follows from what is known, again and again until nothing new does. */
function implied(known, rules) {
  for (;;) {
    const found = new Map(consequences(known, rules).filter(([name]) => !known.has(name)));
    if (!found.size) return known;
    for (const [name, value] of found) known.set(name, value);
  }
}

function consequences(known, { implications, age_floors: floors }) {
  const found = [];
  for (const [fact, values, then, is] of implications) {
    if (known.has(fact) && values.includes(known.get(fact))) found.push([then, is]);
    else if (typeof is === "boolean" && known.get(then) === !is && onlyYesOrNo(values)) {
      found.push([fact, !values[0]]); // not the second, so not the first
    }
  }
  for (const [fact, before, then] of floors) if (known.get(fact) < before) found.push([then, false]);
  return found;
}

function onlyYesOrNo(values) {
  return values.length === 1 && typeof values[0] === "boolean";
}

function agesLeft(situation, on) {
  if (situation.born !== null) return [];
  const age = toldAge(situation, on);
  if (age === null) {
    const adult = bandsOn(situation, on).join() === ADULT.join();
    return adult ? [["age_years", span(18, OLDEST)]] : [];
  }
  const months = situation.facts.get("age_months");
  const [first, last] = months === undefined ? [age * 12, age * 12 + 11] : [months, months];
  return [
    ["age_months", span(first, last)],
    ["age_on_31_august", span(Math.max(age - 1, 0), age)],
    ["days_to_18th_birthday", daysTo18(first, last + 1)],
  ];
}

/** Months have 28 to 31 days and the ends are kept wide; only the sign is exact. */
function daysTo18(first, after) {
  const [low, high] = [216 - after, 216 - first]; // months still to go
  const least = low < 0 ? low * 31 - 1 : Math.max(low * 28, high > 0 ? 1 : 0);
  return span(least, high > 0 ? high * 31 + 1 : high * 28);
}

function careLeft(histories, registry) {
  const found = [];
  const all = (test) => histories.length > 0 && histories.every((history) => test(history.values));
  for (const name of CHOICES) {
    const values = [...new Set(histories.map((history) => history.values[name]))];
    if (values.length && values.length < registry.get(name).options.length) found.push([name, new Left(values)]);
  }
  if (all((each) => each.care_13_weeks)) {
    found.push([COUNTED_DAYS, span(THIRTEEN_WEEKS, MOST_COUNTED_DAYS)]);
  } else if (all((each) => each.ever_looked_after_at_16_or_17 && !each.care_13_weeks)) {
    found.push([COUNTED_DAYS, span(0, THIRTEEN_WEEKS - 1)]);
  }
  return found;
}

/** The facts of which something else is known after than before. */
export function changedBetween(before, after) {
  const changed = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was !== is && !(was instanceof Left && was.equals(is))) changed.push(name);
  }
  return changed;
}
