// The saved list, put together again: the rules for the twin, and what is looked up by code or name.

import { prepare } from "../twin/twin.mjs";

const FORMAT = 2;

/** The list of GET /pack/saved, ready to answer from. Throws an Error for anything else. */
export function opened(saved) {
  if (saved?.format !== FORMAT) throw new Error("This is not a saved list that we can read.");
  const rules = prepare(unfolded(saved.rules));
  const nameOf = (code) => saved.listed[code] ?? rules.names[code] ?? "";
  const districts = Object.keys(rules.upper);
  const councils = [...new Set(Object.values(rules.upper))];
  const names = new Map([...districts, ...councils].flatMap((code) => [
    [rules.names[code].toLowerCase(), code], [nameOf(code).toLowerCase(), code],
  ]));
  return {
    ...saved,
    rules,
    nameOf,
    names,
    districts: byName(districts, nameOf),
    councils: byName(councils, nameOf),
    entries: new Map(rules.entries.map((entry) => [entry.slug, entry])),
    reading: { registry: rules.registry, names, districts: new Set(districts), councils: new Set(councils) },
  };
}

function byName(codes, nameOf) {
  return codes.map((code) => [code, nameOf(code)]).sort(([, a], [, b]) => a.localeCompare(b));
}

/** Each condition stands once, in `leaves`, and a rule names its number; entries and facts lie in columns. */
function unfolded({ leaves, rules, stretches, entries, facts, ...rest }) {
  const whole = (node) => {
    if (typeof node === "number") return leaves[node];
    if (node.not !== undefined) return { not: whole(node.not) };
    const kind = node.all ? "all" : "any";
    return { [kind]: node[kind].map(whole) };
  };
  const all = (trees) => Object.fromEntries(Object.entries(trees).map(([slug, node]) => [slug, whole(node)]));
  return { ...rest, entries: rowsOf(entries), facts: rowsOf(facts), rules: all(rules), stretches: stretches.map(({ from, rules: trees }) => ({ from, rules: all(trees) })) };
}

/** `{title: ["A", "B"], ask: [null, "C"]}` as `[{title: "A"}, {title: "B", ask: "C"}]`. */
function rowsOf(columns) {
  const [first] = Object.values(columns);
  return first.map((_, n) => Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, values[n]]).filter(([, value]) => value !== null),
  ));
}
