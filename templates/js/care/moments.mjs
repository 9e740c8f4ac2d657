// The later moments at which time alone can change what is known about somebody.
// The twin of offer/eligibility/timeline_dates.py. The thresholds of the whole catalogue (`tested`)
// and the days on which rules change (`starts`) come with the rules.

import { ageInYears, birthday, firstYearAged, monthBirthday, monthsAfter } from "./dates.mjs";
import { CARE_FACTS, THIRTEEN_WEEKS, advance, bandOf } from "./history.mjs";
import { careDays } from "./care_days.mjs";
import { knowledgeOn, stillTrue } from "./knowledge.mjs";
import { agreed, possibleHistories } from "./told.mjs";

const STATUS_AGES = [14, 16, 18, 21, 25];
const LAST_AGE = 27;
const AGES_TOLD = ["age_months", "days_to_18th_birthday", "age_on_31_august"];

/** What will be known at each later moment at which time alone can change an answer. */
export function* momentsOf(rules, situation, on) {
  if (situation.born !== null) {
    for (const day of breakpoints(rules, situation, on)) {
      const then = knowledgeOn(situation, day, rules).known;
      yield { day, age: ageInYears(situation.born, day), then, set: rules.on(day) };
    }
    return;
  }
  const age = situation.facts.get("age_years");
  if (age === undefined) return;
  let person = situation;
  for (const later of rules.tested.ages.filter((each) => age < each && each <= LAST_AGE)) {
    person = older(person, later, rules.endings);
    yield { day: null, age: later, then: knowledgeOn(person, on, rules).known, set: rules.on(on) };
  }
}

/** Every day after `on` on which some fact or law can change, up to the 27th birthday or the last law's; in order. */
function breakpoints(rules, situation, on) {
  const last = Math.max(birthday(situation.born, LAST_AGE), ...rules.starts);
  const stated = rules.endings.map(({ date }) => situation.facts.get(date)).filter((day) => day !== undefined);
  const inCare = changesInCare(situation, last);
  const days = [...ageDays(situation.born, rules.tested), ...inCare, ...stated, ...rules.starts];
  return [...new Set(days)].filter((day) => on < day && day <= last).sort((a, b) => a - b);
}

function ageDays(born, tested) {
  return [
    ...[...STATUS_AGES, ...tested.ages].map((age) => birthday(born, age)),
    ...tested.ages_in_months.map((months) => monthBirthday(born, months)),
    ...tested.days_to_18.map((number) => birthday(born, 18) - (number - 1)),
    ...tested.ages_on_31_august.map((age) => firstYearAged(born, age)),
  ];
}

function changesInCare(situation, last) {
  if (situation.care === null) {
    const inCare = (situation.facts.get("care_when") ?? "still_in_care") === "still_in_care";
    return inCare ? [situation.toldOn + 1, situation.toldOn + THIRTEEN_WEEKS] : [];
  }
  const days = careDays(situation.born, situation.care, last);
  const runs = [...days.council, ...days.stays];
  return [
    ...runs.flatMap(([start, end]) => [start, end, start + THIRTEEN_WEEKS - 1, monthsAfter(end, 6)]),
    monthsAfter(days.b16, 6), // six months at home after hospital or detention at 16
    ...[days.day91, days.firstEligible].filter((day) => day !== null),
    ...situation.care.map((spell) => spell.start), // private fostering brings rights of its own at 16
  ];
}

/** The same person imagined at a later age, where only the age in years was told. */
function older(situation, age, endings) {
  const told = situation.facts.get("age_years");
  const days = age > told ? 365 * (age - told - 1) + 1 : 0;
  const now = possibleHistories(situation, situation.toldOn);
  const then = [...new Set(now.flatMap((history) => advance(history, bandOf(age), days)))];
  const lasting = [...stillTrue(situation.facts, Infinity, endings)];
  const kept = lasting.filter(([name]) => !CARE_FACTS.has(name) && !AGES_TOLD.includes(name));
  const facts = new Map([...kept, ...agreed(then), ["age_years", age]]);
  return { toldOn: situation.toldOn, facts, born: null, care: null, events: {} };
}
