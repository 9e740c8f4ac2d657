// From when, until when: the day on which time alone starts or stops an entry for this person.
// The twin of offer/horizon.py.

import { changedBetween, momentsOf } from "../care/care.mjs";
import { explained } from "./rules.mjs";
import { barred } from "./ways.mjs";

/**
 * Slug → {start, until, untilAge, sureUntil, sureUntilAge, tooLate}: the day a no or a coming would end,
 * or a yes or might (exclusive); the day a yes would become a might. `tooLate`: it will start, but on no
 * day on which it still fits. `sure`: the entries that are a yes on the day itself.
 */
export function horizonOf(rules, situation, on, known, entries, sure) {
  const never = { start: null, until: null, untilAge: null, sureUntil: null, sureUntilAge: null, tooLate: false };
  const found = new Map(entries.map(({ slug }) => [slug, { ...never }]));
  const today = rules.on(on);
  let [now, last] = [today, known];
  const isBarred = (slug, then) => barred(now.get(slug).ways, then);
  const isShut = (entry, then, day) => !inForce(entry, day) || isBarred(entry.slug, then);
  const open = entries.filter((entry) => entry.moves && !isBarred(entry.slug, known));
  const before = new Map(entries.map((entry) => [entry, isShut(entry, known, on)]));
  const stillSure = new Set(sure);
  for (const { day, age, then, set } of momentsOf(rules, situation, on)) {
    const changed = changedBetween(last, then);
    [last, now] = [then, set];
    const isSame = ({ slug, moves }) => {
      const rule = now.get(slug);
      return !moves && rule === today.get(slug) && !changed.some((name) => rule.facts.has(name));
    };
    for (const entry of stillSure) {
      if (isSame(entry)) continue;
      const holds = inForce(entry, day ?? on) && explained(now.get(entry.slug).node, then).outcome;
      if (holds === null) Object.assign(found.get(entry.slug), { sureUntil: day, sureUntilAge: age });
      if (!holds) stillSure.delete(entry);
    }
    for (const [entry, was] of before) {
      if (isSame(entry) || isShut(entry, then, day ?? on) === was) continue;
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
