import { ProblemError } from "../base/errors.js";
import { faultAt } from "./fault.js";

/** A load, such as persons settled, and the size it is held against, such as residents. */
export interface Burden {
  readonly load: number;
  readonly weight: number;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

interface Totals {
  readonly load: number;
  readonly weight: number;
}

const totalsOf = (burdens: readonly Burden[]): Totals => {
  const issues = burdens.flatMap(({ load, weight }, i) =>
    load >= 0 && weight >= 0 && load < Infinity && weight < Infinity
      ? []
      : [
          faultAt(
            "measure.not-a-size",
            `[${i}]`,
            "finite numbers, 0 or more",
            `load ${load}, weight ${weight}`,
            `Area ${i} has load ${load} and weight ${weight}; both are finite numbers, 0 or more.`,
          ),
        ],
  );
  const sums = { load: total(burdens.map(({ load }) => load)), weight: total(burdens.map(({ weight }) => weight)) };
  if (issues.length > 0) throw new ProblemError(issues);
  if (sums.weight > 0 || sums.load === 0) return sums;
  const message = `A load of ${sums.load} has no weight to be held against.`;
  throw new ProblemError([faultAt("measure.no-weight", "", "a weight above 0", "0", message)]);
};

const byRate = (burdens: readonly Burden[]): readonly Burden[] =>
  [...burdens].sort((a, b) => a.load * b.weight - b.load * a.weight);

/**
 * Lorenz curve: the least burdened areas that hold a share of the weight hold this share of the load.
 *
 * Shape: n + 1 points from (0, 0) to (1, 1), convex. Edge: no load at all gives the diagonal. Source: Lorenz 1905.
 */
export const lorenzPoints = (burdens: readonly Burden[]): readonly Burden[] => {
  const sums = totalsOf(burdens);
  let [load, weight] = [0, 0];
  const points = byRate(burdens).map((burden) => {
    load += burden.load;
    weight += burden.weight;
    const share = sums.weight === 0 ? 0 : weight / sums.weight;
    return { weight: share, load: sums.load === 0 ? share : load / sums.load };
  });
  return [{ weight: 0, load: 0 }, ...points];
};

/**
 * Gini index: sum over pairs of abs(l_i w_j - l_j w_i), divided by L W; twice the area between Lorenz curve and diagonal.
 *
 * Unit: none, in [0, 1). Edge: 0 exactly when loads are proportional to weights (whole numbers), and without load.
 * Source: Gini 1912; weighted form Lerman and Yitzhaki 1989.
 */
export const gini = (burdens: readonly Burden[]): number => {
  const sums = totalsOf(burdens);
  if (sums.load === 0) return 0;
  let [load, weight, pairs] = [0, 0, 0];
  for (const burden of byRate(burdens)) {
    pairs += burden.load * weight - burden.weight * load;
    load += burden.load;
    weight += burden.weight;
  }
  return Math.max(0, pairs / (sums.load * sums.weight));
};

/**
 * Hoover index, "Robin Hood": half of sum abs(l_i / L - w_i / W), the share of the load that would have to move.
 *
 * Unit: none, in [0, 1). Edge: 0 without load. Source: Hoover 1936.
 */
export const hoover = (burdens: readonly Burden[]): number => {
  const sums = totalsOf(burdens);
  if (sums.load === 0) return 0;
  const apart = burdens.map(({ load, weight }) => Math.abs(load * sums.weight - weight * sums.load));
  return total(apart) / (2 * sums.load * sums.weight);
};

/**
 * Index of dissimilarity of two groups over the same areas: half of sum abs(a_i / A - b_i / B).
 *
 * Unit: none, in [0, 1]. Edge: an empty group lives apart from nobody: 0. Source: Duncan and Duncan 1955.
 */
export const dissimilarity = (groups: readonly { readonly first: number; readonly second: number }[]): number => {
  const second = total(groups.map((area) => area.second));
  return second === 0 ? 0 : hoover(groups.map((area) => ({ load: area.first, weight: area.second })));
};

/**
 * Theil index T: sum (l_i / L) ln((l_i / L) / (w_i / W)), with 0 ln 0 = 0.
 *
 * Unit: nats, from 0. Edge: load on weight 0 makes it infinite; 0 without load. Source: Theil 1967.
 */
export const theil = (burdens: readonly Burden[]): number => {
  const sums = totalsOf(burdens);
  if (sums.load === 0) return 0;
  const terms = burdens.map(({ load, weight }) =>
    load === 0 ? 0 : (load / sums.load) * Math.log((load * sums.weight) / (weight * sums.load)),
  );
  return Math.max(0, total(terms));
};

/** Theil's index of a level: between its zones and within them; `total` = `between` + sum of loadShare * theil. */
export interface TheilByZone {
  readonly total: number;
  readonly between: number;
  readonly within: readonly { readonly zone: string; readonly loadShare: number; readonly theil: number }[];
}

/** Theil's index split by zone, in the order in which zones first occur. Source: Theil 1967, chapter 4. */
export const theilByZone = (burdens: readonly (Burden & { readonly zone: string })[]): TheilByZone => {
  const zones = [...new Set(burdens.map(({ zone }) => zone))];
  const sums = totalsOf(burdens);
  const parts = zones.map((zone) => {
    const inside = burdens.filter((burden) => burden.zone === zone);
    const load = total(inside.map((burden) => burden.load));
    const weight = total(inside.map((burden) => burden.weight));
    // A zone that carries load on no weight is infinite already between zones.
    return { zone, load, weight, theil: weight === 0 ? 0 : theil(inside) };
  });
  return {
    total: theil(burdens),
    between: theil(parts),
    within: parts.map((part) => ({
      zone: part.zone,
      loadShare: sums.load === 0 ? 0 : part.load / sums.load,
      theil: part.theil,
    })),
  };
};

/**
 * The area furthest from its proportional part: the deviation l_i - L w_i / W of largest size, + = over; the first of equals.
 *
 * Unit: that of the loads. Edge: no areas: deviation 0 and index -1.
 */
export const largestDeviation = (
  burdens: readonly Burden[],
): { readonly index: number; readonly deviation: number } => {
  const sums = totalsOf(burdens);
  return burdens.reduce(
    (worst, { load, weight }, index) => {
      const deviation = sums.weight === 0 ? 0 : (load * sums.weight - weight * sums.load) / sums.weight;
      return index === 0 || Math.abs(deviation) > Math.abs(worst.deviation) ? { index, deviation } : worst;
    },
    { index: -1, deviation: 0 },
  );
};
