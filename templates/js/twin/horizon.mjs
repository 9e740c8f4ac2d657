// From when, until when: the day on which time alone starts or stops an entry for this person.
// The twin of offer/horizon.py.

import { Left, momentsOf } from "../care/care.mjs";
import { barred } from "./ways.mjs";

/**
 * Slug → {start, until, untilAge, tooLate}: the day a no or a coming would end, or a yes or might
 * (exclusive). `tooLate`: it will start, but on no day on which it still fits.
 */
export function horizonOf(rules, situation, on, known, entries) {
  const found = new Map(entries.map(({ slug }) => [slug, { start: null, until: null, untilAge: null, tooLate: false }]));
  const today = rules.on(on);
  let [now, last] = [today, known];
  const isBarred = (slug, then) => barred(now.get(slug).ways, then);
  const isShut = (entry, then, day) => !inForce(entry, day) || isBarred(entry.slug, then);
  const open = entries.filter((entry) => entry.moves && !isBarred(entry.slug, known));
  const before = new Map(entries.map((entry) => [entry, isShut(entry, known, on)]));
  for (const { day, age, then, set } of momentsOf(rules, situation, on)) {
    const changed = changedBetween(last, then);
    [last, now] = [then, set];
    for (const [entry, was] of before) {
      const rule = now.get(entry.slug);
      const same = rule === today.get(entry.slug) && !changed.some((name) => rule.facts.has(name));
      if ((same && !entry.moves) || isShut(entry, then, day ?? on) === was) continue;
      Object.assign(found.get(entry.slug), was ? { start: day } : { until: day, untilAge: age });
      before.delete(entry);
    }
  }
  if (situation.born === null) byLawAlone(found, open, on);
  else markTooLate(found, entries, on);
  return found;
}

function inForce(entry, day) {
  return !entry.moves || entry.standOn(day).standing === "in-force";
}

/** The law's own days are known though nobody gave a birth date. */
function byLawAlone(found, open, on) {
  for (const entry of open) {
    const { standing } = entry.standOn(on);
    if (standing === "coming") found.get(entry.slug).start = entry.begins;
    if (standing === "in-force") found.get(entry.slug).until = entry.ends;
  }
}

function markTooLate(found, entries, on) {
  for (const { slug, begins } of entries) {
    if (begins !== null && on < begins) found.get(slug).tooLate = found.get(slug).start === null;
  }
}

function changedBetween(before, after) {
  const changed = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was !== is && !(was instanceof Left && was.equals(is))) changed.push(name);
  }
  return changed;
}
