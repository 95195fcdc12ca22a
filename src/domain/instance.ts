import * as z from "zod";
import { type Decision, decision, type Link, link, type Quota, quota } from "./demand.js";
import { type District, district, type Service, service, type Zone, zone } from "./district.js";
import { type Dwelling, dwelling } from "./dwelling.js";
import { type Household, household } from "./household.js";
import { type CivilDate, civilDate, id, text } from "./primitives.js";

export const PROBLEM_FORMAT = "evenstead/problem@1";

/** The facts of a problem, all defaults filled in; everything but the policy. */
export interface Instance {
  readonly format: typeof PROBLEM_FORMAT;
  readonly municipality: Municipality;
  readonly asOf: CivilDate;
  readonly districts: readonly District[];
  readonly zones: readonly Zone[];
  readonly services: readonly Service[];
  readonly dwellings: readonly Dwelling[];
  readonly households: readonly Household[];
  readonly links: readonly Link[];
  readonly quotas: readonly Quota[];
  readonly decisions: readonly Decision[];
}

export interface Municipality {
  readonly name: string;
  /** National code of the municipality, such as 450 for Nyborg. */
  readonly code: string | null;
  /** ISO 3166-1 alpha-2; coordinates are checked against its bounding box where that is known. */
  readonly country: string;
}

/** Upper limits before anything is parsed in depth: more is a mistake or an attack. */
export const MAX_HOUSEHOLDS = 50_000;
export const MAX_DWELLINGS = 50_000;
export const MAX_AREAS = 5_000;

export const instanceShape = {
  format: z.literal(PROBLEM_FORMAT),
  municipality: z.strictObject({
    name: text.min(1),
    code: id.nullable().default(null),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "two capital letters")
      .default("DK"),
  }),
  asOf: civilDate,
  districts: z.array(district).min(1).max(MAX_AREAS),
  zones: z.array(zone).max(MAX_AREAS).default([]),
  services: z.array(service).max(MAX_DWELLINGS).default([]),
  dwellings: z.array(dwelling).max(MAX_DWELLINGS),
  households: z.array(household).max(MAX_HOUSEHOLDS),
  links: z.array(link).max(MAX_HOUSEHOLDS).default([]),
  quotas: z.array(quota).max(MAX_AREAS).default([]),
  decisions: z.array(decision).max(MAX_HOUSEHOLDS).default([]),
} as const;
