// What to ask a person so as to learn a fact, and the question that the most open entries wait for.
// The twin of offer/eligibility/asking.py and offer/questions.py.

import { BANDS, CARE_FACTS, COUNTED_DAYS, Left, allHistories, bandOf, fits } from "../care/care.mjs";

/** For one person: many entries wait for the same facts, so each is looked into once. */
export class Asking {
  constructor(known, rules) {
    this.rules = rules;
    this.known = known;
    this.certain = new Map([...known].filter(([, value]) => !(value instanceof Left)));
    this.found = new Map();
    const told = new Map([...this.certain].filter(([name]) => CARE_FACTS.has(name)));
    const age = this.certain.get("age_years");
    const bands = age === undefined ? BANDS : [bandOf(age)];
    this.histories = allHistories(bands).filter((history) => fits(history, told));
  }

  /** The facts to ask for instead of those worked out from them, in the order of the registry. */
  askable(missing) {
    const { order } = this.rules;
    const sorted = [...missing].sort((a, b) => order.get(a) - order.get(b));
    return [...new Set(sorted.flatMap((fact) => this.inputs(fact)))];
  }

  /** The facts a person can answer that would settle `name`; none when known or behind a shut gate. */
  inputs(name) {
    if (!this.found.has(name)) this.found.set(name, this.inputsOf(this.rules.registry.get(name)));
    return this.found.get(name);
  }

  inputsOf(fact) {
    if (!fact || this.certain.has(fact.name) || this.isClosed(fact)) return [];
    if (!fact.derived) return [fact.name];
    let inputs = fact.inputs.filter((each) => !this.isClosed(this.rules.registry.get(each)));
    if (CARE_FACTS.has(fact.name)) inputs = inputs.filter((each) => this.matters(each, fact.name));
    const found = [...new Set(inputs.flatMap((each) => this.inputs(each)))];
    return found.length ? found : [fact.name];
  }

  isClosed(fact) {
    return fact.needs.some(([gate, allowed]) => this.certain.has(gate) && !allowed.includes(this.certain.get(gate)));
  }

  /** Whether one answer leaves other values of the fact than another. */
  matters(source, name) {
    if (source === "care") return true;
    if (name === COUNTED_DAYS) return false;
    const left = new Map();
    for (const { band, values } of this.histories) {
      const answer = source === "date_of_birth" ? band : values[source];
      if (answer === undefined) return false;
      if (!left.has(answer)) left.set(answer, new Set());
      left.get(answer).add(values[name]);
    }
    return new Set([...left.values()].map((values) => [...values].sort().join())).size > 1;
  }

  /** The question to ask next; null when nothing that can be asked would settle anything. */
  next(outcomes, refused = []) {
    const waiting = new Map();
    for (const { outcome, missing } of outcomes) {
      if (outcome !== "unknown") continue;
      for (const name of new Set(missing.map((each) => this.firstOpen(each)))) {
        if (name !== null) waiting.set(name, (waiting.get(name) ?? 0) + 1);
      }
    }
    const open = [...waiting.keys()].filter((name) => !refused.includes(name) && !this.certain.has(name));
    const ranks = new Map(open.map((name) => [name, this.rank(name, waiting.get(name))]));
    const [best] = open.sort((one, other) => {
      const [a, b] = [ranks.get(one), ranks.get(other)];
      return b[0] - a[0] || b[1] - a[1] || b[2] - a[2];
    });
    return best ? questionOf(this.rules.registry.get(best), waiting.get(best)) : null;
  }

  /** The question itself, or the gate that stands before it; null where the gate is shut. */
  firstOpen(name) {
    const fact = this.rules.registry.get(name);
    if (this.isClosed(fact)) return null;
    const gate = fact.needs.find(([each]) => !this.certain.has(each));
    if (gate) return this.firstOpen(gate[0]);
    return fact.derived ? (this.inputs(name)[0] ?? name) : name;
  }

  rank(name, count) {
    const { first, weights } = this.rules.questions;
    const early = first.includes(name) && !(name === "date_of_birth" && this.known.has("age_years"));
    const { sensitivity } = this.rules.registry.get(name);
    const place = early ? first.length - first.indexOf(name) : 0;
    return [place, count * weights[sensitivity], -this.rules.order.get(name)];
  }
}

function questionOf({ name, question, why, type, answers }, settles) {
  return { fact: name, text: question, why, kind: type, options: answers, settles };
}
