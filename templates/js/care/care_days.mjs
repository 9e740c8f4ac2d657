// Counting days in care, and the history that birth date, care dates and events amount to.
// The twin of offer/eligibility/care_days.py and care_dates.py. A run is [first day in, first day out].

import { ageInYears, birthday, monthsAfter } from "./dates.mjs";
import { THIRTEEN_WEEKS, bandOf, historyOf } from "./history.mjs";

function join(runs) {
  const joined = [];
  for (const [start, end] of [...runs].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function clip(runs, start, end) {
  return runs
    .map((run) => [Math.max(run[0], start), Math.min(run[1], end)])
    .filter((run) => run[0] < run[1]);
}

function lengthOf(runs) {
  return runs.reduce((sum, run) => sum + run[1] - run[0], 0);
}

function holds(runs, day) {
  return runs.some((run) => run[0] <= day && day < run[1]);
}

/** Whether a stay is council care; private fostering is arranged by families. */
export function isCouncilCare(spell) {
  return spell.kind !== "private_fostering";
}

function isCounted(spell) {
  return spell.kind === "full" || spell.kind === "remand";
}

/** The days in care up to and including `on`: 13 weeks count from the 14th birthday. */
export function careDays(born, spells, on) {
  const [b14, b16, b18] = [14, 16, 18].map((age) => birthday(born, age));
  const stop = Math.min(on + 1, b18);
  const runs = (kept) =>
    clip(join(spells.filter(kept).map((spell) => [spell.start, spell.end ?? Infinity])), born, stop);
  const [council, stays] = [runs(isCouncilCare), runs(isCounted)];
  const counted = clip(stays, b14, Infinity);
  const day91 = countedDay(counted, THIRTEEN_WEEKS);
  const later = day91 === null ? [] : clip(counted, Math.max(day91, b16), Infinity);
  return {
    born, spells, on, b16, b18, council, stays, counted, day91,
    countedDays: lengthOf(counted),
    firstEligible: later.length ? later[0][0] : null,
    lastEnd: council.length ? council[council.length - 1][1] : null,
  };
}

/** The date of the n-th counted day; null until it has come. */
function countedDay(counted, number) {
  let before = 0;
  for (const [start, end] of counted) {
    if (before + end - start >= number) return start + number - before - 1;
    before += end - start;
  }
  return null;
}

/** One history, or two where other accommodation at 16 or 17 (Children Act s24(2)(b)-(e)) is open. */
export function historiesFromDates(born, spells, events, toldS24, on) {
  const days = careDays(born, spells, on);
  const at16or17 = clip(days.council, days.b16, days.b18).length > 0;
  return otherS24(days, events, at16or17, toldS24).map((other) => fromDays(days, events, at16or17, other));
}

function otherS24(days, events, at16or17, told) {
  if (at16or17 || days.on < days.b16) return [false];
  if (events.privately_fostered_disabled_child && privatelyFosteredAt16(days)) return [true];
  return told === undefined ? [false, true] : [told];
}

function privatelyFosteredAt16({ spells, b16, b18, on }) {
  const runs = spells.filter((spell) => !isCouncilCare(spell)).map((s) => [s.start, s.end ?? Infinity]);
  return clip(runs, b16, Math.min(b18, on + 1)).length > 0;
}

function fromDays(days, events, at16or17, other) {
  const { b16, b18, counted, firstEligible: first } = days;
  const reg32 = isReg32(days, events);
  const when = careWhen(days);
  const home = Boolean(events.lived_6_months_with_parent_or_pr) && when !== "never";
  const brokeDown = home && Boolean(events.that_arrangement_broke_down);
  return historyOf({
    band: bandOf(ageInYears(days.born, days.on)),
    when,
    thirteenWeeks: first !== null,
    inOneGo: days.stays.some((run) => run[1] - run[0] >= THIRTEEN_WEEKS && run[1] > b16),
    eligibleNow: first !== null && holds(counted, days.on),
    eligibleAt18: first !== null && holds(counted, b18 - 1),
    wasRelevant: first !== null && outOfCareSince(days, first),
    at16or17,
    reg32,
    homeSixMonths: home,
    homeBrokeDown: brokeDown,
    homeCounts: home && !brokeDown && sixMonthsHome(days, reg32),
    specialGuardian: Boolean(events.sgo_immediately_after_care) && when !== "never",
    otherS24: other,
  });
}

function careWhen(days) {
  if (days.lastEnd === null) return "never";
  if (days.lastEnd > days.on) return "still_in_care";
  if (days.lastEnd >= days.b18) return "left_at_18";
  return days.lastEnd > days.b16 ? "left_at_16_or_17" : "left_before_16";
}

/** In hospital or detained on the 16th birthday after 13 weeks (Care Leavers Regulations reg 3(2)). */
function isReg32(days, events) {
  return (
    Boolean(events.detained_or_hospital_on_16th_birthday) &&
    days.on >= days.b16 &&
    lengthOf(clip(days.counted, -Infinity, days.b16)) >= THIRTEEN_WEEKS
  );
}

function outOfCareSince(days, first) {
  const stop = Math.min(days.on + 1, days.b18);
  return lengthOf(clip(days.council, first, stop)) < stop - first;
}

/** Whether six months at home after care are over, from the first day they can have begun. */
function sixMonthsHome(days, reg32) {
  if (days.lastEnd === null) return false;
  const done = monthsAfter(reg32 ? Math.max(days.lastEnd, days.b16) : days.lastEnd, 6);
  return done <= Math.min(days.on, days.b18);
}
