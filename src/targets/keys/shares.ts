import { ProblemError } from "../../base/errors.js";
import {
  add,
  compare,
  divide,
  isZero,
  multiply,
  ONE,
  type Ratio,
  ratioOf,
  subtract,
  sumOf,
  ZERO,
} from "../../base/exact.js";
import type { SharesKey } from "../../domain/policy.js";
import { faultAt } from "../fault.js";
import type { Key, KeyArea } from "./key.js";

/** Figures of one field, exactly; a missing figure is 0. */
export const figures = (areas: readonly KeyArea[], field: string): readonly Ratio[] =>
  areas.map(({ fields }) => ratioOf(fields[field] ?? 0));

const refuse = (code: string, field: string, message: string): never => {
  throw new ProblemError([faultAt(code, `fields.${field}`, "sizes that give shares", "none", message)]);
};

const normalised = (values: readonly Ratio[]): readonly Ratio[] => {
  const sum = sumOf(values);
  return values.map((value) => divide(value, sum));
};

const fieldShares = (areas: readonly KeyArea[], field: string, sense: "direct" | "inverse"): readonly Ratio[] => {
  const values = figures(areas, field);
  const below = values.findIndex((value) => value.numerator < 0n);
  if (below >= 0) return refuse("key.negative-size", field, `Area ${areas[below]?.id} has a negative "${field}".`);
  if (sense === "inverse") {
    const zero = values.findIndex(isZero);
    if (zero >= 0)
      return refuse("key.inverse-of-zero", field, `Area ${areas[zero]?.id} has 0 in "${field}", which is inverted.`);
    return normalised(values.map((value) => divide(ONE, value)));
  }
  if (values.every(isZero)) return refuse("key.field-all-zero", field, `No area has anything in "${field}".`);
  return normalised(values);
};

/** w_d: the weighted mix of field shares. Sums to 1 exactly. */
export const mixedShares = (key: SharesKey, areas: readonly KeyArea[]): readonly Ratio[] => {
  const used = key.mix.filter(({ weight }) => weight > 0);
  const sum = sumOf(used.map(({ weight }) => ratioOf(weight)));
  const parts = used.map(({ field, weight, sense }) => {
    const factor = divide(ratioOf(weight), sum);
    return fieldShares(areas, field, sense).map((share) => multiply(factor, share));
  });
  return areas.map((_, i) => sumOf(parts.map((part) => part[i] ?? ZERO)));
};

/** h_d: each area's share of the stock; null where there is no stock to compensate for. */
export const stockShares = (key: SharesKey, areas: readonly KeyArea[]): readonly Ratio[] | null => {
  if (key.compensate === null) return null;
  const stock = figures(areas, key.compensate.stock);
  return stock.every(isZero) ? null : fieldShares(areas, key.compensate.stock, "direct");
};

/** w'_d = w_d - strength * (h_d - w_d). Sums to 1 exactly; may be negative. */
export const compensated = (
  key: SharesKey,
  shares: readonly Ratio[],
  stock: readonly Ratio[] | null,
): readonly Ratio[] => {
  if (key.compensate === null || stock === null) return shares;
  const strength = ratioOf(key.compensate.strength);
  return shares.map((share, i) => add(share, multiply(strength, subtract(share, stock[i] ?? ZERO))));
};

/** The bounds of one area. `upper` null: none. */
export interface KeyBounds {
  readonly lower: Ratio;
  readonly upper: Ratio | null;
}

const atLeastZero = (value: Ratio): Ratio => (compare(value, ZERO) < 0 ? ZERO : value);

const capOf = (cap: NonNullable<Key["cap"]>, fields: KeyArea["fields"]): Ratio => {
  if ("value" in cap) return ratioOf(cap.value);
  const size = ratioOf(fields[cap.field] ?? 0);
  if (!("onePer" in cap)) return atLeastZero(size);
  const there = cap.less === null ? ZERO : ratioOf(fields[cap.less] ?? 0);
  return atLeastZero(subtract(divide(size, ratioOf(cap.onePer)), there));
};

/** Floor and cap of each area. Where they cross, the cap wins: room that is not there cannot be promised. */
export const boundsOf = (key: Key, areas: readonly KeyArea[]): readonly KeyBounds[] =>
  areas.map(({ fields }) => {
    const floor = key.floor === null ? 0 : "value" in key.floor ? key.floor.value : (fields[key.floor.field] ?? 0);
    const lower = atLeastZero(ratioOf(floor));
    const upper = key.cap === null ? null : capOf(key.cap, fields);
    return { lower: upper !== null && compare(lower, upper) > 0 ? upper : lower, upper };
  });
