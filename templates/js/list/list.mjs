// The shortlist. This phone's localStorage holds the names of things to get and of places, and nothing else; the server
// never has the list, but shows the one that an address names. Where a browser keeps nothing, the list
// lasts as long as the page, and its address holds it.

import { fillList } from "./page.mjs";
import { offerSharing } from "./share.mjs";
import { keepable } from "./keepable.mjs";
import { list, thingsIn } from "./shelf.mjs";

export { thingsIn };

/** What this phone's own list holds. */
export function keptHere() {
  return list();
}

if (globalThis.document) {
  keepable(document);
  fillList(document);
  offerSharing(document);
}
