// Joining a visit with a key of this phone's own. The pair is made here; its private half stays in this tab and
// goes in no request. Its public half goes with the knock, the visit's key comes back sealed to it, and what
// was opened here is sent once, for the cookie. A browser that keeps nothing joins as one without script does.

import { nacl } from "../nacl/nacl.mjs";
import { boxed, toBytes, toText } from "./box.mjs";

const KEPT = "visit"; // in this tab's storage: the private half
const PAUSE = 2000; // milliseconds between two tries without signal
const AWAY = [502, 503, 504]; // the service or its database cannot answer now

/** This tab's pair, one for all that it knocks at; null where the browser keeps nothing. */
function pair() {
  try {
    const kept = sessionStorage.getItem(KEPT);
    if (kept) return nacl.box.keyPair.fromSecretKey(toBytes(kept));
    const made = nacl.box.keyPair();
    sessionStorage.setItem(KEPT, toText(made.secretKey));
    return made;
  } catch {
    return null;
  }
}

/** The public half goes along with a knock. */
function addKey({ currentTarget: form }) {
  const made = pair();
  if (!made) return;
  form.querySelector("[name=key]")?.remove();
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "key", value: toText(made.publicKey) });
  form.append(field);
}

/** The key of the visit as text; null where this tab cannot open it. */
function opened(handed) {
  try {
    const secret = toBytes(sessionStorage.getItem(KEPT));
    const { box, nonce, sender } = boxed(handed);
    return toText(nacl.box.open(box, nonce, sender, secret));
  } catch {
    return null;
  }
}

async function comeIn({ dataset: { handed, at } }) {
  const key = handed && opened(handed);
  if (!key) return document.querySelector("[data-opening]")?.remove(); // the button stands there
  const status = await sent(`${at}/enter`, new URLSearchParams({ key }));
  if (status === 403) return document.querySelector("[data-opening]")?.remove();
  sessionStorage.removeItem(KEPT);
  return location.replace(at);
}

/** Sends until somebody answers: it may be sent twice. The status; 0 for a way on. */
async function sent(address, body) {
  for (;;) {
    const reply = await fetch(address, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (reply && !AWAY.includes(reply.status)) return reply.status;
    await new Promise((again) => { setTimeout(again, PAUSE); });
  }
}

document.querySelector("form[data-knock]")?.addEventListener("submit", addKey);
const page = document.querySelector("[data-handed]");
if (page) comeIn(page);
