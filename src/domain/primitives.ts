import * as z from "zod";

/** Longest id, name or free text taken; longer input is a mistake or an attack. */
const MAX_ID = 64;
const MAX_TEXT = 2_000;

/** Written out, not as Unicode classes: in the JSON Schema it must mean the same with and without the u flag. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what an id may not hold.
const NO_CONTROL = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$/;

export const id = z.string().min(1).max(MAX_ID).regex(NO_CONTROL, "a text without control characters");
export const text = z.string().max(MAX_TEXT);
export const count = z.number().int().min(0).max(10_000_000);

/** Days in a month of the proleptic Gregorian calendar; month is 1 to 12. */
const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A civil date `YYYY-MM-DD`, no time and no zone. */
export type CivilDate = string;

export const isCivilDate = (value: string): boolean => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
};

export const civilDate = z
  .string()
  .refine(isCivilDate, "a calendar date written YYYY-MM-DD")
  .meta({ format: "date", pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

/** Days since 1970-01-01, so that dates can be subtracted. */
export const dayNumber = (date: CivilDate): number => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

/** GeoJSON order (RFC 7946): longitude first, then latitude, in degrees of WGS84. */
export type Position = readonly [longitude: number, latitude: number];

export const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).readonly();

/** GeoJSON Polygon or MultiPolygon. */
export interface AreaGeometry {
  readonly type: "Polygon" | "MultiPolygon";
  readonly coordinates: readonly unknown[];
}

const ring = z.array(z.array(z.number()).min(2).max(3)).min(4);
export const areaGeometry = z.union([
  z.strictObject({ type: z.literal("Polygon"), coordinates: z.array(ring).min(1) }),
  z.strictObject({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);
