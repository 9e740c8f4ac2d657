// Handing the link on: the phone's own "share", or a copy. The address is that of the link on the page.

import { element } from "./shelf.mjs";

export function offerSharing(page) {
  const box = page.querySelector("[data-share]");
  if (!box) return;
  const { href } = page.querySelector(".app-address a");
  const says = (words) => page.querySelector(".app-list-says").replaceChildren(words);
  const offer = (words, act, done) => {
    const made = element("button", { type: "button", className: "govuk-button" }, words);
    made.addEventListener("click", () =>
      act().then(() => says(done), (fault) => says(fault.name === "AbortError" ? "" : box.dataset.failed)));
    box.prepend(made);
  };
  if (navigator.clipboard) offer(box.dataset.copy, () => navigator.clipboard.writeText(href), box.dataset.copied);
  if (navigator.share) offer(box.dataset.share, () => navigator.share({ title: box.dataset.title, url: href }), "");
}
