// How long the built twin takes, in milliseconds.
//
//   node timing.mjs TWIN JOBS OUT
//
// JOBS: {pack, people: [{facts, on}, …]}. OUT: {prepare, person, rules}: medians.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [twin, jobs, out] = process.argv.slice(-3);
const { prepare, answer } = await import(pathToFileURL(twin));
const { pack, people } = JSON.parse(readFileSync(jobs, "utf-8"));
const ROUNDS = 30;

const first = performance.now();
let rules = prepare(pack);
const prepared = performance.now() - first;

for (let n = 0; n < 3; n += 1) round(); // warm
const rounds = Array.from({ length: ROUNDS }, round);
writeFileSync(out, JSON.stringify({ prepare: prepared, person: median(rounds), rules: pack.entries.length }));

function round() {
  const start = performance.now();
  for (const { facts, on } of people) answer(rules, facts, on);
  return (performance.now() - start) / people.length;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
