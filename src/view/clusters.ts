import * as z from "zod";
import type { Dwelling } from "../domain/dwelling.js";
import { amountOf, type Measure, measure, measureName } from "../domain/measure.js";
import { count } from "../domain/primitives.js";
import type { Facts, Pair } from "./facts.js";
import type { RowSpec, View } from "./view.js";

/** Where neighbours of the programme may cluster, nearest first. */
const PLACES = ["stairwell", "building", "estate", "street"] as const;

const amounts = z.record(z.string().min(1).max(200), count);

/** At most so much of the programme in one place: a number, or a share of the homes there. */
const limitSchema = z
  .strictObject({
    per: z.enum(PLACES),
    /** In the measure. */
    max: count.nullable().default(null),
    /** Of the homes there, in households; at least one household is always within it, so that a small place is not closed. */
    share: z.number().min(0).max(1).nullable().default(null),
    measure: measure.default("households"),
    /** All homes of a place, where that is known; else the homes on offer there count. A street is named `<district>/<street>`. */
    homes: amounts.default({}),
    /** What of the programme lives there already, in the measure. */
    before: amounts.default({}),
  })
  .refine(({ max, share }) => max !== null || share !== null, "give max or share")
  .refine(({ share, measure: of }) => share === null || of === "households", "a share counts households");

export const limitsSchema = z.array(limitSchema).max(20);

export type ClusterLimit = z.output<typeof limitSchema>;

/** One place with what the plan may still bring there before it is a cluster. */
export interface ClusterPlace {
  readonly limit: ClusterLimit;
  readonly key: string;
  readonly dwellings: readonly Dwelling[];
  /** In the limit's measure, what lives there already taken off. */
  readonly room: number;
}

/** A place's name; a street of one name in two districts is two streets. Null where the dwelling names none. */
const placeOf = (dwelling: Dwelling, per: ClusterLimit["per"]): string | null => {
  const name = dwelling[per];
  return name === null || per !== "street" ? name : `${dwelling.district}/${name}`;
};

const roomOf = ({ max, share, homes, before }: ClusterLimit, key: string, dwellings: readonly Dwelling[]): number => {
  const onOffer = dwellings.reduce((sum, dwelling) => sum + dwelling.count, 0);
  const ofShare = share === null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(share * (homes[key] ?? onOffer)));
  return Math.max(0, Math.min(max ?? Number.POSITIVE_INFINITY, ofShare) - (before[key] ?? 0));
};

/** Every place of every limit, in the order of the limits, then of the dwellings. */
export const clusterPlaces = ({ problem }: Facts, limits: readonly ClusterLimit[]): readonly ClusterPlace[] =>
  limits.flatMap((limit) => {
    const inside = new Map<string, Dwelling[]>();
    for (const dwelling of problem.dwellings) {
      const key = placeOf(dwelling, limit.per);
      if (key === null) continue;
      const known = inside.get(key);
      if (known === undefined) inside.set(key, [dwelling]);
      else known.push(dwelling);
    }
    return [...inside].map(([key, dwellings]) => ({ limit, key, dwellings, room: roomOf(limit, key, dwellings) }));
  });

/** The row of what the plan brings to a place. */
export const clusterRow = (view: View, place: ClusterPlace, id: string): RowSpec => {
  const inside = new Set(place.dwellings.map((dwelling) => dwelling.id));
  const districts = new Set(place.dwellings.map(({ district }) => district));
  const terms = [...districts]
    .flatMap((district) => view.candidatesInDistrict(district))
    .filter(({ dwelling }) => inside.has(dwelling.id))
    .map(({ index, household }) => ({ candidate: index, coefficient: amountOf(place.limit.measure, household) }))
    .filter(({ coefficient }) => coefficient !== 0);
  return { id: `${id}/${place.limit.per}/${place.key}/${measureName(place.limit.measure)}`, terms };
};

/** What finished placements bring to a place, in a measure. */
export const arrivalsIn = (placed: readonly Pair[], { dwellings }: ClusterPlace, of: Measure): number => {
  const inside = new Set(dwellings.map(({ id }) => id));
  return placed
    .filter(({ dwelling }) => inside.has(dwelling.id))
    .reduce((sum, { household }) => sum + amountOf(of, household), 0);
};
