// Every history that fits what was said about care. A fact is known when all of them agree on it.
// The twin of offer/eligibility/care_told.py and care.py.

import { ageInYears, birthday } from "./dates.mjs";
import { ADULT, BANDS, CARE_FACTS, COUNTED_DAYS, advance, allHistories, bandOf, fits } from "./history.mjs";
import { careDays, historiesFromDates, isCouncilCare } from "./care_days.mjs";

const HOSPITAL = "hospital_or_detained_at_16_after_13_weeks";
const EVENT_OF = {
  home_6_months_after_care: "lived_6_months_with_parent_or_pr",
  home_after_care_broke_down: "that_arrangement_broke_down",
  special_guardian_after_care: "sgo_immediately_after_care",
};
// Told beside dates, these add to them instead of being worked out from them.
const NOT_TO_FIT = new Set([...Object.keys(EVENT_OF), HOSPITAL, COUNTED_DAYS]);

/** What was said in plain answers, ready-made facts or events; not the dates. */
function toldAboutCare({ facts, events }) {
  const told = new Map([...facts].filter(([name]) => CARE_FACTS.has(name)));
  const add = (name, value) => value !== undefined && !told.has(name) && told.set(name, value);
  for (const [name, event] of Object.entries(EVENT_OF)) add(name, events[event]);
  if (events.detained_or_hospital_on_16th_birthday === false) add(HOSPITAL, false);
  return told;
}

/** The events, plain answers standing in for those not given; what broke down had begun. */
function eventsBesideDates(situation) {
  const told = toldAboutCare(situation);
  const { events } = situation;
  const brokeDown = told.get("home_after_care_broke_down") === true;
  return {
    lived_6_months_with_parent_or_pr: (told.get("home_6_months_after_care") ?? brokeDown) === true,
    that_arrangement_broke_down: brokeDown,
    sgo_immediately_after_care: told.get("special_guardian_after_care") === true,
    detained_or_hospital_on_16th_birthday:
      events.detained_or_hospital_on_16th_birthday === true || told.get(HOSPITAL) === true,
    privately_fostered_disabled_child: events.privately_fostered_disabled_child,
  };
}

/** Age in years from the birth date, else as told in years or months; null while unknown. */
export function toldAge({ born, facts }, on) {
  if (born !== null) return ageInYears(born, on);
  const months = facts.get("age_months");
  return facts.get("age_years") ?? (months === undefined ? null : Math.floor(months / 12));
}

/** The stretches of ages the person may be in; all of them while no age is known. */
export function bandsOn(situation, on) {
  const age = toldAge(situation, on);
  if (age !== null) return [bandOf(age)];
  const days = situation.facts.get("days_to_18th_birthday");
  if (days === undefined) return BANDS;
  return BANDS.filter((band) => ADULT.includes(band) === days <= 0);
}

/** Every birth date that fits the age told, at or before the first day in care. */
function births(situation, on, age) {
  const first = Math.min(on, ...situation.care.map((spell) => spell.start));
  const latest = birthday(on, -age) + 1;
  const days = Array.from({ length: 369 }, (_, n) => latest - n);
  return days.filter((born) => born <= first && ageInYears(born, on) === age);
}

function historiesBeforeAnswers(situation, on) {
  const all = () => allHistories(bandsOn(situation, on));
  if (situation.care === null) return all();
  if (situation.born !== null) return fromDates(situation, situation.born, on);
  if (!situation.care.some(isCouncilCare)) return all().filter((history) => history.when === "never");
  const age = toldAge(situation, on);
  if (age === null) return all().filter((history) => history.when !== "never");
  return births(situation, on, age).flatMap((born) => fromDates(situation, born, on));
}

function fromDates(situation, born, on) {
  const told = situation.facts.get("other_s24_accommodation_at_16_or_17");
  return historiesFromDates(born, situation.care, eventsBesideDates(situation), told, on);
}

function fitting(situation, on) {
  const told = toldAboutCare(situation);
  if (situation.care !== null) for (const name of NOT_TO_FIT) told.delete(name);
  return [...new Set(historiesBeforeAnswers(situation, on).filter((history) => fits(history, told)))];
}

/** Every history that fits on a day; none where the answers contradict each other. */
export function possibleHistories(situation, on) {
  const { born, toldOn } = situation;
  if (situation.care !== null || born === null || on <= toldOn) return fitting(situation, on);
  const more = Math.max(Math.min(on, birthday(born, 18)) - toldOn, 0);
  const band = bandOf(ageInYears(born, on));
  situation.fittedWhenTold ??= fitting(situation, toldOn); // a horizon asks for the same at each day
  return [...new Set(situation.fittedWhenTold.flatMap((history) => advance(history, band, more)))];
}

/** What all the histories agree on, as a Map; nothing where there are none. */
export function agreed(histories) {
  const known = new Map();
  if (!histories.length) return known;
  for (const [name, value] of Object.entries(histories[0].values)) {
    if (histories.every((history) => history.values[name] === value)) known.set(name, value);
  }
  return known;
}

/** Every care fact that all possible histories agree on, and the counted days. */
export function careFacts(situation, histories, on) {
  const known = agreed(histories);
  if (!histories.length) return known;
  const told = situation.facts.get(COUNTED_DAYS);
  if (situation.born !== null && situation.care !== null) {
    known.set(COUNTED_DAYS, careDays(situation.born, situation.care, on).countedDays);
  } else if (known.get("ever_looked_after") === false) {
    known.set(COUNTED_DAYS, 0);
  } else if (told !== undefined) {
    known.set(COUNTED_DAYS, told);
  }
  return known;
}
