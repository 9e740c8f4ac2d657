// Outcomes as blocks: a right and, inside it, the terms of this person's councils; blocks by topic.
// The twin of offer/pages/blocks.py.

import { birthday, dayOf } from "../care/care.mjs";

export const ENGLAND = "E92000001";
const BEST = { yes: 0, unknown: 1, no: 2 };
const MOST_REASONS = 2;
const BIRTHDAYS = Array.from({ length: 12 }, (_, n) => n + 16);

/**
 * `{yes, might, no}`: lists of blocks, each an item with its `terms`.
 *
 * `words`: sentences by key, with values put in. `dated`: an ISO day in words.
 */
export function blocksOf(found, list, born, { words, dated }) {
  const items = found.outcomes.map((outcome) => itemOf(outcome, list, born, { words, dated }));
  const bySlug = new Map(items.map((item) => [item.slug, item]));
  const blocks = [];
  for (const item of items) {
    const right = bySlug.get(item.part_of);
    const inside = right && !(right.outcome === "no" && item.outcome !== "no");
    if (inside) right.terms.push(item);
    else blocks.push(item);
  }
  blocks.sort((a, b) => rankOf(a) - rankOf(b));
  const best = (block) => [block, ...block.terms].map((item) => item.outcome).sort((a, b) => BEST[a] - BEST[b])[0];
  return {
    yes: blocks.filter((block) => best(block) === "yes"),
    might: blocks.filter((block) => best(block) === "unknown"),
    no: blocks.filter((block) => best(block) === "no"),
  };
}

function rankOf({ weak, anyone, terms }) {
  return (weak ? 4 : 0) + (anyone ? 2 : 0) + (terms.length ? 0 : 1);
}

function itemOf(outcome, list, born, say) {
  const entry = list.entries.get(outcome.slug);
  const whose = list.nameOf(entry.authority);
  const isLocal = entry.authority !== ENGLAND && !entry.title.includes(whose.replace(/^County /, ""));
  return {
    ...entry,
    href: `#about-${entry.slug}`,
    outcome: outcome.outcome,
    mark: say.words(`is-${outcome.outcome}`, {}),
    whose: isLocal ? whose : "",
    amount: outcome.worth?.text,
    when: whenOf(outcome, born, say),
    hinge: hingeOf(outcome, list, say),
    ask: outcome.outcome === "no" ? "" : outcome.ask,
    warnings: outcome.warnings,
    why: outcome.because.map((reason) => say.words(markOf(reason, outcome), { text: reason.text })),
    weak: outcome.standing === "coming",
    terms: [],
  };
}

function markOf({ holds, text }, { asks }) {
  if (holds === null) return asks.some((ask) => bare(ask) === bare(text)) ? "why-decided" : "why-open";
  return holds ? "why-fits" : "why-not";
}

function bare(text) {
  return text.replace(/\.+$/, "");
}

/** What it turns on: the open question, what a person decides, or why it is not now. */
function hingeOf({ outcome, because, missing, asks }, list, { words }) {
  if (outcome === "no") {
    return because.filter(({ holds }) => holds === false).slice(0, MOST_REASONS).map(({ text }) => text).join(" ");
  }
  if (outcome !== "unknown") return "";
  if (!missing.length) return words("check", { text: asks.slice(0, MOST_REASONS).join(" ") });
  const weight = (name) => list.rules.registry.get(name).sensitivity;
  const [first] = [...missing].sort((a, b) => weight(a) - weight(b));
  return words("depends", { text: list.rules.registry.get(first).question });
}

/** When it starts, when it stops, and until when it is sure: whole sentences. */
function whenOf(outcome, born, say) {
  const { from, until, until_age: untilAge, sure_until: sure, sure_until_age: sureAge } = outcome;
  return [timeOf("from", from, null, born, say), timeOf("sure", sure, sureAge, born, say), timeOf("until", until, untilAge, born, say)]
    .filter(Boolean);
}

function timeOf(kind, day, years, born, { words, dated }) {
  if (day) {
    const age = born === null ? undefined : BIRTHDAYS.find((each) => birthday(born, each) === dayOf(day));
    return words(age ? `${kind}-birthday` : `${kind}-day`, { age, day: dated(day) });
  }
  return years ? words(`${kind}-age`, { age: years }) : "";
}
