// A rule as the list of ways to qualify: is each of them barred by something known?
// The twin of offer/eligibility/normal_form.py and of Index.barred.

import { Left } from "../care/care.mjs";
import { leavesOf } from "./rules.mjs";

const MOST_WAYS = 512;

/** The ways to qualify, each as groups of its conditions by fact; null where there are too many. */
export function waysOf(node) {
  const ways = spread(node, true);
  return ways && ways.map(byFact);
}

function spread(node, wanted) {
  if (node.kind === "not") return spread(node.part, !wanted);
  if (!node.parts) return [[{ leaf: node, wanted }]];
  const groups = node.parts.map((part) => spread(part, wanted));
  if (groups.includes(null)) return null;
  return (node.kind === "all") === wanted ? product(groups) : groups.flat();
}

function product(groups) {
  let found = [[]];
  for (const group of groups) {
    if (found.length * group.length > MOST_WAYS) return null;
    found = found.flatMap((way) => group.map((more) => [...way, ...more]));
  }
  return found;
}

function byFact(way) {
  const groups = new Map();
  for (const part of way) {
    const { fact } = part.leaf;
    if (!fact) continue; // what a person decides bars nobody
    const group = groups.get(fact) ?? { fact, parts: [], ends: [] };
    group.parts.push(part);
    group.ends.push(...part.leaf.ends);
    groups.set(fact, group);
  }
  return [...groups.values()];
}

/** Whether every way is closed by a value known: the rule is a no, and only time can open it. */
export function barred(ways, known) {
  return ways !== null && ways.every((way) => way.some((group) => closes(group, known.get(group.fact))));
}

function closes({ parts, ends }, value) {
  if (value === undefined) return false;
  const values = value instanceof Left ? value.samples(ends) : [value];
  return values.every((each) => {
    let met = true;
    for (const { leaf, wanted } of parts) {
      const holds = leaf.test(each);
      if (holds === null) return false; // of the wrong type, and so unknown
      met &&= holds === wanted;
    }
    return !met;
  });
}

/** The facts a rule reads. */
export function factsOf(node) {
  return new Set(leavesOf(node).map((leaf) => leaf.fact).filter(Boolean));
}
