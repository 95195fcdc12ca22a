import { OBJECTIVES } from "../objectives/kinds.js";
import { RULES } from "../rules/kinds.js";
import { kindsOf } from "./kinds-known.js";

/** Every rule and objective there is. */
export const ALL_KINDS = kindsOf(RULES, OBJECTIVES);
