// The phone's twin of offer/answer.py: the same answer from the same rules, with no network.
//
//   const rules = prepare(await (await fetch("/pack/rules?by=E10000019&in=E07000139")).json());
//   const found = answer(rules, { age_years: 19, care_when: "left_at_18" }, "2026-11-22");
//
// The timeline and the nearest miss stay on the server. Neither function throws for what a person
// said: what cannot be read is named in `faults` and counts as not known.

import { dayOf, isoOf, knowledgeOn } from "../care/care.mjs";
import { readSituation } from "./reading.mjs";
import { compiled, explained, leafHolds } from "./rules.mjs";
import { factsOf, waysOf } from "./ways.mjs";
import { Asking } from "../asking/asking.mjs";
import { horizonOf } from "./horizon.mjs";
import { reasonsOf } from "./words.mjs";
import { faultsIn } from "./faults.mjs";

const ORDER = { yes: 0, unknown: 1, no: 2 };
const PLACES = ["responsible_authority", "lives_in"];
const FORMAT = 2;

/** The pack of GET /pack/rules, compiled. Throws an Error for anything else. */
export function prepare(pack) {
  if (pack?.format !== FORMAT) throw new Error("This is not a list of rules that we can read.");
  const slugs = pack.entries.map((entry) => entry.slug);
  const always = new Map(slugs.map((slug) => [slug, ready(pack.rules[slug])]));
  const stretches = pack.stretches.map(({ from, rules }) => ({
    from: from === null ? -Infinity : dayOf(from),
    rules: new Map(slugs.map((slug) => [slug, rules[slug] ? ready(rules[slug]) : always.get(slug)])),
  }));
  return {
    ...pack,
    registry: new Map(pack.facts.map((fact) => [fact.name, fact])),
    order: new Map(pack.facts.map((fact, place) => [fact.name, place])),
    notes: pack.notes.map(({ text, ...leaf }) => ({ text, leaf: compiled(leaf) })),
    entries: pack.entries.map(withStands),
    starts: pack.law_days.map(dayOf),
    on: (day) => stretches.filter((each, n) => n === 0 || each.from <= day).pop().rules,
  };
}

/** An entry that knows how it stands on a day: coming, in force or ended, and what it is worth then. */
function withStands(entry) {
  const stands = entry.stands.map((each) => ({ ...each, from: each.from === null ? -Infinity : dayOf(each.from) }));
  const standOn = (day) => stands.filter((each, n) => n === 0 || each.from <= day).pop();
  return { ...entry, begins: dayOf(entry.begins), ends: dayOf(entry.ends), standOn, moves: movesOf(stands) };
}

/** Whether there are days on which it is not in force. */
function movesOf(stands) {
  return stands.some(({ standing }) => standing !== "in-force");
}

/** One rule, compiled; one that is missing or cannot be read is unknown, never a no. */
function ready(rule) {
  try {
    const node = compiled(rule);
    return { node, ways: waysOf(node), facts: factsOf(node) };
  } catch {
    return ready(null);
  }
}

/**
 * What each entry means for this person on a day, in the shape of POST /api/v1/check; of the care
 * status the value alone, with all that are `possible` while it is open.
 *
 * `raw`: facts by name, as JSON. `on`: a date such as "2026-11-22". `refused`: facts not to ask for.
 * `told`: the day on which they were told, where `on` is a later one.
 * `not_in_pack`: English councils whose own entries this pack does not hold; `out_of_date`: the pack's
 * `valid_until` has passed, so that a newer list should be fetched.
 */
export function answer(rules, raw, on, refused = [], told = on) {
  const day = dayOf(on) ?? dayOf(rules.made_on);
  const { situation, faults } = readSituation(raw, dayOf(told) ?? day, rules.registry);
  const { known, histories } = knowledgeOn(situation, day, rules);
  const possible = [...new Set(histories.map((history) => history.values.care_status))].sort();
  const entries = entriesFor(rules, known);
  const today = rules.on(day);
  const asking = new Asking(known, rules);
  const verdicts = entries.map((entry) => [entry, entry.standOn(day), explained(today.get(entry.slug).node, known)]);
  const sure = verdicts.filter(([, stand, { outcome }]) => outcomeValue(stand, outcome) === "yes").map(([entry]) => entry);
  const times = horizonOf(rules, situation, day, known, entries, sure);
  const outcomes = verdicts.map(([entry, stand, verdict]) =>
    entryOutcome(entry, stand, verdict, times.get(entry.slug), asking, rules),
  );
  return {
    on: isoOf(day),
    catalogue_version: rules.catalogue_version,
    not_included: PLACES.filter((name) => !known.has(name)),
    not_in_pack: PLACES.map((name) => known.get(name)).filter((code) => isMissing(code, rules.councils)),
    out_of_date: rules.valid_until !== null && day >= dayOf(rules.valid_until),
    care_status: { value: possible.length === 1 ? possible[0] : null, possible },
    outcomes: outcomes.sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome] || isLikely(b) - isLikely(a)),
    next_question: asking.next(outcomes, refused),
    notes: rules.notes.filter(({ leaf }) => leafHolds(leaf, known.get(leaf.fact))).map((note) => note.text),
    faults: faultsIn(situation, day, histories, faults, rules),
  };
}

function isMissing(code, councils) {
  return Boolean(code) && code.startsWith("E") && !councils.includes(code);
}

/** England's entries and those of this person's councils. */
function entriesFor(rules, known) {
  const [authority, district] = PLACES.map((name) => known.get(name));
  const councils = new Set(["E92000001", authority, district, rules.upper[district]]);
  return rules.entries.filter(
    (entry) => councils.has(entry.authority) || entry.areas.some((area) => councils.has(area)),
  );
}

function entryOutcome(entry, stand, verdict, times, asking, rules) {
  const { slug, part_of, title, ask, begins, ends } = entry;
  const { standing, strength, worth } = stand;
  const outcome = outcomeValue(stand, verdict.outcome);
  const open = outcome === "unknown";
  const waits = outcome === "no" || standing === "coming"; // for a day: what waits has nothing to lose yet
  return {
    slug, part_of, title, outcome, strength,
    because: [...stand.against, ...(standing === "ended" ? [] : reasonsOf(verdict.steps, rules))],
    missing: open ? asking.askable(verdict.missing) : [],
    asks: open ? verdict.asks : [],
    warnings: outcome === "no" ? [] : [...stand.warnings, ...(times.tooLate ? [rules.words.too_late] : [])],
    from: waits ? isoOrNull(times.start) : null,
    until: waits ? null : isoOrNull(times.until),
    until_age: waits ? null : times.untilAge,
    sure_until: isoOrNull(times.sureUntil),
    sure_until_age: times.sureUntilAge,
    ask, standing,
    begins: isoOrNull(begins),
    ends: isoOrNull(ends),
    worth,
  };
}

function isoOrNull(day) {
  return day === null ? null : isoOf(day);
}

/** What is not in force, or whose terms nobody confirmed, is never a yes (`certain` is false). */
function outcomeValue({ standing, certain }, holds) {
  if (holds === false || standing === "ended") return "no";
  return holds && certain ? "yes" : "unknown";
}

/** Nothing is missing but a person's decision: stands first among the unknown. */
function isLikely({ outcome, missing, asks }) {
  return outcome === "unknown" && !missing.length && asks.length > 0 ? 1 : 0;
}
