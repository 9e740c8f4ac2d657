// The form of an entry, with the public page beside it as it is typed. What is typed is sent to make that
// page and kept nowhere; without this script the button "Preview" does the same.

const PAUSE = 700; // milliseconds without a key before the page is made again
const WIDE = "(min-width: 60rem)"; // there is room for it beside the form: templates/css/editing.css

const form = document.querySelector("[data-editing]");
const look = document.querySelector("#preview");
const frame = look.querySelector("iframe");
const said = look.querySelector("[data-said]");

let timer = 0;
let asked = 0;

function fields() {
  const typed = new FormData(form);
  typed.set("act", "look");
  return new URLSearchParams(typed);
}

/** Puts a page into the frame, and leaves it where somebody had scrolled to. */
function show(html) {
  const at = frame.contentWindow?.scrollY ?? 0;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, at), { once: true });
  frame.srcdoc = html;
  frame.hidden = false;
}

async function refresh() {
  const mine = ++asked;
  try {
    const reply = await fetch(form.action, { method: "POST", body: fields() });
    if (mine !== asked) return; // a newer one is on its way
    if (!reply.ok) throw new Error(String(reply.status));
    show(await reply.text());
    said.textContent = "";
  } catch {
    said.textContent = said.dataset.fault;
  }
}

function soon() {
  clearTimeout(timer);
  if (!look.hidden) timer = setTimeout(refresh, PAUSE);
}

form.addEventListener("input", soon);
form.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "preview") return; // nothing is lost: the form is sent whole
  event.preventDefault();
  look.hidden = false;
  refresh();
  if (!matchMedia(WIDE).matches) look.scrollIntoView();
});

if (matchMedia(WIDE).matches) {
  look.hidden = false;
  if (!frame.srcdoc) refresh();
}
