import * as z from "zod";
import { ProblemError } from "../../base/errors.js";
import type { SharesKey } from "../../domain/policy.js";
import type { MethodName } from "../apportion.js";
import { faultAt } from "../fault.js";
import { METHODS } from "../methods/kinds.js";

const METHOD_NAMES = METHODS.map(({ name }) => name);

const field = z.string().min(1).max(64);
const size = z.number().min(0).max(1e12);

/**
 * A key: the rule that turns facts of areas into what each should take. Plain JSON; fields are named by the caller, and only sizes
 * may be named, never who the residents are.
 *
 * Steps, each visible in the result: share, compensation, stock or plain target, offset, carry-over, floor and cap, minimum lot,
 * agreed figures, rescaling to the total, rounding.
 */
export interface Key extends SharesKey {
  /** t_d = w'_d * (total + sum S) - S_d instead of w'_d * total. */
  readonly stockTarget: { readonly stock: string } | null;
  /** Taken off each area's figure. */
  readonly offset: { readonly field: string } | null;
  /** Left over from earlier periods (negative: done in advance). `onTop` adds the sum of it to the total. */
  readonly carryOver: { readonly field: string; readonly onTop: boolean } | null;
  readonly floor: { readonly value: number } | { readonly field: string } | null;
  /** At most a fixed number, a field, or one per so many of a field, less what is there in the field `less`. */
  readonly cap:
    | { readonly value: number }
    | { readonly field: string }
    | { readonly field: string; readonly onePer: number; readonly less: string | null }
    | null;
  /** Nothing or at least so many; areas with the smallest figures give way first. */
  readonly minimumLot: number | null;
  /** A field whose figure replaces what is computed, where an area has it. */
  readonly agreed: { readonly field: string } | null;
  /**
   * How the figures are made to add up to the total within their bounds:
   * `proportional`: negatives to 0, then all by one factor; `additive`: the same amount for all;
   * `level`: fill the stock up to one level, as water does (needs `stockTarget`).
   */
  readonly rescale: "proportional" | "additive" | "level";
  readonly rounding: MethodName;
}

const sharesShape = {
  mix: z
    .array(
      z.strictObject({
        field,
        weight: size.default(1),
        sense: z.enum(["direct", "inverse"]).default("direct"),
      }),
    )
    .min(1)
    .refine((mix) => mix.some(({ weight }) => weight > 0), "at least one field needs a weight above 0"),
  compensate: z
    .strictObject({ stock: field, strength: size.default(1) })
    .nullable()
    .default(null),
};

/** The steps that make shares, alone. */
export const sharesKeySchema = z.strictObject(sharesShape) satisfies z.ZodType<SharesKey>;

const keySchemaShape = {
  ...sharesShape,
  stockTarget: z.strictObject({ stock: field }).nullable().default(null),
  offset: z.strictObject({ field }).nullable().default(null),
  carryOver: z
    .strictObject({ field, onTop: z.boolean().default(false) })
    .nullable()
    .default(null),
  floor: z
    .union([z.strictObject({ value: size }), z.strictObject({ field })])
    .nullable()
    .default(null),
  cap: z
    .union([
      z.strictObject({ value: size }),
      z.strictObject({ field }),
      z.strictObject({ field, onePer: z.number().positive().max(1e12), less: field.nullable().default(null) }),
    ])
    .nullable()
    .default(null),
  minimumLot: z.number().int().positive().max(1e9).nullable().default(null),
  agreed: z.strictObject({ field }).nullable().default(null),
  rescale: z.enum(["proportional", "additive", "level"]).default("proportional"),
  rounding: z.enum(METHOD_NAMES).default("hamilton"),
};

/** Reads a key from JSON, with the defaults filled in: only `mix` must be given. */
export const keySchema = z
  .strictObject(keySchemaShape)
  .refine(({ rescale, stockTarget }) => rescale !== "level" || stockTarget !== null, {
    message: "rescaling by level needs a stock target",
    path: ["rescale"],
  }) satisfies z.ZodType<Key>;

/** What may be left out of a key. */
export type KeyInput = z.input<typeof keySchema>;

/**
 * A key with the defaults filled in.
 *
 * @throws ProblemError `key.malformed`, once for every fault of its form.
 */
export const keyOf = (input: KeyInput): Key => {
  const read = keySchema.safeParse(input);
  if (read.success) return read.data;
  throw new ProblemError(
    read.error.issues.map((issue) => {
      const path = ["key", ...issue.path.map(String)].join(".");
      return faultAt("key.malformed", path, "a key", issue.code, `${path}: ${issue.message}.`);
    }),
  );
};

/** An area as a key sees it: figures by name. A figure that is missing counts 0; a missing agreed figure is none. */
export interface KeyArea {
  readonly id: string;
  readonly fields: Readonly<Record<string, number>>;
}
