// A visit, live: the room comes anew with each change on either side, and deeds are sent without leaving the
// page. Whoever is typing keeps what they typed, where they are and what they opened.

const PAUSE = 2000; // milliseconds between two tries without signal
const AWAY = [502, 503, 504]; // the service or its database cannot answer now
const BUSY = 20_000; // between two looks where too many people have a visit open
const room = document.querySelector("[data-visit]");
const status = document.querySelector(".app-visit-status");
const heard = document.querySelector("[data-heard]"); // what a screen reader says of the other's answer
const say = (words) => { if (status) status.textContent = words ?? ""; };

/** What the reader did to the page and must not lose: fields, open parts, focus. */
function held() {
  const fields = new Map();
  for (const field of room.querySelectorAll("input:not([type=hidden]), select")) {
    const touched = field.type === "radio" ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT" ? ![...field.options].every((each) => each.selected === each.defaultSelected)
        : field.value !== field.defaultValue;
    if (touched) fields.set(field.id, field.type === "radio" ? field.checked : field.value);
  }
  const open = [...room.querySelectorAll("details[id][open]")].map((each) => each.id);
  const at = room.contains(document.activeElement) ? document.activeElement : null;
  return { fields, open, focus: at && { id: at.id, like: likeness(at) } };
}

/** What makes a button or a link the same one in the room as it comes anew. */
function likeness(element) {
  return [element.tagName, element.textContent, element.form?.action, element.href].join("|");
}

/** Back to where the reader was; where that is gone, to the question, which is what comes next. */
function focusOn({ id, like }) {
  const same = (id && document.getElementById(id))
    || [...room.querySelectorAll("button, a, summary")].find((each) => likeness(each) === like);
  (same ?? room.querySelector("#asked, #yes"))?.focus({ preventScroll: Boolean(same) });
}

function restore({ fields, open, focus }) {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of fields) {
    const field = document.getElementById(id);
    if (field?.type === "radio") field.checked = value;
    else if (field) field.value = value;
  }
  if (focus) focusOn(focus);
}

function show(html) {
  const before = held();
  const pointed = room.querySelector(".app-shown")?.id;
  const latest = latestSaid();
  room.innerHTML = html;
  restore(before);
  if (latestSaid() !== latest) heard.textContent = latestSaid();
  const now = room.querySelector(".app-shown");
  if (now && now.id !== pointed) now.scrollIntoView({ block: "center" });
}

/** The newest answer and whose it is, as one line. */
const latestSaid = () => room.querySelector(".app-latest, .app-crossed")?.textContent.trim() ?? "";

/** A stream of events is not compressed on its way: the room comes packed where this browser can unpack it. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

function listen() {
  const packed = "DecompressionStream" in globalThis;
  const news = new EventSource(`${room.dataset.visit}/live${packed ? "?packed" : ""}`);
  let shown = Promise.resolve(); // one after the other, in the order they came
  const end = (words) => { news.close(); say(words); };
  news.addEventListener("room", ({ data }) => {
    shown = shown.then(async () => {
      const html = JSON.parse(data);
      show(packed ? await unpacked(html) : html);
      say("");
    });
  });
  news.addEventListener("open", () => say("")); // what stands here already is not sent again
  news.addEventListener("busy", () => { news.close(); say(room.dataset.busy); setTimeout(listen, BUSY); });
  news.addEventListener("decided", () => location.reload());
  news.addEventListener("over", () => {
    end(room.dataset.over);
    if (!leaving) location.reload(); // who ends it gets a page of its own
  });
  news.addEventListener("elsewhere", () => end(room.dataset.elsewhere));
  news.addEventListener("error", () => {
    say(room.dataset.lost);
    if (news.readyState === EventSource.CLOSED) comeBack(); // over, or a browser that asks no more
  });
}

/** The room anew as soon as it can be had: never an error page in place of what stands here. */
async function comeBack() {
  for (;;) {
    await pause();
    const reply = await fetch(room.dataset.visit, { cache: "no-store" }).catch(() => null);
    if (!reply || reply.status >= 500) continue;
    const part = partOf(await reply.text());
    if (!part || !room.id) return location.reload(); // over, or a door
    show(part.innerHTML);
    return listen();
  }
}

const partOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("#room");

const pause = () => new Promise((again) => { setTimeout(again, PAUSE); });

/** Sends a deed. Refused: the room comes back with what is wrong. No signal or no answer: it is tried again. */
async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  for (;;) {
    try {
      const reply = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (reply.type === "opaqueredirect") return say("");
      if (AWAY.includes(reply.status)) throw new Error();
      const part = partOf(await reply.text());
      if (!part) return location.reload();
      show(part.innerHTML);
      room.querySelector(".govuk-error-summary, .app-alert")?.focus();
      return undefined;
    } catch {
      say(room.dataset.lost);
      await pause();
    }
  }
}

const ALONE = ["leave", "wipe"]; // these lead away
let leaving = false;

room?.addEventListener("submit", (event) => {
  const form = event.target;
  const [, deed] = form.action.split(`${room.dataset.visit}/`);
  leaving = ALONE.includes(deed);
  if (!deed || leaving) return;
  event.preventDefault();
  send(form, event.submitter);
});
if (room) listen();
