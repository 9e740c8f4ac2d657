// "Use where I am now": asks the phone only when pressed, rounds what it says to about 100 metres, and
// posts it. Nothing is written into the page, an address or the browser's storage. The words it says
// stand in the page, in the language of the page.
// data-locate="send": sends the form it stands in with the point, for distances.
// data-locate="name": asks only for the district's name, and the form carries that district's code.

const DECIMALS = 3;
const PATIENCE = 15000; // milliseconds for the phone to answer
const ROUGH = 2000; // metres: a worse fix may be another district's

function offer(part) {
  const [button, status] = [part.querySelector("button"), part.querySelector("[role=status]")];
  const words = (name) => [...part.querySelector("template").content.querySelector(`[data-say="${name}"]`).childNodes];
  const say = (nodes) => status.replaceChildren(...nodes.map((node) => node.cloneNode(true)));
  const done = (nodes) => { button.removeAttribute("aria-disabled"); say(nodes); };
  button.addEventListener("click", () => {
    if (button.hasAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true"); // keeps its focus, unlike "disabled"
    say(words("asking"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (coords.accuracy > ROUGH) done(words("rough"));
        else if (part.dataset.locate === "name") settle(button.form, rounded(coords), words, say).then(done);
        else send(button.form, rounded(coords), done);
      },
      (fault) => done(words([1, 2, 3].includes(fault.code) ? fault.code : 2)),
      { enableHighAccuracy: false, timeout: PATIENCE, maximumAge: 60000 },
    );
  });
  part.hidden = false;
}

function rounded({ latitude, longitude }) {
  return { lat: Number(latitude.toFixed(DECIMALS)), lon: Number(longitude.toFixed(DECIMALS)) };
}

/** The point goes into what is sent, never into the page, so that Back does not find it. */
function send(form, { lat, lon }, done) {
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("lat", lat);
    formData.set("lon", lon);
  }, { once: true });
  form.requestSubmit();
  done([]);
}

/** What to say; a district that is settled goes into the form as its code, and the typed place makes way. */
async function settle(form, point, words, say) {
  say(words("looking"));
  const answer = await ask(point);
  if (answer === null) return words("lost");
  if (answer.precision !== "exact") return [inEnglish(answer.note)];
  form.elements.place.value = "";
  const [{ district }] = answer.matches;
  let field = form.elements.lives_in;
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "lives_in" });
    form.append(field);
  }
  field.value = district.gss;
  return words("found").map((node) => named(node.cloneNode(true), district.name));
}

/** The name of the district in its place of the sentence, which may be a part of its own in English. */
function named(node, name) {
  if (node.nodeType === Node.TEXT_NODE) node.data = node.data.replace("{district}", name);
  else node.childNodes.forEach((part) => named(part, name));
  return node;
}

/** What the server said of a place comes in English. */
function inEnglish(text) {
  return Object.assign(document.createElement("span"), { lang: "en", textContent: text });
}

async function ask(point) {
  try {
    const reply = await fetch("/api/v1/places", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(point),
    });
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

if (navigator.geolocation && window.isSecureContext) document.querySelectorAll("[data-locate]").forEach(offer);
