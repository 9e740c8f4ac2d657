// A button under each message that copies it. Where the browser does not let us, it marks the words instead,
// so that they can be copied by hand.

/** Whether the words are on the clipboard now. */
async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}

function select(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

function offer(said, words) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "govuk-button govuk-button--secondary app-copy", textContent: words.copy });
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const done = await copied(said.textContent);
    if (!done) select(said);
    status.textContent = done ? words.done : "";
  });
  const line = document.createElement("p");
  line.className = "app-copy__line";
  line.append(button, " ", status);
  said.after(line);
}

for (const part of globalThis.document?.querySelectorAll("[data-copy]") ?? []) {
  for (const said of part.querySelectorAll(".app-say")) offer(said, part.dataset);
}
