// Shows the saved page when our computer cannot be reached. It is registered only after "Save for no signal",
// and saves nothing by itself. Served at /sw.js, as a plain script: it imports nothing.

const SAVED = "saved";
const PAGE = "/saved-list";
const PATIENCE = 4000; // milliseconds a page may take
const QUIET = 60000; // after one time-out, milliseconds in which saved pages come at once
const FAILED = [502, 503, 504]; // what stands before our computer says that it does not answer
const NOT_OURS = /^\/(api|openreferral|open-data|assets|pack|staff|visit|join|sw\.js)(\/|$)/;

let quietUntil = 0;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", ({ data }) => {
  if (data === "try again") quietUntil = 0;
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate" && !NOT_OURS.test(pathname)) event.respondWith(pageFor(request));
  else if (request.method === "GET" && pathname.startsWith("/assets/")) event.respondWith(assetFor(request));
});

async function pageFor(request) {
  const saved = await caches.match(PAGE, { cacheName: SAVED });
  if (!saved) return fetch(request);
  if (Date.now() < quietUntil) return instead(request, saved);
  try {
    const reply = await inTime(fetch(request));
    return FAILED.includes(reply.status) ? instead(request, saved) : reply;
  } catch {
    return instead(request, saved);
  }
}

/** The reply, or a rejection once patience is over. */
function inTime(reply) {
  return new Promise((resolve, reject) => {
    const over = () => {
      quietUntil = Date.now() + QUIET;
      reject(new Error("too slow"));
    };
    const timer = setTimeout(over, PATIENCE);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What somebody sent stays in their tab; the saved page finds it there. */
function instead(request, saved) {
  return request.method === "POST" ? Response.redirect(`${PAGE}#sent`, 303) : saved;
}

async function assetFor(request) {
  return (await caches.match(request, { cacheName: SAVED })) ?? fetch(request);
}
