// From when, until when: the day on which time alone starts or stops an entry for this person.
// The twin of offer/horizon.py.

import { Left, momentsOf } from "../care/care.mjs";
import { barred } from "./ways.mjs";

/** Slug → {start, until, untilAge}: the day a no would end, or a yes or might (exclusive). */
export function horizonOf(rules, situation, on, known, slugs) {
  const found = new Map(slugs.map((slug) => [slug, { start: null, until: null, untilAge: null }]));
  const today = rules.on(on);
  let [now, last] = [today, known];
  const isBarred = (slug, then) => barred(now.get(slug).ways, then);
  const before = new Map(slugs.map((slug) => [slug, isBarred(slug, known)]));
  for (const { day, age, then, set } of momentsOf(rules, situation, on)) {
    const changed = changedBetween(last, then);
    [last, now] = [then, set];
    for (const [slug, was] of before) {
      const rule = now.get(slug);
      if (rule === today.get(slug) && !changed.some((name) => rule.facts.has(name))) continue;
      if (isBarred(slug, then) === was) continue;
      Object.assign(found.get(slug), was ? { start: day } : { until: day, untilAge: age });
      before.delete(slug);
    }
  }
  return found;
}

function changedBetween(before, after) {
  const changed = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was !== is && !(was instanceof Left && was.equals(is))) changed.push(name);
  }
  return changed;
}
