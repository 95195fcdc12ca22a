import { InternalError, ProblemError } from "../../base/errors.js";
import {
  add,
  ceilOf,
  compare,
  floorOf,
  isNegative,
  isZero,
  multiply,
  numberOf,
  type Ratio,
  ratioOf,
  subtract,
  sumOf,
  ZERO,
} from "../../base/exact.js";
import { apportionExactly, type Tie, type TieBreak } from "../apportion.js";
import { faultAt } from "../fault.js";
import type { Bound } from "../water-fill.js";
import type { Key, KeyArea } from "./key.js";
import { fitToLots, type Lots } from "./lots.js";
import { type Draft, RESCALINGS } from "./rescale.js";
import { boundsOf, compensated, figures, mixedShares, stockShares } from "./shares.js";

/** How one area's figure came about, step by step. Fractions are the doubles nearest to the exact ones. */
export interface KeyTarget {
  readonly id: string;
  /** The mix of fields, in [0, 1]. */
  readonly share: number;
  /** Share of the stock that is compensated for; null where none is. */
  readonly stockShare: number | null;
  /** After compensation; may be negative. */
  readonly compensatedShare: number;
  /** compensatedShare * total, or with a stock target compensatedShare * (total + stock) - stock. */
  readonly computed: number;
  readonly offset: number;
  readonly carryOver: number;
  /** computed - offset + carryOver, before anything is clipped. */
  readonly preliminary: number;
  readonly floor: number;
  readonly cap: number | null;
  readonly agreed: number | null;
  /** What decided beside the key: `zero` = the figure was negative, `lot` = it was below the minimum lot. */
  readonly binding: "none" | "zero" | "floor" | "cap" | "lot" | "agreed";
  /** Made to fit the total. */
  readonly rescaled: number;
  /** Made whole. */
  readonly target: number;
}

export interface KeyTargets {
  readonly areas: readonly KeyTarget[];
  /** What was divided: the total asked for, and with `carryOver.onTop` what was left over besides. */
  readonly total: number;
  readonly ties: readonly Tie[];
  readonly tieBreak: TieBreak;
}

const refuse = (code: string, path: string, message: string): never => {
  throw new ProblemError([faultAt(code, path, "figures that fit the total", "others", message)]);
};

/**
 * Divide a total among areas by a key.
 *
 * Unit: that of the total, which must be whole once `carryOver.onTop` is added. Shape: one entry per area, in their order;
 * targets add up to `total`. Exact in fractions until the last step, which is the named method within floors and caps made whole.
 *
 * @throws ProblemError `key.figure-not-finite`, `key.field-all-zero`, `key.negative-size`, `key.inverse-of-zero`, `key.agreed-not-whole`,
 * `key.agreed-above-total`, `key.total-out-of-bounds`, and those of `apportion`.
 */
export const keyTargets = (key: Key, areas: readonly KeyArea[], total: number): KeyTargets => {
  checkFigures(areas, total);
  const shares = mixedShares(key, areas);
  const stockPart = stockShares(key, areas);
  const fair = compensated(key, shares, stockPart);
  const zeros = areas.map(() => ZERO);
  const stock = key.stockTarget === null ? zeros : figures(areas, key.stockTarget.stock);
  const offset = key.offset === null ? zeros : figures(areas, key.offset.field);
  const carryOver = key.carryOver === null ? zeros : figures(areas, key.carryOver.field);
  const onTop = key.carryOver?.onTop === true ? sumOf(carryOver) : ZERO;
  const base = add(ratioOf(total), sumOf(stock));
  const bounds = boundsOf(key, areas);
  const steps = areas.map((area, i): Step => {
    const [share, there] = [fair[i] ?? ZERO, stock[i] ?? ZERO];
    const adjustment = subtract(carryOver[i] ?? ZERO, offset[i] ?? ZERO);
    const computed = subtract(multiply(share, base), there);
    const agreed = key.agreed === null ? undefined : area.fields[key.agreed.field];
    return {
      share,
      stock: there,
      adjustment,
      computed,
      preliminary: add(computed, adjustment),
      bounds: bounds[i] ?? { lower: ZERO, upper: null },
      agreed: agreed === undefined ? null : agreed,
    };
  });
  const effective = add(ratioOf(total), onTop);
  const outcome = settle(key, steps, effective);
  return {
    areas: areas.map(({ id }, i) => {
      const step = steps[i];
      const place = outcome.places[i];
      if (step === undefined || place === undefined) throw new InternalError("key.lost-area", `area ${id} was lost`);
      const { upper } = step.bounds;
      return {
        id,
        share: numberOf(shares[i] ?? ZERO),
        stockShare: stockPart === null ? null : numberOf(stockPart[i] ?? ZERO),
        compensatedShare: numberOf(step.share),
        computed: numberOf(step.computed),
        offset: numberOf(offset[i] ?? ZERO),
        carryOver: numberOf(carryOver[i] ?? ZERO),
        preliminary: numberOf(step.preliminary),
        floor: numberOf(step.bounds.lower),
        cap: upper === null ? null : numberOf(upper),
        agreed: step.agreed,
        binding: place.binding,
        rescaled: numberOf(place.value),
        target: place.target,
      };
    }),
    total: numberOf(effective),
    ties: outcome.ties,
    tieBreak: outcome.tieBreak,
  };
};

interface Step extends Draft {
  readonly computed: Ratio;
  readonly agreed: number | null;
}

interface Place {
  readonly value: Ratio;
  readonly binding: KeyTarget["binding"];
  readonly target: number;
}

const checkFigures = (areas: readonly KeyArea[], total: number): void => {
  const bad = areas.flatMap(({ id, fields }) =>
    Object.entries(fields).flatMap(([name, value]) => (Number.isFinite(value) ? [] : [`${id}.${name}`])),
  );
  if (bad.length > 0) refuse("key.figure-not-finite", "areas", `Not finite: ${bad.join(", ")}.`);
  if (!(total >= 0 && total < Infinity)) refuse("key.figure-not-finite", "total", `The total is ${total}.`);
};

/** Agreed figures first, the rest of the total to the others. */
const settle = (
  key: Key,
  steps: readonly Step[],
  total: Ratio,
): { readonly places: readonly Place[]; readonly ties: readonly Tie[]; readonly tieBreak: TieBreak } => {
  const odd = steps.find(({ agreed }) => agreed !== null && !(Number.isSafeInteger(agreed) && agreed >= 0));
  if (odd !== undefined)
    return refuse("key.agreed-not-whole", "areas", `${odd.agreed} was agreed: not a whole number.`);
  const open = steps.flatMap((step, i) => (step.agreed === null ? [i] : []));
  const rest = subtract(total, sumOf(steps.map(({ agreed }) => ratioOf(agreed ?? 0))));
  if (isNegative(rest)) return refuse("key.agreed-above-total", "total", "More was agreed than there is to divide.");
  const fitted = fitToLots(
    open.map((i) => steps[i] as Step),
    key.minimumLot,
    (drafts) => RESCALINGS[key.rescale](rest, drafts),
  );
  if (fitted.rescaled === null) {
    return refuse("key.total-out-of-bounds", "total", "Floors, caps and agreed figures do not admit the total.");
  }
  const { values, binding } = fitted.rescaled;
  const rounded = round(key, values, fitted, rest);
  const places = steps.map((step, i): Place => {
    const at = open.indexOf(i);
    if (step.agreed !== null) return { value: ratioOf(step.agreed), binding: "agreed", target: step.agreed };
    const value = values[at] ?? ZERO;
    const bound = fitted.dropped.has(at) ? "lot" : bindingOf(step, value, binding[at] ?? "none");
    return { value, binding: bound, target: rounded.seats[at] ?? 0 };
  });
  const ties = rounded.ties.map(({ parties, seatsLeft }) => ({
    parties: parties.map((at) => open[at] ?? at),
    seatsLeft,
  }));
  return { places, ties, tieBreak: rounded.tieBreak };
};

const bindingOf = (step: Step, value: Ratio, bound: Bound): KeyTarget["binding"] => {
  if (bound === "maximum") return "cap";
  if (isZero(value)) return isNegative(step.preliminary) ? "zero" : "none";
  return bound === "settled" ? "floor" : "none";
};

const round = (key: Key, values: readonly Ratio[], { drafts }: Lots, rest: Ratio) => {
  const lot = ratioOf(key.minimumLot ?? 0);
  const maximum = drafts.map(({ bounds }) => (bounds.upper === null ? Infinity : Number(floorOf(bounds.upper))));
  const minimum = drafts.map(({ bounds }, i) => {
    const value = values[i] ?? ZERO;
    // Rounding may not push a figure back below the lot it has reached.
    const least = key.minimumLot !== null && compare(value, lot) >= 0 ? lot : bounds.lower;
    const larger = compare(least, bounds.lower) > 0 ? least : bounds.lower;
    return Math.min(Number(ceilOf(larger)), maximum[i] ?? Infinity);
  });
  return apportionExactly(numberOf(rest), values, key.rounding, { minimum, maximum });
};
