// Reads texts with the built rows.mjs, and works rows out with the built caseload's parts.
//
//   node caseload.mjs FOLDER JOBS OUT
//
// JOBS: {pack, on, by, texts: [...], bytes: [[...]], files: [[[cell]]], until, sizes: [[size, [bytes]]]}.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, jobs, out] = process.argv.slice(-3);
const load = (name) => import(pathToFileURL(`${folder}/${name}.mjs`));
const { birthdayOf, columnsOf, decoded, districtOf, fileOf, placesOf, refusal, rowsOf, statusOf, statusesOf } = await load("rows");
const { prepare } = await load("twin");
const { byThing, lastDay, personOf, workedOut } = await load("people");
const { pack, on, by, texts, bytes, files, sizes, cells, stretches } = JSON.parse(readFileSync(jobs, "utf-8"));
const rules = prepare(pack);
const reading = { on, by, places: placesOf(rules), statuses: statusesOf(rules) };

function whole(text) {
  const { rows, faults } = rowsOf(text);
  const columns = columnsOf(rows, reading);
  const read = (columns.headed ? rows.slice(1) : rows).map((row) => personOf(row, columns, reading));
  const results = [];
  for (const { person } of read.filter((each) => each.person)) {
    const found = workedOut(person, rules, on, lastDay("year", on));
    results.push({ person, found });
  }
  const titles = (list) => (list ?? []).map(({ slug }) => slug);
  return {
    rows, columns, faults: [...faults, ...read.flatMap(({ fault }) => fault ?? [])],
    people: results.map(({ person, found }) => ({
      line: person.line, own: person.own, facts: person.facts, clash: found.clash ?? null, turns: found.turns ?? null, day: found.day ?? null,
      stops: titles(found.stops), may: titles(found.mayStop), starts: titles(found.starts), should: titles(found.should),
    })),
    things: byThing(results.filter(({ found }) => !found.clash)).map(({ slug, sure, open }) => [slug, sure.length, open.length]),
  };
}

writeFileSync(out, JSON.stringify({
  whole: texts.map(whole),
  decoded: bytes.map((each) => decoded(new Uint8Array(each))),
  files: files.map(fileOf),
  refused: sizes.map(([size, start]) => refusal({ size, start })),
  cells: cells.map(([kind, text]) => ({ birthday: () => birthdayOf(text, on), district: () => districtOf(text, reading.places), status: () => statusOf(text, reading.statuses) })[kind]()),
  stretches: stretches.map(([stretch, day]) => lastDay(stretch, day)),
}));
