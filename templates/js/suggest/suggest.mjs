// Suggestions while typing: a combobox over the names of everything published. The names come once, when
// the first letter is typed; what somebody types stays on the phone until they press Search.
// WAI-ARIA's "editable combobox with list autocomplete": nothing is chosen by itself.

const MOST = 7;
const OWN = 0.75; // more than where words stand, less than whole ones

/** Lower case, without accents and apostrophes; any other sign parts words. */
function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** How well a name answers what is typed, best 0; undefined where none of its words begins with it. */
function fit(name, typed) {
  const at = ` ${name} `.indexOf(` ${typed}`);
  if (at < 0) return undefined;
  const whole = ` ${name} `.includes(` ${typed} `); // "uni" is a word of "uni money", not of "Universal Credit"
  return (whole ? 0 : 2) + (at > 0 ? 0.5 : 0);
}

/**
 * The best few of [title, address, mark, ...other names]: whole words, titles, what is everybody's, short ones.
 * After a name that is empty come the councils' own.
 */
export function best(names, text) {
  const typed = plain(text);
  if (!typed) return [];
  const found = [];
  let own = 0;
  for (const [title, address, mark, ...others] of names) {
    if (!title) own = OWN;
    const fits = [title, ...others]
      .map((name, at) => ({ rank: fit(plain(name), typed), other: at ? name : "" }))
      .filter(({ rank }) => rank !== undefined)
      .map(({ rank, other }) => ({ rank: rank + (other ? 1 : 0), other }));
    if (fits.length) found.push({ title, address, mark, own, ...fits.reduce((a, b) => (b.rank < a.rank ? b : a)) });
  }
  return found.sort((a, b) => a.rank + a.own - b.rank - b.own || a.title.length - b.title.length).slice(0, MOST);
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function suggest(input) {
  const list = element("ul", { id: "suggestions", role: "listbox", "aria-label": input.dataset.suggestions, hidden: "" });
  const status = element("div", { role: "status", class: "govuk-visually-hidden" });
  let names = null;
  let active = -1;

  const options = () => [...list.children];
  const mark = (at) => {
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    active = at;
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options()[at].id);
      options()[at].scrollIntoView({ block: "nearest" });
    }
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const open = (found) => {
    list.replaceChildren(...found.map((each, at) => {
      const small = element("small", {}, each.other ? `${each.mark} · ${each.other}` : each.mark);
      return element("li", { id: `suggestion-${at}`, role: "option", "data-href": each.address }, each.title, " ", small);
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
  };
  const show = async () => {
    names ??= fetch(input.dataset.suggest).then((reply) => (reply.ok ? reply.json() : [])).catch(() => []);
    const found = best(await names, input.value);
    if (document.activeElement !== input) return;
    open(found);
    status.textContent = found.length ? input.dataset.count.replace("{num}", found.length) : "";
  };
  const go = (option) => location.assign(option.dataset.href);

  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : options().length;
    if (event.key === "Escape" && count) close();
    else if (event.key === "ArrowDown" && count) mark(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp" && count) mark(active < 0 ? count - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) go(options()[active]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });

  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "suggestions"], ["autocomplete", "off"]]) {
    input.setAttribute(name, value);
  }
  const around = element("div", { class: "app-suggest" });
  input.replaceWith(around);
  around.append(input, list, status);
}

const field = globalThis.document?.querySelector("input[data-suggest]");
if (field && !navigator.connection?.saveData) suggest(field);
