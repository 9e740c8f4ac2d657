// What a person's birth date, places and time in care come to on a day: all that the twin of the rules
// (../twin/twin.mjs) needs to know of somebody. The folder is one file when built.

import { OLDEST, ageInYears, birthday, dayFrom, dayOf, isoOf } from "./dates.mjs";
import { BANDS, CARE_FACTS, COUNTED_DAYS, allHistories, bandOf, fits } from "./history.mjs";
import { isCouncilCare } from "./care_days.mjs";
import { Left, changedBetween, knowledgeOn } from "./knowledge.mjs";
import { momentsOf } from "./moments.mjs";

export {
  BANDS, CARE_FACTS, COUNTED_DAYS, Left, OLDEST, ageInYears, allHistories, bandOf, birthday, changedBetween, dayFrom, dayOf,
  fits, isCouncilCare, isoOf, knowledgeOn, momentsOf,
};
