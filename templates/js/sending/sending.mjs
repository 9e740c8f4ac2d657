// Every form of the staff pages: a second press of a button does nothing twice, and who would leave a long form
// with words that were not saved is asked first. Without script the service itself takes a second press well.

const ONCE = 5000; // milliseconds; a download leaves the page as it is, so its button works again

const unsaved = new Set(document.querySelectorAll("form[data-unsaved=typed]"));
const sent = new WeakMap();

document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[data-unsaved]")) unsaved.add(target.form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return; // a script of the page did what the button asked for
  if (Date.now() - (sent.get(form) ?? -ONCE) < ONCE) {
    event.preventDefault();
    return;
  }
  sent.set(form, Date.now());
  unsaved.delete(form);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form);
});

addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
