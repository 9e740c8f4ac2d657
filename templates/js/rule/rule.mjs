// The English of a rule beside it while it is typed, and its buttons without a new page. Without script each
// button sends the form, and the whole page comes back: this does the same and puts in what differs.

const WAIT = 400;
const TYPING = 700; // somebody who types the name of a choice changes it with each letter
const form = document.querySelector("form#rule");
let waiting = 0;
let latest = 0;
let choosing = 0;
let byKeys = false;

/** Sends the form as it stands; the page that came back, or null where it is no such page or not the last. */
async function asked(deed) {
  const mine = ++latest;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", deed);
  const reply = await fetch(form.action, { method: "POST", body });
  const found = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (mine !== latest) return null;
  return reply.ok && found.querySelector("#rule-lines") ? found : undefined;
}

function put(found, id) {
  document.getElementById(id).replaceChildren(...found.getElementById(id).childNodes);
}

function openKeys() {
  return new Set([...form.querySelectorAll("details[data-key][open]")].map((each) => each.dataset.key));
}

/** What stands in the boxes, by id; of a tick box whether it is ticked. */
function typed() {
  const boxes = [...form.querySelectorAll("input[id], select[id], textarea[id]")];
  return new Map(boxes.map((each) => [each.id, each.matches("[type=radio], [type=checkbox]") ? each.checked : each.value]));
}

/** Puts back what was typed while the answer was on its way. */
function retype(before, now) {
  for (const [id, value] of now) {
    const box = document.getElementById(id);
    if (!box || before.get(id) === value) continue;
    if (typeof value === "boolean") box.checked = value;
    else box.value = value;
    later();
  }
}

/** The lines as they are now; those that were open stay so, and the eye and the focus go to one. */
function redraw(found, focus, before, active) {
  const [open, now, here] = [openKeys(), typed(), document.activeElement];
  if (before && here !== active && here?.id) focus = here.id; // somebody went on meanwhile
  put(found, "rule-lines");
  put(found, "rule-english");
  for (const each of form.querySelectorAll("details[data-key]")) if (open.has(each.dataset.key)) each.open = true;
  if (before) retype(before, now);
  const at = document.getElementById(focus);
  if (!at) return;
  const box = at.querySelector(":scope > details[open] :is(select, input:not([type=hidden]), textarea)"); // of an open line
  const first = at.matches("li") ? at.querySelector("select, input:not([type=hidden]), textarea, summary") : at;
  (box ?? first)?.focus();
}

async function read() {
  const found = await asked("look").catch(() => null);
  if (found) put(found, "rule-english");
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(read, WAIT);
}

/** As without script: the whole page comes back, with its words where something is wrong. */
function plainly(deed) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: deed });
  form.append(field);
  form.requestSubmit();
}

async function press(deed, focus) {
  clearTimeout(waiting);
  clearTimeout(choosing);
  const before = /^(look|add)/.test(deed) ? typed() : null; // the others give lines other numbers
  const active = document.activeElement;
  const found = await asked(deed).catch(() => undefined);
  if (found) redraw(found, focus, before, active);
  else if (found === undefined) plainly(deed);
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("[data-redraw]")) return;
  later();
});

form?.addEventListener("change", (event) => {
  const { target } = event;
  if (!target.matches("[data-redraw]")) return;
  clearTimeout(choosing);
  choosing = setTimeout(() => press("look", target.id), byKeys ? TYPING : 0);
});

form?.addEventListener("keydown", () => (byKeys = true));
form?.addEventListener("pointerdown", () => (byKeys = false));

form?.addEventListener("submit", (event) => {
  const { submitter } = event;
  const deed = submitter?.value ?? "look";
  if (!deed.includes(":")) return;
  event.preventDefault();
  const focus = new URL(submitter.formAction).hash.slice(1) || "r";
  press(deed, focus);
});
