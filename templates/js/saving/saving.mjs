// What is saved for no signal: the store itself, and the buttons of a page. The folder is one file when built.

import { offer, timeWords, words } from "./button.mjs";
import { savedList } from "./store.mjs";

export { savedList, timeWords, words };

if (globalThis.document) document.querySelectorAll("[data-save]").forEach(offer);
