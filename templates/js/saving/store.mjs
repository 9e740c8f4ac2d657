// Saves the list for no signal, tells what is saved, and takes it all away again. Everything lies in one
// cache of the browser: the page, its style and scripts, and the list. Nothing about a person is in it.

const SAVED = "saved";
const PACK = "/pack/saved";
const PAGE = "/saved-list"; // its name in the cache; it may be that page in another language
const WORKER = "/sw.js";
const AT = "Saved-At";
const EDITION = "Saved-Edition";
const TAB = ["answers", "aside", "sent"];
const ASSET = /\/assets\/[\w.-]+/g;
const IMPORT = /from "\.\/([\w.-]+)"/g;

/** Why nothing could be saved: "refused", "full" or "lost". */
class Failed extends Error {}

/** `{at, edition, pack}` of what is saved, `at` a Date and `pack` a function that reads it; null for nothing. */
export async function savedList() {
  try {
    const reply = await caches.match(PACK, { cacheName: SAVED });
    if (!reply) return null;
    return { at: new Date(reply.headers.get(AT)), edition: reply.headers.get(EDITION), pack: () => reply.clone().json() };
  } catch {
    return null;
  }
}

/** Saves; `tell(done, all)` hears of bytes on the way. Throws Failed, and leaves what was saved before as it was. */
export async function save({ page, edition, codes, tell }) {
  if (!globalThis.caches || !navigator.serviceWorker) throw new Failed("refused");
  const found = await fetchAll(page, codes, tell);
  try {
    await navigator.serviceWorker.register(WORKER);
    const kept = await caches.open(SAVED);
    const at = new Date().toISOString();
    const old = new Set((await kept.keys()).map(({ url }) => new URL(url).pathname));
    for (const [name, { body, type, policy }] of found) {
      const headers = { "Content-Type": type, [AT]: at, [EDITION]: edition, "Content-Security-Policy": policy };
      await kept.put(name, new Response(body, { headers }));
      old.delete(name);
    }
    for (const name of old) await kept.delete(name);
  } catch (error) {
    if (!(await savedList())) await remove();
    throw new Failed(error?.name === "QuotaExceededError" ? "full" : "refused");
  }
}

/** Everything by its name in the cache. The list is most of it, so it alone is counted as it comes. */
async function fetchAll(page, codes, tell) {
  const found = new Map();
  const progress = { done: 0, all: 0, tell };
  try {
    const [shell, list] = await Promise.all([replyOf(page, "reload"), replyOf(`${PACK}?${new URLSearchParams(codes)}`, "no-cache")]);
    progress.all = lengthOf(shell) + lengthOf(list);
    const html = await take(found, PAGE, shell, progress);
    const wanted = new Set(html.match(ASSET));
    await Promise.all([take(found, PACK, list, progress), ...[...wanted].map((name) => takeAsset(found, name, progress))]);
  } catch {
    throw new Failed("lost");
  }
  return found;
}

async function takeAsset(found, name, progress) {
  if (found.has(name)) return;
  found.set(name, null);
  const reply = await replyOf(name, "default");
  progress.all += lengthOf(reply);
  const text = await take(found, name, reply, progress);
  if (!name.endsWith(".mjs")) return;
  const needed = [...text.matchAll(IMPORT)].map(([, file]) => `/assets/${file}`);
  await Promise.all(needed.map((each) => takeAsset(found, each, progress)));
}

async function replyOf(address, cache) {
  const reply = await fetch(address, { cache });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply;
}

function lengthOf(reply) {
  return Number(reply.headers.get("Content-Length"));
}

async function take(found, name, reply, progress) {
  const whole = Number(reply.headers.get("Whole-Length"));
  const part = whole ? lengthOf(reply) / whole : 0;
  const before = progress.done;
  const [reader, decoder] = [reply.body.getReader(), new TextDecoder()];
  let body = "";
  let read = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    body += decoder.decode(piece.value, { stream: true });
    read += piece.value.length;
    if (part) progress.tell(progress.done + read * part, progress.all);
  }
  progress.done = Math.max(before, progress.done) + lengthOf(reply);
  progress.tell(progress.done, progress.all);
  const { headers } = reply;
  found.set(name, { body, type: headers.get("Content-Type"), policy: headers.get("Content-Security-Policy") });
  return body;
}

/** Takes away the list, the page, the worker, and the answers: this tab's, and those remembered on purpose. */
export async function remove() {
  try {
    TAB.forEach((key) => sessionStorage.removeItem(key));
    localStorage.removeItem("remembered"); // of ../remember
    sessionStorage.setItem("wiped", Date.now() - Number(sessionStorage.getItem("clock"))); // as ../keep does
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
  try {
    await caches.delete(SAVED);
    const worker = await navigator.serviceWorker?.getRegistration("/");
    await worker?.unregister();
  } catch {
    // the same
  }
}
