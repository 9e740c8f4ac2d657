// Two answers side by side, as the phone works them out.
//
//   node differences.mjs TWIN JOBS OUT
//
// JOBS: {pack, people: [facts, …], on, then}: each person on `on` beside the next person on `then`.
// OUT: [[slug, kind, before, after, why, since], …] for each.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [twin, jobs, out] = process.argv.slice(-3);
const { prepare, answer } = await import(pathToFileURL(twin));
const { differences } = await import(pathToFileURL(join(dirname(twin), "differences.mjs")));
const { pack, people, on, then } = JSON.parse(readFileSync(jobs, "utf-8"));
const rules = prepare(pack);

const found = people.map((facts, n) => {
  const other = people[(n + 1) % people.length];
  const [before, along, after] = [[facts, on], [other, on], [other, then]].map(([each, day]) => answer(rules, each, day, [], on));
  return differences(before, after, along).map(({ slug, kind, before: was, after: is, why, since }) => [slug, kind, was, is, why, since]);
});
writeFileSync(out, JSON.stringify(found));
