// Questions about many young people at once, answered on this device. The rules of a council are fetched before
// a row is read; from then on nothing is asked of any computer, nothing is kept, and "Clear it all" wipes the page.

import { prepare } from "../twin/twin.mjs";
import { today } from "../signal/signal.mjs";
import { MOST_BYTES, MOST_ROWS, columnsOf, decoded, placesOf, refusal, rowsOf, statusesOf } from "../rows/rows.mjs";
import { byThing, lastDay, personOf, workedOut } from "./people.mjs";
import { aheadOf, dated, fillAhead, fillFaults, fillThings, resultFile, said } from "./view.mjs";

const AT_A_TIME = 30; // milliseconds of work before the page is shown again
const app = document.querySelector("[data-caseload]");
const find = (what) => app.querySelector(what);
const state = { rules: null, reading: null, work: 0, file: "" };
const say = (where, key, values) => { find(where).textContent = key ? said(key, values) : ""; };

/** The rules of a council, or of England alone; by code, so the address says nothing of the rows. */
async function fetchRules(code) {
  state.rules = null;
  find("[data-go]").setAttribute("aria-disabled", "true");
  say("[data-ready]", "loading");
  try {
    const reply = await fetch(`/pack/council/${code || "england"}`);
    if (!reply.ok) throw new Error(reply.status);
    if (find("#council").value !== code) return; // another was chosen meanwhile
    state.rules = prepare(await reply.json());
    const { registry, upper, names } = state.rules;
    state.reading = { on: today(), places: placesOf({ upper, names }), statuses: statusesOf({ registry }), by: code };
    find("[data-go]").removeAttribute("aria-disabled");
    say("[data-ready]", "ready");
  } catch {
    say("[data-ready]", "lost");
  }
}

function fillCouncils() {
  const { upper, names } = state.rules;
  const pairs = [...new Set(Object.values(upper))].map((code) => [names[code], code]).sort(([a], [b]) => a.localeCompare(b, "en"));
  find("#council").append(...pairs.map(([name, code]) => new Option(name, code)));
}

async function takeFile(file) {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const refused = refusal({ size: file.size, start });
  if (refused) return refuse(refused);
  find("#rows").value = decoded(new Uint8Array(await file.arrayBuffer()));
  find("#file").value = "";
  say("[data-refused]", "taken", { name: file.name });
  return find("[data-go]").focus();
}

function refuse(key) {
  say("[data-refused]", `refuse-${key}`);
  find("[data-refused]").focus();
}

/** Reads and works out all rows, a little at a time, so that the page never stands still. */
async function workOut() {
  if (!state.rules) return;
  const text = find("#rows").value;
  if (text.length >= MOST_BYTES) return refuse("large");
  const { rows, faults } = rowsOf(text);
  if (!rows.length) return refuse("empty");
  if (rows.length > MOST_ROWS) return refuse("many");
  const columns = columnsOf(rows, state.reading);
  if (columns.birthday === undefined) return refuse("columns");
  say("[data-refused]", "");
  const run = (state.work += 1);
  const until = lastDay(find("[name=stretch]:checked").value, state.reading.on);
  const done = await eachRow(columns.headed ? rows.slice(1) : rows, columns, until, run);
  if (run === state.work && done) show({ ...done, faults: [...faults, ...done.faults].sort((a, b) => a.line - b.line), columns, until });
}

async function eachRow(rows, columns, until, run) {
  const { rules, reading } = state;
  const bar = find("progress");
  const [results, faults] = [[], []];
  bar.max = rows.length;
  bar.parentElement.hidden = false;
  let since = performance.now();
  for (const [done, row] of rows.entries()) {
    const { person, fault } = personOf(row, columns, reading);
    const found = person && workedOut(person, rules, reading.on, until);
    if (fault) faults.push(fault);
    else if (found.clash) faults.push({ line: row.line, key: "clash", values: { text: found.clash } });
    else results.push({ person, found });
    if (performance.now() - since < AT_A_TIME) continue;
    bar.value = done;
    say("[data-progress]", "progress", { done, all: rows.length });
    await new Promise((again) => { setTimeout(again); });
    if (run !== state.work) return null;
    since = performance.now();
  }
  bar.parentElement.hidden = true;
  return { results, faults };
}

function show({ results, faults, columns, until }) {
  const ahead = aheadOf(results);
  const values = { from: dated(state.reading.on), to: dated(until), people: results.length, ahead: ahead.length, faults: faults.length };
  say("[data-summary]", "summary", values);
  say("[data-columns]", columns.own.length ? "kept" : "", { names: namesOf(columns.own) });
  say("[data-personal]", columns.personal.length ? "personal" : "", { names: namesOf(columns.personal) });
  const elsewhere = results.some(({ found }) => found.elsewhere.length);
  say("[data-elsewhere]", elsewhere ? "elsewhere" : "");
  fillAhead(find("tbody"), ahead);
  find("[data-ahead]").hidden = !ahead.length;
  say("[data-none]", ahead.length ? "" : "none");
  fillThings(find("[data-things]"), byThing(results));
  fillFaults(find("[data-faults]"), faults);
  find("[data-wrong]").hidden = !faults.length;
  state.file = resultFile(results, faults, columns.own);
  find("[data-result]").hidden = false;
  find("[data-result] h2").focus();
}

function namesOf(columns) {
  return columns.map(({ heading, index }) => heading || said("own", { number: index + 1 })).join(", ");
}

function download() {
  const address = URL.createObjectURL(new Blob([state.file], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: address, download: "caseload.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Everything that was read and worked out goes; the rules stay. */
function clear() {
  state.work += 1;
  state.file = "";
  find("form").reset();
  find("#council").value = state.reading?.by ?? "";
  for (const part of app.querySelectorAll("tbody, [data-things], [data-faults], [data-refused], [data-summary], [data-columns], [data-personal], [data-elsewhere], [data-none]")) part.replaceChildren();
  find("[data-result]").hidden = true;
  find("progress").parentElement.hidden = true;
}

function start() {
  app.hidden = false;
  document.querySelectorAll("[data-before]").forEach((part) => part.remove());
  find("#council").addEventListener("change", ({ target }) => fetchRules(target.value));
  find("#file").addEventListener("change", ({ target }) => target.files[0] && takeFile(target.files[0]));
  const drop = find("#rows");
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    takeFile(event.dataTransfer.files[0]);
  });
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    workOut();
  });
  for (const [deed, act] of [["clear", clear], ["file", download], ["print", () => print()]]) {
    app.querySelectorAll(`[data-do=${deed}]`).forEach((button) => button.addEventListener("click", act));
  }
  addEventListener("pagehide", clear); // Back shows none of it
  addEventListener("beforeprint", () => app.querySelectorAll("[data-result] details").forEach((part) => { part.open = true; }));
  fetchRules("").then(() => state.rules && fillCouncils());
}

if (app) start();
