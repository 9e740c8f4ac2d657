// The English of a rule beside it while it is typed, and its buttons without a new page. Without script each
// button sends the form, and the whole page comes back: this does the same and puts in what differs.

const WAIT = 400;
const form = document.querySelector("form#rule");
let waiting = 0;
let latest = 0;

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

/** The lines as they are now; those that were open stay so, and the eye and the focus go to one. */
function redraw(found, focus) {
  const open = openKeys();
  put(found, "rule-lines");
  put(found, "rule-english");
  for (const each of form.querySelectorAll("details[data-key]")) if (open.has(each.dataset.key)) each.open = true;
  const at = document.getElementById(focus);
  if (!at) return;
  const box = at.matches("li") ? at.querySelector("select, input:not([type=hidden]), textarea, summary") : at;
  box?.focus();
}

async function read() {
  const found = await asked("look").catch(() => null);
  if (found) put(found, "rule-english");
}

async function press(deed, focus, fall) {
  clearTimeout(waiting);
  const found = await asked(deed).catch(() => undefined);
  if (found) redraw(found, focus);
  else if (found === undefined) fall();
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("[data-redraw]")) return;
  clearTimeout(waiting);
  waiting = setTimeout(read, WAIT);
});

form?.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("[data-redraw]")) press("look", target.id, () => form.requestSubmit());
});

form?.addEventListener("submit", (event) => {
  const { submitter } = event;
  const deed = submitter?.value ?? "look";
  if (!deed.includes(":")) return;
  event.preventDefault();
  const focus = new URL(submitter.formAction).hash.slice(1) || "r";
  press(deed, focus, () => HTMLFormElement.prototype.submit.call(form));
});
