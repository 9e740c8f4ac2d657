// Quick on a keyboard: Enter in a list sends the form, as it does in a box. Numbers choose in a list by
// themselves, since each answer begins with its own. Enter leads where the button of that part leads.

const OWN = "button[formaction]:not([name])"; // the button of a part; the others send the form elsewhere

function quick(event) {
  const { target, key } = event;
  if (key !== "Enter" || target.tagName !== "SELECT" || event.defaultPrevented) return;
  event.preventDefault();
  target.form.requestSubmit();
}

/** Sent by Enter, not by a button: the answer opens at the part in which somebody typed. */
function lead({ submitter, target }) {
  if (submitter && !submitter.hidden) return;
  const own = document.activeElement.closest("details, section")?.querySelector(OWN);
  if (own) target.setAttribute("action", own.getAttribute("formaction"));
}

const form = document.querySelector("form[data-quick]");
form?.addEventListener("keydown", quick);
form?.addEventListener("submit", lead);
