// Typed arrays are read with `as number` here: every index comes from the core or was made in this file.
import type { AgentPrices } from "./blocks/pick.js";
import type { CertifiedPrices, CertifiedStage, SparsePrices } from "./certificate.js";
import { isCertificate, isResult } from "./check/shape.js";
import type { Core } from "./core.js";
import type { CountRow } from "./counts.js";
import { lookupOf } from "./lookup.js";
import type { EarlierResult, KernelModel } from "./model.js";
import type { Prices } from "./relax.js";
import { type Limit, type Stage, spreadOf } from "./stage.js";

/** The prices that an earlier result bounded an objective with, before it divided anything; in that objective's unit. */
export interface Hint {
  readonly rows: CertifiedPrices | null;
  /** The same with prices on agents. */
  readonly agents: CertifiedPrices | null;
}

export interface Top {
  readonly value: number;
  readonly shown: number;
}

/** An earlier result in this model's numbers. */
export interface Earlier {
  readonly arcOf: Int32Array;
  readonly hintOf: (objective: Pick<CertifiedStage, "tier" | "threshold">) => Hint | null;
  /** What the largest term of a leximax tier came to, and the largest value that was shown to be reached; null where there is none. */
  readonly topOf: (tier: number) => Top | null;
}

/** The earlier choice in this model's arcs: the same arc where it joins the same agent and place, else one that does, -1 where there is none. */
const choiceOf = (core: Core, { model: { arcs }, result }: EarlierResult): Int32Array => {
  const arcAt = lookupOf(core);
  return Int32Array.from({ length: core.agents }, (_, i) => {
    const arc = result.arcOf[i] ?? -1;
    if (arcs.agent[arc] !== i) return -1;
    const place = arcs.place[arc] as number;
    return core.agentOf[arc] === i && core.placeOf[arc] === place ? arc : arcAt(i, place);
  });
};

/** What is the same in every objective of a run. */
interface Ground {
  readonly model: KernelModel;
  readonly core: Core;
  readonly counts: readonly CountRow[];
}

/** An earlier result as a run may use it: a choice alone without a certificate, or where it is malformed. Rows and tiers are the same where their names are; of rows of one name the last is meant. */
export const earlierOf = ({ model, core, counts }: Ground, given: EarlierResult): Earlier => {
  const { certificate } = given.result;
  const arcOf = choiceOf(core, given);
  if (!isCertificate(certificate) || !isResult(given.result)) return { arcOf, hintOf: () => null, topOf: () => null };
  const rowNamed = new Map(model.rows.map(({ name }, row) => [name, row]));
  const rowAt = (earlier: number): number => rowNamed.get(given.model.rows[earlier]?.name ?? "") ?? -1;
  const countAt = ({ row, coefficient }: CountRow): number => {
    const at = counts.findIndex((one) => one.row === rowAt(row) && one.coefficient === coefficient);
    return at < 0 ? -1 : model.rows.length + at;
  };
  const rowOf = [...given.model.rows.map((_, row) => rowAt(row)), ...certificate.counts.map(countAt)];
  const inRows = (prices: CertifiedPrices): CertifiedPrices => ({
    ...prices,
    rows: prices.rows.flatMap(([row, price]) => ((rowOf[row] ?? -1) < 0 ? [] : [[rowOf[row] as number, price]])),
  });
  /** Its stages for a tier of this name that have prices. */
  const stagesOf = (tier: number): readonly CertifiedStage[] =>
    certificate.stages.filter(
      (one) => given.model.tiers[one.tier]?.name === model.tiers[tier]?.name && one.tree[0]?.prices.length !== 0,
    );
  return {
    arcOf,
    topOf: (tier) => {
      const told = given.result.tiers.find(({ name }) => name === model.tiers[tier]?.name);
      if (told === undefined || !Number.isFinite(told.value)) return null;
      const shown = stagesOf(tier).flatMap(({ threshold = Number.NaN }) =>
        Number.isFinite(threshold) && threshold <= told.bound ? [threshold] : [],
      );
      return shown.length === 0 ? null : { value: told.value, shown: Math.max(...shown) };
    },
    hintOf: ({ tier, threshold }) => {
      const stage = stagesOf(tier).find((one) => one.threshold === threshold);
      const sets = (stage?.tree[0]?.prices ?? []).map(inRows);
      if (sets.length === 0) return null;
      return {
        rows: sets.findLast(({ agents }) => agents === undefined) ?? null,
        agents: sets.findLast(({ agents }) => agents !== undefined) ?? null,
      };
    },
  };
};

/** Far above any price that is of use; and what a price and what it is on may come to together, so that sums of them are not rounded. */
const LARGEST_PRICE = 2 ** 44;
const LARGEST_PRODUCT = 2 ** 50;

/** The largest price on what comes to so much. */
const largestFor = (size: number): number => Math.floor(Math.min(LARGEST_PRICE, LARGEST_PRODUCT / Math.max(1, size)));

const wholePrice = (price: number, most: number): number =>
  Number.isFinite(price) ? Math.max(-most, Math.min(most, Math.round(price))) + 0 : 0;

/** Prices by index, whole; `sizeOf` says how large a value each may have to be multiplied with. */
const dense = (
  size: number,
  prices: SparsePrices,
  given: { readonly unit: (index: number) => number; readonly sizeOf: (index: number) => number },
): Float64Array => {
  const all = new Float64Array(size);
  for (const [index, price] of prices) {
    if (!(index >= 0 && index < size)) continue;
    all[index] = wholePrice(price * given.unit(index), largestFor(given.sizeOf(index)));
  }
  return all;
};

/** What an earlier result says of a stage's prices. */
export interface Hinted {
  readonly prices: Prices | null;
  readonly picked: AgentPrices | null;
}

/** A hint's prices in whole numbers, as a stage has them: the reverse of `certifiedPrices`. */
export const hintedPrices = (
  core: Core,
  stage: Stage,
  given: { readonly limits: readonly Limit[]; readonly limitNumbers: readonly number[]; readonly hint: Hint },
): Hinted => {
  const { limits, limitNumbers, hint } = given;
  const scale = Math.abs(stage.scale);
  const whole = { live: new Uint8Array(core.arcs).fill(1), low: core.rowLow, high: core.rowHigh };
  const largest = limits.map(({ priced, most }) => largestFor(Math.max(Math.abs(most), spreadOf(core, priced, whole))));
  const wholeOf = (prices: CertifiedPrices): Prices => {
    const priceOf = new Map(prices.limits);
    return {
      row: dense(core.rows, prices.rows, {
        unit: (row) => scale / (core.rowScale[row] as number),
        sizeOf: (row) => Math.max(-(core.rowLow[row] as number), core.rowHigh[row] as number),
      }),
      limit: Float64Array.from(limits, ({ stage: kept, unit }, k) => {
        const price = ((priceOf.get(limitNumbers[k] as number) ?? 0) * unit * scale) / Math.abs(kept.scale);
        return Math.max(0, wholePrice(price, largest[k] as number));
      }),
    };
  };
  const { rows, agents } = hint;
  return {
    prices: rows && wholeOf(rows),
    picked: agents && {
      ...wholeOf(agents),
      agent: dense(core.agents, agents.agents ?? [], { unit: () => scale, sizeOf: () => 1 }),
    },
  };
};
