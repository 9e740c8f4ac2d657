// The button "Save for no signal": how far it has come, what is saved and since when, and taking it away.

import { dayWords, tongue } from "../signal/signal.mjs";
import { remove, save, savedList } from "./store.mjs";

/** Some words of a template of the page, with {names} filled in. */
export function words(template, key, values = {}) {
  const said = template.content.querySelector(`[data-key="${key}"]`)?.textContent ?? "";
  return said.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** One "Save for no signal" with its words. */
export function offer(part) {
  const text = part.querySelector("template");
  const status = part.querySelector("[role=status]");
  const kept = part.querySelector("[data-kept]");
  const press = part.querySelector("[data-do=save]");
  const say = (key, values) => { status.textContent = words(text, key, values); };
  const show = async () => {
    const saved = await savedList();
    const isNew = saved && saved.edition === part.dataset.save;
    kept.hidden = !saved;
    press.hidden = Boolean(isNew);
    if (saved) say(isNew ? "saved" : "newer", { day: dayWords(saved.at), time: timeWords(saved.at) });
  };
  press.addEventListener("click", async () => {
    if (press.hasAttribute("aria-disabled")) return;
    press.setAttribute("aria-disabled", "true"); // keeps its focus, unlike "disabled"
    say("saving");
    try {
      await save({ page: pageAddress(), edition: part.dataset.save, codes: await codesFor(part), tell });
      await show();
      status.tabIndex = -1;
      status.focus();
      dispatchEvent(new Event("saved"));
    } catch (failed) {
      say(["full", "lost"].includes(failed.message) ? failed.message : "refused");
    } finally {
      press.removeAttribute("aria-disabled");
    }
  });
  part.querySelector("[data-do=remove]").addEventListener("click", async () => {
    await remove();
    await show();
    say("removed");
    press.hidden = false;
    dispatchEvent(new Event("saved"));
  });
  const tell = (done, all) => say("progress", { done: Math.round(done / 1000), all: Math.round(all / 1000) });
  part.hidden = false;
  return show();
}

/** "14:05" */
export function timeWords(at) {
  return new Intl.DateTimeFormat(tongue(), { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** The page to save, in the language of this one. */
function pageAddress() {
  return document.querySelector('.app-footer a[href$="/no-signal"]').getAttribute("href").replace("no-signal", "saved-list");
}

/** Of which councils: those told in this tab, those saved before, or the one whose page this is. */
async function codesFor(part) {
  const told = toldCouncils();
  const before = told.length ? null : await (await savedList())?.pack();
  const old = before ? [["by", before.by], ["in", before.lives_in]].filter(([, code]) => code) : [];
  const own = [...new URLSearchParams(location.search)].filter(([name]) => name === "by");
  return [told, old, own].find((codes) => codes.length) ?? [];
}

function toldCouncils() {
  try {
    const facts = JSON.parse(sessionStorage.getItem("answers")) ?? {};
    return [["by", facts.responsible_authority], ["in", facts.lives_in]].filter(([, code]) => code?.startsWith("E"));
  } catch {
    return [];
  }
}
