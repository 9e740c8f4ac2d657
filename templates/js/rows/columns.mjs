// Which column is what: by its heading, else by what stands in it. Whatever looks like somebody's name, or
// leads to somebody, is set aside and never shown back.

import { birthdayOf, districtOf, statusOf } from "./cells.mjs";

const HEADINGS = [
  ["birthday", /\b(birth|birthday|dob|d\.o\.b|born)\b|date of birth/i],
  ["district", /district|\bla\b|local authority|council|borough|\barea\b|\blives\b|living in/i],
  ["status", /status|category|legal|care ?leaver type|entitle/i],
];
const PERSONAL = /name|initials|address|post ?code|e-?mail|phone|mobile|\bnhs\b|\bni\b|national insurance|contact/i;
const NAMES = /^\p{Lu}\p{Ll}+(?:[ '’-]\p{Lu}\p{Ll}*)+$|^\p{Lu}[\p{L}'’-]+,\s*\p{Lu}/u;
const FIRST_NAME = /^\p{Lu}\p{Ll}{2,}$/u;
const ENOUGH = 0.5; // of the cells: what most are, the column is
const LOOKED_AT_ROWS = 200;

/**
 * `{birthday, district, status}` as numbers of columns (undefined for none), `own`: the further columns with
 * their headings, `personal`: the headings of those set aside, `headed`: whether the first row is headings.
 */
export function columnsOf(rows, { on, places, statuses }) {
  const first = rows[0]?.cells ?? [];
  const isData = first.some((cell) => birthdayOf(cell, on).iso);
  const headed = !isData && rows.length > 0 && first.some((cell) => PERSONAL.test(cell) || HEADINGS.some(([, like]) => like.test(cell)));
  const body = (headed ? rows.slice(1) : rows).slice(0, LOOKED_AT_ROWS);
  const width = Math.max(0, ...body.map(({ cells }) => cells.length), headed ? first.length : 0);
  const columns = Array.from({ length: width }, (_, index) => ({
    index, heading: headed ? (first[index] ?? "") : "", cells: body.map(({ cells }) => cells[index] ?? "").filter(Boolean),
  }));
  const found = {};
  const tests = {
    birthday: (cell) => { const read = birthdayOf(cell, on); return Boolean(read.iso || (read.key && read.key !== "birthday")); },
    district: (cell) => Boolean(districtOf(cell, places).code),
    status: (cell) => Object.keys(statusOf(cell, statuses).facts ?? {}).length > 0,
  };
  for (const [what, like] of HEADINGS) take(found, what, columns.filter(({ heading }) => like.test(heading) && !/name of (?:child|young)/i.test(heading)), tests[what], 0);
  for (const [what] of HEADINGS) if (found[what] === undefined) take(found, what, columns, tests[what], ENOUGH);
  const rest = columns.filter(({ index }) => !Object.values(found).includes(index));
  const personal = rest.filter(looksPersonal);
  return {
    ...found, headed,
    own: rest.filter((column) => !personal.includes(column)).map(({ index, heading }) => ({ index, heading })),
    personal: personal.map(({ index, heading }) => ({ index, heading })),
  };
}

/** The column that fits best, where one does and is not taken. */
function take(found, what, columns, test, least) {
  const free = columns.filter(({ index }) => !Object.values(found).includes(index));
  const scored = free.map((column) => [share(column.cells, test), column.index]).filter(([score]) => score >= least);
  const [best] = scored.sort(([a], [b]) => b - a);
  if (best && (best[0] > 0 || least === 0)) found[what] = best[1];
}

function share(cells, test) {
  return cells.length ? cells.filter(test).length / cells.length : 0;
}

function looksPersonal({ heading, cells }) {
  if (PERSONAL.test(heading)) return true;
  if (cells.length && share(cells, (cell) => NAMES.test(cell)) > ENOUGH) return true;
  const varied = new Set(cells).size > cells.length / 2;
  return cells.length > 2 && varied && share(cells, (cell) => FIRST_NAME.test(cell)) > ENOUGH;
}
