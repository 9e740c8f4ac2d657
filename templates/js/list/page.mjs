// The list's own page: filled from this phone; a list that came with a link can be kept here too.
// A link "Move up" or "Take off" leads to the list it makes. On this phone's own list that address is
// not opened but kept, and the page that the server makes of it is shown in place.

import { element, keepList, keeps, list, thingsIn } from "./shelf.mjs";

const same = (one, other) => one.length === other.length && one.every((slug) => other.includes(slug));

export function fillList(page) {
  const box = page.querySelector("[data-things]");
  if (!box) return;
  const named = thingsIn(box.dataset.things);
  if (!named.length && list().length) show(list());
  else if (named.length && same(named, list())) mine(box);
  else if (named.length) shared(box, named);
}

const says = (box, ...words) => box.querySelector(".app-list-says").replaceChildren(...words);
const by = () => new URLSearchParams(location.search).get("by");

function address(slugs) {
  const query = new URLSearchParams([...(slugs.length ? [["things", slugs.join(",")]] : []), ...(by() ? [["by", by()]] : [])]);
  return query.size ? `${location.pathname}?${query}`.replaceAll("%2C", ",") : location.pathname;
}

/** The server's page of this list, in place of what is shown; without the server, at least its names. */
async function show(slugs, ...words) {
  const box = document.querySelector("[data-things]"); // as it stands now: each change replaces it
  try {
    const reply = await fetch(address(slugs));
    if (!reply.ok) throw new Error(reply.status);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = document.adoptNode(page.querySelector("[data-things]"));
    box.replaceWith(fresh);
    history.replaceState(null, "", address([])); // this phone's own list stands in no address
    if (slugs.length) mine(fresh, ...words);
    else says(fresh, ...words);
  } catch {
    says(box, box.dataset.gone, element("ul", {}, ...slugs.map((slug) => element("li", {}, named(slug)))));
  }
}

/** "setting-up-home-allowance" as words, linked: a saved copy of its page may be there. */
function named(key) {
  const [slug, place] = key.split(".").reverse();
  const words = slug.replaceAll("-", " ");
  const path = `${place ? "services" : "entitlements"}/${slug}`;
  return element("a", { href: location.pathname.replace(/my-list$/, path) }, words[0].toUpperCase() + words.slice(1));
}

/** This phone's own list: changed in place, each change undone by one press. */
function mine(box, ...words) {
  says(box, ...words, ...(words.length ? [" "] : []), box.dataset.mine);
  const change = (slugs) => {
    const before = list();
    keepList(slugs);
    const undo = press("app-link", box.dataset.undo, () => change(before));
    show(slugs, box.dataset.changed, " ", undo).then(() => undo.focus());
  };
  for (const link of box.querySelectorAll("[data-list]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      change(thingsIn(new URL(link.href).searchParams.get("things")));
    });
  }
  box.querySelector("ol")?.after(press("app-link app-no-print", box.dataset.clear, () => change([])));
}

function shared(box, slugs) {
  if (!keeps()) return says(box, box.dataset.none);
  const add = press("app-link", box.dataset.add, () => {
    keepList([...list(), ...slugs]);
    show(list(), box.dataset.changed);
  });
  return says(box, box.dataset.shared, " ", add);
}

function press(className, words, done) {
  const made = element("button", { type: "button", className }, words);
  made.addEventListener("click", done);
  return made;
}
