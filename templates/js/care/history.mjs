// What a person's time in care comes to on one day, and the status the law gives it (England).
// The twin of offer/eligibility/care_history.py and care_plain.py, where the law is cited.

export const BANDS = ["under_16", "16_17", "18_20", "21_24", "25_plus"];
export const ADULT = BANDS.slice(2);
export const THIRTEEN_WEEKS = 91; // days
export const COUNTED_DAYS = "counted_care_days_since_14";

const LIMITS = [16, 18, 21, 25];

/** The stretch of ages within which no status test changes. */
export function bandOf(age) {
  return BANDS[LIMITS.filter((limit) => age >= limit).length];
}

const BLANK = {
  band: "", when: "", thirteenWeeks: false, inOneGo: false, eligibleNow: false, eligibleAt18: false,
  wasRelevant: false, at16or17: false, reg32: false, homeSixMonths: false, homeBrokeDown: false,
  homeCounts: false, specialGuardian: false, otherS24: false,
};
const FIELDS = Object.keys(BLANK);
const met = new Map();

/** One complete history; two with the same fields are one object. `values`: every fact it settles. */
export function historyOf(fields) {
  const full = { ...BLANK, ...fields };
  const key = FIELDS.map((field) => full[field]).join();
  let found = met.get(key);
  if (!found) {
    found = Object.freeze({ ...full, values: Object.freeze(valuesOf(full)) });
    met.set(key, found);
  }
  return found;
}

/** The history that a full set of plain answers describes. */
export function plainHistory(band, when, told) {
  const { thirteenWeeks = false, home = false, brokeDown = false } = told;
  return historyOf({
    band,
    when,
    thirteenWeeks,
    inOneGo: told.inOneGo || false,
    eligibleNow: thirteenWeeks && when === "still_in_care",
    eligibleAt18: thirteenWeeks && when === "left_at_18",
    wasRelevant: thirteenWeeks && when === "left_at_16_or_17",
    at16or17:
      when === "left_at_18" || when === "left_at_16_or_17" || (when === "still_in_care" && band === "16_17"),
    reg32: told.reg32 || false,
    homeSixMonths: home,
    homeBrokeDown: brokeDown,
    homeCounts: home && !brokeDown,
    specialGuardian: told.specialGuardian || false,
    otherS24: told.otherS24 || false,
  });
}

function relevantButForAge(history) {
  return (history.wasRelevant || history.reg32) && !history.homeCounts;
}

function statusOf(history) {
  const { band } = history;
  if (history.when === "still_in_care") {
    if (band === "under_16") return "looked_after_under_16";
    return history.eligibleNow ? "eligible" : "looked_after_not_eligible";
  }
  if (band === "under_16") return "none";
  if (band === "16_17") {
    if (relevantButForAge(history)) return "relevant";
  } else if (history.eligibleAt18 || relevantButForAge(history)) {
    return "former_relevant";
  }
  return weakerStatus(history);
}

function weakerStatus(history) {
  const { band, specialGuardian, at16or17 } = history;
  if (band === "16_17" || band === "18_20") {
    if (specialGuardian) return "qualifying_sgo";
    if (at16or17 || history.otherS24) return "qualifying_other";
  }
  return band === "21_24" && (specialGuardian || at16or17) ? "past_qualifying" : "none";
}

function valuesOf(history) {
  const status = statusOf(history);
  const route = history.eligibleAt18 ? "looked_after_at_18" : "was_relevant";
  return {
    care_status: status,
    former_relevant_route: status === "former_relevant" ? route : "n/a",
    currently_looked_after: history.when === "still_in_care",
    ever_looked_after: history.when !== "never",
    ever_looked_after_at_16_or_17: history.at16or17,
    eligible_or_relevant_before_18: history.thirteenWeeks || history.reg32,
    thirteen_weeks_in_care_ended_after_16: history.inOneGo,
    other_s24_accommodation_at_16_or_17: history.otherS24,
    care_when: history.when,
    care_13_weeks: history.thirteenWeeks,
    care_13_weeks_in_one_go: history.inOneGo,
    home_6_months_after_care: history.homeSixMonths,
    home_after_care_broke_down: history.homeBrokeDown,
    special_guardian_after_care: history.specialGuardian,
    hospital_or_detained_at_16_after_13_weeks: history.reg32,
  };
}

const BOTH = [false, true];
const NO = [false];
const HOMES = [[false, false], [true, false], [true, true]];

/** Every consistent history in one stretch of ages. */
function consistent(band) {
  const found = [];
  const at16 = band !== "under_16";
  for (const when of whensIn(band)) {
    const inCare = when !== "never";
    const early = when === "left_before_16" || when === "never";
    for (const thirteenWeeks of at16 && !early ? BOTH : NO)
      for (const [home, brokeDown] of inCare ? HOMES : [HOMES[0]])
        for (const specialGuardian of inCare ? BOTH : NO)
          for (const otherS24 of at16 && early ? BOTH : NO)
            for (const inOneGo of thirteenWeeks ? BOTH : NO)
              for (const reg32 of at16 && (thirteenWeeks || when === "left_before_16") ? BOTH : NO)
                found.push(
                  plainHistory(band, when, {
                    thirteenWeeks, inOneGo, home, brokeDown, specialGuardian, reg32, otherS24,
                  }),
                );
  }
  return found;
}

function whensIn(band) {
  if (band === "under_16") return ["still_in_care", "left_before_16", "never"];
  return [band === "16_17" ? "still_in_care" : "left_at_18", "left_at_16_or_17", "left_before_16", "never"];
}

const ALL = new Map(BANDS.map((band) => [band, consistent(band)]));

/** Every history of some stretches of ages. */
export function allHistories(bands) {
  return bands.flatMap((band) => ALL.get(band));
}

/** The names of the facts that a history settles, and of the counted days, which narrow histories down. */
export const CARE_FACTS = new Set([...Object.keys(ALL.get("under_16")[0].values), COUNTED_DAYS]);

/** Whether a history agrees with every care fact that was given (a Map). */
export function fits(history, told) {
  for (const [name, value] of told) {
    if (name === COUNTED_DAYS) {
      if (value < THIRTEEN_WEEKS && (history.thirteenWeeks || history.reg32)) return false;
      if (value !== 0 && history.when === "never") return false;
    } else if (name in history.values && history.values[name] !== value) {
      return false;
    }
  }
  return true;
}

const later = new Map(); // a horizon asks for the same few hundred at each of its days

/** The histories one can have become in `band`, after `days` more days if in care. */
export function advance(history, band, days) {
  const key = `${band} ${Math.min(days, THIRTEEN_WEEKS)}`;
  if (!later.has(history)) later.set(history, new Map());
  const found = later.get(history);
  if (!found.has(key)) found.set(key, advanced(history, band, days));
  return found.get(key);
}

function advanced(history, band, days) {
  if (history.when === "still_in_care") {
    return history.band === band && days === 0 ? [history] : advanceInCare(history, band, days);
  }
  if (history.band === band) return [history];
  const { values, ...fields } = history;
  const others =
    history.band === "under_16" && history.when !== "left_at_16_or_17" ? BOTH : [history.otherS24];
  return others.map((otherS24) => historyOf({ ...fields, band, otherS24 }));
}

function advanceInCare(history, band, days) {
  const when = ADULT.includes(band) ? "left_at_18" : "still_in_care";
  const grown = (had) => (had || days >= THIRTEEN_WEEKS ? [true] : days ? BOTH : NO);
  const notYet = band === "under_16"; // both need a day at 16
  const found = [];
  for (const thirteenWeeks of notYet ? NO : grown(history.thirteenWeeks))
    for (const inOneGo of notYet ? NO : grown(history.inOneGo))
      if (thirteenWeeks || !inOneGo)
        found.push(
          plainHistory(band, when, {
            thirteenWeeks,
            inOneGo,
            home: history.homeSixMonths,
            brokeDown: history.homeBrokeDown,
            specialGuardian: history.specialGuardian,
            reg32: history.reg32,
          }),
        );
  return found;
}
