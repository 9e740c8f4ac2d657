// A "Keep" beside each thing that can be kept: rows of things to get and of places, and the own page of each.

import { element, isFull, keepList, keeps, list } from "./shelf.mjs";

const ENTRY = /\/entitlements\/([a-z0-9-]+)$/;
const PLACE = /\/services\/([a-z0-9-]+)$/;
const LINKS = ".app-items h3 > a, .app-items h4 > a, .app-row__title > a";

/** What the list calls the thing behind a link: a slug, with "service." before that of a place or team. */
function keyOf(href) {
  const place = href.match(PLACE)?.[1];
  return place ? `service.${place}` : href.match(ENTRY)?.[1];
}

/** [key, the element with its title, where the button goes]. */
function thingsOn(page) {
  const rows = [...page.querySelectorAll(LINKS)]
    .map((link) => [keyOf(link.getAttribute("href")), link, link.closest("li")])
    .filter(([key]) => key);
  const own = page.querySelector("[data-slug]");
  return own ? [[own.dataset.slug, page.querySelector("h1"), under(own)], ...rows] : rows;
}

/** The title for ears alone, in its own language: on an Arabic page it may be English. */
function hidden(title) {
  const { lang } = (title.querySelector("[lang]") ?? title).closest("[lang]");
  return element("span", { className: "govuk-visually-hidden", lang }, `: ${title.textContent.trim()}`);
}

/** A line of a thing's own page, below what it is in short. */
function under(entry) {
  const line = element("p", { className: "app-no-print" });
  (entry.querySelector(".app-glance, .app-lead") ?? entry.querySelector("h1")).after(line);
  return line;
}

export function keepable(page) {
  const words = page.querySelector("template#keep");
  if (!words) return;
  const show = thingsOn(page).map((thing) => button(words, ...thing));
  const all = () => show.forEach((each) => each());
  addEventListener("storage", all); // another tab changed the list
  addEventListener("pageshow", all); // Back, after it was changed on the list's own page
}

function button(words, key, title, place) {
  const press = element("button", { type: "button" });
  const after = element("span", {});
  after.setAttribute("role", "status");
  const show = () => {
    const kept = list().includes(key);
    press.className = kept ? "app-keep app-keep--kept" : "app-keep";
    const off = element("span", { className: "govuk-visually-hidden" }, `. ${words.dataset.off}`);
    press.replaceChildren(kept ? `✓ ${words.dataset.kept}` : `+ ${words.dataset.keep}`, hidden(title), ...(kept ? [off] : []));
    if (!kept) after.replaceChildren();
  };
  press.addEventListener("click", () => {
    const kept = list();
    if (!kept.includes(key) && isFull()) return after.replaceChildren(words.dataset.full);
    const now = kept.includes(key) ? kept.filter((each) => each !== key) : [...kept, key];
    const held = keepList(now);
    show();
    if (now.includes(key)) after.replaceChildren(...(held ? [see(words)] : [words.dataset.none, " ", see(words, now)]));
  });
  show();
  place.append(press, after);
  return show;
}

/** The way to the list; where nothing is kept, its address holds the list. */
function see(words, slugs) {
  const link = words.content.firstElementChild.cloneNode(true);
  if (slugs && !keeps()) link.href = `${link.getAttribute("href")}?things=${slugs.join(",")}`;
  link.append(` (${(slugs ?? list()).length})`);
  return link;
}
