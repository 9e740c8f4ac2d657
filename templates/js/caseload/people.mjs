// Rows as people without names, and what the twin says of each of them until a day.

import { birthday, dayOf, isoOf } from "../care/care.mjs";
import { answer } from "../twin/twin.mjs";
import { birthdayOf, districtOf, statusOf } from "../rows/rows.mjs";

const AGES = [18, 21, 25];
const BACKGROUND = ["status", "information"]; // these tell where somebody stands, and give nothing by hand

/** The last day of the stretch that begins today: this month, this quarter, or twelve months. ISO days. */
export function lastDay(stretch, on) {
  const [year, month, day] = on.split("-").map(Number);
  const months = { month: month, quarter: Math.ceil(month / 3) * 3 };
  const end = stretch === "year" ? new Date(Date.UTC(year + 1, month - 1, day - 1)) : new Date(Date.UTC(year, months[stretch], 0));
  return end.toISOString().slice(0, 10);
}

/** `{person}` or `{fault: {line, key, values}}`. */
export function personOf({ line, cells }, columns, { on, places, statuses, by }) {
  const cell = (what) => (columns[what] === undefined ? "" : (cells[columns[what]] ?? ""));
  const born = birthdayOf(cell("birthday"), on);
  const lives = districtOf(cell("district"), places);
  const care = statusOf(cell("status"), statuses);
  const fault = (key, what) => ({ fault: { line, key, values: { text: cell(what) } } });
  if (!born.iso) return fault(born.key ?? "no-birthday", "birthday");
  if (lives.key) return fault(lives.key, "district");
  if (care.key) return fault(care.key, "status");
  const facts = { date_of_birth: born.iso, ...care.facts };
  if (lives.code) facts.lives_in = lives.code;
  if (by) facts.responsible_authority = by;
  const own = columns.own.map(({ index }) => cells[index] ?? "");
  return { person: { line, own, facts, status: cell("status"), district: cell("district") } };
}

/** The birthday on which somebody turns so old. */
function turns(born, age) {
  return isoOf(birthday(dayOf(born), age));
}

/**
 * `{turns, day, stops, mayStop, starts, unsure, should, might, question}`, or `{clash}`: answers that cannot
 * both be true. `stops` and the others are outcomes of the twin: `stops` what they should get now, or might if
 * somebody says yes; `mayStop` what hangs on more. `day` is that of the birthday, or of what stops first.
 */
export function workedOut({ facts }, rules, on, until) {
  const found = answer(rules, facts, on);
  if (found.faults.length) return { clash: found.faults[0].detail };
  const within = (day) => Boolean(day) && day > on && day <= until;
  const given = found.outcomes.filter(({ strength }) => !BACKGROUND.includes(strength));
  const age = AGES.find((each) => turns(facts.date_of_birth, each) >= on && turns(facts.date_of_birth, each) <= until);
  const isFirm = ({ outcome, missing, asks }) => outcome === "yes" || (outcome === "unknown" && !missing.length && asks.length > 0);
  const ending = given.filter((each) => within(each.until));
  return {
    turns: age,
    day: age ? turns(facts.date_of_birth, age) : ending.map((each) => each.until).sort()[0],
    stops: ending.filter(isFirm),
    mayStop: ending.filter((each) => !isFirm(each)),
    unsure: given.filter((each) => !within(each.until) && within(each.sure_until)),
    starts: given.filter((each) => within(each.from)),
    should: given.filter(({ outcome }) => outcome === "yes"),
    might: given.filter((each) => each.outcome === "unknown" && isFirm(each)),
    question: found.next_question?.text ?? "",
    elsewhere: found.not_in_pack,
  };
}

/** What many may be missing: `[{title, ask, sure, people}]`, the most people first. */
export function byThing(results) {
  const things = new Map();
  for (const { person, found } of results) {
    for (const [list, sure] of [[found.should, true], [found.might, false]]) {
      for (const { slug, title, ask, asks } of list) {
        const thing = things.get(slug) ?? { slug, title, ask, asks: "", sure: [], open: [] };
        thing[sure ? "sure" : "open"].push(person);
        if (!sure) thing.asks = asks.join(" ");
        things.set(slug, thing);
      }
    }
  }
  return [...things.values()].sort((a, b) => b.sure.length + b.open.length - a.sure.length - a.open.length);
}
