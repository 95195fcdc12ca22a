import { drawNumber } from "../compile/draw.js";
import { classesOfEquals } from "../compile/equals.js";
import type { Draw } from "../domain/plan.js";
import { homesIn, type Question } from "../plans/question.js";

/** Equal households that were told apart by waiting time or by the draw. Anyone can compute the numbers again. */
export interface DrawNote {
  readonly rule: Draw["rule"];
  readonly seed: string;
  /** The equals in the order in which the better dwellings were given, this household among them. */
  readonly order: readonly {
    readonly household: string;
    /** SHA-256(seed, newline, id), as hexadecimal digits: the lower goes first. */
    readonly number: string;
    readonly dwelling: string | null;
  }[];
  /** What put them into this order. */
  readonly by: "priority" | "waiting" | "number";
}

/**
 * Whether a household has equals: others that every rule and every aim treats alike. Where they did not get the same, this says what
 * told them apart; null where there are none.
 */
export const drawNoteOf = (question: Question, household: string): DrawNote | null => {
  const { plan } = question;
  const compiled = question.model();
  const agent = compiled.households.findIndex(({ id }) => id === household);
  const equals = classesOfEquals(compiled).find((members) => members.includes(agent));
  if (equals === undefined) return null;
  const homes = homesIn(plan);
  const members = equals.flatMap((one) => compiled.households[one] ?? []);
  const dwellings = new Set(members.map(({ id }) => homes.get(id) ?? null));
  if (dwellings.size < 2) return null;
  const differ = <T>(of: (member: (typeof members)[number]) => T): boolean => new Set(members.map(of)).size > 1;
  const { rule, seed } = plan.draw;
  const byWaiting = rule === "waiting-then-hash" && differ(({ waitingSince }) => waitingSince);
  return {
    rule,
    seed,
    order: members.map(({ id }) => ({
      household: id,
      number: drawNumber(seed, id),
      dwelling: homes.get(id) ?? null,
    })),
    by: differ(({ priority }) => priority) ? "priority" : byWaiting ? "waiting" : "number",
  };
};
