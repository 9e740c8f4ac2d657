// The shortlist. This phone's localStorage holds the slugs of things to get, and nothing else; the server
// never has the list, but shows the one that an address names. Where a browser keeps nothing, the list
// lasts as long as the page, and its address holds it.

import { fillList } from "./page.mjs";
import { offerSharing } from "./share.mjs";
import { keepable } from "./keepable.mjs";

if (globalThis.document) {
  keepable(document);
  fillList(document);
  offerSharing(document);
}
