// Answers questions with the built twin, however odd; a throw is an answer too.
//
//   node answers.mjs TWIN JOBS OUT
//
// JOBS: {packs: [pack, …], asked: [{pack: 0, facts, on, refused}, …]}. What JSON cannot say stands as
// {"$": "NaN"}. OUT: a list of answers, or {threw: text}.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const ODD = {
  NaN: NaN,
  Infinity: Infinity,
  undefined: undefined,
  function: () => true,
  symbol: Symbol("odd"),
  bigint: 10n,
  date: new Date(0),
  map: new Map(),
};

const [twin, jobs, out] = process.argv.slice(-3);
const { prepare, answer } = await import(pathToFileURL(twin));
const { packs, asked } = JSON.parse(readFileSync(jobs, "utf-8"));
const ready = packs.map((pack) => attempt(() => prepare(revived(pack))));

const found = asked.map(({ pack, facts, on, refused }) => {
  const rules = ready[pack];
  return rules.threw ? rules : attempt(() => answer(rules, revived(facts), revived(on), refused));
});
const polluted = Object.keys(Object.prototype).length > 0 || {}.age_years !== undefined;
writeFileSync(out, JSON.stringify({ found, polluted }));

function attempt(act) {
  try {
    return act();
  } catch (error) {
    return { threw: `${error.name}: ${error.message}` };
  }
}

function revived(value) {
  if (!value || typeof value !== "object") return value;
  if ("$" in value) return ODD[value.$];
  if (Array.isArray(value)) return value.map(revived);
  for (const name of Object.keys(value)) value[name] = revived(value[name]);
  return value;
}
