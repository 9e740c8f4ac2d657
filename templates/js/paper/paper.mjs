// The sheet at the end of a visit: a name on the paper, and a copy of the sheet as a file on the phone.
// The field has no name and stands in no form, so that no request can carry it. Its words stand in the
// page while it is open and nowhere else: they are taken out of the copy, and gone when the page is left.

const STYLE = "body{font:16px/1.45 sans-serif;max-width:46em;margin:16px auto;padding:0 16px}small{display:block}";

function nameOnPaper(page) {
  const box = page.querySelector("[data-paper]");
  const field = box.querySelector("input");
  const line = page.querySelector("[data-name]");
  box.hidden = false;
  const write = () => { line.textContent = field.value.trim(); };
  const wipe = () => {
    field.value = "";
    write();
  };
  field.addEventListener("input", write);
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", wipe); // a browser may put back what stood in a field
}

/** The sheet alone, without the name, as a page that needs no other file. */
function copyOf(sheet) {
  const copy = sheet.cloneNode(true);
  copy.querySelector("[data-name]").replaceChildren();
  const { lang, dir } = document.documentElement;
  const title = copy.querySelector("h1").innerHTML;
  return `<!doctype html><html lang="${lang}" dir="${dir || "ltr"}"><head><meta charset="utf-8"><title>${title}</title>`
    + `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>${copy.outerHTML}</body></html>\n`;
}

function keepSheet(page) {
  const button = page.querySelector("[data-keep-sheet]");
  const status = page.querySelector("[data-kept]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const file = URL.createObjectURL(new Blob([copyOf(page.querySelector("[data-sheet]"))], { type: "text/html" }));
    const link = Object.assign(page.createElement("a"), { href: file, download: `${button.dataset.keepSheet}.html` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 1000);
    status.textContent = status.dataset.kept;
  });
}

if (globalThis.document) {
  nameOnPaper(document);
  keepSheet(document);
}
