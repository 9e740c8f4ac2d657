// Reasons in plain words to one person. The sentence of each condition comes ready-made with the
// rules (`text`); only what the person said is put in here. The twin of offer/eligibility/wording.py.

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December",
];

/** One reason a leaf; leaves that read the same are said once. */
export function reasonsOf(steps, rules) {
  const said = new Map();
  for (const step of steps) {
    const { leaf } = step;
    const text = reason(step, rules);
    const holds = step.holds === null ? null : step.holds !== leaf.negated;
    if (text && !said.has(text)) said.set(text, { id: leaf.id, text, holds, cite: leaf.cite });
  }
  return [...said.values()];
}

function reason({ leaf, holds, value }, rules) {
  if (holds === null && rules.open_places[leaf.fact]) return rules.open_places[leaf.fact];
  const fact = rules.registry.get(leaf.fact);
  if (leaf.kind === "ask" || value === undefined || !fact) return leaf.text;
  const you = sentence(aboutYou(fact, value, rules.names));
  return holds !== leaf.negated && !leaf.own ? you : `${you} ${leaf.text}`;
}

/** What this person said, to stand in a sentence: "you are 19". */
export function aboutYou(fact, value, names) {
  if (typeof value === "boolean") return value ? fact.yes : fact.no;
  if (fact.type === "choice") {
    return fact.options.find((option) => option.value === value)?.you ?? `you said: ${value}`;
  }
  const words = fact.type === "area" ? (names[value] ?? "another council") : amount(value, fact.unit);
  return fact.yes.replace("{value}", () => words);
}

/** A number or date with its unit, as people write it. */
function amount(value, unit) {
  if (typeof value === "string") {
    const [year, month, day] = value.split("-").map(Number);
    return `${day} ${MONTHS[month - 1]} ${year}`;
  }
  if (unit === "pence") return pounds(value);
  if (unit === "months") return months(value);
  return unit === "days" ? `${value} ${Math.abs(value) === 1 ? "day" : "days"}` : String(value);
}

function pounds(value) {
  const [whole, pence] = [Math.floor(value / 100), value % 100];
  const grouped = String(whole).replace(/\B(?=([0-9]{3})+$)/g, ",");
  return pence ? `£${grouped}.${String(pence).padStart(2, "0")}` : `£${grouped}`;
}

function months(value) {
  const parts = [[Math.floor(value / 12), "year"], [value % 12, "month"]];
  const said = parts.filter(([n]) => n).map(([n, word]) => `${n} ${word}${n === 1 ? "" : "s"}`);
  return said.join(" and ") || "0 months";
}

function sentence(text) {
  return text && text[0].toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? "" : ".");
}
