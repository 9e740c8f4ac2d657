// Reads typed forms with the built fields.mjs and answers from a saved list put together again.
//
//   node fields.mjs FOLDER JOBS OUT
//
// FOLDER: the built modules. JOBS: {saved, forms: [[[name, text], …], …]}. OUT: [{facts, aside, faults}].

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, jobs, out] = process.argv.slice(-3);
const { factsOf, fieldsOf } = await import(pathToFileURL(`${folder}/fields.mjs`));
const { rules, listed, forms } = JSON.parse(readFileSync(jobs, "utf-8"));
const districts = Object.keys(rules.upper);
const councils = Object.values(rules.upper);
const names = new Map([...districts, ...councils].flatMap((code) => [
  [rules.names[code].toLowerCase(), code], [(listed[code] ?? rules.names[code]).toLowerCase(), code],
]));
const registry = new Map(rules.facts.map((fact) => [fact.name, fact]));
const reading = { registry, names, districts: new Set(districts), councils: new Set(councils) };
writeFileSync(out, JSON.stringify(forms.map((pairs) => {
  const { facts, aside, faults } = factsOf(fieldsOf(pairs), reading);
  return { facts, aside: [...aside].sort(), faults: faults.map(({ field }) => field).sort() };
})));
