import * as z from "zod";
import { type Listing, listing } from "./district.js";
import { type CivilDate, civilDate, count, id, type Position, position } from "./primitives.js";

/** A home that one household can live in; `count` identical ones may be given as one entry. */
export interface Dwelling {
  readonly id: string;
  readonly district: string;
  readonly location: Position | null;
  /** Habitable rooms; kitchen, bath and hall do not count (BBR, enh031). */
  readonly rooms: number;
  readonly areaM2: number | null;
  /** Persons it may take. */
  readonly maxPersons: number;
  /** Per month, in the municipality's currency; null where it is not known. */
  readonly rent: number | null;
  /** What the dwelling costs the municipality per month beyond what the household pays. */
  readonly municipalCost: number;
  readonly stepFree: boolean;
  readonly availableFrom: CivilDate | null;
  readonly availableTo: CivilDate | null;
  readonly tenure: "permanent" | "temporary";
  readonly count: number;
  /** Housing association or owner. */
  readonly provider: string | null;
  readonly estate: string | null;
  readonly building: string | null;
  readonly stairwell: string | null;
  readonly street: string | null;
  /** What it offers beyond the fields above, such as `lift` or `adapted-bath`. */
  readonly features: readonly string[];
  /** Where the dwelling itself, not its whole district, lies in a listed area. */
  readonly listing: Listing | null;
}

const place = id.nullable().default(null);

export const dwelling = z.strictObject({
  id,
  district: id,
  location: position.nullable().default(null),
  rooms: z.number().int().min(1).max(50),
  areaM2: z.number().min(5).max(5_000).nullable().default(null),
  maxPersons: z.number().int().min(1).max(100),
  rent: z.number().min(0).max(1_000_000).nullable().default(null),
  municipalCost: z.number().min(0).max(1_000_000).default(0),
  stepFree: z.boolean().default(false),
  availableFrom: civilDate.nullable().default(null),
  availableTo: civilDate.nullable().default(null),
  tenure: z.enum(["permanent", "temporary"]).default("permanent"),
  count: count.default(1),
  provider: place,
  estate: place,
  building: place,
  stairwell: place,
  street: place,
  features: z.array(id).default([]),
  listing: listing.nullable().default(null),
}) satisfies z.ZodType<Dwelling>;
