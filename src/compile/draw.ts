import { sha256Hex } from "../base/hash.js";
import { byText } from "../base/order.js";
import type { Household } from "../domain/household.js";
import type { Draw } from "../domain/plan.js";

/** Sorts after every date. */
const NEVER = "9999-12-31";

/** The draw's number for one household: anyone can compute it again from the published seed. */
export const drawNumber = (seed: string, household: string): string => sha256Hex(`${seed}\n${household}`);

/**
 * The order in which ties are broken: higher priority, then (`waiting-then-hash`) longer waiting, then the lower draw number
 * SHA-256(seed, newline, household id). It depends on ids, dates and the seed alone, never on the order of the input.
 */
export const drawOrder = (households: readonly Household[], { rule, seed }: Draw): readonly Household[] =>
  households
    .map((household) => ({
      household,
      waiting: rule === "hash" ? NEVER : (household.waitingSince ?? NEVER),
      number: drawNumber(seed, household.id),
    }))
    .sort(
      (a, b) =>
        b.household.priority - a.household.priority || byText(a.waiting, b.waiting) || byText(a.number, b.number),
    )
    .map(({ household }) => household);
