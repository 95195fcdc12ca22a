import { describe, expect, it } from "vitest";
import { fromUtm32 } from "../../../../src/problem/importers/utm32.js";

/** GRS80. */
const A = 6_378_137;
const E2 = (2 - 1 / 298.257222101) / 298.257222101;
const K0 = 0.9996;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Length of the meridian from the equator, by Simpson's rule: shares no series with what is tested. */
const meridianArc = (latitude: number): number => {
  const steps = 2_000;
  const width = latitude / steps;
  const curvature = (at: number): number => (A * (1 - E2)) / (1 - E2 * Math.sin(at) ** 2) ** 1.5;
  let sum = 0;
  for (let step = 0; step <= steps; step += 1) {
    const factor = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    sum += factor * curvature(step * width);
  }
  return (sum * width) / 3;
};

/** Longitude and latitude to UTM 32 by Redfearn's power series (1948), good to a millimetre within a zone. */
const redfearn = (longitude: number, latitude: number): { readonly easting: number; readonly northing: number } => {
  const phi = radians(latitude);
  const [sin, cos] = [Math.sin(phi), Math.cos(phi)];
  const t2 = Math.tan(phi) ** 2;
  const nu = A / Math.sqrt(1 - E2 * sin ** 2);
  const eta2 = (E2 / (1 - E2)) * cos ** 2;
  const l = radians(longitude - 9) * cos;
  const east =
    1 +
    (l ** 2 / 6) * (1 - t2 + eta2) +
    (l ** 4 / 120) * (5 - 18 * t2 + t2 ** 2 + 14 * eta2 - 58 * t2 * eta2) +
    (l ** 6 / 5040) * (61 - 479 * t2 + 179 * t2 ** 2 - t2 ** 3);
  const north =
    (l ** 2 / 2) *
    (1 +
      (l ** 2 / 12) * (5 - t2 + 9 * eta2 + 4 * eta2 ** 2) +
      (l ** 4 / 360) * (61 - 58 * t2 + t2 ** 2 + 270 * eta2 - 330 * t2 * eta2));
  return {
    easting: 500_000 + K0 * nu * l * east,
    northing: K0 * (meridianArc(phi) + (nu * sin * north) / cos),
  };
};

describe("fromUtm32", () => {
  it("finds the places of Denmark's corners and of Nyborg to a centimetre", () => {
    for (const [longitude, latitude] of [
      [10.7951, 55.3168],
      [8.07, 55.56],
      [9, 54.9],
      [10.6, 57.75],
      [12.6, 55.7],
    ] as const) {
      const [east, north] = fromUtm32(redfearn(longitude, latitude));
      expect(Math.abs(east - longitude)).toBeLessThan(2e-7);
      expect(Math.abs(north - latitude)).toBeLessThan(2e-7);
    }
  });

  it("puts the central meridian at easting 500,000", () => {
    expect(fromUtm32({ easting: 500_000, northing: 6_130_000 })[0]).toBe(9);
  });
});
