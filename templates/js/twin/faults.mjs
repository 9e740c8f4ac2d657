// What was said that cannot be read, and answers that cannot both be true; each names its fact.
// The server knows more such pairs; whatever is found here, the server finds too.

import { OLDEST, ageInYears, isCouncilCare } from "../care/care.mjs";
import { aboutYou } from "./words.mjs";

/** `{pointer, detail}` of everything wrong, as POST /api/v1/check names it. */
export function faultsIn(situation, on, histories, unread, rules) {
  const found = unread.map((pointer) => ({ pointer, detail: rules.words.unreadable }));
  const { born } = situation;
  if (born !== null && (born > on || ageInYears(born, on) > OLDEST)) {
    found.push({ pointer: "/facts/date_of_birth", detail: rules.words.birth });
  }
  const known = told(situation, on);
  for (const [first, second] of clashes(known, rules)) {
    const [one, other] = [first, second].map((name) => said(rules.registry.get(name), known.get(name), rules));
    const detail = `These two answers do not fit together: ${one} (${first}), but ${other} (${second}).`;
    found.push({ pointer: `/facts/${second}`, detail });
  }
  if (!histories.length) found.push({ pointer: "/facts/care_when", detail: rules.words.care });
  return found;
}

function told({ born, care, facts }, on) {
  const known = new Map(facts);
  if (born !== null) known.set("age_years", ageInYears(born, on));
  if (care !== null) known.set("ever_looked_after", care.some(isCouncilCare));
  else if (known.get("care_when") === "never") known.set("ever_looked_after", false);
  return known;
}

function clashes(known, { implications, age_floors: floors }) {
  const pairs = implications
    .filter(([fact, values, then]) => values.includes(known.get(fact)) && known.has(then))
    .filter(([, , then, is]) => known.get(then) !== is)
    .map(([fact, , then]) => [fact, then]);
  const early = floors.filter(([fact, before, then]) => known.get(fact) < before && known.get(then) === true);
  return [...pairs, ...early.map(([fact, , then]) => [fact, then])];
}

function said(fact, value, rules) {
  return aboutYou(fact, value, rules.names);
}
