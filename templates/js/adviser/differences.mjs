// Two answers side by side: what one has and the other has not, why, and from when.
// The twin of offer/what_if.py.

export const KINDS = ["gained", "lost", "open", "shut", "moved"];
const MOST = 2; // reasons said
const WANTED = { yes: true, no: false, unknown: null };

/**
 * `[{slug, title, kind, before, after, why, since}]`, what matters most first; `since` is an ISO day or null.
 *
 * `along`: the facts of `after` on an earlier day, so that what time alone turns can be told to the day.
 */
export function differences(before, after, along = null) {
  const [then, now] = [bySlug(before), bySlug(after)];
  const way = along ? bySlug(along) : now;
  const slugs = [...new Set([...now.keys(), ...then.keys()])];
  return slugs
    .filter((slug) => signOf(then.get(slug)) !== signOf(now.get(slug)))
    .map((slug) => difference(then.get(slug), now.get(slug), way.get(slug), after.on))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

function bySlug({ outcomes }) {
  return new Map(outcomes.map((outcome) => [outcome.slug, outcome]));
}

/** What two outcomes must share to be alike; a no is like what is absent. */
function signOf(outcome) {
  if (!outcome || outcome.outcome === "no") return "no";
  return JSON.stringify([outcome.outcome, outcome.until, outcome.until_age, outcome.worth?.text ?? null]);
}

function difference(before, after, along, day) {
  const [was, is] = [before?.outcome ?? "absent", after?.outcome ?? "absent"];
  const kind = kindOf(was, is);
  const atOnce = !along || along.outcome === is || kind === "moved";
  const { slug, title } = after ?? before;
  return {
    slug, title, kind, before: was, after: is,
    why: kind === "moved" ? [] : whyOf(before, after),
    since: atOnce ? null : turningDay(along, is, day),
  };
}

function kindOf(was, is) {
  if (was === is) return "moved";
  if (is === "yes") return "gained";
  if (was === "yes") return "lost";
  return is === "unknown" ? "open" : "shut";
}

/** The reasons that carry the later outcome: those that are new, else all of that kind. */
function whyOf(before, after) {
  if (!after) return [];
  const key = ({ id, text, holds }) => JSON.stringify([id ?? text, holds]);
  const known = new Set((before?.because ?? []).map(key));
  const carry = after.because.filter(({ holds }) => holds === WANTED[after.outcome]);
  const fresh = carry.filter((reason) => !known.has(key(reason)));
  return [...new Set((fresh.length ? fresh : carry).map(({ text }) => text))].slice(0, MOST);
}

/** The day on which it turns, no later than `day`; null where time alone does not say. */
function turningDay(along, is, day) {
  const turn = { yes: along.from, unknown: along.sure_until ?? along.from, no: along.until }[is] ?? null;
  return turn !== null && turn <= day ? turn : null;
}
