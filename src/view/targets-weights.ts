import { compare, multiply, numberOf, ratioOf, ZERO } from "../base/exact.js";
import { measureName } from "../domain/measure.js";
import type { EvennessPolicy, SharesKey } from "../domain/policy.js";
import type { KeyArea } from "../targets/keys/key.js";
import { sharesKeyOf } from "../targets/keys/preset-named.js";
import { compensated, mixedShares, stockShares } from "../targets/keys/shares.js";
import { type Area, settledIn, weightOf } from "./facts.js";

const keyIn = ({ key }: EvennessPolicy): SharesKey | null =>
  key === undefined ? null : typeof key === "string" ? sharesKeyOf(key) : key;

const fieldsIn = ({ mix, compensate }: SharesKey): readonly string[] => [
  ...new Set([...mix.map(({ field }) => field), ...(compensate === null ? [] : [compensate.stock])]),
];

/**
 * What an evenness policy spreads in proportion to, area by area: the policy's weight or, by a key, max(0, share) * residents of all
 * areas, so that loads are per resident either way.
 *
 * Edge: an area that compensation leaves less than nothing weighs 0.
 */
export const areaWeights = (areas: readonly Area[], evenness: EvennessPolicy): readonly number[] => {
  const key = keyIn(evenness);
  if (key === null) return areas.map((area) => weightOf(area, evenness.weight));
  const sizeOf = (area: Area, field: string): number =>
    field === "settled" ? settledIn(area, evenness.measure) : weightOf(area, field);
  const sized = areas.map(
    (area): KeyArea => ({
      id: area.id,
      fields: Object.fromEntries(fieldsIn(key).map((field) => [field, sizeOf(area, field)])),
    }),
  );
  const residents = areas.reduce((sum, area) => sum + weightOf(area, "population"), 0);
  return compensated(key, mixedShares(key, sized), stockShares(key, sized)).map((share) =>
    compare(share, ZERO) > 0 ? numberOf(multiply(share, ratioOf(Math.max(1, residents)))) : 0,
  );
};

/** What is spread in proportion to, by name: `population`, `dwellings`, `key:denmark-integration`, `key:population+dwellings-settled`. */
export const weightName = ({ weight, key, measure }: EvennessPolicy): string => {
  if (key === undefined) return weight;
  if (typeof key === "string") return `key:${key}`;
  const named = (field: string): string => (field === "settled" ? `settled ${measureName(measure)}` : field);
  const mixed = key.mix.map(({ field, sense }) => `${sense === "inverse" ? "1/" : ""}${named(field)}`).join("+");
  return `key:${mixed}${key.compensate === null ? "" : `-${named(key.compensate.stock)}`}`;
};
