// Answers every vector with the built twin and writes what differs from what Python said.
//
//   node run.mjs TWIN VECTORS PACKS-FOLDER OUT
//
// OUT: {count, threw: [{name, error}], wrong: how many differ, differ: the first [{name, what, expected, found}]}

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [twin, vectorsFile, packs, out] = process.argv.slice(-4);
const { prepare, answer } = await import(pathToFileURL(twin));
const rules = readdirSync(packs).map((_, n) => prepare(JSON.parse(readFileSync(`${packs}/${n}.json`, "utf-8"))));
const vectors = JSON.parse(readFileSync(vectorsFile, "utf-8"));

const threw = [];
const differ = [];
for (const { name, on, pack, facts, expect } of vectors) {
  try {
    compare(name, expect, shapeOf(answer(rules[pack], facts, on)));
  } catch (error) {
    threw.push({ name, error: String(error.stack ?? error) });
  }
}
const wrong = differ.length;
writeFileSync(out, JSON.stringify({ count: vectors.length, threw, wrong, differ: differ.slice(0, 40) }));

function shapeOf(found) {
  const { care_status: care, not_included, notes, next_question: question, faults } = found;
  return {
    care_status: care.value,
    possible: care.possible,
    not_included,
    notes,
    next_question: question && [question.fact, question.settles],
    outcomes: found.outcomes.map((each) => [
      each.slug, each.outcome, each.strength, each.missing, each.asks, each.from, each.until, each.until_age,
      each.sure_until, each.sure_until_age, each.warnings, each.standing, each.begins, each.ends, each.worth && each.worth.text,
      digest(each.because),
    ]),
    faults,
  };
}

function digest(because) {
  const text = JSON.stringify(because.map(({ id, text, holds, cite }) => [id, text, holds, cite]));
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function compare(name, expected, found) {
  for (const what of ["care_status", "possible", "not_included", "notes", "next_question"]) {
    note(name, what, expected[what], found[what]);
  }
  note(name, "faults", [], found.faults);
  note(name, "entries", expected.outcomes.map(([slug]) => slug), found.outcomes.map(([slug]) => slug));
  const by = new Map(found.outcomes.map((outcome) => [outcome[0], outcome]));
  for (const outcome of expected.outcomes) {
    if (by.has(outcome[0])) note(name, outcome[0], outcome, by.get(outcome[0]));
  }
}

function note(name, what, expected, found) {
  if (JSON.stringify(expected) !== JSON.stringify(found)) differ.push({ name, what, expected, found });
}
