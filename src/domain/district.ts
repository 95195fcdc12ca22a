import * as z from "zod";
import {
  type AreaGeometry,
  areaGeometry,
  type CivilDate,
  civilDate,
  count,
  id,
  type Position,
  position,
  text,
} from "./primitives.js";

/**
 * An authority's dated, published label for an area: data handed in with its paragraph, never computed here.
 * `forbidden`: no refugee household may be placed there (integrationsloven § 12(2)); `restricted`: only where there is no alternative.
 */
export interface Listing {
  readonly category: "forbidden" | "restricted";
  readonly legalBasis: string;
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
}

export const listing = z.strictObject({
  category: z.enum(["forbidden", "restricted"]),
  legalBasis: text.min(1),
  validFrom: civilDate,
  validTo: civilDate.nullable().default(null),
}) satisfies z.ZodType<Listing>;

/** An area with a population. Districts do not overlap and together are the municipality. */
export interface District {
  readonly id: string;
  readonly name: string;
  readonly population: number;
  /** What the programme has settled there before, per measure name; a measure that is not named counts 0. */
  readonly settled: Readonly<Record<string, number>>;
  readonly location: Position | null;
  readonly geometry: AreaGeometry | null;
  /** Further sizes to weigh by, such as `dwellings`. */
  readonly weights: Readonly<Record<string, number>>;
  readonly listing: Listing | null;
}

const amounts = z.record(z.string().min(1).max(64), z.number().min(0).max(1e9));
const wholeAmounts = z.record(z.string().min(1).max(64), count);

export const district = z.strictObject({
  id,
  name: text.default(""),
  population: count,
  settled: wholeAmounts.default({}),
  location: position.nullable().default(null),
  geometry: areaGeometry.nullable().default(null),
  weights: amounts.default({}),
  listing: listing.nullable().default(null),
}) satisfies z.ZodType<District>;

/** A named set of districts. The zones of one level do not overlap. */
export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly districts: readonly string[];
}

export const zone = z.strictObject({
  id,
  name: text.default(""),
  level: id,
  districts: z.array(id).min(1),
}) satisfies z.ZodType<Zone>;

/** A place households travel to: `kind` is free text such as school, day-care, health, station. */
export interface Service {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly location: Position;
}

export const service = z.strictObject({
  id,
  kind: id,
  name: text.default(""),
  location: position,
}) satisfies z.ZodType<Service>;
