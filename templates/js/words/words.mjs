// Advice on words while somebody types: any <form data-words="entitlement"> with a [data-words-said] in it.
// What is typed goes to our own service, which keeps none of it. Without an answer the advice stays as it was.

const PAUSE = 900; // ms without a key before we ask
const MOST = 12; // remarks shown
const texts = "textarea, input[type='text'], input:not([type])";

/** What is asked: the session's mark, the kind and scope, and each text field that holds something. */
export function question(form) {
  const asked = new URLSearchParams({ token: form.elements.token?.value ?? "", kind: form.dataset.words, scope: form.dataset.scope ?? "" });
  for (const field of form.querySelectorAll(texts)) {
    if (field.name && field.value.trim()) asked.append(field.name, field.value);
  }
  return asked;
}

/** How many there are, in words. */
export function counted(count) {
  if (count === 0) return "Nothing to say about the words.";
  return `${count} to look at. It is advice: you can save as it is.`;
}

function line(form, remark) {
  const item = document.createElement("li");
  const field = form.elements[remark.field];
  const name = document.createElement(field?.id ? "a" : "b");
  name.textContent = remark.label;
  if (field?.id) Object.assign(name, { href: `#${field.id}`, className: "govuk-link" });
  item.append("✎ ", name);
  if (remark.quote) {
    const quote = document.createElement("q");
    quote.textContent = remark.quote;
    item.append(": ", quote);
  }
  item.append(document.createElement("br"), `${remark.problem} ${remark.write}`);
  return item;
}

function show(form, place, remarks) {
  const words = counted(remarks.length);
  const status = place.querySelector("[role=status]");
  if (status.textContent !== words) status.textContent = words; // said aloud only when it changes
  place.querySelector("ul")?.remove();
  const list = document.createElement("ul");
  list.className = "app-staff-advice";
  list.append(...remarks.slice(0, MOST).map((remark) => line(form, remark)));
  place.append(list);
}

function follow(form) {
  const place = form.querySelector("[data-words-said]");
  let due, asking;
  if (!place) return;
  async function ask() {
    asking?.abort();
    asking = new AbortController();
    try {
      const reply = await fetch("/staff/words", { method: "POST", body: question(form), signal: asking.signal });
      if (reply.ok) show(form, place, (await reply.json()).remarks);
    } catch {
      // no network, or a newer question: what stands there is still true of what was asked last
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(ask, PAUSE);
  });
}

for (const form of globalThis.document?.querySelectorAll("form[data-words]") ?? []) follow(form);
