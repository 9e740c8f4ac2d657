// "Listen": the phone's own voice reads the page. The button is there only where a voice for each language
// of the words is; nothing is sent anywhere by us. It stops when the page is left.

const READ = "h1, h2, h3, p, li, dt, dd";
const NOT_READ = "form, details, aside, [hidden], .app-copy__line";

/** The words of a page piece by piece, in order, each with the language it is written in. */
export function piecesOf(root) {
  const blocks = [...root.querySelectorAll(READ)].filter(
    (node) => !node.closest(NOT_READ) && !node.parentElement.closest("p, li, dt, dd"),
  );
  return blocks
    .map((node) => ({ text: node.innerText.trim(), lang: langOf(node) }))
    .filter(({ text }) => text);
}

/** The language of the words: that of the first thing inside that names one, else of what is around. */
function langOf(node) {
  return (node.querySelector("[lang]") ?? node.closest("[lang]"))?.lang || "en";
}

const primary = (lang) => lang.replace("_", "-").split("-")[0].toLowerCase();

/** The voice for a language: one that lives on the phone before one that needs the network. */
export function voiceFor(voices, lang) {
  const fit = voices.filter((voice) => primary(voice.lang) === primary(lang));
  return fit.find((voice) => voice.localService) ?? fit[0];
}

function offer(root, speech) {
  const pieces = piecesOf(root);
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "app-link app-listen", textContent: root.dataset.listen });
  let speaking = false;
  const say = (now) => {
    speaking = now;
    button.textContent = now ? root.dataset.stop : root.dataset.listen;
  };
  const stop = () => {
    say(false);
    speech.cancel();
  };
  const start = () => {
    speech.cancel();
    pieces.forEach(({ text, lang }, n) => {
      const words = new SpeechSynthesisUtterance(text);
      Object.assign(words, { lang, voice: voiceFor(speech.getVoices(), lang) });
      if (n === pieces.length - 1) words.onend = () => say(false);
      speech.speak(words);
    });
    say(true);
  };
  button.addEventListener("click", () => (speaking ? stop() : start()));
  addEventListener("pagehide", stop);
  const place = () => {
    const fits = pieces.every(({ lang }) => voiceFor(speech.getVoices(), lang));
    if (fits && speech.getVoices().length) root.querySelector("h1").after(button);
    else button.remove();
  };
  speech.addEventListener?.("voiceschanged", place);
  place();
}

if (globalThis.document && globalThis.speechSynthesis) {
  document.querySelectorAll("[data-listen]").forEach((root) => offer(root, speechSynthesis));
}
