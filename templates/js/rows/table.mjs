// A pasted table or a file as rows of cells: CSV with commas or semicolons, or tabs as a spreadsheet copies
// them. What is read is hostile until it is cells.

export const MOST_BYTES = 5_000_000;
export const MOST_ROWS = 20_000;
const MARKS = [[[0xef, 0xbb, 0xbf], "utf-8"], [[0xff, 0xfe], "utf-16le"], [[0xfe, 0xff], "utf-16be"]];
const SEPARATORS = ["\t", ";", ","];
const LOOKED_AT = 4000; // signs from which the separator is told

/** A file's bytes as text: by its mark, else UTF-8, else as Windows writes in Western Europe. */
export function decoded(bytes) {
  const [, marked] = MARKS.find(([mark]) => mark.every((byte, n) => bytes[n] === byte)) ?? [];
  const wide = bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0 ? "utf-16le" : null;
  if (marked ?? wide) return new TextDecoder(marked ?? wide).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Why a file cannot be read, as a key of the page's words; null for one that can. */
export function refusal({ size, start }) {
  if (size >= MOST_BYTES) return "large";
  const [a, b, c, d] = start;
  if (a === 0x50 && b === 0x4b && c < 9) return "excel"; // a zipped workbook
  if (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0) return "excel"; // an old one
  return a === 0x25 && b === 0x50 && c === 0x44 && d === 0x46 ? "pdf" : null;
}

/**
 * `{rows: [{line, cells}], faults: [{line, key}]}`; `line` counts from 1, and is where a row begins.
 * A quotation mark that never closes is a fault: from its line on, such marks count as plain signs.
 */
export function rowsOf(text) {
  const plain = text.replace(/^\ufeff/, "").replaceAll("\0", "");
  const separator = separatorOf(plain);
  const reader = { rows: [], cells: [], cell: "", line: 1, start: 1, at: 0, open: null };
  const faults = [];
  read(reader, plain, separator, true);
  if (reader.open) {
    const { line, at, rows } = reader.open;
    faults.push({ line, key: "quote", values: {} });
    Object.assign(reader, { rows: reader.rows.slice(0, rows), cells: [], cell: "", line, start: line, at, open: null });
    read(reader, plain, separator, false);
  }
  const rows = reader.rows.map(({ line, cells }) => ({ line, cells: cells.map((each) => each.trim()) }));
  return { rows: rows.filter(({ cells }) => cells.some(Boolean)), faults };
}

/** The sign that parts cells: the one that stands most often outside quotation marks. */
function separatorOf(text) {
  const bare = text.slice(0, LOOKED_AT).replace(/"[^"]*"/g, "");
  const counts = SEPARATORS.map((sign) => bare.split(sign).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))];
}

function read(reader, text, separator, quotes) {
  let quoted = false;
  let rowAt = reader.at;
  for (let n = reader.at; n < text.length; n += 1) {
    const sign = text[n];
    const ends = sign === "\n" || sign === "\r";
    if (quoted) {
      if (sign === '"' && text[n + 1] === '"') reader.cell += text[(n += 1)];
      else if (sign === '"') quoted = false;
      else reader.cell += sign;
      if (sign === "\n" || (sign === "\r" && text[n + 1] !== "\n")) reader.line += 1;
    } else if (quotes && sign === '"' && !reader.cell.trim()) {
      quoted = true;
      reader.cell = "";
      reader.open = { line: reader.start, at: rowAt, rows: reader.rows.length };
    } else if (sign === separator) {
      reader.cells.push(reader.cell);
      reader.cell = "";
    } else if (ends) {
      if (sign === "\r" && text[n + 1] === "\n") n += 1;
      endRow(reader);
      rowAt = n + 1;
    } else reader.cell += sign;
  }
  if (!quoted) {
    reader.open = null;
    endRow(reader);
  }
}

function endRow(reader) {
  reader.rows.push({ line: reader.start, cells: [...reader.cells, reader.cell] });
  reader.line += 1;
  Object.assign(reader, { cells: [], cell: "", start: reader.line });
}

const FORMULA = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/; // what a spreadsheet would work out

/** Rows of cells as a file that a spreadsheet opens: no cell of it is worked out as a formula. */
export function fileOf(rows) {
  const safe = (cell) => (FORMULA.test(cell) ? `'${cell}` : cell);
  const quoted = (cell) => (/[",;\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `\ufeff${rows.map((cells) => cells.map((cell) => quoted(safe(String(cell)))).join(",")).join("\r\n")}\r\n`;
}
