import type { Position } from "../../domain/primitives.js";

/** GRS80 and UTM zone 32. */
const A = 6_378_137;
const F = 1 / 298.257222101;
const SCALE = 0.9996;
const FALSE_EASTING = 500_000;
const CENTRAL_MERIDIAN = 9;

const n = F / (2 - F);
const RADIUS = (A / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const BETA = [
  n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96 - n ** 4 / 360,
  n ** 2 / 48 + n ** 3 / 15 - (437 * n ** 4) / 1440,
  (17 * n ** 3) / 480 - (37 * n ** 4) / 840,
  (4397 * n ** 4) / 161_280,
];
const DELTA = [
  2 * n - (2 * n ** 2) / 3 - 2 * n ** 3 + (116 * n ** 4) / 45,
  (7 * n ** 2) / 3 - (8 * n ** 3) / 5 - (227 * n ** 4) / 45,
  (56 * n ** 3) / 15 - (136 * n ** 4) / 35,
  (4279 * n ** 4) / 630,
];

const degrees = (radians: number): number => (radians * 180) / Math.PI;

/** Trigonometry differs in its last digits between platforms; 1e-7 degrees are a centimetre. */
const rounded = (value: number): number => Math.round(value * 1e7) / 1e7;

/**
 * ETRS89 / UTM zone 32N (EPSG:25832), in which Danish registers give places, to longitude and latitude.
 *
 * Unit: metres in, degrees out. Source: L. Krüger 1912, in the 4th-order form of C. F. F. Karney 2011, eq. 35 and 36 and 29.
 */
export const fromUtm32 = ({ easting, northing }: { readonly easting: number; readonly northing: number }): Position => {
  const xi = northing / (SCALE * RADIUS);
  const eta = (easting - FALSE_EASTING) / (SCALE * RADIUS);
  const sum = (terms: readonly number[], term: (multiple: number) => number): number =>
    terms.reduce((total, factor, index) => total + factor * term(2 * (index + 1)), 0);
  const xiSphere = xi - sum(BETA, (multiple) => Math.sin(multiple * xi) * Math.cosh(multiple * eta));
  const etaSphere = eta - sum(BETA, (multiple) => Math.cos(multiple * xi) * Math.sinh(multiple * eta));
  const conformal = Math.asin(Math.sin(xiSphere) / Math.cosh(etaSphere));
  const latitude = conformal + sum(DELTA, (multiple) => Math.sin(multiple * conformal));
  const longitude = Math.atan2(Math.sinh(etaSphere), Math.cos(xiSphere));
  return [rounded(CENTRAL_MERIDIAN + degrees(longitude)), rounded(degrees(latitude))];
};
