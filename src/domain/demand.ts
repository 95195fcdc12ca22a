import * as z from "zod";
import { type Measure, measure } from "./measure.js";
import { count, id, text } from "./primitives.js";

/** A set of dwellings by where they lie: one district, one zone, or the whole municipality. */
export type Scope = { readonly district: string } | { readonly zone: string } | { readonly municipality: true };

export const scope = z.union([
  z.strictObject({ district: id }),
  z.strictObject({ zone: id }),
  z.strictObject({ municipality: z.literal(true) }),
]) satisfies z.ZodType<Scope>;

/** A hard minimum and maximum set by policy or law. `arrivals` counts this plan; `cumulative` adds what was settled before. */
export interface Quota {
  readonly id: string;
  readonly scope: Scope;
  readonly measure: Measure;
  readonly counting: "arrivals" | "cumulative";
  readonly min: number;
  readonly max: number | null;
  readonly legalBasis: string;
}

export const quota = z.strictObject({
  id,
  scope,
  measure: measure.default("persons"),
  counting: z.enum(["arrivals", "cumulative"]).default("arrivals"),
  min: count.default(0),
  max: count.nullable().default(null),
  legalBasis: text.min(1),
}) satisfies z.ZodType<Quota>;

/** Households that must live in the same area of a level, or must not. Level `district`, or a zone level. */
export interface Link {
  readonly kind: "together" | "apart";
  readonly households: readonly string[];
  readonly within: { readonly level: string };
}

export const link = z.strictObject({
  kind: z.enum(["together", "apart"]),
  households: z.array(id).min(2),
  within: z.strictObject({ level: id }).default({ level: "district" }),
}) satisfies z.ZodType<Link>;

/**
 * What a person has decided: a pin (this household in this dwelling) or a forbid (never there).
 * A pin may override named rules; a rule that the law makes absolute needs `legalBasis`.
 */
export interface Decision {
  readonly kind: "pin" | "forbid";
  readonly household: string;
  readonly dwelling: string;
  readonly by: string;
  readonly reason: string;
  readonly overrides: readonly string[];
  readonly legalBasis: string | null;
}

export const decision = z.strictObject({
  kind: z.enum(["pin", "forbid"]),
  household: id,
  dwelling: id,
  by: text.min(1),
  reason: text.min(1),
  overrides: z.array(id).default([]),
  legalBasis: text.nullable().default(null),
}) satisfies z.ZodType<Decision>;
