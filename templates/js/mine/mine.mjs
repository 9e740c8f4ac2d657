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

/** When it starts; or until when it is sure, and then until when it can be had. */
function whenWords(words, { from, sure_until: sure, until }) {
  if (from) return dayWords(words.from, from);
  return sure ? dayWords(words.sure, sure) : dayWords(words.until, until);
}

function dayWords(pattern, day) {
  if (!day) return "";
  const style = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  return ` ${pattern.replace("{day}", new Intl.DateTimeFormat(lang, style).format(new Date(day)))}`;
}

/** `line` carries the day, the entry and the words; `kept` reads the answers, `forget` wipes them. */
export async function mark(line, kept, forget) {
  const words = line.dataset;
  const found = await outcomeOf(kept(), words.on, words.slug).catch(() => undefined);
  if (!found || !kept()) return;
  const told = document.createElement("b");
  told.textContent = words[found.outcome];
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "app-link", textContent: words.wipe });
  button.addEventListener("click", () => {
    forget();
    line.replaceChildren(words.wiped);
  });
  line.setAttribute("role", "status");
  line.hidden = false;
  line.append(told, whenWords(words, found), " ", button);
  addEventListener("pageshow", () => kept() || line.replaceChildren()); // Back, after they were wiped
}
