import * as z from "zod";
import { type CivilDate, civilDate, id } from "./primitives.js";

/** Persons who must be housed together. Ids are pseudonyms; needs are requirements on the home, never diagnoses. */
export interface Household {
  readonly id: string;
  readonly members: readonly Member[];
  /** The day the municipality takes over: a home must be ready by then (integrationsloven § 12). */
  readonly handover: CivilDate | null;
  /** Waiting since: earlier goes first where all else is equal. */
  readonly waitingSince: CivilDate | null;
  readonly regime: "ordinary" | "ukraine";
  readonly needs: Needs;
  readonly wishes: readonly Wish[];
  /** 1 is usual; a higher number goes first where not all can be housed. */
  readonly priority: number;
  /** The dwelling already proposed or decided, for `stability`. */
  readonly current: string | null;
  /** Opaque support codes, such as a wished language circle `circle-3`: never a nationality. */
  readonly supportCodes: readonly string[];
  /** Numbers of one's own to spread or limit by, under a name. */
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Member {
  /** Whole years; an age band may be given by its middle. */
  readonly age: number;
}

export interface Needs {
  readonly minRooms: number | null;
  /** Per month. */
  readonly maxRent: number | null;
  readonly stepFree: boolean;
  /** Features the dwelling must have. */
  readonly features: readonly string[];
  readonly near: readonly NearNeed[];
}

export interface NearNeed {
  readonly kind: string;
  readonly withinKm: number;
  readonly required: boolean;
}

export interface Wish {
  readonly district: string;
  /** 1 (mild) to 5 (strong). */
  readonly strength: number;
}

export const MAX_MEMBERS = 30;

const needs = z.strictObject({
  minRooms: z.number().int().min(1).max(50).nullable().default(null),
  maxRent: z.number().min(0).max(1_000_000).nullable().default(null),
  stepFree: z.boolean().default(false),
  features: z.array(id).default([]),
  near: z
    .array(z.strictObject({ kind: id, withinKm: z.number().min(0).max(1_000), required: z.boolean().default(false) }))
    .default([]),
}) satisfies z.ZodType<Needs>;

export const household = z.strictObject({
  id,
  members: z
    .array(z.strictObject({ age: z.number().int().min(0).max(120) }))
    .min(1)
    .max(MAX_MEMBERS),
  handover: civilDate.nullable().default(null),
  waitingSince: civilDate.nullable().default(null),
  regime: z.enum(["ordinary", "ukraine"]).default("ordinary"),
  needs: needs.prefault({}),
  wishes: z.array(z.strictObject({ district: id, strength: z.number().int().min(1).max(5).default(1) })).default([]),
  priority: z.number().int().min(1).max(10).default(1),
  current: id.nullable().default(null),
  supportCodes: z.array(id).default([]),
  numbers: z.record(z.string().min(1).max(64), z.number().int().min(0).max(1_000)).default({}),
}) satisfies z.ZodType<Household>;
