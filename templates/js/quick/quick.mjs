// Quick on a keyboard: Enter in a list sends the form, as it does in a box. Numbers choose in a list by
// themselves, since each answer begins with its own.

function quick(event) {
  const { target, key } = event;
  if (key !== "Enter" || target.tagName !== "SELECT" || event.defaultPrevented) return;
  event.preventDefault();
  target.form.requestSubmit();
}

document.querySelector("form[data-quick]")?.addEventListener("keydown", quick);
