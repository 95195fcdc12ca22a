import type { Localised } from "../../base/words.js";

/** A checked apportionment: exact weights, whole bounds that admit the total. */
export interface Division {
  readonly total: number;
  /** Whole numbers in the proportions of the weights. */
  readonly weights: readonly bigint[];
  /** The same, scaled to at most 1, for quick comparisons only: never decides on its own. */
  readonly approximate: Float64Array;
  readonly minimum: readonly number[];
  /** `Infinity` where there is none. */
  readonly maximum: readonly number[];
  /** Place of each party in the tie-break, 0 first. */
  readonly rank: readonly number[];
}

/** Parties that a method cannot tell apart: `seatsLeft` seats, at most one each, for more than `seatsLeft` parties. */
export interface Tie {
  /** Indices, ascending. */
  readonly parties: readonly number[];
  readonly seatsLeft: number;
}

export interface Divided {
  readonly seats: readonly number[];
  /** Empty where the method alone decided everything. */
  readonly ties: readonly Tie[];
}

/** A method of apportionment: one file each. */
export interface Method {
  readonly name: string;
  readonly title: Localised;
  /** What the method minimises or maximises, in ASCII: a = seats, w = weights, q = total * w / sum of w. */
  readonly criterion: string;
  readonly properties: {
    /** One seat more never costs a party a seat. */
    readonly houseMonotone: boolean;
    /** A party that grows never loses a seat to one that shrinks. */
    readonly populationMonotone: boolean;
    /** No party gets less than its quota rounded down; more than its quota rounded up. */
    readonly lowerQuota: boolean;
    readonly upperQuota: boolean;
  };
  readonly source: string;
  readonly divide: (division: Division) => Divided;
}
