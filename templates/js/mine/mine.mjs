// What this one entry is for the person whose answers this tab keeps, and until when. The phone's twin works
// it out here: only the codes of the two councils go into the address of the rules.

import { answer, prepare } from "../twin/twin.mjs";

/** The outcome of an entry; undefined where it is not for these councils, or nothing can be worked out. */
async function outcomeOf(facts, on, slug) {
  const codes = Object.entries({ by: facts.responsible_authority, in: facts.lives_in }).filter(([, code]) => code);
  const reply = await fetch(`/pack/rules?${new URLSearchParams(codes)}`);
  if (!reply.ok) return undefined;
  const found = answer(prepare(await reply.json()), facts, on);
  return found.faults.length ? undefined : found.outcomes.find((each) => each.slug === slug);
}

/** When it starts; else until when it is sure, or can be had at all: a day, or a birthday by its age. */
function whenWords(words, { from, sure_until: sure, until, sure_until_age: sureAge, until_age: age }) {
  if (from) return dayWords(words.from, from);
  if (sure) return dayWords(words.sure, sure);
  if (until) return dayWords(words.until, until);
  const years = sureAge ?? age;
  return years ? ` ${words.age.replace("{age}", years)}` : "";
}

function dayWords(pattern, day) {
  const style = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  return ` ${pattern.replace("{day}", new Intl.DateTimeFormat(lang, style).format(new Date(day)))}`;
}

/** `line` carries the day, the entry and the words; `kept` reads the answers. */
export async function mark(line, kept) {
  const words = line.dataset;
  const found = await outcomeOf(kept(), words.on, line.closest("[data-slug]").dataset.slug).catch(() => undefined);
  if (!found || !kept()) return;
  const told = document.createElement("b");
  told.textContent = words[found.outcome];
  line.setAttribute("role", "status");
  line.hidden = false;
  line.append(told, whenWords(words, found));
  addEventListener("pageshow", () => kept() || line.replaceChildren()); // Back, after they were wiped
}
