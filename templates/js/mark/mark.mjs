// Marks the rows of a search with what each is for the person whose answers this tab keeps. The phone's twin
// works it out here: only the codes of the two councils go into the address of the rules.

import { answer, prepare } from "../twin/twin.mjs";

const ENTRY = /\/entitlements\/([a-z0-9-]+)$/; // a language may stand before it

/** Slug → "yes", "unknown" or "no". Empty where the answers cannot be read or the rules cannot be had. */
async function outcomesOf(facts, on) {
  const codes = Object.entries({ by: facts.responsible_authority, in: facts.lives_in }).filter(([, code]) => code);
  const reply = await fetch(`/pack/rules?${new URLSearchParams(codes)}`);
  if (!reply.ok) return new Map();
  const found = answer(prepare(await reply.json()), facts, on);
  return new Map(found.faults.length ? [] : found.outcomes.map(({ slug, outcome }) => [slug, outcome]));
}

/** `list` carries the day, the words for each outcome and those for the person; `kept` reads the answers, `forget` wipes them. */
export async function mark(list, kept, forget) {
  const said = document.createElement("p");
  said.className = "app-marked";
  said.setAttribute("role", "status");
  list.before(said);
  const outcomes = await outcomesOf(kept(), list.dataset.on).catch(() => new Map());
  const marks = kept() ? [...list.children].map((row) => marked(row, outcomes, list.dataset)).filter(Boolean) : [];
  if (!marks.length) return;
  const clear = (words) => {
    marks.forEach((each) => each.remove());
    said.replaceChildren(words);
  };
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "app-link", textContent: list.dataset.forget });
  button.addEventListener("click", () => {
    forget();
    clear(list.dataset.forgotten);
  });
  said.append(`${list.dataset.said} `, button);
  addEventListener("pageshow", () => kept() || clear("")); // Back, after they were wiped on another page
}

function marked(row, outcomes, words) {
  const href = row.querySelector("a")?.getAttribute("href") ?? "";
  const outcome = outcomes.get(href.match(ENTRY)?.[1]);
  if (!outcome) return null;
  const said = document.createElement("p");
  said.className = `app-row__for app-row__for--${outcome}`;
  said.textContent = words[outcome];
  row.querySelector("h3").after(said);
  return said;
}
