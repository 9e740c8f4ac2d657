// "Use where I am now": asks the phone only when pressed, rounds what it says to about 100 metres, and
// posts it. Nothing is written into the page, an address or the browser's storage.
// data-locate="send": sends the form it stands in with the point, for distances.
// data-locate="name": asks only for the district's name, and the form carries that district's code.

const DECIMALS = 3;
const PATIENCE = 15000; // milliseconds for the phone to answer
const ROUGH = 2000; // metres: a worse fix may be another district's
const TYPE = "Type a postcode or a town instead.";
const ASKING = "Asking your phone …";
const LOOKING = "Looking up your council …";
const NO_REPLY = `We could not look that up. ${TYPE}`;
const TOO_ROUGH = `Your phone only knows roughly where you are. ${TYPE}`;
const FAILURES = {
  1: `Your phone did not let us see where you are. That is fine. ${TYPE}`,
  2: `Your phone could not find where you are. ${TYPE}`,
  3: `Your phone took too long to find where you are. Try again, or type a postcode or a town.`,
};

function offer(part) {
  const [button, status] = [part.querySelector("button"), part.querySelector("[role=status]")];
  const say = (words) => { status.textContent = words; };
  const done = (words) => { button.removeAttribute("aria-disabled"); say(words); };
  button.addEventListener("click", () => {
    if (button.hasAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true"); // keeps its focus, unlike "disabled"
    say(ASKING);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (coords.accuracy > ROUGH) done(TOO_ROUGH);
        else if (part.dataset.locate === "name") settle(button.form, rounded(coords), say).then(done);
        else send(button.form, rounded(coords), done);
      },
      (fault) => done(FAILURES[fault.code] ?? FAILURES[2]),
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
  done("");
}

/** What to say; a district that is settled goes into the form as its code, and the typed place makes way. */
async function settle(form, point, say) {
  say(LOOKING);
  const answer = await ask(point);
  if (answer === null) return NO_REPLY;
  if (answer.precision !== "exact") return answer.note;
  form.elements.place.value = "";
  const [{ district }] = answer.matches;
  let field = form.elements.lives_in;
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: "lives_in" });
    form.append(field);
  }
  field.value = district.gss;
  return `You are in ${district.name}. We will use that, unless you type another place.`;
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
