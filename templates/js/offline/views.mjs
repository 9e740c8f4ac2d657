// The parts of the page that are made from the saved list: results, one entry, places, help lines, search.

import { ENGLAND, blocksOf } from "./blocks.mjs";
import { filled } from "./fill.mjs";
import { lookedFor } from "./look.mjs";



/** The results: three groups, each by topic; and the next question, unless nothing is left to ask. */
export function results(found, list, person, say) {
  const born = person.facts.date_of_birth ? list.dayOf(person.facts.date_of_birth) : null;
  const { yes, might, no } = blocksOf(found, list, born, say);
  const missing = found.not_in_pack.map((code) => list.nameOf(code)).filter(Boolean).join(", ");
  const faults = found.faults.map(({ detail }) => detail);
  return filled("t-results", {
    yes: byTopic(yes, list),
    might: byTopic(might, list),
    no,
    yesCount: String(yes.length), mightCount: String(might.length), noCount: String(no.length),
    noYes: !yes.length, noMight: !might.length, noNo: !no.length,
    notes: [...found.notes, ...faults], missing,
  });
}

/** Lists of what is alike in topic, in the order of the topics. */
function byTopic(blocks, list) {
  return [...list.topics]
    .map(([slug, title]) => ({ title, items: blocks.filter(({ topic }) => topic === slug) }))
    .filter(({ items }) => items.length)
    .map((group) => ({ ...group, count: String(group.items.length) }));
}

/** One question with its answers. */
export function question(next, list) {
  const { type } = list.rules.registry.get(next.fact);
  const choices = ["bool", "choice"].includes(type) ? next.options : [];
  const fields = choices.map(({ value, label }, n) => ({ id: `next-${n}`, field: next.fact, fill: value, label }));
  return filled("t-question", {
    text: next.text, why: next.why, choices: fields,
    number: !choices.length && type === "int" ? [{ field: next.fact, label: next.text }] : [],
    date: type === "date" ? [{ text: next.text, day: `${next.fact}-day`, month: `${next.fact}-month`, year: `${next.fact}-year` }] : [],
    skips: choices.length ? [] : next.options.map(({ value, label }) => ({ fill: `${next.fact}:${value}`, label })),
  });
}

/** One entry in full, as it stands on the day. */
export function entry(slug, list, on, say) {
  const found = list.entries.get(slug);
  if (!found) return null;
  const stand = found.standOn(list.dayOf(on));
  const part = found.part_of && list.entries.get(found.part_of);
  return filled("t-entry", {
    ...found,
    whose: found.authority === ENGLAND ? "" : list.nameOf(found.authority),
    worth: stand.worth?.text,
    warnings: [...stand.against.map(({ text }) => text), ...stand.warnings],
    decides: stand.decides,
    toSay: found.say,
    checked: say.dated(found.checked_on),
    right: part && [{ href: `#about-${part.slug}`, title: part.title }],
    local: [...list.entries.values()].filter((each) => each.part_of === slug)
      .map((each) => ({ href: `#about-${each.slug}`, title: each.title, whose: list.nameOf(each.authority) })),
  });
}

/** Places and teams: of the district chosen, of the council that looked after somebody, of all England. */
export function places(list, district, council, say) {
  const home = [district, list.rules.upper[district]].filter(Boolean);
  const groups = { near: [], own: [], england: [], others: [] };
  for (const service of list.services) {
    const { areas } = service;
    const where = areas.some((code) => home.includes(code)) ? "near"
      : areas.includes(council) ? "own"
      : areas.includes(ENGLAND) ? "england" : "others";
    groups[where].push(serviceOf(service, list, say));
  }
  if (home.length) groups.others = [];
  return filled("t-places", { ...groups, noNear: Boolean(home.length && !groups.near.length) });
}

/** The things and places of a list, in its order; and how many of it are not saved. */
export function myList(keys, list, on, say) {
  const things = [];
  const services = [];
  for (const key of keys) {
    const [slug, place] = key.split(".").reverse();
    const entry = !place && list.entries.get(slug);
    const service = place && list.services.find((each) => each.slug === slug);
    if (entry) things.push({ ...entry, href: `#about-${slug}`, worth: entry.standOn(list.dayOf(on)).worth?.text });
    if (service) services.push(serviceOf(service, list, say));
  }
  const missing = keys.length - things.length - services.length;
  return filled("t-list", { things, services, none: !keys.length, missing: missing ? String(missing) : "" });
}

function serviceOf(service, list, say) {
  const lines = (service.places ?? []).map((place) => ({
    ...place, hours: (place.hours ?? []).map(([days, times]) => ({ days, times })),
  }));
  const known = lines.some(({ hours }) => hours.length) || service.printed;
  const isPrivate = !known && lines.length && !service.phones;
  return {
    ...service,
    anchor: `place-${service.slug}`,
    areas: service.areas.map((code) => list.nameOf(code)).filter(Boolean).join(", "),
    calls: callsOf(service.phones), places: lines,
    noHours: !known && !isPrivate,
    checked: say.dated(service.checked_on),
  };
}

function callsOf(phones = []) {
  return phones.map(([number, label]) => ({ number, label, href: `tel:${number.replace(/ /g, "")}` }));
}

/** Every need with its lines. */
export function help(list) {
  const needs = list.help.map(({ title, lines }) => ({
    title,
    lines: lines.map((line) => ({
      ...line, calls: callsOf(line.phones),
      texts: line.text ? [{ words: line.text[0], href: line.text[1] }] : [],
    })),
  }));
  return filled("t-help", { needs });
}

/** What a search found; without words, everything by topic. */
export function look(text, list) {
  if (!text.trim()) {
    const all = [...list.entries.values()].map((each) => ({ ...each, href: `#about-${each.slug}` }));
    return filled("t-all", { topics: byTopic(all, list) });
  }
  const entries = lookedFor(text, list.entries.values()).map(({ slug, title, summary }) => ({ href: `#about-${slug}`, title, summary }));
  const services = lookedFor(text, list.services).map(({ slug, name, summary }) => ({ href: `#place-${slug}`, title: name, summary }));
  const found = [...entries, ...services];
  return filled("t-found", { found, count: String(found.length), none: !found.length });
}
