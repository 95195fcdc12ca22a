import * as z from "zod";
import type { Household } from "./household.js";

/**
 * What is counted per household: persons, households, children (0 to 17), school-age children (6 to 16: the ten years of
 * compulsory education, folkeskoleloven § 34), any age band, or a number that the household carries under a name.
 */
export type Measure =
  | "persons"
  | "households"
  | "children"
  | "schoolChildren"
  | { readonly ages: readonly [from: number, to: number] }
  | { readonly number: string };

export const measure = z.union([
  z.enum(["persons", "households", "children", "schoolChildren"]),
  z.strictObject({ ages: z.tuple([z.number().int().min(0).max(130), z.number().int().min(0).max(130)]).readonly() }),
  z.strictObject({ number: z.string().min(1).max(64) }),
]) satisfies z.ZodType<Measure>;

const BANDS: Readonly<Record<string, readonly [number, number]>> = { children: [0, 17], schoolChildren: [6, 16] };

/** The name under which a district's `settled` carries this measure: `persons`, `ages:6-9`, `number:seats`. */
export const measureName = (of: Measure): string => {
  if (typeof of === "string") return of;
  return "ages" in of ? `ages:${of.ages[0]}-${of.ages[1]}` : `number:${of.number}`;
};

/** How much one household counts. Unit: the measure's own. */
export const amountOf = (of: Measure, household: Household): number => {
  if (of === "persons") return household.members.length;
  if (of === "households") return 1;
  if (typeof of === "object" && "number" in of) return household.numbers[of.number] ?? 0;
  const band = typeof of === "string" ? BANDS[of] : of.ages;
  if (band === undefined) return 0;
  return membersAged(household, { from: band[0], to: band[1] });
};

/** Members whose age lies in the band, both ends included. */
export const membersAged = (household: Household, { from, to }: { from: number; to: number }): number =>
  household.members.filter((member) => member.age >= from && member.age <= to).length;
