// Fills the page's own <template>s, so that every word and all markup stand in the page, in its language.
//
//   data-text="title"      the text of the value; without a value the element goes
//   data-say="Ask {ask}."  the sentence with values put in; where one is missing the element goes
//   data-each="steps"      the element once for each of a list; of plain texts, each is `it`
//   data-if="bring"        the element goes where the value is empty
//   data-href, data-id …   an attribute from a value
//   data-own               the words are in the language of the page; those of the list are in English

const ATTRIBUTES = { href: "href", for: "for", id: "id", key: "data-key", field: "name", fill: "value" };

/** The template of that id, filled with values: a fragment. */
export function filled(id, values) {
  const made = document.getElementById(id).content.cloneNode(true);
  fill(made, values);
  return made;
}

/** A sentence with {names} put in; "" where one of them is missing. */
export function sentence(pattern, values) {
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.some((name) => isBlank(values[name])) ? "" : pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function isBlank(value) {
  return value === undefined || value === null || value === "" || value === false || value.length === 0;
}

function fill(node, values) {
  const { each, if: wanted, text, say, own, ...others } = node.dataset ?? {};
  if (each !== undefined) return repeat(node, values[each] ?? []);
  if (wanted !== undefined && isBlank(values[wanted])) return node.remove();
  const words = text !== undefined ? values[text] : say && sentence(say, values);
  if ((text !== undefined || say) && isBlank(words)) return node.remove();
  if (words !== undefined) node.textContent = words;
  if (text !== undefined && own === undefined && document.documentElement.lang !== "en") Object.assign(node, { lang: "en", dir: "ltr" });
  for (const [name, value] of Object.entries(others)) {
    if (ATTRIBUTES[name] && !isBlank(values[value])) node.setAttribute(ATTRIBUTES[name], values[value]);
  }
  return [...node.childNodes].forEach((child) => fill(child, values));
}

function repeat(node, list) {
  delete node.dataset.each;
  const copies = list.map((each) => {
    const around = document.createElement("template").content;
    around.append(node.cloneNode(true));
    fill(around, typeof each === "object" ? each : { it: each });
    return around;
  });
  node.replaceWith(...copies);
}
