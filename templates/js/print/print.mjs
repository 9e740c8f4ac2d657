// The button that prints, where a script can; and our host before addresses, where the settings name none.

function start(page) {
  for (const button of page.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const host of page.querySelectorAll("[data-host]")) host.textContent = location.host;
}

if (globalThis.document) start(document);
