import * as z from "zod";
import { measure } from "../domain/measure.js";
import { EVENNESS_METHODS } from "../domain/policy.js";
import { id, text } from "../domain/primitives.js";
import { sharesKeySchema } from "../targets/keys/key.js";
import { KEY_PRESETS } from "../targets/keys/kinds.js";
import { type Kinds, objectiveNames, ruleNames } from "./kinds-known.js";
import type { Preset } from "./presets/preset.js";

/** The fields of `policy.evenness`, each optional: the preset fills the others. */
export const evennessShape = {
  measure,
  weight: z.string().min(1).max(64),
  key: z.union([z.enum(KEY_PRESETS.map(({ name }) => name)), sharesKeySchema]),
  counting: z.enum(["cumulative", "batch"]),
  method: z.enum(EVENNESS_METHODS),
  levels: z.array(id).min(1).max(20),
} as const;

export const drawShape = { rule: z.enum(["waiting-then-hash", "hash"]), seed: text.min(1).max(200) } as const;

export const tolerance = z.number().min(0).max(1e9);

const oneOf = (names: Iterable<string>): z.ZodType => {
  const [first, ...others] = names;
  return first === undefined ? z.never() : z.enum([first, ...others]);
};

/** The policy as editors should know it, for the JSON Schema; reading goes key by key, so that every fault is found (policy.ts). */
export const policySchemaFor = (kinds: Kinds, presets: readonly Preset[]): z.ZodType => {
  const tier = oneOf(objectiveNames(kinds).keys());
  const rules = [...ruleNames(kinds)].map(
    ([name, rule]) => [name, z.union([z.boolean(), rule.schema]).optional()] as const,
  );
  const objectives = [...objectiveNames(kinds)].map(
    ([name, objective]) => [name, z.union([z.literal(true), objective.schema]).optional()] as const,
  );
  return z.strictObject({
    preset: oneOf(presets.map((preset) => preset.id))
      .nullable()
      .optional(),
    evenness: z.strictObject(evennessShape).partial().optional(),
    tiers: z
      .array(z.union([tier, z.strictObject({ tier, tolerance: tolerance.default(0) })]))
      .min(1)
      .optional(),
    rules: z.strictObject(Object.fromEntries(rules)).optional(),
    objectives: z.strictObject(Object.fromEntries(objectives)).optional(),
    draw: z.strictObject(drawShape).partial().optional(),
  });
};
