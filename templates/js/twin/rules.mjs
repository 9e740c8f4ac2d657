// Does a rule hold? Strong Kleene logic: true, false, or null while nobody knows, with its trace.
// The twin of offer/eligibility/rule.py and evaluate.py. A node or value of a kind we do not know
// is unknown, never a no.

import { Left } from "../care/care.mjs";

const PLACE = "lives_in";

/**
 * One rule of the pack, ready to run. A leaf has `test` (value → true, false, null) and `ends`;
 * `negated` says that it stands under a `not`.
 */
export function compiled(data, negated = false) {
  const node = data && typeof data === "object" ? data : {};
  for (const kind of ["all", "any"]) {
    if (Array.isArray(node[kind]) && node[kind].length) {
      return { kind, parts: node[kind].map((part) => compiled(part, negated)) };
    }
  }
  if (node.not) return { kind: "not", part: compiled(node.not, !negated) };
  const { id, text, cite = null } = node;
  if (typeof node.ask === "string") return { kind: "ask", id, text, cite, negated, ask: node.ask };
  return { kind: "leaf", id, text, cite, negated, fact: node.fact, own: Boolean(node.own), ...testOf(node) };
}

function testOf({ fact, is, in: values, from, before }) {
  if (typeof fact !== "string") return { test: () => null, ends: [] };
  if (typeof is === "boolean") {
    return { test: (value) => (typeof value === "boolean" ? value === is : null), ends: [], cells: [true, false] };
  }
  if (Array.isArray(values)) {
    const allowed = new Set(values);
    const test = (value) => (typeof value === "string" ? allowed.has(value) : null);
    return { test, ends: [], cells: values };
  }
  return between(from, before);
}

function between(from, before) {
  const ends = [from, before].filter((end) => end !== undefined);
  const type = typeof ends[0];
  if (!["number", "string"].includes(type)) return { test: () => null, ends: [] };
  const test = (value) =>
    typeof value === type ? (from === undefined || value >= from) && (before === undefined || value < before) : null;
  return { test, ends };
}

/** A leaf on one value, on what is left of several, or on nothing. */
export function leafHolds(leaf, value) {
  if (value === undefined) return null;
  if (!(value instanceof Left)) return leaf.test(value);
  const [first, ...others] = value.samples(leaf.ends).map(leaf.test);
  return others.every((other) => other === first) ? (first ?? null) : null;
}

/** The outcome alone. */
export function outcomeOf(node, known) {
  if (node.kind === "all" || node.kind === "any") {
    const decisive = node.kind === "any";
    let outcome = !decisive;
    for (const part of node.parts) {
      const holds = outcomeOf(part, known);
      if (holds === decisive) return decisive;
      if (holds === null) outcome = null;
    }
    return outcome;
  }
  if (node.kind === "not") {
    const holds = outcomeOf(node.part, known);
    return holds === null ? null : !holds;
  }
  return node.kind === "leaf" ? leafHolds(node, known.get(node.fact)) : null;
}

/** Outcome, the leaves that decide it, the facts that can still change it, and what a person decides. */
export function explained(node, known) {
  const { holds, steps } = trace(node, known);
  const settled = (outcome) => ({ outcome, steps, missing: [], asks: [] });
  if (holds !== null) return settled(holds);
  const open = steps.filter((step) => step.holds === null).map((step) => step.leaf);
  const missing = [...new Set(open.filter((leaf) => leaf.fact).map((leaf) => leaf.fact))];
  const asks = [...new Set(open.filter((leaf) => leaf.ask).map((leaf) => leaf.ask))];
  if (missing.length === 1 && !asks.length && open.every((leaf) => leaf.fact)) {
    const whatever = settledWhatever(node, known, missing[0]);
    if (whatever !== null) return settled(whatever);
  }
  return { outcome: null, steps, missing, asks };
}

function trace(node, known) {
  if (node.kind === "not") {
    const { holds, steps } = trace(node.part, known);
    return { holds: holds === null ? null : !holds, steps };
  }
  if (node.kind === "all") {
    const parts = node.parts.map((part) => trace(part, known));
    return joined(known.has(PLACE) ? parts : gated(node, parts), false);
  }
  if (node.kind === "any") return joined(here(node, known).map((part) => trace(part, known)), true);
  const value = node.kind === "leaf" ? known.get(node.fact) : undefined;
  const holds = node.kind === "leaf" ? leafHolds(node, value) : null;
  return { holds, steps: [{ leaf: node, holds, value: value instanceof Left ? undefined : value }] };
}

/**
 * `decisive` is the value that settles the node alone: false for all, true for any. In an `any`
 * a branch that already failed says nothing about the open ones.
 */
function joined(parts, decisive) {
  let holds = !decisive;
  for (const part of parts) {
    if (part.holds === decisive) {
      holds = decisive;
      break;
    }
    if (part.holds === null) holds = null;
  }
  const steps = [];
  for (const part of parts) {
    if (part.holds === holds || (holds === null && !decisive)) steps.push(...part.steps);
  }
  return { holds, steps };
}

/** While the district is open, its terms are not asked about: only where the person lives. */
function gated(node, parts) {
  const gate = node.parts.findIndex(isPlace);
  if (gate < 0 || parts.some((part) => part.holds === false)) return parts;
  return parts.filter((part, n) => n === gate || part.holds !== null);
}

/** Leave out branches for other places: that they fail says nothing to this person. */
function here(node, known) {
  if (!known.has(PLACE)) return node.parts;
  const kept = node.parts.filter((part) => !forElsewhere(part, known));
  return kept.length ? kept : node.parts;
}

function forElsewhere(node, known) {
  if (isPlace(node)) return leafHolds(node, known.get(PLACE)) === false;
  if (node.kind === "all") return node.parts.some((part) => forElsewhere(part, known));
  return node.kind === "not" && isPlace(node.part) && leafHolds(node.part, known.get(PLACE)) === true;
}

function isPlace(node) {
  return node.kind === "leaf" && node.fact === PLACE;
}

/** Kleene logic leaves `age < 18 or age >= 18` open: try each cell of the one missing fact. */
function settledWhatever(node, known, fact) {
  const leaves = leavesOf(node).filter((leaf) => leaf.fact === fact);
  const held = known.get(fact);
  const values = held instanceof Left ? held.samples(leaves.flatMap((leaf) => leaf.ends)) : cells(leaves);
  const answers = new Set(values.map((value) => outcomeOf(node, new Map(known).set(fact, value))));
  return answers.size === 1 ? [...answers][0] : null;
}

/** One value for each stretch of a fact that these leaves can tell apart. */
function cells(leaves) {
  const choices = new Set(leaves.flatMap((leaf) => leaf.cells ?? []));
  if (choices.has(true)) return [true, false];
  if (choices.size) return [...choices, "any other value"];
  const ends = [...new Set(leaves.flatMap((leaf) => leaf.ends))];
  if (!ends.length) return [];
  const below = typeof ends[0] === "number" ? Math.min(...ends) - 1 : "0001-01-01";
  return [below, ...ends];
}

/** Every leaf of a rule, in the order written. */
export function leavesOf(node) {
  if (node.parts) return node.parts.flatMap(leavesOf);
  return node.part ? leavesOf(node.part) : [node];
}
