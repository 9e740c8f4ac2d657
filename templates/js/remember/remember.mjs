// Answers remembered on purpose: this browser's localStorage holds the fields of the form, with the district
// in place of whatever place was typed, until somebody removes them. No other tab's answers come here by
// themselves, and an address never carries them. "Start again" and "Leave this page" remove them too.

const KEY = "remembered";
const OF_THE_PAGE = ["seen", "law", "edit", "next", "place", "look", "lives_in"]; // no answers, or a postcode

/** The fields as [name, text]; null where none are remembered, or a browser keeps nothing. */
function remembered() {
  try {
    const pairs = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(pairs) ? pairs.filter((pair) => pair?.length === 2 && pair.every((text) => typeof text === "string")) : null;
  } catch {
    return null;
  }
}

/** False where the browser refuses. */
function remember(pairs) {
  try {
    localStorage.setItem(KEY, JSON.stringify(pairs));
    return true;
  } catch {
    return false;
  }
}

function remove() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // a browser that keeps nothing has nothing to remove
  }
}

/** What the form says as it came from the server: what is being typed is no answer yet. */
function answersOf(form) {
  const saved = document.createElement("form");
  saved.innerHTML = form.innerHTML; // fields with their first values
  const pairs = [...new FormData(saved)].filter(([name, text]) => text && !OF_THE_PAGE.includes(name));
  const { lives_in: district } = JSON.parse(form.dataset.facts || "{}");
  return district ? [...pairs, ["lives_in", district]] : pairs;
}

/** On its own page: remember these, or remove what is remembered. */
function offerToRemember(part, form) {
  const button = (deed) => part.querySelector(`[data-do=${deed}]`);
  const status = part.querySelector("[role=status]");
  const mine = answersOf(form);
  const show = (said) => {
    const kept = remembered();
    const same = kept && JSON.stringify(kept) === JSON.stringify(mine);
    button("remember").hidden = Boolean(same);
    button("remove").hidden = !kept;
    status.textContent = said ?? (same ? status.dataset.kept : kept ? status.dataset.older : "");
  };
  button("remember").addEventListener("click", () => {
    show(remember(mine) ? undefined : status.dataset.refused);
    button("remove").focus();
  });
  button("remove").addEventListener("click", () => {
    remove();
    show(status.dataset.gone);
    button("remember").focus();
  });
  addEventListener("storage", () => show());
  addEventListener("pageshow", () => show());
  part.hidden = false;
  document.querySelector("[data-before]").remove();
}

/** On the first page: go on with what is remembered, or remove it. */
function offerToGoOn(words) {
  const form = Object.assign(document.createElement("form"), { className: "app-inset", method: "post" });
  form.action = document.querySelector("#answers").action;
  form.append(words.content.cloneNode(true));
  const status = form.querySelector("[data-removed]");
  const fill = () => {
    const kept = remembered();
    form.querySelectorAll("button").forEach((button) => { button.hidden = !kept; });
    form.querySelectorAll("input").forEach((field) => field.remove());
    for (const [name, value] of kept ?? []) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    if (kept) return;
    form.querySelector("p").hidden = true;
    status.textContent = status.dataset.removed;
  };
  form.querySelector("[data-do=remove]").addEventListener("click", () => {
    remove();
    fill();
  });
  addEventListener("storage", fill);
  addEventListener("pageshow", fill);
  words.before(form);
  fill();
}

if (globalThis.document) {
  const choice = document.querySelector("[data-remember]");
  const answers = document.querySelector("#answers[data-facts]");
  if (choice && answers) offerToRemember(choice, answers);
  const again = document.querySelector("template[data-remembered]");
  if (again && remembered()) offerToGoOn(again);
}
