// A simple search of the saved list: every word must begin a word of the title, the summary or its other names.

/** Lower case, without accents and apostrophes; any other sign parts words. */
function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** The records that hold every word; those that name one in the title stand first. */
export function lookedFor(text, records) {
  const words = plain(text).split(" ").filter(Boolean);
  if (!words.length) return [];
  const ranked = [];
  for (const record of records) {
    const title = ` ${plain(record.title ?? record.name)}`;
    const all = ` ${plain([title, record.summary, record.other_words].join(" "))}`;
    if (words.every((word) => all.includes(` ${word}`))) {
      ranked.push([words.filter((word) => title.includes(` ${word}`)).length, record]);
    }
  }
  return ranked.sort(([a], [b]) => b - a).map(([, record]) => record);
}
