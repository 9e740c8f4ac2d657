// One cell read: a birthday as people in England write it, a district, a status. What cannot be read is named
// by a key of the page's words, which say how to put it right.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;
const ENGLISH = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}.*)?$/;
const WORDS = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]{3,9})\.?[\s,-]+(\d{4}|\d{2})$/i;
const OLDEST = 40; // years: older than anybody on such a list, so surely a slip

/** `{iso}`, or `{key}` of what is wrong with it; `{}` for an empty cell. `on`: an ISO day. */
export function birthdayOf(text, on) {
  if (!text) return {};
  if (/^\d{5}(\.\d+)?$/.test(text)) return { key: "serial" };
  const [year, month, day] = partsOf(text, Number(on.slice(0, 4)));
  if (!year) return { key: "birthday" };
  if (month > 12 && day <= 12) return { key: "american" };
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return { key: "no-day" };
  const iso = date.toISOString().slice(0, 10);
  if (iso > on) return { key: "future" };
  return Number(on.slice(0, 4)) - year > OLDEST ? { key: "old" } : { iso };
}

function partsOf(text, now) {
  const iso = ISO.exec(text);
  if (iso) return iso.slice(1).map(Number);
  const [, day, month, year] = ENGLISH.exec(text) ?? WORDS.exec(text) ?? [];
  if (!day) return [];
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1 || Number(month);
  return number ? [wholeYear(Number(year), now), number, Number(day)] : [];
}

/** Two figures are of this century unless that is still to come. */
function wholeYear(year, now) {
  if (year > 99) return year;
  return 2000 + year <= now ? 2000 + year : 1900 + year;
}

/** A name without what people leave out: capitals, dots, "the Borough of", "District Council". */
export function plainName(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").replace(/&/g, " and ")
    .replace(/[^a-z0-9]+/g, " ").trim()
    .replace(/^(?:the )?(?:royal |london |metropolitan )?(?:city|borough|county) of /, "")
    .replace(/ (?:metropolitan |county |district |borough |city |london )*(?:council|district|borough|unitary authority)$/, "");
}

/** How to read places: the code of each district by its plain name, and the names that are a county's. */
export function placesOf({ upper, names }) {
  const districts = new Map(Object.keys(upper).map((code) => [plainName(names[code] ?? code), code]));
  const counties = new Set(Object.values(upper).filter((code) => !(code in upper)).flatMap((code) => [code, plainName(names[code] ?? "")]));
  return { codes: new Set(Object.keys(upper)), districts, counties };
}

/** `{code}`, or `{key}`; `{}` for an empty cell. */
export function districtOf(text, { codes, districts, counties }) {
  if (!text) return {};
  const code = text.trim().toUpperCase();
  if (codes.has(code)) return { code };
  if (/^[WSN]\d{8}$/.test(code)) return { key: "outside" };
  const found = districts.get(plainName(text));
  if (found) return { code: found };
  return { key: counties.has(code) || counties.has(plainName(text)) ? "county" : "district" };
}

const FULL = { care_13_weeks: true };
const STATUSES = [
  [{ care_when: "still_in_care", ...FULL }, "eligible", "eligible child", "eligible young person"],
  [{ care_when: "left_at_16_or_17", ...FULL }, "relevant", "relevant child", "relevant young person"],
  [{ care_when: "left_at_18", ...FULL }, "former relevant", "former relevant child", "former relevant young person", "fr", "frc", "fr care leaver"],
  [{ care_when: "left_at_16_or_17", care_13_weeks: false }, "qualifying", "qualifying care leaver", "qualifying young person", "qcl", "qualifying child"],
  [{ care_when: "still_in_care" }, "in care", "looked after", "looked after child", "child looked after", "child in care", "lac", "cla", "cic", "still in care"],
  [{ care_when: "left_at_18" }, "left at 18", "left care at 18", "in care until 18"],
  [{ care_when: "left_at_16_or_17" }, "left at 16 or 17", "left at 16", "left at 17", "left care at 16 or 17"],
  [{ care_when: "left_before_16" }, "left before 16", "left care before 16"],
  [{ care_when: "never" }, "never", "never in care", "not in care"],
  [{ ever_looked_after: true }, "care leaver", "cl", "care experienced"],
];

/** How to read a status: its facts by each of its names, those of our own questions among them. */
export function statusesOf({ registry }) {
  const words = STATUSES.flatMap(([facts, ...names]) => names.map((name) => [name, facts]));
  const asked = registry.get("care_when").answers.map(({ value, label }) => [plainName(label), { care_when: value }]);
  const coded = registry.get("care_when").options.map(({ value }) => [plainName(value), { care_when: value }]);
  return new Map([...asked, ...coded, ...words].filter(([, facts]) => !["unknown", "unsaid"].includes(facts.care_when)));
}

/** `{facts}`, or `{key}`; no facts for an empty cell, or for one that says that nobody knows. */
export function statusOf(text, statuses) {
  const plain = plainName(text.replace(/\([^)]*\)/g, " "));
  if (!plain || ["unknown", "not known", "n a", "tbc"].includes(plain)) return { facts: {} };
  const facts = statuses.get(plain) ?? statuses.get(plainName(text));
  return facts ? { facts } : { key: "status" };
}
