// Civil dates as whole days since 1 January 1970, so that they subtract and compare.
// The twin of offer/eligibility/dates.py: an age starts with its birthday, and who was
// born on 29 February has it on 1 March in a common year.

/** Years: the oldest age that is taken for real. */
export const OLDEST = 120;

const ISO = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

/** Days from year, month (1 to 12) and day. */
export function dayFrom(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}

/** Year, month and day of a day number. */
export function partsOf(day) {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const d = z - era * 146097;
  const y = Math.floor(
    (d - Math.floor(d / 1460) + Math.floor(d / 36524) - Math.floor(d / 146096)) / 365,
  );
  const ofYear = d - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: y + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** "2007-03-10" as a day number; null for anything else and for days that never were. */
export function dayOf(text) {
  const found = typeof text === "string" ? ISO.exec(text) : null;
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const real = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
  return real ? dayFrom(year, month, day) : null;
}

/** A day number as "2007-03-10". */
export function isoOf(day) {
  const { year, month, day: number } = partsOf(day);
  const two = (n) => String(n).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(number)}`;
}

function monthLength(year, month) {
  const next = month === 12 ? dayFrom(year + 1, 1, 1) : dayFrom(year, month + 1, 1);
  return next - dayFrom(year, month, 1);
}

/** The first day of the age `years`. */
export function birthday(born, years) {
  return monthBirthday(born, years * 12);
}

/** The first day on which the age in months is `months`; never early where a month is short. */
export function monthBirthday(born, months) {
  const { year, month, day } = partsOf(born);
  const all = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(all / 12), (((all % 12) + 12) % 12) + 1];
  const last = monthLength(y, m);
  return day <= last ? dayFrom(y, m, day) : dayFrom(y, m, last) + 1;
}

/** The day a run of months is complete: 31 August and six months is the end of February. */
export function monthsAfter(start, months) {
  const { year, month, day } = partsOf(start);
  const all = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(all / 12), (all % 12) + 1];
  return dayFrom(y, m, Math.min(day, monthLength(y, m)));
}

/** Completed months on the day; negative before birth. */
export function ageInMonths(born, on) {
  const [from, to] = [partsOf(born), partsOf(on)];
  return (to.year - from.year) * 12 + to.month - from.month - (to.day < from.day ? 1 : 0);
}

/** Completed years on the day; negative before birth. */
export function ageInYears(born, on) {
  return Math.floor(ageInMonths(born, on) / 12);
}

/** Completed years on the 31 August before the school year that `on` falls in. */
export function ageOn31August(born, on) {
  const { year, month } = partsOf(on);
  return ageInYears(born, dayFrom(month >= 9 ? year : year - 1, 8, 31));
}

/** The 1 September from which the age on 31 August is `age`. */
export function firstYearAged(born, age) {
  const reached = birthday(born, age);
  const { year, month } = partsOf(reached);
  return dayFrom(month > 8 ? year + 1 : year, 9, 1);
}
